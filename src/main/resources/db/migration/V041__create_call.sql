-- Near the event mail is not enough: whom to call, and what came of it.

alter table doorbraak.officer add column phone text check (phone ~ '^[+0-9][0-9 ()-]{2,24}$');
alter table doorbraak.organisation add column duty_phone text check (duty_phone ~ '^[+0-9][0-9 ()-]{2,24}$');
comment on column doorbraak.officer.phone is 'Number at work. Written from the claims of the login.';
comment on column doorbraak.organisation.duty_phone is 'Number that somebody answers at any hour (piketnummer).';

create table doorbraak.call (
    id bigint generated always as identity primary key,
    case_number text not null references doorbraak.case_file (number),
    function text not null,
    body_id text not null references doorbraak.organisation (id),
    outcome text not null check (outcome in ('spoken', 'notReached', 'takesOver')),
    called_by text not null references doorbraak.officer (login),
    called_at timestamptz not null
);
comment on table doorbraak.call is
    'A telephone call about a case that nobody has the lead of. Who was spoken counts as having acknowledged; taking over is a word, not the lead.';
create index call_of_case on doorbraak.call (case_number, id);

alter table doorbraak.alert add column acknowledged_call bigint references doorbraak.call (id);
comment on column doorbraak.alert.acknowledged_call is 'The call in which it was told; then acknowledged_by is who called.';
alter table doorbraak.alert drop constraint alert_acknowledged;
alter table doorbraak.alert add constraint alert_acknowledged
    check ((acknowledged_at is null) = (acknowledged_by is null)
        and (acknowledged_at is null or seen_at is not null or acknowledged_call is not null));

grant select, insert on doorbraak.call to ${appRole};
