-- How long a closed case is kept, what keeps it longer, and how it is destroyed: only with two signatures, after its day, and
-- through one function. The application itself may delete nothing.

-- Terms --------------------------------------------------------------------------------------------------------------

create table doorbraak.retention_version (
    version int primary key check (version > 0),
    municipality_id text references doorbraak.organisation (id),
    valid_from timestamptz not null,
    set_by text references doorbraak.officer (login),
    note text not null check (note <> ''),
    check ((municipality_id is null) = (set_by is null))
);
comment on table doorbraak.retention_version is
    'A set of terms of retention. A change is a new version; the newest that is valid counts for every case that still exists.';
comment on column doorbraak.retention_version.municipality_id is
    'Whose set this is; empty for the terms of the law and the national selection list, which only an owner adds.';

create table doorbraak.retention_rule (
    version int not null references doorbraak.retention_version (version),
    code text not null check (code ~ '^[a-z][A-Za-z]*$'),
    life_domains text[],
    threats text[],
    outcomes text[] not null check (cardinality(outcomes) > 0),
    amount int not null check (amount > 0),
    unit text not null check (unit in ('years', 'weeks')),
    counts_from text not null check (counts_from in ('closed', 'lastWritten')),
    source text not null check (source <> ''),
    primary key (version, code)
);
comment on table doorbraak.retention_rule is
    'How long a case of this kind with this result is kept. Where several apply to one case, the longest counts.';
comment on column doorbraak.retention_rule.life_domains is 'One of these must be a domain of the case; empty: of every case.';
comment on column doorbraak.retention_rule.threats is 'The threat of the case must be one of these; empty: of every case.';
comment on column doorbraak.retention_rule.counts_from is
    'The day of closing, or the last day on which something was written in the case or added to it (the aftercare too).';
comment on column doorbraak.retention_rule.source is 'In Dutch, as it stands between brackets behind the term.';

insert into doorbraak.retention_version (version, valid_from, note)
values (1, timestamptz '2026-01-01 00:00:00 Europe/Amsterdam',
    'Wmo 2015, Jeugdwet and Selectielijst gemeenten 2020; the ten years of social assistance are practice, to be confirmed with the archivist.');
insert into doorbraak.retention_rule (version, code, life_domains, outcomes, amount, unit, counts_from, source)
values
    (1, 'support', null, '{brokenThrough,closedWithoutRoom}', 15, 'years', 'lastWritten', 'Wmo 2015, artikel 5.3.4'),
    (1, 'youth', '{family}', '{brokenThrough,closedWithoutRoom}', 20, 'years', 'lastWritten', 'Jeugdwet, artikel 7.3.8'),
    (1, 'assistance', '{money,work}', '{brokenThrough,closedWithoutRoom}', 10, 'years', 'closed', 'Selectielijst gemeenten 2020, bijstand'),
    (1, 'withdrawn', null, '{withdrawn}', 6, 'weeks', 'closed', 'Selectielijst gemeenten 2020, 8.4.1');

create function doorbraak.retention_version_of(municipality text) returns int
    language sql volatile
    as $$ select max(v.version) from doorbraak.retention_version v
        where (v.municipality_id is null or v.municipality_id = municipality) and v.valid_from <= doorbraak.current_instant() $$;

create function doorbraak.retention_terms(for_number text, changed text default null, to_amount int default null)
    returns table (code text, version int, amount int, unit text, counts_from text, source text, starts_on date, day date)
    language sql volatile
    as $$
    select r.code, r.version, a.amount, r.unit, r.counts_from, r.source, s.starts_on,
        (s.starts_on + case r.unit when 'years' then make_interval(years => a.amount) else make_interval(weeks => a.amount) end)::date + 1
    from doorbraak.case_file c
    join doorbraak.retention_rule r on r.version = doorbraak.retention_version_of(c.municipality_id)
        and c.outcome = any (r.outcomes) and (r.life_domains is null or r.life_domains && c.life_domains)
        and (r.threats is null or c.threat = any (r.threats))
    cross join lateral (select case when r.code = changed then to_amount else r.amount end as amount) a
    cross join lateral (select (greatest(c.closed_at, case r.counts_from when 'lastWritten' then greatest(
            (select max(e.written_at) from doorbraak.entry e where e.case_id = c.id),
            (select max(d.made_at) from doorbraak.document d where d.case_id = c.id)) end)
        at time zone 'Europe/Amsterdam')::date as starts_on) s
    where c.number = for_number and c.state = 'closed'
    $$;
