-- A thousand offers are counted sooner than the same ones among them are found: each knows whether another of its task comes first.

alter table doorbraak.task_offer
    add column earlier_holders text[],
    add column case_key bigint generated always as (
      case when case_number ~ '^DB-[0-9]{4}-[0-9]{6,12}$' then cast(translate(case_number, 'DB-', '') as bigint) end) stored;
comment on column doorbraak.task_offer.earlier_holders is
    'Other holders of the task, by their bytes before this one; null: none. Who is several of them counts the task at the first.';
comment on column doorbraak.task_offer.case_key is 'The digits of the case number: as a number they are counted sooner.';

update doorbraak.task_offer o set earlier_holders = e.holders
from (select task_id, holder, array_agg(holder) over (partition by task_id order by holder collate "C"
        rows between unbounded preceding and 1 preceding) as holders from doorbraak.task_offer) e
where e.task_id = o.task_id and e.holder = o.holder and e.holders is not null;

drop index doorbraak.task_offer_holder;
create index task_offer_holder on doorbraak.task_offer (holder, due_at, task_id)
    include (case_number, form, earlier_holders, case_key);

create or replace function doorbraak.list_tasks(there_ids text[], there_forms text[], gone text[]) returns void
    language plpgsql
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    as $$
begin
    if cardinality(gone) > 0 then
        delete from doorbraak.open_task where task_id = any (gone);
    end if;
    if cardinality(there_ids) = 0 then
        return;
    end if;
    with listed as (
        insert into doorbraak.open_task (task_id, case_number, name, form, part, assignee, due_at)
        select t.id_, p.business_key_, coalesce(t.name_, ''), there.form, v.long_, t.assignee_, t.due_date_
        from unnest(there_ids, there_forms) as there (id, form) join camunda.act_ru_task t on t.id_ = there.id
          join camunda.act_ru_execution p on p.id_ = t.proc_inst_id_
          left join camunda.act_ru_variable v on v.var_scope_ = t.proc_inst_id_ and v.name_ = 'requestId'
        where p.business_key_ is not null order by t.id_
        on conflict (task_id) do update set name = excluded.name, form = excluded.form,
          assignee = excluded.assignee, due_at = excluded.due_at
        returning task_id, case_number, form, assignee, due_at),
    held as (
        select task_id, 'user:' || assignee as holder from listed where assignee is not null
        union
        select l.task_id, coalesce('user:' || i.user_id_, 'group:' || i.group_id_)
        from listed l join camunda.act_ru_identitylink i on i.task_id_ = l.task_id and i.type_ = 'candidate'),
    offered as (
        select task_id, holder, array_agg(holder) over (partition by task_id order by holder collate "C"
          rows between unbounded preceding and 1 preceding) as earlier from held),
    taken as (
        delete from doorbraak.task_offer o using listed l where o.task_id = l.task_id and not exists (
          select from offered f where f.task_id = o.task_id and f.holder = o.holder))
    insert into doorbraak.task_offer as o (task_id, holder, due_at, case_number, form, earlier_holders)
    select l.task_id, f.holder, l.due_at, l.case_number, l.form, f.earlier from offered f join listed l on l.task_id = f.task_id
    on conflict (task_id, holder) do update set due_at = excluded.due_at, form = excluded.form, earlier_holders = excluded.earlier_holders
      where (o.due_at, o.form, o.earlier_holders) is distinct from (excluded.due_at, excluded.form, excluded.earlier_holders);
end
$$;

-- Holder by holder, and by what is read of an index instead of how large it is: while there are few tasks the index of tasks is the smaller one,
-- and a plan that reads it whole for a holder is kept when there are many.
create or replace function doorbraak.count_tasks(login text, holders text[]) returns bigint
    language plpgsql stable
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    set enable_bitmapscan = off
    set random_page_cost = 0
    as $$
declare
    lost constant text[] := array(select doorbraak.lost_cases(login));
begin
    return (select count(*) from unnest(holders) as mine (holder) cross join lateral (
      select from doorbraak.task_offer o
      where o.holder = mine.holder and o.case_number <> all (lost)
        and (o.earlier_holders is null or not o.earlier_holders && holders) offset 0) as each);
end
$$;

-- Of these forms there are few, and the start page counts them apart.
create index task_offer_apart on doorbraak.task_offer (holder)
    where form in ('sign-off', 'ratify-decision', 'answer-lead-question');

-- In place of waiting_tasks, which a node of the version before still asks. Each row is read once, and only the numbers of cases are sorted.
create function doorbraak.count_waiting(login text, holders text[]) returns table (form text, tasks bigint, cases bigint)
    language plpgsql stable rows 4
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    set enable_bitmapscan = off
    set random_page_cost = 0
    set enable_presorted_aggregate = off
    as $$
declare
    lost constant text[] := array(select doorbraak.lost_cases(login));
begin
    return query
    select each.form, count(*), null::bigint from unnest(holders) as mine (holder) cross join lateral (
      select o.form from doorbraak.task_offer o
      where o.form in ('sign-off', 'ratify-decision', 'answer-lead-question')
        and o.holder = mine.holder and o.case_number <> all (lost)
        and (o.earlier_holders is null or not o.earlier_holders && holders) offset 0) as each
    group by each.form;
    return query
    select null::text, count(*) filter (where each.earlier_holders is null or not each.earlier_holders && holders),
      count(distinct each.case_key)
    from unnest(holders) as mine (holder) cross join lateral (
      select o.earlier_holders, o.case_key from doorbraak.task_offer o
      where o.holder = mine.holder and o.case_number <> all (lost) offset 0) as each;
end
$$;
comment on function doorbraak.count_waiting(text, text[]) is
    'How many tasks somebody has or may take up: of some forms apart, and in the last row, without form, of all and in how many cases. Without cases that they lost with a function.';
grant execute on function doorbraak.count_waiting(text, text[]) to ${appRole};
