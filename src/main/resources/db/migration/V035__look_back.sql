-- After a crisis the team looks back: what could have been decided before?

alter table doorbraak.terms_version
    add column look_back_working_days int not null default 10 check (look_back_working_days > 0);
comment on column doorbraak.terms_version.look_back_working_days is
    'How long the team has to look back on a crisis once the case is closed. A proposal, not law.';
