-- Organisations and officers by import: a list of one body, made known before the first login, with the days between which it holds.

alter table doorbraak.officer drop constraint officer_source_check;
alter table doorbraak.officer add constraint officer_source_check check (source in ('oidc', 'demo', 'list'));
comment on table doorbraak.officer is
    'Staff who log in. Written from the claims of the login (oidc), from a list of their organisation (list) or by the demo; production refuses to start while demo officers exist.';

alter table doorbraak.organisation add column in_settings boolean not null default false;
comment on column doorbraak.organisation.in_settings is
    'Whether the settings of the installation list it, as of the last start: then it is changed there and not by a list.';

create table doorbraak.post_term (
    officer_login text not null references doorbraak.officer (login),
    organisation_id text not null references doorbraak.organisation (id),
    functions text[] not null check (cardinality(functions) > 0),
    first_day date,
    last_day date check (last_day >= first_day),
    begun boolean not null default false,
    ended boolean not null default false,
    set_by text not null references doorbraak.officer (login),
    set_at timestamptz not null,
    primary key (officer_login, organisation_id)
);
comment on table doorbraak.post_term is
    'From which day and up to which day somebody has functions at a body, as its last list says. A login outside these days gives none there.';
comment on column doorbraak.post_term.functions is 'What they get on the first day.';
comment on column doorbraak.post_term.begun is 'Whether the first day came; true without one.';
comment on column doorbraak.post_term.ended is 'Whether the last day passed and the functions ended.';
create index post_term_due on doorbraak.post_term (first_day, last_day) where not begun or not ended;

grant select, insert, update on doorbraak.post_term to ${appRole};
