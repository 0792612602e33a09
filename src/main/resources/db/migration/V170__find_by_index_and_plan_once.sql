-- What each act asks must cost the same with a hundred thousand cases as with ten. Without these indexes it read all of a table.

create index case_rung_case on doorbraak.case_rung (case_id);
create index officer_email on doorbraak.officer (lower(email));

create view doorbraak.lost_case as
    select p.officer_login, c.number as case_number
    from doorbraak.case_participant p join doorbraak.case_file c on c.id = p.case_id
    where p.until is null and p.role in ('caseDirector', 'deputy')
      and not exists (select from doorbraak.post t where t.officer_login = p.officer_login and t.organisation_id = c.municipality_id);
comment on view doorbraak.lost_case is
    'Cases whose casusregisseur or deputy somebody is, without a function at the municipality that has the case.';
grant select on doorbraak.lost_case to ${appRole};

create index post_period_ended on doorbraak.post_period (officer_login) where until is not null;
create index case_participant_deputy on doorbraak.case_participant (officer_login) where until is null and role = 'deputy';

-- Nearly always nothing, and asked with each list: who never lost a post lost no case of their own, and who is a deputy may never have had one there.
create or replace function doorbraak.lost_cases(whose text) returns setof text
    language plpgsql stable rows 1
    as $$
begin
    if exists (select from doorbraak.post_period e where e.officer_login = whose and e.until is not null)
        or exists (select from doorbraak.case_participant p where p.officer_login = whose and p.until is null and p.role = 'deputy') then
        return query select l.case_number from doorbraak.lost_case l where l.officer_login = whose;
    end if;
end
$$;

-- A function in SQL is planned at each call, one in plpgsql once in a session.
do $do$
declare
    each record;
begin
    for each in
        select p.oid::regprocedure as named, p.prosrc as asked, p.proretset as many, l.*
        from pg_proc p cross join lateral (
            select pg_get_function_arguments(p.oid) as arguments, pg_get_function_result(p.oid) as result,
              case p.provolatile when 'i' then 'immutable' else 'stable' end as volatility,
              case when p.prosecdef then 'security definer set search_path = ''''' else '' end as rights) l
        where p.pronamespace = 'doorbraak'::regnamespace and p.proname in ('organisation_of', 'everybody_of', 'bucket')
    loop
        execute format('create or replace function %s(%s) returns %s language plpgsql %s %s as %L',
            split_part(each.named::text, '(', 1), each.arguments, each.result, each.volatility, each.rights,
            case when each.many then E'\nbegin\n    return query ' || each.asked || E';\nend\n'
                 else E'\nbegin\n    return (' || each.asked || E');\nend\n' end);
    end loop;
end
$do$;

-- The same statements as before, each with one plan for lists of any length: to make a new one took five times as long as to follow it.
create function doorbraak.list_tasks(there_ids text[], there_forms text[], gone text[]) returns void
    language plpgsql
    set plan_cache_mode = force_generic_plan
    as $$
begin
    with there as (select * from unnest(there_ids, there_forms) as there (id, form)),
    ended as (delete from doorbraak.open_task where task_id = any (gone)),
    listed as (
        insert into doorbraak.open_task (task_id, case_number, name, form, part, assignee, due_at)
        select t.id_, p.business_key_, coalesce(t.name_, ''), there.form, v.long_, t.assignee_, t.due_date_
        from there join camunda.act_ru_task t on t.id_ = there.id
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
comment on function doorbraak.list_tasks(text[], text[], text[]) is
    'Makes the rows of some tasks what the engine''s say: open ones with the form that each asks for, and those that are open no more.';
grant execute on function doorbraak.list_tasks(text[], text[], text[]) to ${appRole};

create function doorbraak.held_task(id text, login text, holders text[]) returns setof doorbraak.open_task
    language plpgsql stable
    set plan_cache_mode = force_generic_plan
    as $$
begin
    return query
    select o.* from doorbraak.open_task o
    where o.task_id = id
      and exists (select from doorbraak.task_offer f where f.task_id = o.task_id and f.holder = any (holders))
      and not exists (select from doorbraak.lost_case l where l.officer_login = login and l.case_number = o.case_number);
end
$$;
comment on function doorbraak.held_task(text, text, text[]) is 'One open task, for who has it or may take it up.';

create function doorbraak.held_tasks_of(cases text[], holders text[]) returns setof doorbraak.open_task
    language plpgsql stable
    set plan_cache_mode = force_generic_plan
    as $$
begin
    return query
    select o.* from doorbraak.open_task o
    where o.case_number = any (cases)
      and exists (select from doorbraak.task_offer f where f.task_id = o.task_id and f.holder = any (holders))
    order by o.due_at, o.task_id;
end
$$;
comment on function doorbraak.held_tasks_of(text[], text[]) is 'Open tasks of some cases, for who has them or may take them up.';
grant execute on function doorbraak.held_task(text, text, text[]), doorbraak.held_tasks_of(text[], text[]) to ${appRole};

-- What belongs to a case is found by it.
create index case_file_household on doorbraak.case_file (household_id);
create index household_member_case on doorbraak.household_member (case_id);
create index backing_case on doorbraak.backing (case_number);
create index reach_hole_case on doorbraak.reach_hole (case_number);
create index discussed_case_case on doorbraak.discussed_case (case_id);
create index passage_left_out_case on doorbraak.passage_left_out (case_id);
create index subject_export_case on doorbraak.subject_export (case_id);
create index case_pause_case on doorbraak.case_pause (case_id);
create index lead_hand_over_case on doorbraak.lead_hand_over (case_number);
create index example_case on doorbraak.example (case_id);
drop index doorbraak.retention_hold_case;
create index retention_hold_case on doorbraak.retention_hold (case_number);
