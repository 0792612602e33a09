-- Which of a thousand ids are the same is found sooner when no language says how they are sorted.

create or replace function doorbraak.count_tasks(login text, holders text[]) returns bigint
    language plpgsql stable
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    as $$
declare
    lost constant text[] := array(select doorbraak.lost_cases(login));
begin
    return (select count(distinct o.task_id collate "C") from doorbraak.task_offer o
      where o.holder = any (holders) and o.case_number <> all (lost));
end
$$;

create or replace function doorbraak.waiting_tasks(login text, holders text[]) returns table (form text, n bigint)
    language plpgsql stable rows 10
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    as $$
declare
    lost constant text[] := array(select doorbraak.lost_cases(login));
begin
    return query
    select o.form, count(distinct o.task_id collate "C") from doorbraak.task_offer o
    where o.holder = any (holders) and o.case_number <> all (lost) group by o.form;
    return query
    select null::text, count(distinct o.case_number collate "C") from doorbraak.task_offer o
    where o.holder = any (holders) and o.case_number <> all (lost);
end
$$;
