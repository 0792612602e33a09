-- What a hurried decision still owes after it was signed: its reasons, its ratification.

alter table doorbraak.terms_version add column ratification_working_days int not null default 5
    check (ratification_working_days > 0);
comment on column doorbraak.terms_version.ratification_working_days is
    'How long the next competent function has to ratify what was signed under a crisis mandate. A proposal, not law. The week for reasons that follow is law (Awb 3:47, third paragraph), so it stands in the code.';

alter table doorbraak.sign_off add column reasons_follow boolean not null default false;
alter table doorbraak.sign_off add check (outcome = 'agreed' or not reasons_follow);
comment on column doorbraak.sign_off.reasons_follow is
    'Signed in a crisis without its reasons, which follow within a week (Awb 3:47, third paragraph).';

comment on column doorbraak.mandate.crisis_use is
    'Only in a crisis. What is signed under it must be ratified by the next competent function.';

create table doorbraak.follow_up (
    id bigint generated always as identity primary key,
    case_number text not null references doorbraak.case_file (number),
    proposal_id bigint not null references doorbraak.proposal (id),
    kind text not null check (kind in ('reasons', 'ratification')),
    signer text not null references doorbraak.officer (login),
    mandate_number text not null,
    mandate_version int not null,
    owed_at timestamptz not null,
    due_at timestamptz not null check (due_at > owed_at),
    explanation text not null check (explanation <> ''),
    asked_function text,
    asked_organisation text references doorbraak.organisation (id),
    asked_order int not null,
    also_function text,
    also_organisation text references doorbraak.organisation (id),
    overdue_told_at timestamptz,
    outcome text check (outcome in ('given', 'ratified', 'notRatified')),
    done_by text references doorbraak.officer (login),
    done_at timestamptz,
    done_mandate_number text,
    done_mandate_version int,
    entry_id bigint references doorbraak.entry (id),
    unique (proposal_id, kind),
    foreign key (mandate_number, mandate_version) references doorbraak.mandate (number, version),
    foreign key (done_mandate_number, done_mandate_version) references doorbraak.mandate (number, version),
    check ((asked_function is null) = (asked_organisation is null)),
    check ((also_function is null) = (also_organisation is null)),
    check ((outcome is null) = (done_by is null) and (outcome is null) = (done_at is null)
        and (outcome is null) = (entry_id is null)),
    check (outcome is null or (outcome = 'given') = (kind = 'reasons')),
    check ((done_mandate_number is not null) = (outcome in ('ratified', 'notRatified')
        and outcome is not null)),
    check ((done_mandate_number is null) = (done_mandate_version is null)),
    check (kind = 'reasons' or done_by is null or done_by <> signer)
);
comment on table doorbraak.follow_up is
    'What a hurried decision owes: its reasons, or ratification by the next competent function. One of each kind per proposal.';
comment on column doorbraak.follow_up.signer is 'Who signed the hurried decision, under this mandate; never ratifies it.';
comment on column doorbraak.follow_up.due_at is 'The first moment after the term.';
comment on column doorbraak.follow_up.explanation is 'Why that date, in one or two Dutch sentences.';
comment on column doorbraak.follow_up.asked_function is 'Who is asked; empty when nobody competent was found.';
comment on column doorbraak.follow_up.asked_order is 'Its place in the order of competence.';
comment on column doorbraak.follow_up.also_function is 'The next higher competent function, asked too once the term had passed.';
create index follow_up_case on doorbraak.follow_up (case_number);

grant select, insert, update on doorbraak.follow_up to ${appRole};