comment on function doorbraak.retention_terms(text, text, int) is
    'Every term that applies to a closed case, with the first day on which it is over; also as if one of them had another length.';

create function doorbraak.destruction_day(for_number text) returns date
    language sql volatile
    as $$ select max(t.day) from doorbraak.retention_terms(for_number) t $$;
comment on function doorbraak.destruction_day(text) is 'The first day on which a closed case may be destroyed; empty: it may not.';

create function doorbraak.set_retention(for_municipality text, changed text, to_amount int, by_login text) returns int
    language plpgsql
    security definer
    set search_path = ''
    as $$
declare
    before int := doorbraak.retention_version_of(for_municipality);
    made int;
begin
    if to_amount < (select r.amount from doorbraak.retention_rule r join doorbraak.retention_version v using (version)
                    where v.municipality_id is null and r.code = changed order by r.version desc limit 1) then
        raise exception 'Term % must not be shorter than the law says', changed using errcode = 'check_violation';
    end if;
    if not exists (select 1 from doorbraak.post p where p.officer_login = by_login and p.organisation_id = for_municipality
                   and p.function = 'director') then
        raise exception '% is no director of %', by_login, for_municipality using errcode = 'insufficient_privilege';
    end if;
    lock table doorbraak.retention_version in share row exclusive mode;
    select max(version) + 1 into made from doorbraak.retention_version;
    insert into doorbraak.retention_version (version, municipality_id, valid_from, set_by, note)
    values (made, for_municipality, doorbraak.current_instant(), by_login, 'Longer than the law says, on a page of Doorbraak.');
    insert into doorbraak.retention_rule (version, code, life_domains, threats, outcomes, amount, unit, counts_from, source)
    select made, r.code, r.life_domains, r.threats, r.outcomes, case when r.code = changed then to_amount else r.amount end,
        r.unit, r.counts_from, r.source
    from doorbraak.retention_rule r where r.version = before;
    return made;
end
$$;
comment on function doorbraak.set_retention(text, text, int, text) is
    'Makes a new version for one municipality: as before, with one term longer. The application cannot write terms in another way.';
revoke execute on function doorbraak.set_retention(text, text, int, text) from public;
grant execute on function doorbraak.set_retention(text, text, int, text) to ${appRole};

-- Holds --------------------------------------------------------------------------------------------------------------

create table doorbraak.retention_hold (
    id bigint generated always as identity primary key,
    case_number text not null references doorbraak.case_file (number),
    reason text not null check (reason in ('court', 'inspection', 'request', 'incident', 'other')),
    why text not null check (length(why) between 1 and 300),
    set_by text not null references doorbraak.officer (login),
    set_at timestamptz not null,
    lifted_by text references doorbraak.officer (login),
    lifted_at timestamptz,
    check ((lifted_by is null) = (lifted_at is null))
);
comment on table doorbraak.retention_hold is 'Why a manager wants a case kept, whatever its term. Belongs to the case and goes with it.';
create index retention_hold_case on doorbraak.retention_hold (case_number) where lifted_at is null;
create trigger keep_held before delete on doorbraak.retention_hold for each row execute function doorbraak.keep_held('case_number');

create or replace function doorbraak.is_held(number text) returns boolean
    language sql volatile
    as $$ select exists (select 1 from doorbraak.objection o where o.case_number = number
        and (o.outcome is null or o.hold_until >= (doorbraak.current_instant() at time zone 'Europe/Amsterdam')::date))
      or exists (select 1 from doorbraak.retention_hold h where h.case_number = number and h.lifted_at is null) $$;
comment on function doorbraak.is_held(text) is
    'Whether a case may not be destroyed: an objection or complaint is open, there can be an appeal against its decision, or a manager holds it.';

-- Lists --------------------------------------------------------------------------------------------------------------

