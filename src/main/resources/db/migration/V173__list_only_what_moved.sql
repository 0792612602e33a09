-- What ended and what is there are two questions: most acts have one of them, and each part of a plan is made ready for nothing.
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
    offered as (
        select task_id, 'user:' || assignee as holder from listed where assignee is not null
        union
        select l.task_id, coalesce('user:' || i.user_id_, 'group:' || i.group_id_)
        from listed l join camunda.act_ru_identitylink i on i.task_id_ = l.task_id and i.type_ = 'candidate'),
    taken as (
        delete from doorbraak.task_offer o using listed l where o.task_id = l.task_id and not exists (
          select from offered f where f.task_id = o.task_id and f.holder = o.holder))
    insert into doorbraak.task_offer as o (task_id, holder, due_at, case_number, form)
    select l.task_id, f.holder, l.due_at, l.case_number, l.form from offered f join listed l on l.task_id = f.task_id
    on conflict (task_id, holder) do update set due_at = excluded.due_at, form = excluded.form
      where (o.due_at, o.form) is distinct from (excluded.due_at, excluded.form);
end
$$;
