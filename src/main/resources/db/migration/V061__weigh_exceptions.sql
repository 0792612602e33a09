-- An exception above the standard mandate needs the three values of the plan. A proposal that waits already keeps the rules it was made under.

alter table doorbraak.proposal add column weighed boolean not null default false;
comment on column doorbraak.proposal.weighed is
    'Whether it can be signed only while the plan holds the three values in the three scenarios.';

-- The plan can change while a proposal waits. Who agreed to it as it stood may then agree again.
alter table doorbraak.sign_off drop constraint sign_off_gate_id_person_key;
create unique index sign_off_once on doorbraak.sign_off (gate_id, person, proposal_hash);
