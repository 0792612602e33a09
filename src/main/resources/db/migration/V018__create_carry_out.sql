-- What follows a breakthrough: is done what was decided, and what did it change.

alter table doorbraak.terms_version add column measures_working_days int not null default 20
    check (measures_working_days > 0);
comment on column doorbraak.terms_version.measures_working_days is
    'How long after a breakthrough the case''s team has to say whether what was decided is done. A proposal, not law. In crisis the hours of a rung count.';
alter table doorbraak.terms_version add column outcome_working_days int not null default 10
    check (outcome_working_days > 0);
comment on column doorbraak.terms_version.outcome_working_days is
    'How long after that the team has to close with the outcome. A proposal, not law.';

create table doorbraak.carry_out (
    case_id bigint primary key references doorbraak.case_file (id),
    begun_at timestamptz not null,
    due_at timestamptz not null check (due_at > begun_at),
    explanation text not null check (explanation <> ''),
    overdue_told_at timestamptz,
    carried_out text check (carried_out in ('yes', 'partly', 'no', 'never')),
    carried_out_by text references doorbraak.officer (login),
    carried_out_at timestamptz,
    outcome text check (outcome in ('solved', 'partlySolved', 'notSolved')),
    outcome_by text references doorbraak.officer (login),
    outcome_at timestamptz,
    ended_at timestamptz,
    check ((carried_out is null) = (carried_out_by is null) and (carried_out is null) = (carried_out_at is null)),
    check ((outcome is null) = (outcome_by is null) and (outcome is null) = (outcome_at is null)),
    check (outcome is null or coalesce(carried_out in ('yes', 'never'), false)),
    check (ended_at is null or outcome is not null)
);
comment on table doorbraak.carry_out is
    'The carrying out of a breakthrough, one per case. What people wrote about it stands in the entries.';
comment on column doorbraak.carry_out.due_at is 'The first moment after the term of what is asked now: the measures, then the outcome.';
comment on column doorbraak.carry_out.explanation is 'Why that date, in one or two Dutch sentences.';
comment on column doorbraak.carry_out.overdue_told_at is 'When it was told that this term had passed; empty again with a new term.';
comment on column doorbraak.carry_out.carried_out is 'The last answer: wholly, in part, not yet, or it will not happen any more.';
comment on column doorbraak.carry_out.outcome is 'What the breakthrough came to for the household.';
comment on column doorbraak.carry_out.ended_at is 'When nothing was left to do, also of what a hurried decision owed.';

alter table doorbraak.alert drop constraint alert_kind_check;
alter table doorbraak.alert add constraint alert_kind_check check (kind in ('rungOpened', 'topRungAgain', 'termQuestion',
    'termReminder', 'termSilence', 'caseClosed', 'leadMissing', 'leadAsked', 'leadRefused', 'leadReturned',
    'leadProvisional', 'signOffAsked', 'notSigned', 'followUpOwed', 'followUpOverdue', 'agencyAsked', 'agencyAnswered',
    'agencySilent', 'carryOutOverdue', 'undeliverable'));

grant select, insert, update on doorbraak.carry_out to ${appRole};
