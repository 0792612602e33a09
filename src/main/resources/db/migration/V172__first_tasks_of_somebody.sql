-- The same first tasks for our own pages and for Tasklist: of each holder the first ones, of these the first ones.
-- A plan that is made while the tables are small must hold when they are not: none of these functions reads a table whole.

create function doorbraak.first_tasks(login text, holders text[], start bigint, most bigint)
    returns table (task_id text, due_at timestamptz)
    language plpgsql stable rows 20
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    as $$
declare
    lost constant text[] := array(select doorbraak.lost_cases(login));
begin
    return query
    select first.task_id, first.due_at from unnest(holders) as mine (holder) cross join lateral (
      select o.task_id, o.due_at from doorbraak.task_offer o
      where o.holder = mine.holder and o.case_number <> all (lost)
      order by o.due_at, o.task_id limit start + most) as first
    group by first.task_id, first.due_at order by first.due_at, first.task_id offset start limit most;
end
$$;
comment on function doorbraak.first_tasks(text, text[], bigint, bigint) is
    'Tasks that somebody has or may take up, the nearest deadline first, without those of cases that they lost with a function.';

create function doorbraak.count_tasks(login text, holders text[]) returns bigint
    language plpgsql stable
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    as $$
declare
    lost constant text[] := array(select doorbraak.lost_cases(login));
begin
    return (select count(distinct o.task_id) from doorbraak.task_offer o
      where o.holder = any (holders) and o.case_number <> all (lost));
end
$$;
comment on function doorbraak.count_tasks(text, text[]) is 'How many first_tasks lists if it lists all.';

-- A hash table is made for as many rows as are expected, and these are not: to sort a thousand is faster.
create function doorbraak.waiting_tasks(login text, holders text[]) returns table (form text, n bigint)
    language plpgsql stable rows 10
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    set enable_hashagg = off
    as $$
declare
    lost constant text[] := array(select doorbraak.lost_cases(login));
begin
    return query
    select t.form, count(*) from (
      select o.form, o.task_id from doorbraak.task_offer o
      where o.holder = any (holders) and o.case_number <> all (lost) group by o.form, o.task_id) as t
    group by t.form
    union all
    select null, count(*) from (
      select distinct o.case_number collate "C" from doorbraak.task_offer o
      where o.holder = any (holders) and o.case_number <> all (lost)) as c;
end
$$;
comment on function doorbraak.waiting_tasks(text, text[]) is 'The same tasks by form, and in a row without form in how many cases.';

grant execute on function doorbraak.first_tasks(text, text[], bigint, bigint), doorbraak.count_tasks(text, text[]),
    doorbraak.waiting_tasks(text, text[]) to ${appRole};
