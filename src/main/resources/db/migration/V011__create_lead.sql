-- Who has the lead (regie), who was asked and what they said, and the moments at which a case without a lead is noticed.

create table doorbraak.lead (
    id bigint generated always as identity primary key,
    case_number text not null references doorbraak.case_file (number),
    organisation_id text not null references doorbraak.organisation (id),
    state text not null check (state in ('asked', 'provisional', 'accepted', 'refused', 'returned', 'ended')),
    person text references doorbraak.officer (login),
    asked_by text not null,
    asked_at timestamptz not null,
    answered_by text,
    answered_at timestamptz,
    reason text check (reason in ('notOurLaw', 'noCapacity', 'noMandate', 'conflictOfInterest', 'residentObjects', 'other')),
    ended_at timestamptz,
    check (state <> 'accepted' or (person is not null and answered_at is not null)),
    check (state <> 'refused' or reason is not null)
);
comment on table doorbraak.lead is
    'The lead of a case, organisation and person, and everybody who was asked. Only an acceptance makes a lead; a provisional one keeps the watch running.';
create unique index lead_one_accepted on doorbraak.lead (case_number) where state = 'accepted';
create unique index lead_one_provisional on doorbraak.lead (case_number) where state = 'provisional';
create unique index lead_asked_once on doorbraak.lead (case_number, organisation_id) where state = 'asked';
create index lead_case on doorbraak.lead (case_number);

create table doorbraak.watch_moment (
    version int not null references doorbraak.terms_version (version),
    id text not null check (id ~ '^[a-z][A-Za-z0-9]*$'),
    basis text not null check (basis in ('opening', 'event', 'repeat')),
    working_days int not null,
    tells text[] not null,
    appoints boolean not null default false,
    primary key (version, id)
);
comment on table doorbraak.watch_moment is
    'When somebody is told that a case has no lead: so many working days after opening, before (negative) or at (0) the event, or after the last time (repeat). Proposals; a change is a new version.';
comment on column doorbraak.watch_moment.tells is 'The case''s own team, functions of the municipality and of its region, or everybody who could have taken the lead.';
comment on column doorbraak.watch_moment.appoints is 'The municipality gets the lead provisionally, with the casusregisseur as person; the watch goes on.';

insert into doorbraak.watch_moment (version, id, basis, working_days, tells, appoints) values
    (1, 'openTwoDays', 'opening', 2, '{caseTeam,manager}', false),
    (1, 'stillNobody', 'repeat', 5, '{caseTeam,manager}', false),
    (1, 'tenDaysBefore', 'event', -10, '{manager}', false),
    (1, 'fiveDaysBefore', 'event', -5, '{manager,processDirector}', false),
    (1, 'twoDaysBefore', 'event', -2, '{caseTeam,manager,processDirector}', true),
    (1, 'crisis', 'event', 0, '{everybody}', true);

create table doorbraak.lead_alarm (
    id bigint generated always as identity primary key,
    case_number text not null references doorbraak.case_file (number),
    moment text not null,
    event_date date,
    raised_at timestamptz not null,
    unique nulls not distinct (case_number, moment, event_date)
);
comment on column doorbraak.lead_alarm.moment is 'Id of the watch moment; a repeated one with its number behind it.';
comment on table doorbraak.lead_alarm is 'A moment at which a case was found without a lead. Each once for one event date; a date that changes never repeats what went out.';

grant select, insert, update on doorbraak.lead to ${appRole};
grant select on doorbraak.watch_moment to ${appRole};
grant select, insert on doorbraak.lead_alarm to ${appRole};
