-- Backing (rugdekking): who stands for professionals that deviate. Support, never a mandate.

create table doorbraak.backing (
    id bigint generated always as identity primary key,
    municipality_id text not null references doorbraak.organisation (id),
    given_by text not null references doorbraak.officer (login),
    given_as text not null check (given_as in ('director', 'alderman')),
    given_at timestamptz not null,
    case_number text references doorbraak.case_file (number),
    entry_id bigint references doorbraak.entry (id),
    life_domains text[] not null default '{}',
    power text check (power in ('scheme', 'tailoredBudget')),
    words text check (words <> ''),
    until_day date,
    check (case when case_number is not null
        then entry_id is not null and cardinality(life_domains) = 0 and num_nulls(power, words) = 2
        else entry_id is null and words is not null and (cardinality(life_domains) > 0 or power is not null) end)
);
comment on table doorbraak.backing is
    'A dated statement that somebody stands for who deviates, on one case or on a subject. Nothing that decides who may sign reads it. Never changed.';
comment on column doorbraak.backing.entry_id is 'The words of a statement on a case: they stand in its file.';
comment on column doorbraak.backing.words is 'The words of a statement on a subject: nobody is named there.';
comment on column doorbraak.backing.until_day is 'The last day; empty: until it is withdrawn.';
create index backing_municipality on doorbraak.backing (municipality_id, id);

create table doorbraak.backing_withdrawal (
    backing_id bigint primary key references doorbraak.backing (id),
    withdrawn_by text not null references doorbraak.officer (login),
    withdrawn_at timestamptz not null
);
comment on table doorbraak.backing_withdrawal is 'A statement that was withdrawn, as an act of its own. Never changed.';

grant select, insert on doorbraak.backing, doorbraak.backing_withdrawal to ${appRole};
