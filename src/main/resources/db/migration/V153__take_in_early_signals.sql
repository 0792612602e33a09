-- Early signals (Wgs article 3, first paragraph, under b): who may send them, and what became of each.

create table doorbraak.signal_party (
    organisation_id text primary key references doorbraak.organisation (id),
    kinds text[] not null check (cardinality(kinds) > 0 and kinds <@ '{rent,energy,water,healthInsurance}')
);
comment on table doorbraak.signal_party is
    'Which organisations may send which signals by a system of their own. Taken over from the settings at each start.';

create table doorbraak.early_signal (
    id bigint generated always as identity primary key,
    sender_id text not null references doorbraak.organisation (id),
    reference text check (reference ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$'),
    municipality_id text not null references doorbraak.organisation (id),
    kind text not null check (kind in ('rent', 'energy', 'water', 'healthInsurance')),
    months int not null check (months between 1 and 120),
    received_by text not null references doorbraak.officer (login),
    received_at timestamptz not null,
    contact_due_at timestamptz,
    explanation text,
    case_number text references doorbraak.case_file (number),
    joined boolean not null,
    contact_how text check (contact_how in ('visit', 'phone', 'letter', 'message')),
    contact_on date,
    contact_by text references doorbraak.officer (login),
    closed_because text check (closed_because in ('paid', 'helped', 'noHelpWanted', 'notReached', 'notRight')),
    closed_by text references doorbraak.officer (login),
    closed_at timestamptz,
    unique (sender_id, reference),
    check (num_nulls(contact_due_at, explanation, case_number) in (0, 3)),
    check (num_nulls(contact_how, contact_on, contact_by) in (0, 3)),
    check (num_nulls(closed_because, closed_by, closed_at) in (0, 3)),
    check (case_number is not null or closed_because is not null and reference is null)
);
comment on table doorbraak.early_signal is
    'A signal of arrears and what became of it. Whom it is about stands in the case file alone; without a case nothing of that is kept.';
comment on column doorbraak.early_signal.reference is 'Of the sender, so that nothing is taken in twice. Empty when somebody typed the signal over.';
comment on column doorbraak.early_signal.contact_due_at is 'Until when contact with the resident must be sought.';
comment on column doorbraak.early_signal.explanation is 'Why that day, in Dutch.';
comment on column doorbraak.early_signal.joined is 'Whether the case was open before the signal; else the signal opened it.';
create index early_signal_case on doorbraak.early_signal (case_number);
create index early_signal_municipality on doorbraak.early_signal (municipality_id, closed_at);
create trigger keep_held before delete on doorbraak.early_signal for each row execute function doorbraak.keep_held('case_number');

insert into doorbraak.case_table (position, name, treatment, which) values (153, 'early_signal', 'removed', 't.case_number = $2');

grant select, insert, update on doorbraak.signal_party to ${appRole};
grant select, insert on doorbraak.early_signal to ${appRole};
grant update (contact_how, contact_on, contact_by, closed_because, closed_by, closed_at) on doorbraak.early_signal to ${appRole};
