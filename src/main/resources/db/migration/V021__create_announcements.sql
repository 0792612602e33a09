-- Making a decision known to whom it is for: without that it has no effect (Awb 3:40, 3:41).

alter table doorbraak.terms_version add column announcement_working_days int not null default 2
    check (announcement_working_days > 0);
comment on column doorbraak.terms_version.announcement_working_days is
    'How long after a breakthrough the case''s team has to announce it. A proposal, not law.';

create table doorbraak.announcement (
    proposal_id bigint primary key references doorbraak.proposal (id),
    case_number text not null references doorbraak.case_file (number),
    due_at timestamptz not null,
    explanation text not null check (explanation <> ''),
    overdue_told_at timestamptz,
    form text check (form in ('letter', 'elsewhere', 'internal')),
    sent_on date,
    manner text check (manner in ('post', 'handedOver', 'digital')),
    remedy text check (remedy in ('objection', 'complaint', 'none')),
    remedy_until date,
    remedy_explanation text,
    entry_id bigint references doorbraak.entry (id),
    done_by text references doorbraak.officer (login),
    done_at timestamptz,
    check (num_nulls(form, entry_id, done_by, done_at) in (0, 4)),
    check (num_nulls(remedy_until, remedy_explanation) in (0, 2)),
    check (coalesce(form = 'internal', true) = (sent_on is null)),
    check ((sent_on is null) = (manner is null) and (sent_on is null) = (remedy is null)),
    check (coalesce(remedy = 'objection', false) = (remedy_until is not null))
);
comment on table doorbraak.announcement is
    'The announcement of a signed breakthrough: when it is due, and how it was done. What people wrote about it stands in the entry.';
comment on column doorbraak.announcement.due_at is 'The first moment after the term.';
comment on column doorbraak.announcement.form is
    'A letter made here, a decision of another system, or an internal approval that needs no letter.';
comment on column doorbraak.announcement.sent_on is 'The day in Europe/Amsterdam on which it was sent or handed over: the law counts from it.';
comment on column doorbraak.announcement.remedy is 'What the resident can do against it, as it was told.';
comment on column doorbraak.announcement.remedy_until is 'The last day of it.';
create index announcement_case on doorbraak.announcement (case_number);

alter table doorbraak.alert drop constraint alert_kind_check;
alter table doorbraak.alert add constraint alert_kind_check check (kind in ('rungOpened', 'topRungAgain', 'termQuestion',
    'termReminder', 'termSilence', 'caseClosed', 'leadMissing', 'leadAsked', 'leadRefused', 'leadReturned',
    'leadProvisional', 'signOffAsked', 'signOffReminder', 'notSigned', 'sentBack', 'followUpOwed', 'followUpOverdue', 'agencyAsked', 'agencyAnswered',
    'agencySilent', 'carryOutOverdue', 'notAnnounced', 'undeliverable'));

grant select, insert, update on doorbraak.announcement to ${appRole};