create table doorbraak.destruction_list (
    id bigint generated always as identity primary key,
    municipality_id text not null references doorbraak.organisation (id),
    made_by text not null references doorbraak.officer (login),
    made_at timestamptz not null,
    withdrawn_by text references doorbraak.officer (login),
    withdrawn_at timestamptz,
    check ((withdrawn_by is null) = (withdrawn_at is null))
);
comment on table doorbraak.destruction_list is 'Closed cases to destroy together. Kept for ever, without a word about people.';

create table doorbraak.destruction_line (
    list_id bigint not null references doorbraak.destruction_list (id),
    case_number text not null,
    day date not null,
    rules text[] not null,
    rules_version int not null references doorbraak.retention_version (version),
    explanation text not null check (explanation <> ''),
    taken_off_because text check (taken_off_because in ('stillNeeded', 'objectionExpected', 'research', 'transfer', 'listWithdrawn')),
    taken_off_by text references doorbraak.officer (login),
    taken_off_at timestamptz,
    destroyed_at timestamptz,
    rows jsonb,
    primary key (list_id, case_number),
    check (num_nulls(taken_off_because, taken_off_by, taken_off_at) in (0, 3)),
    check ((destroyed_at is null) = (rows is null)),
    check (destroyed_at is null or taken_off_at is null)
);
comment on table doorbraak.destruction_line is
    'One case of a list. Refers to no case: it outlives it, as the evidence that the case was destroyed.';
comment on column doorbraak.destruction_line.taken_off_because is 'A code: a sentence of somebody could tell of people, and this row stays.';
comment on column doorbraak.destruction_line.rows is 'How many rows of which table were removed. Written by doorbraak.destroy_case alone.';
create unique index destruction_line_one_list on doorbraak.destruction_line (case_number) where taken_off_at is null;

create table doorbraak.destruction_signature (
    list_id bigint not null references doorbraak.destruction_list (id),
    place int not null check (place in (1, 2)),
    person text not null references doorbraak.officer (login),
    signed_at timestamptz not null default doorbraak.current_instant(),
    primary key (list_id, place),
    unique (list_id, person)
);
comment on table doorbraak.destruction_signature is
    'First a manager of the municipality, then its director: two people, neither the deputy of the other.';

create function doorbraak.check_signature() returns trigger
    language plpgsql
    security definer
    set search_path = ''
    as $$
declare
    first text;
    at_municipality text;
begin
    select l.municipality_id into at_municipality from doorbraak.destruction_list l
    where l.id = new.list_id and l.withdrawn_at is null for update;
    if not exists (select 1 from doorbraak.post p where p.officer_login = new.person and p.organisation_id = at_municipality
                   and p.function = case new.place when 1 then 'manager' else 'director' end) then
        raise exception '% may not sign list % in place %', new.person, new.list_id, new.place using errcode = 'insufficient_privilege';
    end if;
    new.signed_at := doorbraak.current_instant();
    if new.place = 2 then
        select s.person into first from doorbraak.destruction_signature s where s.list_id = new.list_id and s.place = 1;
        if first is null then
            raise exception 'List % is not signed by its manager', new.list_id using errcode = 'insufficient_privilege';
        end if;
        if first = new.person or doorbraak.stands_in(new.person, first, new.signed_at) or doorbraak.stands_in(first, new.person, new.signed_at)
            or exists (select 1 from doorbraak.officer o where o.login in (first, new.person) and o.deputy_login in (first, new.person)) then
            raise exception 'Who signed list % first is the same person, or one is the deputy of the other', new.list_id
                using errcode = 'insufficient_privilege';
        end if;
    end if;
    return new;
end
$$;
comment on function doorbraak.check_signature() is 'Two people sign a list, each in the function that may; whatever the application says.';
create trigger check_signature before insert on doorbraak.destruction_signature for each row execute function doorbraak.check_signature();

create function doorbraak.is_signed(list bigint) returns boolean
    language sql stable
    as $$ select count(*) = 2 from doorbraak.destruction_signature s join doorbraak.destruction_list l on l.id = s.list_id
        where s.list_id = list and l.withdrawn_at is null $$;
