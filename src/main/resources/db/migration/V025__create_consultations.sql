-- Advice and questions while a proposal waits for a signature, and the mandator who decides himself (Awb 10:7).

create table doorbraak.consultation (
    id bigint generated always as identity primary key,
    proposal_id bigint not null references doorbraak.proposal (id),
    case_number text not null references doorbraak.case_file (number),
    kind text not null check (kind in ('advice', 'question')),
    function text,
    organisation_id text references doorbraak.organisation (id),
    person text references doorbraak.officer (login),
    asked_by text not null references doorbraak.officer (login),
    asked_at timestamptz not null,
    question_entry_id bigint not null references doorbraak.entry (id),
    opinion text check (opinion in ('agree', 'agreeWithRemarks', 'disagree')),
    proposal_hash text,
    answered_by text references doorbraak.officer (login),
    answered_as text,
    answered_at timestamptz,
    answer_entry_id bigint references doorbraak.entry (id),
    ended_at timestamptz,
    check (case kind when 'advice' then num_nulls(function, organisation_id) = 0 and person is null
        else num_nulls(function, organisation_id) = 2 and person is not null end),
    check (num_nulls(proposal_hash, answered_by, answered_as, answered_at, answer_entry_id) in (0, 5)),
    check ((opinion is not null) = (kind = 'advice' and answered_at is not null)),
    check (answered_at is null or ended_at is null)
);
comment on table doorbraak.consultation is
    'Something asked about a proposal before it is signed: advice of a function, or a signer''s question to the drafter. It is no signature and stops none. What was asked and answered in words stands in the case file.';
comment on column doorbraak.consultation.person is 'Who is asked the question.';
comment on column doorbraak.consultation.proposal_hash is 'The version of the proposal that the answer is about, as a keyed hash.';
comment on column doorbraak.consultation.answered_as is 'In which function the answer was given.';
comment on column doorbraak.consultation.ended_at is 'When the proposal ended before there was an answer.';
create unique index consultation_one_advice on doorbraak.consultation (proposal_id, function)
    where kind = 'advice' and answered_at is null and ended_at is null;
create unique index consultation_one_question on doorbraak.consultation (proposal_id, asked_by)
    where kind = 'question' and answered_at is null and ended_at is null;
create index consultation_case on doorbraak.consultation (case_number, id);

alter table doorbraak.case_participant drop constraint case_participant_role_check;
alter table doorbraak.case_participant add constraint case_participant_role_check
    check (role in ('caseDirector', 'deputy', 'lead', 'asked', 'guest', 'signer', 'adviser'));

alter table doorbraak.proposal add column taken_by text references doorbraak.officer (login);
alter table doorbraak.proposal add column taken_as text;
alter table doorbraak.proposal add column taken_at timestamptz;
alter table doorbraak.proposal add check (num_nulls(taken_by, taken_as, taken_at) in (0, 3));
comment on column doorbraak.proposal.taken_by is 'The mandator who last took the decision to himself; he signs as everybody.';

grant select, insert, update on doorbraak.consultation to ${appRole};
