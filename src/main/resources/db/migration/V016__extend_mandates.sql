-- For which powers a mandate is, and up to which reserved decisions; what a proposal asks.

alter table doorbraak.mandate add column powers text[] not null default '{scheme,tailoredBudget}'
    check (cardinality(powers) > 0 and powers <@ '{scheme,tailoredBudget}'::text[]);
alter table doorbraak.mandate alter column power set default 'breakthrough';
alter table doorbraak.mandate add column reservation text not null default 'none'
    check (reservation in ('none', 'precedent', 'reserved'));
comment on column doorbraak.mandate.powers is
    'For which powers: a decision under an act or scheme, an expense from the tailored budget (maatwerkbudget).';
comment on column doorbraak.mandate.power is 'Read by the version before this migration only.';
comment on column doorbraak.mandate.reservation is
    'Up to which decisions: ordinary ones, also precedents, also what the body reserved to itself.';
comment on column doorbraak.mandate.approvals is
    'How many people must agree. The table required-mandate may ask more of the function that it names.';

alter table doorbraak.proposal add column power text not null default 'scheme'
    check (power in ('scheme', 'tailoredBudget'));
alter table doorbraak.proposal add column reservation text not null default 'none'
    check (reservation in ('none', 'precedent', 'reserved'));
alter table doorbraak.proposal add column approvals int not null default 1 check (approvals > 0);
comment on column doorbraak.proposal.approvals is
    'How many people of the function that is asked must agree at least.';

alter table doorbraak.post drop constraint post_function_check;
alter table doorbraak.post add constraint post_function_check check (function in ('districtTeamMember', 'caseDirector',
    'manager', 'director', 'alderman', 'processDirector', 'deskOfficer', 'ambassador', 'auditor', 'administrator'));
