-- What figures count: rows that the database itself derives from a case, again after each act in it. The application can have a
-- case counted and can read; it cannot write a figure.

create function doorbraak.dutch_day(at timestamptz) returns date
    language sql stable
    as $$ select (at at time zone 'Europe/Amsterdam')::date $$;
comment on function doorbraak.dutch_day(timestamptz) is 'The day in the Netherlands on which something happened.';

create table doorbraak.figure_fact (
    case_number text not null references doorbraak.case_file (number),
    figure text not null,
    category text not null,
    source bigint not null,
    municipality_id text not null references doorbraak.organisation (id),
    on_day date not null,
    quarter int not null generated always as ((extract(year from on_day) * 10 + extract(quarter from on_day))::int) stored,
    amount int,
    due_at timestamptz,
    primary key (case_number, figure, category, source)
);
comment on table doorbraak.figure_fact is
    'One thing of one case that a figure counts. Derived, by doorbraak.count_case alone, and never of an officer: there is no login in it.';
comment on column doorbraak.figure_fact.source is 'Id of the row that it was derived from, so that the same thing is counted once.';
comment on column doorbraak.figure_fact.on_day is 'The day on which it counts: the report, the decision, the answer.';
comment on column doorbraak.figure_fact.quarter is 'Of that day: 20262 is the second quarter of 2026.';
comment on column doorbraak.figure_fact.amount is 'Whole days, whole hours, or a score, where the figure has one.';
comment on column doorbraak.figure_fact.due_at is 'Of an open case: the end of its term; empty while it is paused.';
create index figure_fact_period on doorbraak.figure_fact (municipality_id, quarter, figure, category) include (case_number);
create index figure_fact_open on doorbraak.figure_fact (municipality_id, due_at) where figure = 'ageing';

create table doorbraak.figure_count (
    municipality_id text not null,
    quarter int not null,
    figure text not null,
    category text not null,
    amount int,
    n bigint not null,
    gathered boolean not null default false
);
comment on table doorbraak.figure_count is
    'How many facts of a kind came or went: the sum of the rows of one kind is how many there are. Only added to, so that no act waits for another; put together now and then. Names no case.';
create index figure_count_period on doorbraak.figure_count (municipality_id, quarter);
create index figure_count_loose on doorbraak.figure_count (gathered) where not gathered;

create function doorbraak.count_facts() returns trigger
    language plpgsql
    security definer
    set search_path = ''
    as $$
begin
    if tg_op <> 'INSERT' then
        insert into doorbraak.figure_count (municipality_id, quarter, figure, category, amount, n)
        select o.municipality_id, o.quarter, o.figure, o.category, o.amount, -count(*) from was o where o.figure <> 'ageing' group by 1, 2, 3, 4, 5;
    end if;
    if tg_op <> 'DELETE' then
        insert into doorbraak.figure_count (municipality_id, quarter, figure, category, amount, n)
        select i.municipality_id, i.quarter, i.figure, i.category, i.amount, count(*) from became i where i.figure <> 'ageing' group by 1, 2, 3, 4, 5;
    end if;
    return null;
end
$$;
create trigger count_added after insert on doorbraak.figure_fact referencing new table as became
    for each statement execute function doorbraak.count_facts();
create trigger count_changed after update on doorbraak.figure_fact referencing old table as was new table as became
    for each statement execute function doorbraak.count_facts();
create trigger count_gone after delete on doorbraak.figure_fact referencing old table as was
    for each statement execute function doorbraak.count_facts();

create function doorbraak.gather_counts() returns bigint
    language plpgsql
    security definer
    set search_path = ''
    as $$
declare
    loose bigint;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('figure_count', 0)) then
        return 0;
    end if;
    select count(*) into loose from doorbraak.figure_count c where not c.gathered;
    if loose >= 500 then
        with taken as (delete from doorbraak.figure_count returning municipality_id, quarter, figure, category, amount, n)
        insert into doorbraak.figure_count (municipality_id, quarter, figure, category, amount, n, gathered)
        select t.municipality_id, t.quarter, t.figure, t.category, t.amount, sum(t.n), true from taken t
        group by 1, 2, 3, 4, 5 having sum(t.n) <> 0;
    end if;
    return loose;
end
$$;
comment on function doorbraak.gather_counts() is 'Puts the rows of one kind together, when there are many loose ones; says how many there were.';
revoke execute on function doorbraak.gather_counts() from public;