comment on function doorbraak.is_signed(bigint) is 'Whether two people signed the list and nobody withdrew it.';

create function doorbraak.keep_signed_list() returns trigger
    language plpgsql
    as $$
begin
    if exists (select 1 from doorbraak.destruction_signature s where s.list_id = new.list_id and s.place = 1)
        and (tg_op = 'INSERT' or doorbraak.is_signed(new.list_id)) and new.destroyed_at is null then
        raise exception 'List % is signed: nothing is added to it any more', new.list_id using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
comment on function doorbraak.keep_signed_list() is 'What was signed is what is destroyed.';
create trigger keep_signed_list before insert or update on doorbraak.destruction_line for each row execute function doorbraak.keep_signed_list();

-- What a case is made of ---------------------------------------------------------------------------------------------

create table doorbraak.case_table (
    position int primary key,
    name text not null unique,
    treatment text not null check (treatment in ('removed', 'unlinked')),
    which text not null
);
comment on table doorbraak.case_table is
    'Every table that holds something of a case, in the order in which it is removed. A new table that refers to a case needs a row here.';
comment on column doorbraak.case_table.treatment is
    'unlinked: the row names nobody, outlives the case, and loses what points to it.';
comment on column doorbraak.case_table.which is 'Which rows t are of the case: $1 is its id, $2 its number, $3 its household.';

insert into doorbraak.case_table (position, name, treatment, which)
select (row_number() over ()) * 10, name, treatment, which from (values
    ('task_offer', 'removed', 't.case_number = $2'),
    ('open_task', 'removed', 't.case_number = $2'),
    ('alert', 'removed', 't.case_number = $2'),
    ('call', 'removed', 't.case_number = $2'),
    ('lead_watch', 'removed', 't.case_number = $2'),
    ('lead_alarm', 'removed', 't.case_number = $2'),
    ('look_back', 'removed', 't.case_number = $2'),
    ('lead_hand_over', 'removed', 't.case_number = $2'),
    ('lead', 'removed', 't.case_number = $2'),
    ('reach_hole', 'removed', 't.case_number = $2'),
    ('backing_withdrawal', 'removed', 't.backing_id in (select b.id from doorbraak.backing b where b.case_number = $2)'),
    ('backing', 'removed', 't.case_number = $2'),
    ('objection', 'removed', 't.case_number = $2'),
    ('consultation', 'removed', 't.case_number = $2'),
    ('follow_up', 'removed', 't.case_number = $2'),
    ('sign_off', 'removed', 't.case_number = $2'),
    ('announcement', 'removed', 't.case_number = $2'),
    ('expense', 'removed', 't.case_id = $1'),
    ('measure', 'removed', 't.case_id = $1'),
    ('proposal', 'removed', 't.case_number = $2'),
    ('agency_finding', 'removed', 't.request_id in (select r.id from doorbraak.agency_request r where r.case_number = $2)'),
    ('door_code', 'removed', 't.request_id in (select r.id from doorbraak.agency_request r where r.case_number = $2)'),
    ('agency_request', 'removed', 't.case_number = $2'),
    ('document_withdrawal', 'removed', 't.document_id in (select d.id from doorbraak.document d where d.case_id = $1)'),
    ('document', 'removed', 't.case_id = $1'),
    ('disclosure', 'removed', 't.case_id = $1'),
    ('plan_line', 'removed', 't.case_id = $1'),
    ('mediated_session', 'removed', 't.case_id = $1'),
    ('referral', 'removed', 't.case_id = $1'),
    ('competence', 'removed', 't.case_id = $1'),
    ('case_obstacle', 'removed', 't.case_id = $1'),
    ('round_table', 'removed', 't.case_id = $1'),
    ('survey', 'removed', 't.case_id = $1'),
    ('aftercare', 'removed', 't.case_id = $1'),
    ('closing', 'removed', 't.case_id = $1'),
    ('carry_out', 'removed', 't.case_id = $1'),
    ('reading_purpose', 'removed', 't.case_id = $1'),
    ('emergency_access', 'removed', 't.case_id = $1'),
    ('retention_hold', 'removed', 't.case_number = $2'),
    ('discussed_case', 'unlinked', 't.case_id = $1'),
    ('example', 'unlinked', 't.case_id = $1'),
    ('case_pause', 'removed', 't.case_id = $1'),
    ('case_participant', 'removed', 't.case_id = $1'),
    ('entry', 'removed', 't.case_id = $1'),
    ('case_rung', 'removed', 't.case_id = $1'),
    ('household_member', 'removed', 't.case_id = $1'),
    ('case_file', 'removed', 't.id = $1'),
    ('household', 'removed', 't.id = $3 and not exists (select 1 from doorbraak.case_file c where c.household_id = $3)')
) as tables (name, treatment, which);

