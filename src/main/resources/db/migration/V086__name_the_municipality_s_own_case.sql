-- The number that a case has in the municipality's own case system, and where that system shows it.

alter table doorbraak.case_file add column case_system_number text
    check (case_system_number ~ '^[A-Za-z0-9]([A-Za-z0-9 ._/-]{0,38}[A-Za-z0-9])?$');
comment on column doorbraak.case_file.case_system_number is 'Never a citizen service number. For who may know who it is about.';

create table doorbraak.case_system (
    organisation_id text primary key references doorbraak.organisation (id),
    link text check (length(link) <= 300 and link ~ '^https://[^{}]+/[^{}]*\{zaaknummer\}[^{}]*$'),
    changed_by text not null references doorbraak.officer (login),
    changed_at timestamptz not null
);
comment on table doorbraak.case_system is 'Where a municipality''s own case system shows a case; null for nowhere. We make a link of it and never follow it.';

grant select, insert, update on doorbraak.case_system to ${appRole};
