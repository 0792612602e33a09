-- Who was on a list up to a day leaves when it has passed.

alter table doorbraak.departure drop constraint departure_reason_check;
alter table doorbraak.departure add constraint departure_reason_check
    check (reason in ('leaves', 'otherWork', 'longAbsent', 'claims', 'notInFile', 'lastDay'));
comment on table doorbraak.departure is
    'One act by which somebody lost every function at the organisations of who ended them. Holds no text: the reason is one of a list.';
comment on column doorbraak.departure.reason is
    'claims: the identity provider named no function at a login; notInFile: the list of the organisation does not have them any more; lastDay: the last day that the list named has passed.';
