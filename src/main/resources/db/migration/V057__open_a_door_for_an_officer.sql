-- Officers of an agency that does not work in Doorbraak answer by a link and a code.

alter table doorbraak.agency_request add column door_key uuid not null unique default gen_random_uuid();
comment on column doorbraak.agency_request.door_key is
    'Secret, in the link that goes to the mailbox of the agency. Opens nothing without a code to the officer''s own address or telephone.';

create table doorbraak.door_code (
    id bigint generated always as identity primary key,
    request_id bigint not null references doorbraak.agency_request (id),
    officer_login text not null references doorbraak.officer (login),
    code text not null check (code ~ '^[0-9]{6}$'),
    made_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > made_at),
    tries int not null default 0 check (tries between 0 and 5),
    used_at timestamptz
);
comment on table doorbraak.door_code is 'The second factor at the door of a question. Readable, because the mail worker must send it: it lives for minutes and works once.';
create index door_code_request on doorbraak.door_code (request_id, id);

grant select, insert, update on doorbraak.door_code to ${appRole};
