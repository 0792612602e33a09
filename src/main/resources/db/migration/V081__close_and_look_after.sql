-- Every case is closed with what it came to, whatever its outcome, and looked after: after three and after twelve months.

alter table doorbraak.terms_version add column aftercare_working_days int not null default 10
    check (aftercare_working_days > 0);
comment on column doorbraak.terms_version.aftercare_working_days is
    'How long the team has to ask how it goes, three and twelve months after the closing. A proposal, not law.';

create table doorbraak.closing (
    case_id bigint primary key references doorbraak.case_file (id),
    due_at timestamptz not null,
    explanation text not null check (explanation <> ''),
    overdue_told_at timestamptz,
    rung text,
    decided_at timestamptz,
    crisis boolean,
    result text check (result in ('solved', 'partlySolved', 'notSolved', 'otherwise', 'withdrawn')),
    result_by text references doorbraak.officer (login),
    result_at timestamptz,
    check ((result is null) = (result_at is null)),
    check ((result_by is null) = (coalesce(result, 'withdrawn') = 'withdrawn')),
    check ((result is null) = (crisis is null))
);
comment on table doorbraak.closing is 'What a closed case came to, one per case. What people wrote about it stands in the entries.';
comment on column doorbraak.closing.rung is 'The level that decided; empty where nobody did.';
comment on column doorbraak.closing.decided_at is 'When that level decided: from the report until then is how long it took.';
comment on column doorbraak.closing.crisis is 'Whether it needed a crisis.';

insert into doorbraak.closing (case_id, due_at, explanation, rung, decided_at, crisis, result, result_by, result_at)
select o.case_id, o.due_at, o.explanation, r.rung, r.decided_at,
       exists (select 1 from doorbraak.look_back b join doorbraak.case_file c on c.number = b.case_number where c.id = o.case_id),
       o.outcome, o.outcome_by, o.outcome_at
from doorbraak.carry_out o
join lateral (select rung, decided_at from doorbraak.case_rung r where r.case_id = o.case_id order by r.id desc limit 1) r on true
where o.outcome is not null;

alter table doorbraak.carry_out drop column outcome, drop column outcome_by, drop column outcome_at,
    add constraint carry_out_ended_check check (ended_at is null or coalesce(carried_out in ('yes', 'never'), false));

create table doorbraak.aftercare (
    case_id bigint not null references doorbraak.case_file (id),
    months int not null check (months in (3, 12)),
    begins_on date not null,
    begun_at timestamptz,
    due_at timestamptz,
    explanation text,
    overdue_told_at timestamptz,
    holds text check (holds in ('yes', 'partly', 'no')),
    answered_by text references doorbraak.officer (login),
    answered_at timestamptz,
    primary key (case_id, months),
    check ((begun_at is null) = (due_at is null) and (begun_at is null) = (explanation is null)),
    check ((holds is null) = (answered_by is null) and (holds is null) = (answered_at is null))
);
comment on table doorbraak.aftercare is 'That the team asks how it goes, so many months after the closing. What they heard is an entry of the case.';
create index aftercare_due on doorbraak.aftercare (begins_on) where begun_at is null;
create trigger keep_held before delete on doorbraak.aftercare for each row execute function doorbraak.keep_held('case_id');

create table doorbraak.survey (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    months int not null check (months in (0, 12)),
    asked_on date not null,
    told_at timestamptz,
    reminded_at timestamptz,
    key_hash text unique,
    expires_at timestamptz,
    answered_at timestamptz,
    scores int[] check (scores is null or cardinality(scores) = 6),
    entry_id bigint references doorbraak.entry (id),
    with_help boolean,
    unique (case_id, months),
    check ((key_hash is null) = (expires_at is null)),
    check ((answered_at is null) = (scores is null))
);
comment on table doorbraak.survey is 'What the resident says of how it went: at the closing and a year later, also after a no. Answered by a link, or together with the team.';
comment on column doorbraak.survey.key_hash is 'Of the secret in the link; empty: there is no link, or it was taken back.';
comment on column doorbraak.survey.scores is 'One to five for each question, in the order of the page; null for what was left open.';
comment on column doorbraak.survey.with_help is 'Whether somebody of the team filled it in with the resident.';
create index survey_due on doorbraak.survey (asked_on) where answered_at is null;
create trigger keep_held before delete on doorbraak.survey for each row execute function doorbraak.keep_held('case_id');

grant select, insert, update on doorbraak.closing, doorbraak.aftercare, doorbraak.survey to ${appRole};
