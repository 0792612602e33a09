-- After a restore nothing is sent until somebody says so: what nodes noted outside the database is compared with it first.

-- The same in every copy of this database, older ones too; another for each new database.
create table doorbraak.database_identity (
    only_row boolean primary key default true check (only_row),
    id text not null check (id ~ '^[0-9a-f]{12}$')
);
comment on table doorbraak.database_identity is
    'By which the files of a node tell this database from another: what they noted about another is no sign of a restore.';
insert into doorbraak.database_identity (id)
select left(md5(extract(epoch from min(h.installed_on))::text), 12) from doorbraak.flyway_schema_history h;

create table doorbraak.node (
    name text primary key,
    beat bigint not null,
    seen_at timestamptz not null,
    compared_at timestamptz
);
comment on table doorbraak.node is 'Every process that ran on this database, and when it was last seen.';
comment on column doorbraak.node.name is 'Machine and journal of alerts: one for each node.';
comment on column doorbraak.node.beat is
    'Counts up. The node notes it outside the database after each commit: a note that is ahead tells that this database was put back.';
comment on column doorbraak.node.compared_at is 'When its journal was last compared with the outbox.';

create table doorbraak.outage (
    id bigint generated always as identity primary key,
    from_at timestamptz not null unique,
    until_at timestamptz not null,
    check (until_at > from_at)
);
comment on table doorbraak.outage is 'From when to when no node ran. An alert that fell due meanwhile says so.';

create table doorbraak.sending_halt (
    id bigint generated always as identity primary key,
    cause text not null check (cause in ('databaseBehind', 'journalAhead', 'headsAhead', 'setting')),
    evidence text,
    halted_at timestamptz not null,
    released_at timestamptz,
    released_by text references doorbraak.officer (login),
    reason text check (length(reason) between 10 and 1000),
    check (num_nulls(released_at, released_by, reason) in (0, 3)),
    check (released_at >= halted_at)
);
create unique index sending_halt_one on doorbraak.sending_halt ((true)) where released_at is null;
comment on table doorbraak.sending_halt is 'While one is not released no node sends mail or text messages, nor tells outside that all is well.';
comment on column doorbraak.sending_halt.evidence is 'What told it, where the same could tell it again after the release.';
comment on column doorbraak.sending_halt.reason is 'Of who released it. No word about residents.';

create table doorbraak.alert_outside (
    message_id text primary key,
    alert_key text not null check (alert_key ~ '^[0-9a-f]{32}$'),
    about text check (about ~ '^DB-[0-9]{4}-[0-9]{6,}$'),
    kind text not null,
    sent_at timestamptz not null,
    answer text not null,
    found_at timestamptz not null,
    alert_id bigint
);
create index alert_outside_key on doorbraak.alert_outside (alert_key) where alert_id is null;
comment on table doorbraak.alert_outside is 'What the journals of the nodes told to be out, and the outbox did not know to be sent.';
comment on column doorbraak.alert_outside.about is 'The number of a case that may be lost, so it refers to none.';
comment on column doorbraak.alert_outside.alert_id is
    'The row that was marked sent; empty where the database lost it. When the same alert is made again it takes this Message-ID and is not sent.';

-- What people enter again must get no number that somebody outside knows from a mail.
create function doorbraak.skip_numbers() returns void
    language plpgsql
    security definer
    set search_path = ''
    as $$
declare
    each record;
begin
    for each in select s.sequencename, coalesce(s.last_value, 1) as last from pg_catalog.pg_sequences s where s.schemaname = 'doorbraak' loop
        perform pg_catalog.setval(pg_catalog.format('doorbraak.%I', each.sequencename)::pg_catalog.regclass,
            each.last + case each.sequencename when 'case_number_seq' then 1000 else 1000000 end);
    end loop;
end
$$;
comment on function doorbraak.skip_numbers() is
    'Leaves a gap in the numbers of all rows: those of work that a restore lost are not given out again.';
revoke execute on function doorbraak.skip_numbers() from public;

alter table doorbraak.alert add column fell_due_at timestamptz;
comment on column doorbraak.alert.fell_due_at is
    'The moment that it tells of, where the row was written because that moment came; later than that when no node ran.';

grant execute on function doorbraak.skip_numbers() to ${appRole};
grant select on doorbraak.database_identity to ${appRole};
grant select, insert, update on doorbraak.node to ${appRole};
grant select, insert on doorbraak.outage, doorbraak.sending_halt, doorbraak.alert_outside to ${appRole};
grant update (released_at, released_by, reason) on doorbraak.sending_halt to ${appRole};
grant update (alert_id) on doorbraak.alert_outside to ${appRole};
