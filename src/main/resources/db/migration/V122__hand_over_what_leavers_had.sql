-- Who leaves, what was theirs, and to whom it went. Nothing is left with nobody: what has no next one waits for a manager.

create table doorbraak.departure (
    id bigint generated always as identity primary key,
    login text not null references doorbraak.officer (login),
    organisation_id text not null references doorbraak.organisation (id),
    reason text not null check (reason in ('leaves', 'otherWork', 'longAbsent', 'claims', 'notInFile')),
    ended_by text not null,
    ended_at timestamptz not null
);
comment on table doorbraak.departure is 'One act by which somebody lost every function. Holds no text: the reason is one of a list.';
comment on column doorbraak.departure.reason is 'claims: the identity provider named no function at a login; notInFile: chosen at an import of a list without them.';
comment on column doorbraak.departure.ended_by is 'Login of the administrator, or the software.';
create index departure_login on doorbraak.departure (login);

create table doorbraak.departure_line (
    id bigint generated always as identity primary key,
    departure_id bigint not null references doorbraak.departure (id),
    kind text not null check (kind in ('lead', 'caseDirector', 'measure', 'pattern', 'inspection', 'hold')),
    subject text not null,
    case_number text references doorbraak.case_file (number),
    organisation_id text not null references doorbraak.organisation (id),
    outcome text not null check (outcome in ('handedOver', 'returned', 'waiting')),
    next_login text references doorbraak.officer (login),
    handed_by text,
    handed_at timestamptz,
    check ((outcome = 'handedOver') = (next_login is not null)),
    check (num_nulls(next_login, handed_by, handed_at) in (0, 3))
);
comment on table doorbraak.departure_line is 'Something that was of who left, and who has it now.';
comment on column doorbraak.departure_line.subject is 'Number of the case, or id of the measure, pattern, inspection or hold.';
comment on column doorbraak.departure_line.outcome is 'returned: open to colleagues, as a lead that nobody has; waiting: for a manager of the organisation, who chooses the next one.';
create index departure_line_waiting on doorbraak.departure_line (organisation_id) where outcome = 'waiting';
create index departure_line_case on doorbraak.departure_line (case_number);
create trigger keep_held before delete on doorbraak.departure_line for each row execute function doorbraak.keep_held('case_number');

insert into doorbraak.case_table (position, name, treatment, which) values (5, 'departure_line', 'removed', 't.case_number = $2');

grant select, insert on doorbraak.departure to ${appRole};
grant select, insert, update on doorbraak.departure_line to ${appRole};
