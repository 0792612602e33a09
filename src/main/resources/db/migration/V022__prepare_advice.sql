-- Who advises before a signature, and what else people are told about mandates.

alter table doorbraak.post drop constraint post_function_check;
alter table doorbraak.post add constraint post_function_check check (function in ('districtTeamMember', 'caseDirector',
    'manager', 'director', 'alderman', 'processDirector', 'agencyOfficer', 'deskOfficer', 'ambassador', 'auditor', 'administrator',
    'legalAdviser', 'financeAdviser', 'aldermanAdviser'));

alter table doorbraak.alert drop constraint alert_kind_check;
alter table doorbraak.alert add constraint alert_kind_check check (kind in ('rungOpened', 'topRungAgain', 'termQuestion',
    'termReminder', 'termSilence', 'caseClosed', 'leadMissing', 'leadAsked', 'leadRefused', 'leadReturned',
    'leadProvisional', 'signOffAsked', 'signOffReminder', 'notSigned', 'sentBack', 'followUpOwed', 'followUpOverdue', 'agencyAsked', 'agencyAnswered',
    'agencySilent', 'carryOutOverdue', 'notAnnounced', 'undeliverable', 'consultationAsked', 'consultationAnswered',
    'decidedByMandator', 'objectionReceived', 'objectionOverdue', 'mandateEnding', 'signedForYou'));
