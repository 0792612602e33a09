-- Whether who was told has seen an alert, and has said so.

alter table doorbraak.alert add column seen_at timestamptz;
alter table doorbraak.alert add column seen_by text references doorbraak.officer (login);
alter table doorbraak.alert add column acknowledged_at timestamptz;
alter table doorbraak.alert add column acknowledged_by text references doorbraak.officer (login);
alter table doorbraak.alert add constraint alert_seen check ((seen_at is null) = (seen_by is null));
alter table doorbraak.alert add constraint alert_acknowledged
    check ((acknowledged_at is null) = (acknowledged_by is null) and (acknowledged_at is null or seen_at is not null));
comment on column doorbraak.alert.seen_at is 'When whom it was for first opened its link, logged in.';
comment on column doorbraak.alert.acknowledged_at is 'When whom it was for pressed the button that says so; opening a link never does. Takes no lead.';
