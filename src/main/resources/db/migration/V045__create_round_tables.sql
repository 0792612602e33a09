-- When the people of a case meet: each planning, move and cancellation is a row of its own, so that an invitation that went out stays true.

create table doorbraak.round_table (
    id bigint generated always as identity primary key,
    uid uuid not null,
    sequence int not null check (sequence >= 0),
    case_id bigint not null references doorbraak.case_file (id),
    begins_at timestamptz not null,
    ends_at timestamptz not null,
    host_id text references doorbraak.organisation (id),
    guests text[] not null check (cardinality(guests) > 0),
    entry_id bigint references doorbraak.entry (id),
    cancelled boolean not null default false,
    made_by text not null,
    made_at timestamptz not null,
    unique (uid, sequence),
    check (ends_at > begins_at),
    check (not cancelled or sequence > 0)
);
comment on table doorbraak.round_table is 'A round table as it was planned, moved or cancelled. The newest row of a case says how it stands.';
comment on column doorbraak.round_table.uid is 'The same at every move: by it a calendar knows which appointment is meant. Says nothing about anybody.';
comment on column doorbraak.round_table.sequence is 'Rises with every move and the cancellation: a calendar takes the highest.';
comment on column doorbraak.round_table.host_id is 'At whose place; empty: online.';
comment on column doorbraak.round_table.guests is 'Logins of who is invited; of who was, where it is cancelled.';
comment on column doorbraak.round_table.entry_id is 'What was written about the place, in the case file and nowhere else.';
comment on column doorbraak.round_table.made_by is 'Login, or the software when the case was closed.';
create index round_table_case on doorbraak.round_table (case_id, id);
create trigger keep_held before delete on doorbraak.round_table for each row execute function doorbraak.keep_held('case_id');

grant select, insert on doorbraak.round_table to ${appRole};