create function doorbraak.bucket(amount int, bounds int[], names text[]) returns text
    language sql immutable
    as $$ select names[1 + (select count(*)::int from unnest(bounds) b where amount > b)] $$;
comment on function doorbraak.bucket(int, int[], text[]) is 'The name of the range that an amount is in; bounds belong to the range below.';

create function doorbraak.figure_facts(for_number text)
    returns table (figure text, category text, source bigint, on_day date, amount int, due_at timestamptz)
    language sql stable
    set search_path = ''
    as $$
    with recursive the as (select * from doorbraak.case_file c where c.number = for_number),
    stay as (select r.* from doorbraak.case_rung r join the on the.id = r.case_id),
    -- What is in a compartment is in no figure: who may not open it would see that it is there.
    refusal as (
        select q.* from doorbraak.agency_request q join doorbraak.entry e on e.id = q.question_entry_id
        where q.case_number = for_number and q.answer = 'refused' and q.withdrawn_at is null and e.compartment_id is null),
    root as (
        select f.id, f.id as at, f.previous_id as before from refusal f
        union all select r.id, coalesce(p.id, r.before), p.previous_id
        from root r left join refusal p on p.id = r.before where r.before is not null),
    need as (
        select f.id, f.answered_at, f.known_before,
          f.agency_id || ' ' || coalesce(f.scheme_id, 'after ' || (select r.at from root r where r.id = f.id and r.before is null)) as key
        from refusal f),
    earlier as (
        select n.id, o.id as other from need n join need o on o.key = n.key and (o.answered_at, o.id) < (n.answered_at, n.id)),
    flagged as (
        select n.id from need n
        where exists (
            select 1 from doorbraak.agency_finding g where g.request_id = n.id and g.result = 'notMet'
              and exists (select 1 from earlier e join doorbraak.agency_finding b on b.request_id = e.other
                          where e.id = n.id and b.code = g.code)
              and not exists (select 1 from earlier e join doorbraak.agency_finding b on b.request_id = e.other
                              where e.id = n.id and b.code = g.code and b.result = 'notMet'))
          or n.known_before and exists (select 1 from earlier e where e.id = n.id)
             and not exists (select 1 from doorbraak.agency_finding g where g.request_id = n.id)),
    proposal as (select p.* from doorbraak.proposal p where p.case_number = for_number),
    broken as (
        select s.id, s.decided_at, the.event_date, the.event_date::timestamp at time zone 'Europe/Amsterdam' as event_at
        from stay s cross join the where s.decision = 'brokenThrough' order by s.id desc limit 1)
    (select 'funnel', s.rung, 0::bigint, doorbraak.dutch_day(the.reported_at), null::int, null::timestamptz
     from stay s cross join the
     order by array_position('{local,regional,national,ministry}'::text[], s.rung) desc limit 1)
    union all
    select 'ageing', s.rung, s.id, doorbraak.dutch_day(s.opened_at), null,
      case when not exists (select 1 from doorbraak.case_pause p where p.case_id = the.id and p.resumed_at is null) then s.term_ends_at end
    from stay s cross join the where s.closed_at is null and the.state <> 'closed'
    union all
    select 'leadTime', doorbraak.bucket(l.days, '{2,7,14,30}', '{d2,d7,d14,d30,more}'), 0, l.day, l.days, null
    from (select extract(epoch from min(x.asked_at) - the.reported_at)::int / 86400 as days, doorbraak.dutch_day(min(x.asked_at)) as day
          from the join doorbraak.lead x on x.case_number = the.number
          where x.state in ('accepted', 'returned', 'handed_over') or x.state = 'ended' and x.answered_at is not null
          group by the.reported_at) l
    union all
    select 'rungTime', s.rung, s.id, doorbraak.dutch_day(s.closed_at), extract(epoch from s.closed_at - s.opened_at)::int / 86400, null
    from stay s where s.closed_at is not null
    union all
    select 'crisis', case when b.event_at is null then 'none' when b.decided_at >= b.event_at then 'after' else 'before' end,
      b.id, doorbraak.dutch_day(b.decided_at), null, null
    from broken b
    union all
    select 'crisisHours', doorbraak.bucket(h.hours, '{23,47,167}', '{h24,h48,h168,more}'), h.id, h.day, h.hours, null
    from (select b.id, doorbraak.dutch_day(b.decided_at) as day, extract(epoch from b.decided_at - b.event_at)::int / 3600 as hours
          from broken b where b.decided_at >= b.event_at) h
    union all
    select 'refusal', coalesce(f.scheme_id || '/' || g.code, 'noList'), f.id, doorbraak.dutch_day(f.answered_at), null, null
    from refusal f left join doorbraak.agency_finding g on g.request_id = f.id and g.result = 'notMet'
    union all
    select 'serial', case when f.id in (select id from flagged) then 'serial' else 'single' end, f.id, doorbraak.dutch_day(f.answered_at), null, null
    from refusal f
    union all
    select 'referral', r.from_body, r.id, doorbraak.dutch_day(r.referred_at), null, null
    from doorbraak.referral r join the on the.id = r.case_id
    union all
    select 'mandate', case p.state when 'nobody' then 'noMandate' else 'notAgreed' end
        || case when exists (select 1 from proposal o where o.id > p.id and o.state = 'signed') then 'Healed' else '' end,
      p.id, doorbraak.dutch_day(p.ended_at), null, null
    from proposal p where p.state in ('nobody', 'refused')
    union all
    select 'ratified', coalesce(u.outcome, 'open'), u.id, doorbraak.dutch_day(u.owed_at), null, null
    from doorbraak.follow_up u where u.case_number = for_number and u.kind = 'ratification'
    union all
    select 'skipped', s.rung, s.id, doorbraak.dutch_day(s.opened_at), null, null
    from stay s where exists (select 1 from doorbraak.alert a where a.case_number = for_number and a.rung_id = s.id
                              and a.kind = 'rungOpened' and a.because = 'next')
    union all
    (select 'firstAttempt', case when p.state = 'signed' then 'first'
          when exists (select 1 from proposal o where o.state = 'signed') then 'later' else 'never' end,
        0, doorbraak.dutch_day(p.ended_at), null, null
     from proposal p where p.ended_at is not null order by p.id limit 1)
    union all
    select 'survey', 'q' || q.nth, v.id, doorbraak.dutch_day(v.answered_at), q.score, null
    from doorbraak.survey v join the on the.id = v.case_id cross join lateral unnest(v.scores) with ordinality q (score, nth)
    where v.answered_at is not null and q.score is not null
    $$;
