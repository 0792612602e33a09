-- When the watchdog last looked, and of which municipality is what it found: for whoever watches over the watchdog.

create table doorbraak.watchdog_round (
    only_row boolean primary key default true check (only_row),
    at timestamptz not null,
    well boolean not null
);
comment on table doorbraak.watchdog_round is 'The last round of the watchdog, on whichever node, and whether nothing was late.';

grant select, insert, update on doorbraak.watchdog_round to ${appRole};

alter table doorbraak.watch_finding add column municipality_id text references doorbraak.organisation (id);
comment on column doorbraak.watch_finding.municipality_id is
    'Which municipality has the case that it is about; empty when it is about none. Its administrators see it.';
