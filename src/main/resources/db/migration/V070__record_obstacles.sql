-- What got in the way, what several cases share, and what was asked of who can change it. Text about nobody, by rule.

create table doorbraak.obstacle (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('complexLaw', 'cooperation', 'whoDecides', 'conflictingRules')),
    wording text not null unique check (length(wording) between 1 and 300),
    learning_order int not null check (learning_order between 1 and 3),
    made_by text not null references doorbraak.officer (login),
    made_at timestamptz not null,
    pattern_at timestamptz,
    owner_organisation text references doorbraak.organisation (id),
    owner_login text references doorbraak.officer (login),
    search tsvector not null generated always as (to_tsvector('dutch', wording)) stored,
    check ((owner_organisation is null) = (owner_login is null)),
    check (owner_login is null or pattern_at is not null and learning_order > 1)
);
comment on table doorbraak.obstacle is 'What gets in the way of cases, in words that name nobody: the application refuses others.';
comment on column doorbraak.obstacle.learning_order is '1: learn in the case; 2: clear it in the own organisation; 3: change the system.';
comment on column doorbraak.obstacle.pattern_at is 'When the third case shared it. What is a pattern stays one.';
create index obstacle_search on doorbraak.obstacle using gin (search);

create table doorbraak.case_obstacle (
    obstacle_id bigint not null references doorbraak.obstacle (id),
    case_id bigint not null references doorbraak.case_file (id),
    shared_by text not null references doorbraak.officer (login),
    shared_at timestamptz not null,
    taken_back_at timestamptz,
    primary key (obstacle_id, case_id)
);
comment on table doorbraak.case_obstacle is 'Which cases share an obstacle; known to who is on the case.';
comment on column doorbraak.case_obstacle.taken_back_at is 'It was no obstacle of this case after all.';
create index case_obstacle_case on doorbraak.case_obstacle (case_id);
create trigger keep_held before delete on doorbraak.case_obstacle for each row execute function doorbraak.keep_held('case_id');

create table doorbraak.learning_point (
    id bigint generated always as identity primary key,
    obstacle_id bigint not null references doorbraak.obstacle (id),
    organisation_id text not null references doorbraak.organisation (id),
    sentence text not null check (length(sentence) between 1 and 300),
    sent_by text not null references doorbraak.officer (login),
    sent_at timestamptz not null,
    answer_until date not null,
    reminded_at timestamptz,
    answer text check (length(answer) between 1 and 2000),
    answered_by text references doorbraak.officer (login),
    answered_on date,
    source text check (length(source) between 1 and 200),
    effect text check (length(effect) between 1 and 2000),
    done_by text references doorbraak.officer (login),
    done_at timestamptz,
    check ((answer is null) = (answered_by is null) and (answer is null) = (answered_on is null)),
    check (source is null or answer is not null),
    check ((effect is null) = (done_at is null) and (effect is null) = (done_by is null)),
    check (effect is null or answer is not null)
);
comment on table doorbraak.learning_point is 'One sentence to the body that can change a pattern, its answer, and what came of it.';
comment on column doorbraak.learning_point.source is 'Where the answer stands that was given outside Doorbraak; empty when the body answered here.';
create index learning_point_obstacle on doorbraak.learning_point (obstacle_id, id);
create index learning_point_waiting on doorbraak.learning_point (answer_until) where answer is null and reminded_at is null;

grant select, insert, update on doorbraak.obstacle to ${appRole};
grant select, insert, update on doorbraak.case_obstacle to ${appRole};
grant select, insert, update on doorbraak.learning_point to ${appRole};
