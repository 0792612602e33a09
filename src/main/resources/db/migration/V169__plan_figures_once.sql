-- What a function in SQL asks is planned anew at each call, which took longer than to answer it: sixteen parts are in it. In plpgsql
-- a session plans it once. What it asks stays as it was.
do $do$
declare
    asked text;
begin
    select p.prosrc into strict asked from pg_proc p where p.oid = 'doorbraak.figure_facts(text)'::regprocedure;
    execute format($create$
        create or replace function doorbraak.figure_facts(for_number text)
            returns table (figure text, category text, source bigint, on_day date, amount int, due_at timestamptz)
            language plpgsql stable
            set search_path = ''
            as %L$create$, E'\n#variable_conflict use_column\nbegin\n    return query' || asked || E';\nend\n');
end
$do$;
