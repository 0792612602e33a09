-- Who took the lead and then did nothing: warned, and after that the lead is free again.

alter table doorbraak.terms_version
    add column lead_step_working_days int not null default 10 check (lead_step_working_days > 0),
    add column lead_return_working_days int not null default 5 check (lead_return_working_days > 0);
comment on column doorbraak.terms_version.lead_step_working_days is
    'How long who has the lead may go without writing anything down in the case. A proposal, not law.';
comment on column doorbraak.terms_version.lead_return_working_days is
    'How long after the warning the lead is taken back when there is still nothing. A proposal, not law.';

alter table doorbraak.lead add column silent_told_at timestamptz;
comment on column doorbraak.lead.silent_told_at is 'When who has the lead was last warned that nothing was written down.';

alter table doorbraak.alert drop constraint alert_kind_check;
alter table doorbraak.alert add constraint alert_kind_check check (kind in ('rungOpened', 'topRungAgain', 'termQuestion',
    'termReminder', 'termSilence', 'caseClosed', 'leadMissing', 'leadAsked', 'leadRefused', 'leadReturned', 'leadSilent',
    'leadProvisional', 'signOffAsked', 'signOffReminder', 'notSigned', 'sentBack', 'followUpOwed', 'followUpOverdue', 'agencyAsked', 'agencyAnswered',
    'agencySilent', 'carryOutOverdue', 'notAnnounced', 'undeliverable', 'consultationAsked', 'consultationAnswered',
    'decidedByMandator', 'objectionReceived', 'objectionOverdue', 'digest'));
