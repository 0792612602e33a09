-- What agencies are asked about a case, and what they answer, or do not.

alter table doorbraak.terms_version add column agency_working_days int not null default 5
    check (agency_working_days > 0);
comment on column doorbraak.terms_version.agency_working_days is
    'How long an agency has to answer a question. A proposal, not law.';

create table doorbraak.agency_request (
    id bigint generated always as identity primary key,
    case_number text not null references doorbraak.case_file (number),
    agency_id text not null references doorbraak.organisation (id),
    asked_by text not null references doorbraak.officer (login),
    asked_at timestamptz not null,
    question_entry_id bigint not null references doorbraak.entry (id),
    due_at timestamptz not null check (due_at > asked_at),
    explanation text not null check (explanation <> ''),
    silent_at timestamptz,
    answer text check (answer in ('granted', 'refused', 'notCompetent')),
    assessed_all boolean,
    referred_to text,
    outside boolean not null default false,
    answered_by text references doorbraak.officer (login),
    answered_at timestamptz,
    answer_entry_id bigint references doorbraak.entry (id),
    lapsed_at timestamptz,
    check ((answer is null) = (answered_by is null) and (answer is null) = (answered_at is null)
        and (answer is null) = (answer_entry_id is null)),
    check (answer is null or lapsed_at is null),
    check ((assessed_all is not null) = (answer = 'refused' and answer is not null)),
    check (referred_to is null or answer = 'notCompetent')
);
comment on table doorbraak.agency_request is 'One question to one agency. What was asked and answered in words stands in the case file.';
comment on column doorbraak.agency_request.due_at is 'The first moment after the term.';
comment on column doorbraak.agency_request.explanation is 'Why that date, in one or two Dutch sentences.';
comment on column doorbraak.agency_request.silent_at is 'When the term passed without an answer; an answer may still come.';
comment on column doorbraak.agency_request.assessed_all is 'Of a refusal: whether every condition was looked at.';
comment on column doorbraak.agency_request.referred_to is 'Which kind of body it says goes about this.';
comment on column doorbraak.agency_request.outside is 'Entered by the case''s team, because the agency does not work in Doorbraak.';
comment on column doorbraak.agency_request.lapsed_at is 'Taken back, or the case closed.';
create unique index agency_request_one_open on doorbraak.agency_request (case_number, agency_id)
    where answer is null and lapsed_at is null;
create index agency_request_case on doorbraak.agency_request (case_number, id);

alter table doorbraak.post drop constraint post_function_check;
alter table doorbraak.post add constraint post_function_check check (function in ('districtTeamMember', 'caseDirector',
    'manager', 'director', 'alderman', 'processDirector', 'agencyOfficer', 'deskOfficer', 'ambassador', 'auditor',
    'administrator'));

alter table doorbraak.alert drop constraint alert_kind_check;
alter table doorbraak.alert add constraint alert_kind_check check (kind in ('rungOpened', 'topRungAgain', 'termQuestion',
    'termReminder', 'termSilence', 'caseClosed', 'leadMissing', 'leadAsked', 'leadRefused', 'leadReturned',
    'leadProvisional', 'signOffAsked', 'notSigned', 'followUpOwed', 'followUpOverdue', 'agencyAsked', 'agencyAnswered',
    'agencySilent', 'undeliverable'));

grant select, insert, update on doorbraak.agency_request to ${appRole};
