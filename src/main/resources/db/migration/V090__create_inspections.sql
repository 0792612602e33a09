-- The controleopdracht: an auditor's question, every decision that it is about, a sample that anyone can draw again, and what came of it.

create table doorbraak.inspection (
    id uuid primary key,
    purpose text not null check (length(purpose) between 1 and 500),
    municipality_ids text[] not null check (cardinality(municipality_ids) > 0),
    first_day date not null,
    last_day date not null check (last_day >= first_day),
    power text check (power in ('scheme', 'tailoredBudget')),
    minimum_cents bigint not null check (minimum_cents >= 0),
    opened_by text not null references doorbraak.officer (login),
    opened_at timestamptz not null,
    decisions int not null check (decisions >= 0),
    total_cents bigint not null check (total_cents >= 0),
    mark text not null check (mark ~ '^[0-9a-f]{64}$'),
    closed_by text references doorbraak.officer (login),
    closed_at timestamptz,
    check ((closed_by is null) = (closed_at is null))
);
comment on table doorbraak.inspection is
    'What an auditor inspects: asked once. decisions and total_cents count the population as it was drawn. The id comes from the page, so that sending it twice is refused.';
comment on column doorbraak.inspection.purpose is 'In the words of the auditor, about no resident.';
comment on column doorbraak.inspection.power is 'Only decisions of this kind; null: of every kind.';
comment on column doorbraak.inspection.mark is 'SHA-256 over the rows of the population, in the order of their numbers; stands in the record too.';

create table doorbraak.inspection_decision (
    inspection_id uuid not null references doorbraak.inspection (id),
    proposal_id bigint not null,
    case_number text not null,
    municipality_id text not null references doorbraak.organisation (id),
    signed_at timestamptz not null,
    amount_cents bigint not null check (amount_cents >= 0),
    power text not null,
    rung text not null,
    deviates boolean not null,
    signatures jsonb not null,
    primary key (inspection_id, proposal_id)
);
comment on table doorbraak.inspection_decision is
    'The population: every decision that was signed in the period, as it stood when it was drawn. Codes and ids only, and no key to the case: it outlives the case that it came from.';
comment on column doorbraak.inspection_decision.signatures is 'Who agreed, in which function, under which version of which mandate, as [{person, function, body, mandate, version, deputyFor}].';

create table doorbraak.inspection_sample (
    id bigint generated always as identity primary key,
    inspection_id uuid not null references doorbraak.inspection (id),
    number int not null check (number > 0),
    seed text not null check (seed ~ '^[0-9]{1,20}$'),
    size int not null check (size > 0),
    drawn_by text not null references doorbraak.officer (login),
    drawn_at timestamptz not null,
    unique (inspection_id, number)
);
comment on table doorbraak.inspection_sample is 'Each time that a sample was drawn; a second one never takes the place of the first.';

create table doorbraak.inspection_item (
    sample_id bigint not null references doorbraak.inspection_sample (id),
    place int not null check (place > 0),
    inspection_id uuid not null,
    proposal_id bigint not null,
    used_cents bigint[] not null,
    primary key (sample_id, place),
    unique (sample_id, proposal_id),
    foreign key (inspection_id, proposal_id) references doorbraak.inspection_decision (inspection_id, proposal_id)
);
comment on column doorbraak.inspection_item.used_cents is
    'For each signature in turn: what was signed under its mandate in that year, up to and including this decision, as counted when the sample was drawn.';
comment on table doorbraak.inspection_item is 'What is in a sample, in the order in which it was drawn.';

create table doorbraak.inspection_finding (
    id bigint generated always as identity primary key,
    inspection_id uuid not null,
    proposal_id bigint not null,
    verdict text not null check (verdict in ('complies', 'fails', 'unsure')),
    written boolean not null,
    entry_id bigint references doorbraak.entry (id) on delete set null,
    recorded_by text not null references doorbraak.officer (login),
    recorded_at timestamptz not null,
    check (written or verdict = 'complies' and entry_id is null),
    foreign key (inspection_id, proposal_id) references doorbraak.inspection_decision (inspection_id, proposal_id)
);
comment on table doorbraak.inspection_finding is 'What the auditor found of a decision. The last one counts; one that was answered is the last one.';
comment on column doorbraak.inspection_finding.entry_id is 'The words: an entry of the case. Written, but null: destroyed with the case.';
create index inspection_finding_decision on doorbraak.inspection_finding (inspection_id, proposal_id, id);
create index inspection_finding_entry on doorbraak.inspection_finding (entry_id);

create table doorbraak.inspection_answer (
    finding_id bigint primary key references doorbraak.inspection_finding (id),
    entry_id bigint references doorbraak.entry (id) on delete set null,
    answered_by text not null references doorbraak.officer (login),
    answered_at timestamptz not null
);
comment on table doorbraak.inspection_answer is 'What a manager of the municipality answered to a finding, once.';
comment on column doorbraak.inspection_answer.entry_id is 'The words: an entry of the case; null: destroyed with the case.';
create index inspection_answer_entry on doorbraak.inspection_answer (entry_id);

-- Every decision of a period, and what was used of a mandate, without reading all that was ever signed.
create index proposal_signed on doorbraak.proposal (ended_at) where state = 'signed';
create index sign_off_mandate on doorbraak.sign_off (mandate_number, at) where outcome = 'agreed';

grant select, insert on doorbraak.inspection, doorbraak.inspection_decision, doorbraak.inspection_sample, doorbraak.inspection_item,
    doorbraak.inspection_finding, doorbraak.inspection_answer to ${appRole};
grant update (closed_by, closed_at) on doorbraak.inspection to ${appRole};
