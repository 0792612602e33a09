-- Each act waits for the chain of its case and then reads where it ends: one question instead of two.
create function doorbraak.chain_ends(chains text[]) returns setof doorbraak.audit_line
    language plpgsql
    as $$
begin
    perform pg_advisory_xact_lock(keys.key) from (
        select distinct hashtextextended(name, 0) as key from unnest(chains) as name order by key offset 0) as keys;
    -- Asked after the wait, so with what was written during it.
    return query
    select l.* from unnest(chains) as wanted (chain) cross join lateral (
        select * from doorbraak.audit_line a where a.chain = wanted.chain order by a.number desc limit 1) l;
end
$$;
comment on function doorbraak.chain_ends(text[]) is
    'The last line of each of these chains, for who writes the next one: nobody else writes to them until the end of the transaction. In one order, so that two who write never wait for each other.';
revoke execute on function doorbraak.chain_ends(text[]) from public;
grant execute on function doorbraak.chain_ends(text[]) to ${appRole};
