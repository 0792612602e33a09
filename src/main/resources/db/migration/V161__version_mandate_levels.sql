-- From which amount which function is asked first to sign, as part of each version of the agreed settings.

create table doorbraak.mandate_level (
    version int primary key references doorbraak.terms_version (version),
    team_cents bigint check (team_cents >= 0 and team_cents <= case_director_cents),
    case_director_cents bigint not null check (case_director_cents >= 0),
    manager_cents bigint not null check (manager_cents >= case_director_cents),
    deviation_cents bigint check (deviation_cents >= 0 and deviation_cents <= director_cents),
    director_cents bigint not null check (director_cents >= manager_cents),
    region_cents bigint check (region_cents >= 0 and region_cents <= manager_cents)
);
comment on table doorbraak.mandate_level is
    'Up to which amount, in cents, a function is asked first to sign under a version: the borders of the table required-mandate. Whether somebody may sign is said by the register alone.';
comment on column doorbraak.mandate_level.team_cents is 'Three of the district team, from the budget for tailored help. Null: never the team.';
comment on column doorbraak.mandate_level.deviation_cents is 'The manager, for what deviates from policy. Null: always the director or above.';
comment on column doorbraak.mandate_level.region_cents is 'The process director, from the budget of the region. Null: never.';
insert into doorbraak.mandate_level
    select version, 50000, 250000, 1000000, 1000000, 2500000, 1000000 from doorbraak.terms_version;
grant select, insert on doorbraak.mandate_level to ${appRole};

alter table doorbraak.proposal
    add column levels_version int references doorbraak.terms_version (version),
    add column first_function text;
update doorbraak.proposal p set levels_version = c.terms_version from doorbraak.case_file c where c.number = p.case_number;
alter table doorbraak.proposal alter column levels_version set not null;
comment on column doorbraak.proposal.levels_version is
    'The version of the mandate levels that held for its case when it was made; it keeps it, also when the case is moved to another version later.';
comment on column doorbraak.proposal.first_function is
    'Whom the table of the required mandate named first. Null: nobody was asked, or it was made before this was kept.';