create function doorbraak.destroy_case(for_list bigint, for_number text, elsewhere jsonb default '{}') returns jsonb
    language plpgsql
    security definer
    set search_path = ''
    as $$
declare
    the doorbraak.case_file;
    step doorbraak.case_table;
    number_of bigint;
    removed jsonb := coalesce(elsewhere, '{}');
begin
    select * into the from doorbraak.case_file c where c.number = for_number for update;
    if not exists (select 1 from doorbraak.destruction_line l where l.list_id = for_list and l.case_number = for_number
                   and l.taken_off_at is null and l.destroyed_at is null) or the.id is null then
        raise exception 'Case % is not on list %', for_number, for_list using errcode = 'restrict_violation';
    end if;
    if the.municipality_id <> (select l.municipality_id from doorbraak.destruction_list l where l.id = for_list) then
        raise exception 'Case % is of another municipality than list %', for_number, for_list using errcode = 'restrict_violation';
    end if;
    if not doorbraak.is_signed(for_list) then
        raise exception 'List % is not signed by two people', for_list using errcode = 'restrict_violation';
    end if;
    if doorbraak.is_held(for_number) then
        raise exception 'Case % must not be destroyed: it is held', for_number using errcode = 'restrict_violation';
    end if;
    if coalesce(doorbraak.destruction_day(for_number) > (doorbraak.current_instant() at time zone 'Europe/Amsterdam')::date, true) then
        raise exception 'Case % must not be destroyed: its day has not come', for_number using errcode = 'restrict_violation';
    end if;
    -- Who is of a household with another case is still needed there.
    update doorbraak.household_member m set case_id = other.id
    from (select c.id from doorbraak.case_file c where c.household_id = the.household_id and c.id <> the.id order by c.id desc limit 1) other
    where m.case_id = the.id;
    for step in select * from doorbraak.case_table t order by t.position loop
        if step.treatment = 'removed' then
            execute format('delete from doorbraak.%I t where %s', step.name, step.which) using the.id, the.number, the.household_id;
            get diagnostics number_of = row_count;
            if number_of > 0 then
                removed := removed || jsonb_build_object(step.name, number_of);
            end if;
        else
            execute format('update doorbraak.%I t set case_id = null where %s', step.name, step.which) using the.id, the.number, the.household_id;
        end if;
    end loop;
    update doorbraak.destruction_line l set destroyed_at = doorbraak.current_instant(), rows = removed
    where l.list_id = for_list and l.case_number = for_number;
    return removed;
end
$$;
comment on function doorbraak.destroy_case(bigint, text, jsonb) is
    'The only way in which a case can be removed: it is on a list that two people signed, its day has come, and nothing holds it.';
revoke execute on function doorbraak.destroy_case(bigint, text, jsonb) from public;
grant execute on function doorbraak.destroy_case(bigint, text, jsonb) to ${appRole};

grant select on doorbraak.retention_version, doorbraak.retention_rule, doorbraak.case_table to ${appRole};
grant select, insert on doorbraak.retention_hold, doorbraak.destruction_list, doorbraak.destruction_signature to ${appRole};
grant select, insert (list_id, case_number, day, rules, rules_version, explanation) on doorbraak.destruction_line to ${appRole};
grant update (lifted_by, lifted_at) on doorbraak.retention_hold to ${appRole};
grant update (withdrawn_by, withdrawn_at) on doorbraak.destruction_list to ${appRole};
grant update (taken_off_because, taken_off_by, taken_off_at) on doorbraak.destruction_line to ${appRole};
