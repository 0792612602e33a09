-- Who is logged in, for every node. Tables of Spring Session, under names of ours; the demo keeps its sessions in memory.

create table doorbraak.web_session (
    primary_id char(36) primary key,
    session_id char(36) not null unique,
    creation_time bigint not null,
    last_access_time bigint not null,
    max_inactive_interval int not null,
    expiry_time bigint not null,
    principal_name varchar(100)
);
comment on table doorbraak.web_session is
    'Sessions of officers in the browser. Nothing of a case: login and claims of the officer. May be emptied at any time; everybody logs in again.';
create index web_session_expiry on doorbraak.web_session (expiry_time);
create index web_session_principal on doorbraak.web_session (principal_name);

create table doorbraak.web_session_attributes (
    session_primary_id char(36) not null references doorbraak.web_session (primary_id) on delete cascade,
    attribute_name varchar(200) not null,
    attribute_bytes bytea not null,
    primary key (session_primary_id, attribute_name)
);

grant select, insert, update, delete on doorbraak.web_session, doorbraak.web_session_attributes to ${appRole};
