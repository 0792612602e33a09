-- An alarm goes out also when the record cannot be written just then; its lines follow.

create table doorbraak.audit_owed (
    id bigint generated always as identity primary key,
    chain text not null,
    happened_at timestamptz not null,
    actor text not null,
    act text not null,
    facts text not null,
    written_at timestamptz
);
comment on table doorbraak.audit_owed is 'Lines of what told people something, kept until they could be written in the record; codes only, as there.';
comment on column doorbraak.audit_owed.written_at is 'When the line was written in its chain; null: it is still owed.';
create index audit_owed_open on doorbraak.audit_owed (happened_at) where written_at is null;

grant select, insert, update (written_at) on doorbraak.audit_owed to ${appRole};
