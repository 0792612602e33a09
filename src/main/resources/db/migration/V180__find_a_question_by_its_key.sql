-- A key is looked up of questions for the lead only: of each nine alerts of an alarm that is none.
alter table doorbraak.alert drop constraint alert_answer_key_key;
create unique index alert_answer_key on doorbraak.alert (answer_key) where kind = 'leadAsked';
