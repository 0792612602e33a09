-- What kind of installation this database belongs to. A copy of the database carries the mark along.

create table doorbraak.installation (
    only_row boolean primary key default true check (only_row),
    environment text not null check (environment in ('production', 'acceptance')),
    marked_at timestamptz not null default clock_timestamp()
);
comment on table doorbraak.installation is
    'Set at the first start and never changed: acceptance refuses to start on production data, and production on what was tried out.';

grant select, insert on doorbraak.installation to ${appRole};
