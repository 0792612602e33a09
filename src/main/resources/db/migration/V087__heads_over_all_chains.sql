-- What stands at the end of the chains, under one hash that is also kept outside the database.

create table doorbraak.audit_head (
    number bigint primary key check (number > 0),
    at timestamptz not null,
    chains text[] not null,
    lines bigint[] not null,
    hashes bytea[] not null,
    root bytea not null,
    previous_hash bytea not null,
    hash bytea not null,
    check (cardinality(chains) = cardinality(lines) and cardinality(chains) = cardinality(hashes))
);
comment on table doorbraak.audit_head is
    'A head over all chains of the record: the last lines of those that moved since the head before, the root of the tree over them (RFC 6962), and a hash that follows from the head before.';
comment on column doorbraak.audit_head.chains is 'In the order of their bytes; lines and hashes in the same order.';
grant select, insert on doorbraak.audit_head to ${appRole};

create table doorbraak.audit_head_sent (
    number bigint primary key references doorbraak.audit_head (number),
    sent_at timestamptz not null
);
comment on table doorbraak.audit_head_sent is 'Up to which head the address outside has them all.';
grant select, insert on doorbraak.audit_head_sent to ${appRole};

-- Which chains moved lately, without reading them all: lines come in the order of time, so this index is almost nothing.
create index audit_line_at on doorbraak.audit_line using brin (at);

create table doorbraak.chain_check (
    id bigint generated always as identity primary key,
    started_at timestamptz not null,
    started_by text not null,
    lines_done bigint not null default 0,
    seen_at timestamptz not null,
    ended_at timestamptz,
    lines bigint,
    chains bigint,
    heads bigint,
    outside boolean,
    findings jsonb
);
comment on table doorbraak.chain_check is 'When the whole record was checked, by whom, and what did not follow. While one runs it says how far it is.';
comment on column doorbraak.chain_check.outside is 'Whether the heads were compared with the file outside the database.';
comment on column doorbraak.chain_check.findings is '[{place, number, code}]: chain and line, or head; empty when all follows.';
create index chain_check_started on doorbraak.chain_check (started_at desc);
grant select, insert, update on doorbraak.chain_check to ${appRole};
