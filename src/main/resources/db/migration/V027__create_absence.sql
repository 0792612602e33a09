-- Who is away from when to when, who stands in, and which mandate says that a deputy may sign.

create table doorbraak.absence (
    id bigint generated always as identity primary key,
    officer_login text not null references doorbraak.officer (login),
    first_day date not null,
    last_day date not null check (last_day >= first_day),
    deputy_login text references doorbraak.officer (login) check (deputy_login <> officer_login),
    entered_by text not null references doorbraak.officer (login),
    entered_at timestamptz not null,
    ended_by text references doorbraak.officer (login),
    ended_at timestamptz,
    check ((ended_by is null) = (ended_at is null))
);
comment on table doorbraak.absence is
    'When somebody is away, as they entered it. Standing in gives no power: only a line of the register does.';
comment on column doorbraak.absence.first_day is 'Days are whole days in Europe/Amsterdam, the last one included.';
comment on column doorbraak.absence.ended_at is 'Back earlier, or never away: from then on it does not count.';
create index absence_officer on doorbraak.absence (officer_login) where ended_at is null;

alter table doorbraak.mandate add column deputy text;
comment on column doorbraak.mandate.deputy is
    'Function that may sign under the line while its holder is away, as the mandate decision says; only who the holder named. Empty: nobody.';

alter table doorbraak.sign_off add column deputy_for text references doorbraak.officer (login);
comment on column doorbraak.sign_off.deputy_for is 'Whom the signer stood in for; empty where the signer holds the function.';

alter table doorbraak.proposal add column cut_short boolean not null default false;
comment on column doorbraak.proposal.cut_short is 'The time to answer ends early because everybody who was asked is away from then on.';

grant select, insert, update on doorbraak.absence to ${appRole};
