-- Whom was told who the household is, what, why and on which ground; the resident's right to know it.

create table doorbraak.disclosure (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    organisation_id text not null references doorbraak.organisation (id),
    items text[] not null check (cardinality(items) > 0
        and items <@ array['identity', 'contact', 'money', 'housing', 'work', 'family', 'health', 'criminal']),
    purpose text not null check (purpose in ('decide', 'plan', 'safety', 'payment')),
    legal_basis text not null check (legal_basis in ('publicTask', 'legalObligation', 'vitalInterest', 'secrecyBroken', 'consent')),
    informed_on date,
    not_informed text check (not_informed in ('notReachable', 'dangerous', 'investigation')),
    entry_id bigint not null references doorbraak.entry (id),
    shared_by text not null references doorbraak.officer (login),
    shared_at timestamptz not null,
    check ((informed_on is null) <> (not_informed is null))
);
comment on table doorbraak.disclosure is 'A sharing of personal data with another organisation. Until then it sees a case without names.';
comment on column doorbraak.disclosure.items is 'Which kinds of data, never "the file". Health and criminal data ask for a ground of their own (AVG 9 and 10).';
comment on column doorbraak.disclosure.legal_basis is 'AVG 6. Consent is the weakest ground between a resident and an authority.';
comment on column doorbraak.disclosure.informed_on is 'When the resident heard of it; else why not yet.';
comment on column doorbraak.disclosure.entry_id is 'Necessity and subsidiarity in words, in the case file and nowhere else.';
create index disclosure_case on doorbraak.disclosure (case_id, id);
create trigger keep_held before delete on doorbraak.disclosure for each row execute function doorbraak.keep_held('case_id');

grant select, insert on doorbraak.disclosure to ${appRole};
