-- Time, people, cases and the audit. Everything of ours lives in schema doorbraak; the engine has schema camunda to itself.
-- The application connects as ${appRole}, which owns nothing: it may add to the audit and never change it.

grant usage on schema doorbraak to ${appRole};
grant usage, create on schema camunda to ${appRole};

-- Time ---------------------------------------------------------------------------------------------------------------

create table doorbraak.clock_offset (
    only_row boolean primary key default true check (only_row),
    ahead interval not null default interval '0'
);
comment on table doorbraak.clock_offset is
    'How far our clock runs ahead of the server''s. Zero in production, which refuses to start otherwise; only the owner may change it (demo and tests).';
insert into doorbraak.clock_offset default values;

create function doorbraak.current_instant() returns timestamptz
    language sql volatile
    as 'select clock_timestamp() + (select ahead from doorbraak.clock_offset)';
comment on function doorbraak.current_instant() is 'The one source of time in SQL; the Clock bean and the engine''s clock follow it.';

-- People -------------------------------------------------------------------------------------------------------------

create table doorbraak.organisation (
    id text primary key check (id ~ '^[A-Z0-9]{2,12}$'),
    kind text not null check (kind in ('municipality', 'region', 'agency', 'desk', 'ministry')),
    name text not null,
    phone text,
    region_id text references doorbraak.organisation (id),
    connected boolean not null default true,
    check (kind <> 'municipality' or region_id is not null)
);
comment on table doorbraak.organisation is 'Bodies that take part in the ladder. Ids are codes, so that a candidate group can be made of function and id.';
comment on column doorbraak.organisation.connected is
    'Whether its people work in Doorbraak. When not, the casusregisseur reports there and enters the answer, marked as such.';

create table doorbraak.officer (
    login text primary key check (login ~ '^[A-Za-z0-9._@-]{1,100}$'),
    name text not null,
    deputy_login text references doorbraak.officer (login),
    source text not null check (source in ('oidc', 'demo'))
);
comment on table doorbraak.officer is 'Staff who log in. Written from the claims of the login (oidc) or by the demo; production refuses to start while demo officers exist.';

create table doorbraak.post (
    officer_login text not null references doorbraak.officer (login),
    function text not null check (function in ('caseDirector', 'manager', 'processDirector', 'deskOfficer', 'ambassador', 'auditor', 'administrator')),
    organisation_id text not null references doorbraak.organisation (id),
    primary key (officer_login, function, organisation_id)
);
comment on table doorbraak.post is 'Which function an officer holds, and for which body.';

-- Households and cases -----------------------------------------------------------------------------------------------

create table doorbraak.household (
    id bigint generated always as identity primary key,
    municipality_id text not null references doorbraak.organisation (id)
);
comment on table doorbraak.household is 'The people one case is about. Never matched across municipalities.';

create sequence doorbraak.case_number_seq;

create table doorbraak.case_file (
    id bigint generated always as identity primary key,
    number text not null unique check (number ~ '^DB-[0-9]{4}-[0-9]{6,}$'),
    household_id bigint not null references doorbraak.household (id),
    municipality_id text not null references doorbraak.organisation (id),
    state text not null check (state in ('reported', 'open', 'closed')),
    outcome text check (outcome in ('brokenThrough', 'closedWithoutRoom', 'withdrawn')),
    what_is_stuck text not null,
    life_domains text[] not null default '{}',
    threat text check (threat in ('eviction', 'energyCutOff', 'healthInsuranceEnd', 'psychological', 'otherCrisis')),
    event_date date,
    amount_cents bigint check (amount_cents >= 0),
    involved text,
    reported_by text not null references doorbraak.officer (login),
    reported_at timestamptz not null,
    closed_at timestamptz,
    terms_version int not null,
    hash_key bytea not null,
    check ((state = 'closed') = (outcome is not null and closed_at is not null))
);
comment on table doorbraak.case_file is 'One case. terms_version is stamped at the report: a running case keeps the terms it started with.';
comment on column doorbraak.case_file.hash_key is 'Random key of the keyed hashes (HMAC-SHA-256) that the audit holds of this case''s texts; destroyed with the case.';
comment on column doorbraak.case_file.event_date is 'The day the threatening event happens (eviction, cut-off): the crisis date.';

