-- Whose auditors find a line: the municipality of its case, else the organisation that it is about or that acts; '*' when
-- it is about the installation. Not part of the hash: it says who may look, not what happened. Lines that the version
-- before writes meanwhile have none and are found on the page of their case only.

alter table doorbraak.audit_line add column organisation text;
comment on column doorbraak.audit_line.organisation is 'Whose auditors may find it by searching; * for what is of the whole installation.';

create function doorbraak.organisation_of(chain text, actor text, facts text) returns text
    language sql stable
    as $$
        select coalesce(
            (select c.municipality_id from doorbraak.case_file c where c.number = chain),
            (select o.id from doorbraak.organisation o
             where o.id in (facts::jsonb ->> 'municipality', facts::jsonb ->> 'organisation', facts::jsonb ->> 'body') limit 1),
            (select min(p.organisation_id) from doorbraak.post p
             where p.officer_login in (actor, facts::jsonb ->> 'person', facts::jsonb ->> 'recipient', facts::jsonb ->> 'reader')),
            '*')
    $$;
comment on function doorbraak.organisation_of is 'Whose auditors may find a line of the record.';

update doorbraak.audit_line set organisation = doorbraak.organisation_of(chain, actor, facts);

create index audit_line_found on doorbraak.audit_line (organisation, act, at);
create index audit_line_actor on doorbraak.audit_line (organisation, actor, act, at);
create index audit_line_mandate on doorbraak.audit_line ((substring(facts from '"mandate":"([^"]*)"')), at) where facts like '%"mandate":"%';

create table doorbraak.saved_search (
    id bigint generated always as identity primary key,
    officer_login text not null references doorbraak.officer (login),
    name text not null check (name <> ''),
    query text not null,
    saved_at timestamptz not null,
    removed_at timestamptz
);
comment on table doorbraak.saved_search is 'What an auditor looks for more than once: the filters, not what they found.';
create index saved_search_officer on doorbraak.saved_search (officer_login) where removed_at is null;
grant select, insert, update on doorbraak.saved_search to ${appRole};
