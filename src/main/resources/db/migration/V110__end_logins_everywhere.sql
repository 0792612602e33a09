-- How often a person ended all logins at once. A session keeps the number of its login; with another number it has ended, on every node.

create table doorbraak.login_round (
    login text primary key check (login ~ '^[A-Za-z0-9._@-]{1,100}$'),
    round bigint not null check (round > 0)
);
comment on table doorbraak.login_round is 'Who logged out everywhere, and how often. Who never did has no row. Holds no moment and no address.';
comment on column doorbraak.login_round.round is 'A session of another round than this has ended.';

grant select, insert, update on doorbraak.login_round to ${appRole};
