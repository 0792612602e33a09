-- The register as the law knows it (Awb 10.1.1). Seven fields bring a line into force: number, body, powers, legal basis, function,
-- decision and valid from. The rest has defaults that give nobody more than those seven say.

update doorbraak.mandate set decision = decision || ', ' || source where source <> '';
alter table doorbraak.mandate drop column source;
alter table doorbraak.mandate drop column note;
alter table doorbraak.mandate drop column power;

alter table doorbraak.mandate alter column version set default 1;
alter table doorbraak.mandate alter column powers drop default;
alter table doorbraak.mandate alter column rungs set default '{local,regional,national,ministry}';
alter table doorbraak.mandate add check (cardinality(rungs) > 0 and rungs <@ '{local,regional,national,ministry}'::text[]);
alter table doorbraak.mandate alter column ceiling_cents set default 0;
alter table doorbraak.mandate alter column deviation_allowed set default false;
alter table doorbraak.mandate alter column drafter_may_sign set default false;
alter table doorbraak.mandate alter column order_of_competence drop not null;
alter table doorbraak.mandate alter column published_at drop not null;
alter table doorbraak.mandate alter column published_at
    set default (doorbraak.current_instant() at time zone 'Europe/Amsterdam')::date;

alter table doorbraak.mandate
    add column type text not null default 'mandate' check (type in ('mandate', 'powerOfAttorney', 'authorisation')),
    add column kind text not null default 'decision' check (kind in ('decision', 'execution', 'signing')),
    add column mandatable boolean not null default true,
    add column works_under_mandator boolean not null default true,
    add column holder_consent_at date,
    add column holder_consent_document text,
    add column employer_consent_at date,
    add column employer_consent_document text,
    add column sub_mandate_allowed boolean not null default false,
    add column parent_number text,
    add column municipalities text[] not null default '{}',
    add column threats text[] not null default '{}'
        check (threats <@ '{eviction,energyCutOff,healthInsuranceEnd,psychological,otherCrisis}'::text[]),
    add column decision_ceiling_cents bigint check (decision_ceiling_cents >= 0),
    add column budget_cents bigint check (budget_cents >= 0),
    add column conditions text,
    add column revoked_by text,
    add column recorded_at timestamptz not null default doorbraak.current_instant(),
    add check ((holder_consent_at is null) = (holder_consent_document is null)),
    add check ((employer_consent_at is null) = (employer_consent_document is null)),
    add check (revoked_at is not null or revoked_by is null);

comment on table doorbraak.mandate is
    'The register of mandates (Awb 10.1.1). Empty until somebody fills it: without a line nobody can sign a breakthrough. A line is never edited: the newest version that has begun counts, and revoking is a new version.';
comment on column doorbraak.mandate.rungs is 'On which levels of the ladder the line may be used; its body must be competent there too.';
comment on column doorbraak.mandate.ceiling_cents is
    'Highest amount of one decision, together with what was signed under this number for the same household in the same calendar year; empty: no ceiling; unless told otherwise nothing may be spent.';
comment on column doorbraak.mandate.decision_ceiling_cents is 'Highest amount of one decision; empty: no ceiling of its own.';
comment on column doorbraak.mandate.budget_cents is
    'Highest amount of everything that is signed under this number in one calendar year; empty: no budget of its own.';
comment on column doorbraak.mandate.type is
    'Only a mandate is for a decision under an act; an expense may also be done with a power of attorney; an authorisation is for acts, not for decisions.';
comment on column doorbraak.mandate.kind is 'Who has execution or signing does what the body itself decided, and decides nothing.';
comment on column doorbraak.mandate.mandatable is 'Whether law and the nature of the power allow a mandate at all (Awb 10:3).';
comment on column doorbraak.mandate.works_under_mandator is
    'If not, the holder and the holder''s employer must both have consented (Awb 10:4).';
comment on column doorbraak.mandate.sub_mandate_allowed is 'Whether others may hold under this line (Awb 10:9).';
comment on column doorbraak.mandate.parent_number is 'Number of the line that this one is held under: a sub-mandate, which gives no more than that line.';
comment on column doorbraak.mandate.municipalities is 'For cases of these municipalities only; empty: all.';
comment on column doorbraak.mandate.threats is 'For cases with one of these threats only; empty: all.';
comment on column doorbraak.mandate.conditions is 'Instructions of the mandator (Awb 10:6): who signs is shown them.';
comment on column doorbraak.mandate.decision is 'The mandate decision and where it was published.';
comment on column doorbraak.mandate.order_of_competence is
    'Who is asked first; the next competent function is the next higher. Empty: the usual place of the function.';
comment on column doorbraak.mandate.revoked_at is
    'From this moment nobody signs under this number, also where the version itself would begin later.';
comment on column doorbraak.mandate.recorded_at is
    'When the version came into the register; an older one that had not begun then never begins.';
comment on column doorbraak.mandate.published_at is
    'Not before this day is the line in force (Awb 3:40); empty: not published, a draft.';

grant insert on doorbraak.mandate to ${appRole};
