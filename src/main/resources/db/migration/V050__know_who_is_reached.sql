-- Who can be reached now: addresses that are known to fail, and functions that reached nobody when they had to.

alter table doorbraak.officer add column bounced_at timestamptz;
comment on column doorbraak.officer.bounced_at is
    'When the mail server refused this address for good; empty when it works or was never tried. Ends when the address changes.';

create function doorbraak.forget_bounce() returns trigger
    language plpgsql
    set search_path = ''
    as $$
begin
    new.bounced_at := null;
    return new;
end
$$;
comment on function doorbraak.forget_bounce() is 'Another address has not failed yet.';
create trigger forget_bounce before update on doorbraak.officer for each row
    when (old.email is distinct from new.email) execute function doorbraak.forget_bounce();

alter table doorbraak.alert add column because text check (because in ('deputy', 'next'));
comment on column doorbraak.alert.because is
    'Why somebody is told who does not hold the function it is meant for: stands in for who does, or is next because it reached nobody. Empty: holds it.';

create table doorbraak.reach_hole (
    id bigint generated always as identity primary key,
    function text not null,
    body_id text not null references doorbraak.organisation (id),
    case_number text references doorbraak.case_file (number),
    found_at timestamptz not null,
    mended_at timestamptz check (mended_at >= found_at)
);
comment on table doorbraak.reach_hole is 'A function that reached nobody when somebody had to be told; each hole once, until it is mended.';
comment on column doorbraak.reach_hole.case_number is 'The case whose own team reached nobody; empty for a function.';
create unique index reach_hole_open on doorbraak.reach_hole (function, body_id, coalesce(case_number, '')) where mended_at is null;

grant select, insert, update on doorbraak.reach_hole to ${appRole};
