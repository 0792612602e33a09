-- What the watchdog found late: told once, and again only after it was late no more.

create table doorbraak.watch_finding (
    id bigint generated always as identity primary key,
    what text not null,
    key text not null,
    found_at timestamptz not null,
    ended_at timestamptz
);
comment on table doorbraak.watch_finding is 'Work that was late when the watchdog looked; of an engine job that gave up, its incident.';
comment on column doorbraak.watch_finding.key is 'Id of the job, the alert, the incident or the case.';
create unique index watch_finding_open on doorbraak.watch_finding (what, key) where ended_at is null;

grant select, insert, update on doorbraak.watch_finding to ${appRole};
