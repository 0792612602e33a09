-- One digest per person per working day: an alert about no case.

alter table doorbraak.alert alter column case_number drop not null;
alter table doorbraak.alert add check (case_number is not null or rung_id is null and lead_id is null and kind in ('digest', 'undeliverable'));
comment on column doorbraak.alert.case_number is 'Empty for a digest, and for a digest that could not be delivered.';

alter table doorbraak.alert drop constraint alert_kind_check;
alter table doorbraak.alert add constraint alert_kind_check check (kind in ('rungOpened', 'topRungAgain', 'termQuestion',
    'termReminder', 'termSilence', 'caseClosed', 'leadMissing', 'leadAsked', 'leadRefused', 'leadReturned',
    'leadProvisional', 'signOffAsked', 'signOffReminder', 'notSigned', 'sentBack', 'followUpOwed', 'followUpOverdue', 'agencyAsked', 'agencyAnswered',
    'agencySilent', 'carryOutOverdue', 'notAnnounced', 'undeliverable', 'consultationAsked', 'consultationAnswered',
    'decidedByMandator', 'objectionReceived', 'objectionOverdue', 'digest'));

drop index doorbraak.alert_key;
create unique index alert_key on doorbraak.alert (coalesce(case_number, ''), coalesce(rung_id, 0), kind, deadline_version, coalesce(recipient_login, 'mailbox:' || body_id));

create table doorbraak.digest_day (
    day date primary key,
    made_at timestamptz not null
);
comment on table doorbraak.digest_day is 'The days in Europe/Amsterdam whose digests were made; one node makes them all, in one transaction.';

grant select, insert on doorbraak.digest_day to ${appRole};
