-- Who held which function from when until when: the occupants of a mandate are dated, also after they left.

create table doorbraak.post_period (
    officer_login text not null,
    function text not null,
    organisation_id text not null,
    since timestamptz not null,
    until timestamptz check (until >= since)
);
comment on table doorbraak.post_period is 'Every stay of an officer in a post, kept by the trigger on doorbraak.post; nobody else writes it. Stays when the officer or the organisation does not.';
create unique index post_period_one_open on doorbraak.post_period (officer_login, function, organisation_id) where until is null;
create index post_period_post on doorbraak.post_period (organisation_id, function);

insert into doorbraak.post_period (officer_login, function, organisation_id, since)
select officer_login, function, organisation_id, doorbraak.current_instant() from doorbraak.post;

create function doorbraak.keep_post_period() returns trigger
    language plpgsql
    security definer
    set search_path = ''
    as $$
begin
    if tg_op <> 'INSERT' then
        update doorbraak.post_period set until = greatest(since, doorbraak.current_instant())
        where officer_login = old.officer_login and function = old.function and organisation_id = old.organisation_id
          and until is null;
    end if;
    if tg_op <> 'DELETE' then
        insert into doorbraak.post_period (officer_login, function, organisation_id, since)
        values (new.officer_login, new.function, new.organisation_id, doorbraak.current_instant());
    end if;
    return null;
end
$$;
comment on function doorbraak.keep_post_period() is 'Opens a period when somebody gets a post, and ends it when they lose it.';
create trigger keep_post_period after insert or update or delete on doorbraak.post for each row execute function doorbraak.keep_post_period();

grant select on doorbraak.post_period to ${appRole};
