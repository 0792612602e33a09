-- Versions of the terms that people adopt: for whom, by whom, from when; what is still a draft stands apart.

alter table doorbraak.terms_version
    add column body_id text references doorbraak.organisation (id),
    add column drafted_by text,
    add column adopted_by text,
    add column adopted_at timestamptz,
    drop constraint terms_version_valid_from_key,
    add constraint terms_version_from unique nulls not distinct (body_id, valid_from),
    add constraint terms_version_two_people check (adopted_by <> drafted_by),
    add constraint terms_version_adopted check
        ((body_id is null) = (adopted_by is null) and (adopted_by is null) = (adopted_at is null) and (adopted_by is null) = (drafted_by is null));
comment on column doorbraak.terms_version.body_id is
    'Municipality or region whose new cases obey this version. A case takes its municipality''s, else its region''s, else the one for everybody (null), which came with the software.';
comment on column doorbraak.terms_version.adopted_by is 'Who made it count, another person than who drafted it. Null: it came with the software and nobody adopted it.';
comment on column doorbraak.terms_version.note is
    'The decision or document a version rests on, or who settled it and why, for the reader in five years.';

create table doorbraak.free_day (
    version int not null references doorbraak.terms_version (version),
    day date not null,
    name text not null check (name <> ''),
    primary key (version, day)
);
comment on table doorbraak.free_day is
    'Days that are no working days for the agreed terms of a version, beyond those of the Algemene termijnenwet. Terms of law do not move for them.';

create table doorbraak.terms_draft (
    id bigint generated always as identity primary key,
    body_id text not null references doorbraak.organisation (id),
    based_on int not null references doorbraak.terms_version (version),
    content jsonb not null,
    authors text[] not null check (cardinality(authors) > 0),
    revision int not null default 1,
    changed_at timestamptz not null,
    version int references doorbraak.terms_version (version),
    withdrawn_at timestamptz,
    check (version is null or withdrawn_at is null)
);
comment on table doorbraak.terms_draft is
    'A version of the terms that nobody has adopted yet. Once adopted its content is a version, which nobody changes.';
comment on column doorbraak.terms_draft.authors is 'Everybody who wrote in it, the last one last: none of them adopts it.';
create unique index terms_draft_one_open on doorbraak.terms_draft (body_id) where version is null and withdrawn_at is null;

grant insert on doorbraak.terms_version, doorbraak.rung_term, doorbraak.watch_moment to ${appRole};
grant select, insert on doorbraak.free_day to ${appRole};
grant select, insert, update on doorbraak.terms_draft to ${appRole};
