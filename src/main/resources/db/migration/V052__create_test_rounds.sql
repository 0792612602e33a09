-- A test message to everybody whom the ladder would tell, and who confirmed it.

create table doorbraak.reach_round (
    id bigint generated always as identity primary key,
    municipality_id text not null references doorbraak.organisation (id),
    begun_by text not null references doorbraak.officer (login),
    begun_at timestamptz not null
);
comment on table doorbraak.reach_round is 'A round of test messages for the levels of one municipality.';

create table doorbraak.reach_asked (
    round_id bigint not null references doorbraak.reach_round (id),
    officer_login text not null references doorbraak.officer (login),
    function text not null,
    organisation_id text not null references doorbraak.organisation (id),
    confirmed_at timestamptz,
    primary key (round_id, officer_login)
);
comment on column doorbraak.reach_asked.confirmed_at is 'When the officer pressed the button on the page of the link; empty: not yet.';

grant select, insert on doorbraak.reach_round to ${appRole};
grant select, insert, update on doorbraak.reach_asked to ${appRole};