comment on function doorbraak.figure_facts(text) is
    'What each figure counts of one case, as the tables of the rooms stand. A new figure is a part of this function.';
revoke execute on function doorbraak.figure_facts(text) from public;

create function doorbraak.count_case(for_number text) returns void
    language plpgsql
    security definer
    set search_path = ''
    as $$
begin
    -- Who counts sees what the others wrote, and not half of it.
    perform 1 from doorbraak.case_file c where c.number = for_number for no key update;
    with now_is as materialized (select * from doorbraak.figure_facts(for_number)),
    gone as (
        delete from doorbraak.figure_fact f where f.case_number = for_number
          and not exists (select 1 from now_is n where (n.figure, n.category, n.source) = (f.figure, f.category, f.source)))
    insert into doorbraak.figure_fact as f (case_number, figure, category, source, municipality_id, on_day, amount, due_at)
    select c.number, n.figure, n.category, n.source, c.municipality_id, n.on_day, n.amount, n.due_at
    from now_is n join doorbraak.case_file c on c.number = for_number
    on conflict (case_number, figure, category, source) do update
        set on_day = excluded.on_day, amount = excluded.amount, due_at = excluded.due_at
        where (f.on_day, f.amount, f.due_at) is distinct from (excluded.on_day, excluded.amount, excluded.due_at);
end
$$;
comment on function doorbraak.count_case(text) is 'Counts one case anew; writes only what differs.';
revoke execute on function doorbraak.count_case(text) from public;

create function doorbraak.count_all_cases() returns bigint
    language sql
    as $$ select count(doorbraak.count_case(c.number)) from doorbraak.case_file c $$;
comment on function doorbraak.count_all_cases() is 'Counts every case anew, for an owner; says how many.';
revoke execute on function doorbraak.count_all_cases() from public;

grant select on doorbraak.figure_fact, doorbraak.figure_count to ${appRole};
grant execute on function doorbraak.gather_counts(), doorbraak.count_case(text), doorbraak.dutch_day(timestamptz) to ${appRole};

-- A destroyed case is in no figure any more; what was released before stays as it was.
insert into doorbraak.case_table (position, name, treatment, which) values
    (138, 'figure_fact', 'removed', 't.case_number = $2');

select doorbraak.count_all_cases();
