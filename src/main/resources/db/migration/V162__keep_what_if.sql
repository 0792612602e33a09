-- What a draft or a version would have done, as one node reckons it for all of them.

create table doorbraak.what_if (
    subject text not null,
    municipalities text not null,
    revision int not null,
    begun_at timestamptz not null,
    touched_at timestamptz not null,
    done int not null default 0,
    total int not null default 0,
    result jsonb,
    failed boolean not null default false,
    primary key (subject, municipalities)
);
comment on table doorbraak.what_if is
    'Numbers only, of no case: what a draft or a version would have done to the cases of these municipalities. The newest reckoning replaces the one before it.';
comment on column doorbraak.what_if.touched_at is 'When the node that reckons was last heard of; another takes over after a silence.';
grant select, insert, update on doorbraak.what_if to ${appRole};
