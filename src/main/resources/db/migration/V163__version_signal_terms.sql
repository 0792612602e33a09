-- How soon contact is sought after an early signal is agreed in each version; and who hears that it was not.

alter table doorbraak.terms_version
    add column signal_weeks int not null default 4 check (signal_weeks between 1 and 8),
    add column signal_threat_working_days int not null default 3 check (signal_threat_working_days between 1 and 10);
alter table doorbraak.terms_version alter column signal_weeks drop default, alter column signal_threat_working_days drop default;
comment on column doorbraak.terms_version.signal_weeks is 'Weeks within which contact is sought after an early signal.';
comment on column doorbraak.terms_version.signal_threat_working_days is 'The same in working days, where something threatens.';

alter table doorbraak.early_signal add column late_told_at timestamptz, add column manager_due_at timestamptz,
    add column manager_told_at timestamptz;
comment on column doorbraak.early_signal.late_told_at is 'When the team heard that contact was not sought in time.';
comment on column doorbraak.early_signal.manager_due_at is 'When the manager hears it, if still nobody did.';
comment on column doorbraak.early_signal.manager_told_at is 'When the manager heard it.';
create index early_signal_due on doorbraak.early_signal (contact_due_at)
    where contact_on is null and closed_at is null and case_number is not null and manager_told_at is null;
grant update (late_told_at, manager_due_at, manager_told_at) on doorbraak.early_signal to ${appRole};
