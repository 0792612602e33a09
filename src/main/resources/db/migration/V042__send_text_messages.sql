-- Near the event a text message may go out beside the mail.

alter table doorbraak.alert add column channel text not null default 'mail' check (channel in ('mail', 'sms'));
comment on column doorbraak.alert.channel is 'How it goes out: by mail, or by text message to the recipient''s mobile telephone.';
drop index doorbraak.alert_key;
create unique index alert_key on doorbraak.alert (coalesce(case_number, ''), coalesce(rung_id, 0), kind, deadline_version, coalesce(recipient_login, 'mailbox:' || body_id), channel);
