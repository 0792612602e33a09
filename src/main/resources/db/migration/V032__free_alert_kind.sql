-- The kinds of alert are a list of the program (AlertKind), no longer written twice.

alter table doorbraak.alert drop constraint alert_kind_check;
alter table doorbraak.alert add constraint alert_kind_check check (kind ~ '^[a-z][A-Za-z]*$');
comment on column doorbraak.alert.kind is 'Code of an AlertKind: what it tells.';
alter table doorbraak.alert drop constraint alert_check4;
alter table doorbraak.alert add constraint alert_without_case check (case_number is not null or rung_id is null and lead_id is null);
comment on column doorbraak.alert.case_number is 'Empty where it is about no case.';
