-- A resident asks what a case holds about him or her, or says that it is wrong (AVG 15 and 16): entered, watched, answered.

create table doorbraak.subject_request (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    member_id bigint not null references doorbraak.household_member (id),
    kind text not null check (kind in ('access', 'correction')),
    identity text not null check (identity in ('idDocument', 'knownInPerson', 'digid', 'representative')),
    received_on date not null,
    due_at timestamptz not null,
    due_explanation text not null check (due_explanation <> ''),
    entered_by text not null references doorbraak.officer (login),
    entered_at timestamptz not null,
    extended_because text check (extended_because in ('complex', 'manyRequests')),
    told_on date,
    extended_by text references doorbraak.officer (login),
    soon_told_at timestamptz,
    late_told_at timestamptz,
    outcome text check (outcome in ('given', 'refused', 'withdrawn')),
    ground text check (ground in ('notIdentified', 'excessive', 'rightsOfOthers', 'investigation', 'accurate')),
    answered_by text references doorbraak.officer (login),
    answered_at timestamptz,
    entry_id bigint references doorbraak.entry (id),
    check (num_nulls(extended_because, told_on, extended_by) in (0, 3)),
    check (num_nulls(outcome, answered_by, answered_at) in (0, 3)),
    check ((outcome is not distinct from 'refused') = (ground is not null)),
    check ((ground is null) = (entry_id is null))
);
comment on table doorbraak.subject_request is 'What a resident asked about his or her own data in a case, by when that must be answered, and how it ended.';
comment on column doorbraak.subject_request.member_id is 'Who asked: a resident of this case.';
comment on column doorbraak.subject_request.identity is 'How it was established who asked. No document is kept.';
comment on column doorbraak.subject_request.due_at is 'The end of the term: one month after receipt, or three when extended (AVG 12, third paragraph).';
comment on column doorbraak.subject_request.due_explanation is 'Why that day, in Dutch.';
comment on column doorbraak.subject_request.told_on is 'When the resident heard that the term is extended and why.';
comment on column doorbraak.subject_request.soon_told_at is 'When the team was reminded.';
comment on column doorbraak.subject_request.late_told_at is 'When the managers heard that the term passed.';
comment on column doorbraak.subject_request.entry_id is 'Why it is refused, in words, in the case file and nowhere else.';
create index subject_request_case on doorbraak.subject_request (case_id, id);
create index subject_request_open on doorbraak.subject_request (due_at) where outcome is null;
create trigger keep_held before delete on doorbraak.subject_request for each row execute function doorbraak.keep_held('case_id');

create table doorbraak.correction (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    request_id bigint not null references doorbraak.subject_request (id),
    about text not null check (about ~ '^[A-Za-z0-9-]{1,100}$'),
    entry_id bigint not null references doorbraak.entry (id),
    accepted boolean not null,
    decided_by text not null references doorbraak.officer (login),
    decided_at timestamptz not null
);
comment on table doorbraak.correction is 'What a resident says that a text of the case must be. The text itself is never overwritten: this stands beside it.';
comment on column doorbraak.correction.about is 'Which text: its kind, its number in the case and its field, never its words.';
comment on column doorbraak.correction.entry_id is 'What the record says, what the resident says, and why it was accepted or not: text about people lives in entries.';
create index correction_case on doorbraak.correction (case_id, id);
create trigger keep_held before delete on doorbraak.correction for each row execute function doorbraak.keep_held('case_id');

grant select, insert on doorbraak.subject_request, doorbraak.correction to ${appRole};
grant update (due_at, due_explanation, extended_because, told_on, extended_by, soon_told_at, late_told_at, outcome, ground, answered_by,
    answered_at, entry_id) on doorbraak.subject_request to ${appRole};
