-- Somebody of the same municipality reads a case that is not theirs, because it cannot wait: told at once, reviewed afterwards.

alter table doorbraak.terms_version add column access_review_working_days int not null default 5
    check (access_review_working_days > 0);
comment on column doorbraak.terms_version.access_review_working_days is
    'How long a manager has to say whether an emergency access was justified. A proposal, not law.';

create table doorbraak.emergency_access (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    officer_login text not null references doorbraak.officer (login),
    reason text not null check (reason in ('teamUnreachable', 'danger', 'residentAsks', 'managerException')),
    entry_id bigint not null references doorbraak.entry (id),
    granted_at timestamptz not null,
    until timestamptz not null check (until > granted_at),
    review_due_at timestamptz not null check (review_due_at > granted_at),
    review_explanation text not null check (review_explanation <> ''),
    overdue_told_at timestamptz,
    verdict text check (verdict in ('justified', 'notJustified')),
    reviewed_by text references doorbraak.officer (login),
    reviewed_at timestamptz,
    review_entry_id bigint references doorbraak.entry (id),
    check (num_nulls(verdict, reviewed_by, reviewed_at, review_entry_id) in (0, 4)),
    check (reviewed_by <> officer_login)
);
comment on table doorbraak.emergency_access is
    'Who read a case without being on it, why, and what a manager said of it. Beside case_participant: it lets somebody read and do nothing, and a version that does not know it lets nobody in.';
comment on column doorbraak.emergency_access.entry_id is 'Why, in a sentence: an entry of the case.';
comment on column doorbraak.emergency_access.until is 'The end of the reading; earlier when a manager says it was not justified.';
comment on column doorbraak.emergency_access.review_explanation is 'Why that date, in a Dutch sentence.';
comment on column doorbraak.emergency_access.overdue_told_at is 'When the director heard that nobody reviewed it in time.';
create index emergency_access_case on doorbraak.emergency_access (case_id, officer_login);
create index emergency_access_to_review on doorbraak.emergency_access (review_due_at) where reviewed_at is null;
create trigger keep_held before delete on doorbraak.emergency_access for each row execute function doorbraak.keep_held('case_id');

grant select, insert, update on doorbraak.emergency_access to ${appRole};
