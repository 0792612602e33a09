-- A meeting in which cases are discussed without saying whose they are, seen by who takes part.

create table doorbraak.case_discussion (
    uid uuid primary key,
    organisation_id text not null references doorbraak.organisation (id),
    begins_at timestamptz not null,
    ends_at timestamptz not null,
    planned_by text not null references doorbraak.officer (login),
    planned_at timestamptz not null,
    ended_as text check (ended_as in ('closed', 'cancelled')),
    ended_at timestamptz,
    check (begins_at < ends_at),
    check ((ended_as is null) = (ended_at is null))
);
comment on table doorbraak.case_discussion is 'Closed: its minutes are only read from then on.';

create table doorbraak.case_discussion_guest (
    discussion uuid not null references doorbraak.case_discussion (uid),
    officer_login text not null references doorbraak.officer (login),
    primary key (discussion, officer_login)
);
comment on table doorbraak.case_discussion_guest is 'Who takes part, who planned it among them. Nobody else can see it.';
create index case_discussion_guest_officer on doorbraak.case_discussion_guest (officer_login);

create table doorbraak.discussed_case (
    id bigint generated always as identity primary key,
    discussion uuid not null references doorbraak.case_discussion (uid),
    case_id bigint references doorbraak.case_file (id) on delete set null,
    put_in_by text not null references doorbraak.officer (login),
    put_in_at timestamptz not null,
    situation text not null check (length(situation) between 1 and 2000),
    question text not null check (length(question) between 1 and 300),
    talk_about text[] not null check (cardinality(talk_about) <= 3),
    minutes int not null check (minutes between 5 and 120),
    outcome text check (length(outcome) between 1 and 2000),
    outcome_by text references doorbraak.officer (login),
    outcome_at timestamptz,
    check ((outcome is null) = (outcome_by is null) and (outcome is null) = (outcome_at is null))
);
comment on table doorbraak.discussed_case is 'A situation in words that name nobody. There is no place for whose fault it was.';
comment on column doorbraak.discussed_case.case_id is 'Which case it is, for who put it in and for nobody else.';
create index discussed_case_of on doorbraak.discussed_case (discussion, id);

grant select, insert, update on doorbraak.case_discussion, doorbraak.discussed_case to ${appRole};
grant select, insert on doorbraak.case_discussion_guest to ${appRole};
