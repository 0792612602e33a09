-- The bank of breakthroughs: closed cases stripped of persons, read by everybody once another person released them.

create table doorbraak.example (
    id bigint generated always as identity primary key,
    version int not null default 1,
    case_id bigint references doorbraak.case_file (id) on delete set null,
    municipality_id text not null references doorbraak.organisation (id),
    closed_year int not null,
    domains text[] not null check (cardinality(domains) > 0),
    agencies text[] not null,
    power text not null check (power in ('scheme', 'tailoredBudget')),
    rung text not null,
    lead_days int not null check (lead_days >= 0),
    article text not null check (length(article) <= 300),
    situation text not null check (length(situation) between 1 and 2000),
    knot text not null check (length(knot) between 1 and 2000),
    done text not null check (length(done) between 1 and 2000),
    effect text not null check (length(effect) between 1 and 2000),
    reusable text not null check (length(reusable) between 1 and 2000),
    story text not null check (length(story) between 1 and 4000),
    questions text[] not null check (cardinality(questions) between 1 and 3),
    state text not null check (state in ('proposed', 'returned', 'released', 'withdrawn')),
    written_by text[] not null check (cardinality(written_by) > 0),
    written_at timestamptz not null,
    returned_because text check (length(returned_because) between 1 and 300),
    municipality_shown boolean not null default false,
    released_by text references doorbraak.officer (login),
    released_at timestamptz,
    withdrawn_by text references doorbraak.officer (login),
    withdrawn_at timestamptz,
    search tsvector not null generated always as (to_tsvector('dutch',
        situation || ' ' || knot || ' ' || article || ' ' || done || ' ' || effect || ' ' || reusable || ' ' || story)) stored,
    check ((released_at is null) = (released_by is null) and (withdrawn_at is null) = (withdrawn_by is null)),
    check ((state in ('released', 'withdrawn')) = (released_at is not null)),
    check ((state = 'withdrawn') = (withdrawn_at is not null)),
    check (released_by is null or not (released_by = any (written_by)))
);
comment on table doorbraak.example is 'How a case was broken through, in words that name nobody; outlives the case.';
comment on column doorbraak.example.written_by is 'Everybody who wrote in it; none of them may release it.';
comment on column doorbraak.example.municipality_shown is 'Not where so few cases were closed there that year that somebody could be recognised.';
comment on column doorbraak.example.lead_days is 'From the report to the closing, reckoned from the case.';
create unique index example_one_per_case on doorbraak.example (case_id) where state <> 'withdrawn';
create index example_search on doorbraak.example using gin (search);

grant select, insert, update on doorbraak.example to ${appRole};
