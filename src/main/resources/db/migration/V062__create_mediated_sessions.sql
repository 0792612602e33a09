-- No shared perspective is a state of a case, with a way out: a mediated session with a term of its own.

alter table doorbraak.terms_version add column mediated_session_working_days int not null default 10
    check (mediated_session_working_days > 0);
comment on column doorbraak.terms_version.mediated_session_working_days is
    'How long after a plan that is not shared the mediated session must be held. A proposal, not law. In crisis the hours of a question count.';

create table doorbraak.mediated_session (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    rung_id bigint not null references doorbraak.case_rung (id),
    asked_at timestamptz not null,
    due_at timestamptz not null check (due_at > asked_at),
    explanation text not null check (explanation <> ''),
    missed_at timestamptz,
    held_at timestamptz,
    settled_at timestamptz,
    check (missed_at is null or held_at is null)
);
comment on table doorbraak.mediated_session is 'Each time that a plan said the helpers do not agree on the household''s perspective. What came of it stands in the entries.';
comment on column doorbraak.mediated_session.due_at is 'The first moment after the term.';
comment on column doorbraak.mediated_session.explanation is 'Why that date, in one or two Dutch sentences.';
comment on column doorbraak.mediated_session.missed_at is 'When the term passed without a session.';
comment on column doorbraak.mediated_session.held_at is 'When somebody wrote what came of the session.';
comment on column doorbraak.mediated_session.settled_at is 'When the perspective was shared again: after the session, or by a later plan.';
create index mediated_session_case on doorbraak.mediated_session (case_id, id);
create trigger keep_held before delete on doorbraak.mediated_session for each row execute function doorbraak.keep_held('case_id');

grant select, insert, update on doorbraak.mediated_session to ${appRole};
