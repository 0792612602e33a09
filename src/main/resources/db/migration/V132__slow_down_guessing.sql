-- Logins that failed, for as long as they slow somebody down. All nodes look here.

create table doorbraak.login_failure (
    id bigint generated always as identity primary key,
    source bytea not null,
    name bytea not null,
    at timestamptz not null
);
comment on table doorbraak.login_failure is 'Logins that failed within the last hour: from where and with which name, as keyed hashes. Nobody is locked out: only the address is slowed.';
create index login_failure_source on doorbraak.login_failure (source, at);
create index login_failure_at on doorbraak.login_failure (at);

grant select, insert, delete on doorbraak.login_failure to ${appRole};
