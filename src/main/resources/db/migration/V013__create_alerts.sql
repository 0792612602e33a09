-- What must be told to whom by when: the outbox of mail, and the addresses it goes to.

alter table doorbraak.officer add column email text check (email ~ '^[^[:space:]<>,;:"@]+@[^[:space:]<>,;:"@]+$' and length(email) <= 254);
alter table doorbraak.organisation add column email text check (email ~ '^[^[:space:]<>,;:"@]+@[^[:space:]<>,;:"@]+$' and length(email) <= 254);
comment on column doorbraak.officer.email is 'Where alerts go, read at the moment of sending. Written from the claims of the login.';
comment on column doorbraak.organisation.email is 'Functional mailbox: gets the alert when nobody holds the function it is meant for.';

create table doorbraak.alert (
    id bigint generated always as identity primary key,
    case_number text not null references doorbraak.case_file (number),
    rung_id bigint references doorbraak.case_rung (id),
    kind text not null check (kind in ('rungOpened', 'topRungAgain', 'termQuestion', 'termReminder', 'termSilence', 'caseClosed',
        'leadMissing', 'leadAsked', 'leadRefused', 'leadReturned', 'leadProvisional', 'undeliverable')),
    deadline_version text not null,
    function text not null,
    body_id text not null references doorbraak.organisation (id),
    recipient_login text references doorbraak.officer (login),
    lead_id bigint references doorbraak.lead (id),
    about_id bigint references doorbraak.alert (id),
    deadline_at timestamptz,
    due_at timestamptz not null,
    created_at timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'undeliverable', 'cancelled')),
    attempts int not null default 0 check (attempts >= 0),
    first_attempt_at timestamptz,
    next_attempt_at timestamptz not null,
    locked_until timestamptz,
    message_id text not null unique check (message_id ~ '^<[^[:space:]<>@]+@[^[:space:]<>@]+>$'),
    link uuid not null unique default gen_random_uuid(),
    sent_at timestamptz,
    last_answer text,
    check (next_attempt_at >= due_at),
    check ((kind in ('leadAsked', 'leadRefused', 'leadReturned', 'leadProvisional')) = (lead_id is not null)),
    check ((kind = 'undeliverable') = (about_id is not null)),
    check ((state = 'sent') = (sent_at is not null))
);
comment on table doorbraak.alert is 'One row for one alert to one recipient, written in the transaction of the act; a worker sends it when it is due.';
comment on column doorbraak.alert.rung_id is 'The stay on a rung it is about; empty when it is about the lead.';
comment on column doorbraak.alert.lead_id is 'The question, answer or appointment it is about.';
comment on column doorbraak.alert.link is 'In the address that the mail leads to. No secret: the reader logs in, and must be one whom it was for.';
comment on column doorbraak.alert.deadline_version is 'Which version of the deadline, watch moment or question it is about: a moved deadline makes a new alert, the same event twice does not.';
comment on column doorbraak.alert.function is 'The function that is told, at body_id. The mail says who else got it by function, never by name.';
comment on column doorbraak.alert.recipient_login is 'Who held the function when the row was made; empty when nobody did: then the functional mailbox of body_id.';
comment on column doorbraak.alert.about_id is 'The alert that could not be delivered, in an alert that tells so.';
comment on column doorbraak.alert.deadline_at is 'The moment the mail tells, exclusive; empty where there is none.';
comment on column doorbraak.alert.next_attempt_at is 'Not sent before this moment by doorbraak.current_instant().';
comment on column doorbraak.alert.locked_until is 'A worker is sending it until then; after that (a killed node) another may.';
comment on column doorbraak.alert.message_id is 'Made once: a second copy after a crash carries the same.';
comment on column doorbraak.alert.last_answer is 'Code of the last answer: of the mail server, or our own word where it was never asked. No text, no address.';
create unique index alert_key on doorbraak.alert (case_number, coalesce(rung_id, 0), kind, deadline_version, coalesce(recipient_login, 'mailbox:' || body_id));
create index alert_of_case on doorbraak.alert (case_number);
create index alert_waiting on doorbraak.alert (next_attempt_at, id) where state = 'waiting';

grant select, insert, update on doorbraak.alert to ${appRole};
