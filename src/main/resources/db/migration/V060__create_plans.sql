-- The plan of a case, line by line. Each change and withdrawal is a row of its own: how a line once stood stays readable.

create table doorbraak.plan_line (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    part text not null check (part in ('fact', 'test', 'route', 'outlook', 'breakthrough', 'budget', 'scenarios', 'agreement',
        'household', 'timeOut', 'stay')),
    line int not null check (line > 0),
    version int not null check (version > 0),
    entry_id bigint not null references doorbraak.entry (id),
    withdrawn boolean not null default false,
    kind text,
    body_id text references doorbraak.organisation (id),
    government boolean not null default false,
    amount_cents bigint check (amount_cents >= 0),
    of_line int,
    ends_on date,
    explanation text,
    end_told_at timestamptz,
    made_by text not null,
    made_at timestamptz not null,
    unique (case_id, line, version),
    check (not withdrawn or version > 1),
    check ((part = 'budget') = (of_line is not null))
);
comment on table doorbraak.plan_line is 'A line of the plan or of the overview of what every body does, as it was written, changed or withdrawn. The highest version says how it stands.';
comment on column doorbraak.plan_line.line is 'Which line of the case; the same at every change.';
comment on column doorbraak.plan_line.entry_id is 'What was written, in the case file and nowhere else.';
comment on column doorbraak.plan_line.kind is 'What it is, as a code: help, measure, sanction or claim; which stay; the answer to a request; what a breakthrough stops.';
comment on column doorbraak.plan_line.government is 'Whether the body is of the government: with a claim, the government is creditor.';
comment on column doorbraak.plan_line.amount_cents is 'Cost of a breakthrough, amount of a budget line, or what it is per year.';
comment on column doorbraak.plan_line.of_line is 'Of a budget line: the breakthrough that it pays.';
comment on column doorbraak.plan_line.ends_on is 'The last day; of a statutory stay as reckoned.';
comment on column doorbraak.plan_line.explanation is 'Of a statutory stay: why that day, in one or two Dutch sentences.';
comment on column doorbraak.plan_line.end_told_at is 'When it was told that the last day had passed.';
comment on column doorbraak.plan_line.made_by is 'Login.';
create index plan_line_case on doorbraak.plan_line (case_id, line, version);
create index plan_line_end on doorbraak.plan_line (ends_on) where ends_on is not null and end_told_at is null;
create trigger keep_held before delete on doorbraak.plan_line for each row execute function doorbraak.keep_held('case_id');

grant select, insert on doorbraak.plan_line to ${appRole};
grant update (end_told_at) on doorbraak.plan_line to ${appRole};
