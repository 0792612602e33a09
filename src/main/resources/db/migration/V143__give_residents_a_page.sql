-- The page of a resident, which a link opens without a login, and which of the three phases its message is about.

create table doorbraak.resident_link (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    member_id bigint not null references doorbraak.household_member (id),
    key_hash bytea not null unique check (length(key_hash) = 32),
    made_by text not null references doorbraak.officer (login),
    made_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > made_at),
    opened int not null default 0 check (opened >= 0),
    last_opened_at timestamptz,
    withdrawn_by text references doorbraak.officer (login),
    withdrawn_at timestamptz,
    check ((opened = 0) = (last_opened_at is null)),
    check ((withdrawn_by is null) = (withdrawn_at is null))
);
comment on table doorbraak.resident_link is
    'A link to the page of one resident of a case. It opens nothing once it expired or was taken back, or while the resident is in a compartment.';
comment on column doorbraak.resident_link.key_hash is
    'Of the secret in the link, under the key of the installation, which is not in the database: who reads this table opens no page.';
comment on column doorbraak.resident_link.opened is 'How often; each time is a line of the record too.';
create index resident_link_case on doorbraak.resident_link (case_id);
create trigger keep_held before delete on doorbraak.resident_link for each row execute function doorbraak.keep_held('case_id');

create table doorbraak.resident_phase (
    case_id bigint primary key references doorbraak.case_file (id),
    phase text not null check (phase in ('ownStrength', 'prevention', 'tailored')),
    chosen_by text not null references doorbraak.officer (login),
    chosen_at timestamptz not null
);
comment on table doorbraak.resident_phase is
    'Which message the residents of a case read; without a row it follows from the level of the case.';
create trigger keep_held before delete on doorbraak.resident_phase for each row execute function doorbraak.keep_held('case_id');

-- Before the people of the household.
insert into doorbraak.case_table (position, name, treatment, which) values
    (143, 'resident_link', 'removed', 't.case_id = $1'),
    (144, 'resident_phase', 'removed', 't.case_id = $1');

grant select, insert on doorbraak.resident_link, doorbraak.resident_phase to ${appRole};
grant update (opened, last_opened_at, withdrawn_by, withdrawn_at) on doorbraak.resident_link to ${appRole};
grant update (phase, chosen_by, chosen_at) on doorbraak.resident_phase to ${appRole};
