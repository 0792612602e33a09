-- Who may decide what on behalf of which body, what was proposed, and who signed it under which mandate.

create table doorbraak.mandate (
    number text not null check (number ~ '^[A-Z0-9-]+$'),
    version int not null check (version > 0),
    organisation_id text not null references doorbraak.organisation (id),
    power text not null,
    legal_basis text not null,
    function text not null,
    rungs text[] not null,
    ceiling_cents bigint check (ceiling_cents >= 0),
    deviation_allowed boolean not null,
    approvals int not null default 1 check (approvals > 0),
    drafter_may_sign boolean not null,
    crisis_use boolean not null default false,
    order_of_competence int not null,
    decision text not null,
    published_at date not null,
    source text not null,
    valid_from timestamptz not null,
    valid_to timestamptz,
    revoked_at timestamptz,
    note text,
    primary key (number, version)
);
comment on table doorbraak.mandate is
    'The register of mandates (Awb 10.1.1). Empty until an owner fills it: without a line nobody can sign a breakthrough. The application only reads it; a change is a new version.';
comment on column doorbraak.mandate.organisation_id is 'The body in whose name is decided.';
comment on column doorbraak.mandate.function is 'Who holds it: a function, never a person.';
comment on column doorbraak.mandate.rungs is 'On which levels of the ladder the line may be used.';
comment on column doorbraak.mandate.ceiling_cents is
    'Highest amount of one decision, together with what was signed under this number for the same household in the same calendar year; empty: no ceiling.';
comment on column doorbraak.mandate.deviation_allowed is 'May deviate from a rule or policy (Awb 4:84).';
comment on column doorbraak.mandate.crisis_use is 'Only in a crisis.';
comment on column doorbraak.mandate.order_of_competence is 'Who is asked first; the next competent function is the next higher.';
comment on column doorbraak.mandate.note is 'For example that the amount is invented.';

create table doorbraak.proposal (
    id bigint generated always as identity primary key,
    case_number text not null references doorbraak.case_file (number),
    household_id bigint not null references doorbraak.household (id),
    rung_id bigint not null references doorbraak.case_rung (id),
    entry_id bigint not null references doorbraak.entry (id),
    drafter text not null references doorbraak.officer (login),
    amount_cents bigint not null check (amount_cents >= 0),
    deviates boolean not null,
    made_at timestamptz not null,
    state text not null check (state in ('open', 'signed', 'refused', 'nobody', 'lapsed')),
    asked_function text,
    asked_organisation text references doorbraak.organisation (id),
    asked_order int,
    answer_due_at timestamptz,
    answer_explanation text,
    passed_on int not null default 0,
    failure text,
    ended_at timestamptz,
    check ((asked_function is null) = (asked_organisation is null)),
    check ((state = 'open') = (ended_at is null))
);
comment on table doorbraak.proposal is 'A breakthrough that somebody proposed on a level: whom we ask to sign, and how it ended. Only a signed one becomes the level''s decision.';
comment on column doorbraak.proposal.failure is 'Why nobody could sign: code of the last check that said no.';
create unique index proposal_one_open on doorbraak.proposal (case_number) where state = 'open';
create index proposal_case on doorbraak.proposal (case_number, id);
create index proposal_household on doorbraak.proposal (household_id);

create table doorbraak.sign_off (
    id bigint generated always as identity primary key,
    gate_id bigint not null references doorbraak.proposal (id),
    case_number text not null references doorbraak.case_file (number),
    rung_id bigint not null references doorbraak.case_rung (id),
    person text not null references doorbraak.officer (login),
    function text not null,
    organisation_id text not null references doorbraak.organisation (id),
    mandate_number text not null,
    mandate_version int not null,
    proposal_hash text not null,
    outcome text not null check (outcome in ('agreed', 'refused')),
    entry_id bigint references doorbraak.entry (id),
    at timestamptz not null,
    unique (gate_id, person),
    foreign key (mandate_number, mandate_version) references doorbraak.mandate (number, version)
);
comment on table doorbraak.sign_off is 'One person''s answer to one proposal, under one version of one mandate. Never changed.';
comment on column doorbraak.sign_off.proposal_hash is 'What the signer read, as a keyed hash.';
comment on column doorbraak.sign_off.entry_id is 'What the signer wrote; empty where the drafter decided within his own mandate.';
create index sign_off_case on doorbraak.sign_off (case_number);

alter table doorbraak.case_participant drop constraint case_participant_role_check;
alter table doorbraak.case_participant add constraint case_participant_role_check
    check (role in ('caseDirector', 'deputy', 'lead', 'asked', 'guest', 'signer'));

alter table doorbraak.post drop constraint post_function_check;
alter table doorbraak.post add constraint post_function_check check (function in ('caseDirector', 'manager', 'director',
    'alderman', 'processDirector', 'deskOfficer', 'ambassador', 'auditor', 'administrator'));

grant select on doorbraak.mandate to ${appRole};
grant select, insert, update on doorbraak.proposal to ${appRole};
grant select, insert on doorbraak.sign_off to ${appRole};
