-- What else somebody can answer to a proposal: yes under conditions, back to be completed, on to the next function.

alter table doorbraak.proposal drop constraint proposal_state_check;
alter table doorbraak.proposal add constraint proposal_state_check
    check (state in ('open', 'signed', 'refused', 'sentBack', 'nobody', 'lapsed'));

alter table doorbraak.sign_off drop constraint sign_off_outcome_check;
alter table doorbraak.sign_off add constraint sign_off_outcome_check
    check (outcome in ('agreed', 'sentBack', 'refused', 'passedOn'));
alter table doorbraak.sign_off add column on_conditions boolean not null default false;
alter table doorbraak.sign_off add check (outcome = 'agreed' or not on_conditions);
comment on column doorbraak.sign_off.on_conditions is 'Agreed under conditions, which stand in what the signer wrote.';

alter table doorbraak.alert drop constraint alert_kind_check;
alter table doorbraak.alert add constraint alert_kind_check check (kind in ('rungOpened', 'topRungAgain', 'termQuestion',
    'termReminder', 'termSilence', 'caseClosed', 'leadMissing', 'leadAsked', 'leadRefused', 'leadReturned',
    'leadProvisional', 'signOffAsked', 'notSigned', 'sentBack', 'followUpOwed', 'followUpOverdue', 'agencyAsked', 'agencyAnswered',
    'agencySilent', 'carryOutOverdue', 'undeliverable'));
