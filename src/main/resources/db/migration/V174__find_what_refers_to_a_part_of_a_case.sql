-- When a part of a case is destroyed, PostgreSQL looks for rows that refer to it, in each table that may. Most come in the order of what
-- they refer to, so the lowest and the highest of each range of pages find them, and cost next to nothing to keep.

create index alert_about on doorbraak.alert (about_id) where about_id is not null;
create index alert_lead on doorbraak.alert (lead_id) where lead_id is not null;
create index alert_call on doorbraak.alert (acknowledged_call) where acknowledged_call is not null;

do $do$
declare
    each record;
begin
    for each in
        select c.conrelid::regclass::text as name, a.attname as part
        from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
          join doorbraak.case_table t on c.confrelid = format('doorbraak.%I', t.name)::regclass
        where c.contype = 'f' and not exists (
            select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1]
              and coalesce(pg_get_expr(i.indpred, i.indrelid), '') in ('', format('(%I IS NOT NULL)', a.attname)))
        order by 1, 2
    loop
        execute format('create index on %s using brin (%I) with (pages_per_range = 16)', each.name, each.part);
    end loop;
end
$do$;
