-- The next moment of each case without a lead is a row of ours; workers take what is due in batches.

create table doorbraak.lead_watch (
    case_number text primary key references doorbraak.case_file (number),
    next_at timestamptz not null,
    look_at timestamptz not null
);
comment on table doorbraak.lead_watch is
    'When each case without a lead is looked at next. Written in the transaction of whatever changes that; no row: closed, or somebody has accepted the lead.';
comment on column doorbraak.lead_watch.next_at is 'The next watch moment, or since when one was found due. What lies a minute back is late.';
comment on column doorbraak.lead_watch.look_at is 'When a worker takes it: the moment itself, or later after a failure.';
create index lead_watch_due on doorbraak.lead_watch (look_at, case_number);

-- Working days are not counted here: each is looked at once, and gets its moment then.
insert into doorbraak.lead_watch (case_number, next_at, look_at)
    select c.number, doorbraak.current_instant(), doorbraak.current_instant() from doorbraak.case_file c
    where c.state <> 'closed' and not exists (select 1 from doorbraak.lead l where l.case_number = c.number and l.state = 'accepted');

grant select, insert, update, delete on doorbraak.lead_watch to ${appRole};
