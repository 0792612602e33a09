-- Since when an organisation takes part: for the picture of how many do.

alter table doorbraak.organisation add column joined_on date;
comment on column doorbraak.organisation.joined_on is
    'The first day on which its people could work in Doorbraak; empty when they never could. Stays when they no longer do.';

-- Of those before this: the first post or case that is known, else today.
update doorbraak.organisation o set joined_on = least(
    (select min(p.since) at time zone 'Europe/Amsterdam' from doorbraak.post_period p where p.organisation_id = o.id)::date,
    (select min(c.reported_at) at time zone 'Europe/Amsterdam' from doorbraak.case_file c where c.municipality_id = o.id)::date,
    (doorbraak.current_instant() at time zone 'Europe/Amsterdam')::date)
where o.connected;

create function doorbraak.keep_joining() returns trigger
    language plpgsql
    as $$
begin
    if new.connected and new.joined_on is null then
        new.joined_on := (doorbraak.current_instant() at time zone 'Europe/Amsterdam')::date;
    end if;
    return new;
end
$$;
comment on function doorbraak.keep_joining() is 'An organisation joins on the day on which the settings first say that it works in Doorbraak.';
create trigger keep_joining before insert or update on doorbraak.organisation for each row execute function doorbraak.keep_joining();
