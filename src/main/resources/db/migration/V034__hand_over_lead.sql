-- The lead goes from person to person only when the next one accepts it.

alter table doorbraak.lead
    drop constraint lead_state_check,
    add constraint lead_state_check check (state in ('asked', 'provisional', 'accepted', 'refused', 'returned', 'handed_over', 'ended')),
    drop constraint lead_reason_check,
    add constraint lead_reason_check check (reason in ('notOurLaw', 'noCapacity', 'noMandate', 'conflictOfInterest', 'residentObjects', 'other',
        'silent', 'absent', 'left')),
    add column urgent boolean not null default false;
comment on column doorbraak.lead.urgent is 'Asked by who has power to push through but may not appoint this organisation.';

alter table doorbraak.terms_version
    add column lead_absence_working_days int not null default 5 check (lead_absence_working_days >= 0);
comment on column doorbraak.terms_version.lead_absence_working_days is
    'How many working days who has the lead may be away without handing it over. A proposal, not law.';

create table doorbraak.lead_hand_over (
    id bigint generated always as identity primary key,
    lead_id bigint not null references doorbraak.lead (id),
    case_number text not null references doorbraak.case_file (number),
    offered_to text not null references doorbraak.officer (login),
    organisation_id text not null references doorbraak.organisation (id),
    offered_by text not null,
    offered_at timestamptz not null,
    outcome text check (outcome in ('accepted', 'declined', 'lapsed')),
    ended_at timestamptz,
    check ((outcome is null) = (ended_at is null))
);
comment on table doorbraak.lead_hand_over is
    'A lead that is offered to the next person. Until that person accepts, who has it keeps it; it lapses when the lead ends before.';
create unique index lead_hand_over_one_open on doorbraak.lead_hand_over (case_number) where outcome is null;
create index lead_hand_over_to on doorbraak.lead_hand_over (offered_to) where outcome is null;

grant select, insert, update on doorbraak.lead_hand_over to ${appRole};
