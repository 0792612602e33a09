-- What was decided is done by somebody, before a day, and paid from a budget.

create table doorbraak.measure (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    entry_id bigint not null references doorbraak.entry (id),
    source text not null check (source in ('decision', 'plan', 'roundTable', 'other')),
    plan_line int,
    proposal_id bigint references doorbraak.proposal (id),
    organisation_id text not null references doorbraak.organisation (id),
    person text references doorbraak.officer (login),
    due_on date not null,
    cost_cents bigint check (cost_cents >= 0),
    state text not null default 'open' check (state in ('open', 'done', 'failed', 'dropped')),
    made_by text not null,
    made_at timestamptz not null,
    answered_by text references doorbraak.officer (login),
    answered_at timestamptz,
    answer_entry_id bigint references doorbraak.entry (id),
    soon_told_at timestamptz,
    late_told_at timestamptz,
    unique (case_id, plan_line),
    check ((state = 'open') = (answered_at is null)),
    check ((answered_by is null) = (answered_at is null))
);
comment on table doorbraak.measure is 'Something that somebody does in a case because it was decided or agreed. What it is stands in the entry.';
comment on column doorbraak.measure.plan_line is 'Line of the plan that it came from, so that it comes once.';
comment on column doorbraak.measure.proposal_id is 'The signed proposal that it rests on: who signed it, and under which mandate.';
comment on column doorbraak.measure.person is 'Who of the organisation; empty: somebody of it.';
comment on column doorbraak.measure.due_on is 'The last day.';
comment on column doorbraak.measure.answer_entry_id is 'What was written about it: why not, or who outside Doorbraak said so.';
comment on column doorbraak.measure.soon_told_at is 'When who does it was reminded.';
comment on column doorbraak.measure.late_told_at is 'When it was told that the last day had passed.';
create index measure_case on doorbraak.measure (case_id);
create index measure_open on doorbraak.measure (organisation_id) where state = 'open';
create index measure_due on doorbraak.measure (due_on) where state = 'open' and late_told_at is null;
create trigger keep_held before delete on doorbraak.measure for each row execute function doorbraak.keep_held('case_id');

create table doorbraak.budget (
    id bigint generated always as identity primary key,
    organisation_id text not null references doorbraak.organisation (id),
    name text not null check (name <> ''),
    year int not null check (year between 2000 and 2200),
    amount_cents bigint not null check (amount_cents >= 0),
    case_cents bigint check (case_cents >= 0),
    household_cents bigint check (household_cents >= 0),
    cost_centre text not null check (cost_centre <> ''),
    version int not null default 1,
    made_by text not null,
    made_at timestamptz not null,
    unique (organisation_id, name, year)
);
comment on table doorbraak.budget is 'What a team may spend in a calendar year on what no scheme pays (maatwerkbudget). Every change is a line of the record.';
comment on column doorbraak.budget.case_cents is 'Highest amount for one case without a signed decision; empty: no ceiling.';
comment on column doorbraak.budget.household_cents is 'Highest amount for one household in the year without a signed decision; empty: no ceiling.';
comment on column doorbraak.budget.cost_centre is 'Where the books of the organisation put it (kostenplaats).';

create table doorbraak.expense (
    id bigint generated always as identity primary key,
    budget_id bigint not null references doorbraak.budget (id),
    case_id bigint not null references doorbraak.case_file (id),
    household_id bigint not null references doorbraak.household (id),
    measure_id bigint references doorbraak.measure (id),
    entry_id bigint not null references doorbraak.entry (id),
    amount_cents bigint not null check (amount_cents <> 0),
    paid_on date not null,
    cost_centre text not null,
    reference text not null check (reference <> ''),
    reverses_id bigint unique references doorbraak.expense (id),
    made_by text not null references doorbraak.officer (login),
    made_at timestamptz not null,
    check ((amount_cents < 0) = (reverses_id is not null))
);
comment on table doorbraak.expense is 'Money that left a budget for a case. Never changed: a correction is a line of its own that takes one back.';
comment on column doorbraak.expense.cost_centre is 'Of the budget, as it read when it was paid.';
comment on column doorbraak.expense.reference is 'Of the payment, in the books of the organisation.';
comment on column doorbraak.expense.reverses_id is 'The line that this one takes back.';
create index expense_budget on doorbraak.expense (budget_id);
create index expense_case on doorbraak.expense (case_id);
create index expense_household on doorbraak.expense (household_id);
create trigger keep_held before delete on doorbraak.expense for each row execute function doorbraak.keep_held('case_id');

grant select, insert, update on doorbraak.measure, doorbraak.budget to ${appRole};
grant select, insert on doorbraak.expense to ${appRole};