create table doorbraak.household_member (
    id bigint generated always as identity primary key,
    household_id bigint not null references doorbraak.household (id),
    case_id bigint not null references doorbraak.case_file (id),
    name text not null,
    normalised_name text not null,
    birth_date date,
    role text not null check (role in ('adult', 'child', 'other')),
    contact text,
    address text,
    address_secret boolean not null default false
);
comment on table doorbraak.household_member is 'Residents. This and the tables of the case are the only home of text about people; there is no BSN.';
comment on column doorbraak.household_member.case_id is
    'The case for which the person was entered: shown to who is on that case, also when the household has another.';
create index household_member_household on doorbraak.household_member (household_id);
create index household_member_match on doorbraak.household_member (normalised_name, birth_date);

create table doorbraak.case_rung (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    rung text not null check (rung in ('local', 'regional', 'national', 'ministry')),
    body_id text not null references doorbraak.organisation (id),
    body_connected boolean not null,
    opened_at timestamptz not null,
    term_ends_at timestamptz not null,
    term_last_day date not null,
    term_explanation text not null,
    extensions int not null default 0 check (extensions >= 0),
    question_ends_at timestamptz,
    question_for text check (question_for in ('caseDirector', 'manager')),
    decision text check (decision in ('brokenThrough', 'up', 'down', 'noRoom', 'withdrawn', 'termEnded', 'crisis')),
    decided_by text,
    decided_at timestamptz,
    decided_outside boolean not null default false,
    look_again_on date,
    next_step text,
    closed_at timestamptz,
    check ((decision is null) = (decided_at is null))
);
comment on table doorbraak.case_rung is 'A case''s stay on a rung. Open, then decided, then closed in the transaction that opens the next.';
comment on column doorbraak.case_rung.decided_outside is 'The answer came from a body outside Doorbraak and was entered by the casusregisseur.';
create unique index case_rung_one_open on doorbraak.case_rung (case_id) where closed_at is null;

create table doorbraak.case_participant (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    role text not null check (role in ('caseDirector', 'deputy', 'lead', 'asked', 'guest')),
    officer_login text references doorbraak.officer (login),
    function text,
    body_id text references doorbraak.organisation (id),
    since timestamptz not null,
    until timestamptz,
    check ((officer_login is null) = (function is not null and body_id is not null))
);
comment on table doorbraak.case_participant is 'Need to know: who may see the case, as a person or as a function of a body, and from when until when.';
create index case_participant_officer on doorbraak.case_participant (officer_login) where until is null;
create index case_participant_body on doorbraak.case_participant (body_id, function) where until is null;
create index case_participant_case on doorbraak.case_participant (case_id);

create table doorbraak.entry (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    rung_id bigint references doorbraak.case_rung (id),
    form text not null,
    written_by text not null,
    written_at timestamptz not null,
    outside boolean not null default false,
    fields jsonb not null
);
comment on table doorbraak.entry is
    'What a person filled in, once, as it stood on the screen: [{key, label, value, shown}]. Never changed, so nothing that people wrote is wiped.';
create index entry_case on doorbraak.entry (case_id, id);

create table doorbraak.case_pause (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    reason text not null check (reason in ('awaitingResident', 'awaitingDecision', 'residentAway', 'other')),
    paused_by text not null,
    paused_at timestamptz not null,
    resumed_at timestamptz
);
comment on table doorbraak.case_pause is 'While a case is paused its timers stand still; resuming moves them by as long as the pause lasted.';
create unique index case_pause_one_open on doorbraak.case_pause (case_id) where resumed_at is null;

-- Audit --------------------------------------------------------------------------------------------------------------

create table doorbraak.audit_line (
    chain text not null,
    number bigint not null check (number > 0),
    at timestamptz not null,
    actor text not null,
    act text not null,
    facts text not null,
    previous_hash bytea not null,
    hash bytea not null,
    primary key (chain, number)
);
comment on table doorbraak.audit_line is
    'The record of what happened, one chain per case: each line carries the hash of the one before. Codes, ids and keyed hashes only, never text about people.';
comment on column doorbraak.audit_line.actor is 'A login, or #timer or #software: code appears as what it is.';
comment on column doorbraak.audit_line.facts is 'Canonical JSON (keys sorted), exactly the bytes that were hashed.';

grant select on doorbraak.clock_offset to ${appRole};
grant select, insert, update on doorbraak.organisation, doorbraak.officer to ${appRole};
grant select, insert, delete on doorbraak.post to ${appRole};
grant select, insert, update on doorbraak.household, doorbraak.household_member, doorbraak.case_file, doorbraak.case_rung,
    doorbraak.case_participant, doorbraak.case_pause to ${appRole};
grant select, insert on doorbraak.entry, doorbraak.audit_line to ${appRole};
grant usage on doorbraak.case_number_seq to ${appRole};
