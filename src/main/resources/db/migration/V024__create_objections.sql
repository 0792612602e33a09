-- Objections and complaints against an announced decision, and what may not be destroyed meanwhile.

create table doorbraak.objection (
    id bigint generated always as identity primary key,
    case_number text not null references doorbraak.case_file (number),
    proposal_id bigint not null references doorbraak.announcement (proposal_id),
    kind text not null check (kind in ('objection', 'complaint')),
    received_on date not null,
    receipt_entry_id bigint not null references doorbraak.entry (id),
    registered_by text not null references doorbraak.officer (login),
    registered_at timestamptz not null,
    due_at timestamptz not null,
    explanation text not null check (explanation <> ''),
    asked_function text,
    asked_organisation text references doorbraak.organisation (id),
    overdue_told_at timestamptz,
    outcome text check (outcome in ('founded', 'unfounded', 'inadmissible', 'withdrawn')),
    decided_by text references doorbraak.officer (login),
    decided_at timestamptz,
    decided_mandate_number text,
    decided_mandate_version int,
    entry_id bigint references doorbraak.entry (id),
    hold_until date,
    foreign key (decided_mandate_number, decided_mandate_version) references doorbraak.mandate (number, version),
    check ((asked_function is null) = (asked_organisation is null)),
    check (num_nulls(outcome, decided_by, decided_at) in (0, 3)),
    check (num_nulls(decided_mandate_number, decided_mandate_version, hold_until) in (0, 3)),
    check (coalesce(outcome <> 'withdrawn', false) = (hold_until is not null)),
    check (outcome is null or outcome = 'withdrawn' or entry_id is not null)
);
comment on table doorbraak.objection is
    'An objection (Awb 6:4) or a complaint (Awb 9:4) against an announced decision. What people wrote about it stands in the entries.';
comment on column doorbraak.objection.due_at is 'The first moment after the term to decide.';
comment on column doorbraak.objection.asked_function is
    'Who is asked to decide: the first competent function with somebody who did not take the contested decision (Awb 10:3, third paragraph); empty when there is none.';
comment on column doorbraak.objection.decided_mandate_number is 'Under which mandate was decided; a withdrawal needs none.';
comment on column doorbraak.objection.hold_until is
    'The last day on which somebody can appeal against the decision (Awb 6:7): until then the case may not be destroyed.';
create index objection_case on doorbraak.objection (case_number, id);

-- The hold: what a court may ask for is there. It binds the owner too, who alone may delete.

create function doorbraak.is_held(number text) returns boolean
    language sql volatile
    as $$ select exists (select 1 from doorbraak.objection o where o.case_number = number
        and (o.outcome is null or o.hold_until >= (doorbraak.current_instant() at time zone 'Europe/Amsterdam')::date)) $$;
comment on function doorbraak.is_held(text) is
    'Whether a case may not be destroyed: an objection or complaint is open, or there can be an appeal against its decision.';

create function doorbraak.keep_held() returns trigger
    language plpgsql
    as $$
declare
    held text;
begin
    execute format('select ($1).%I::text', tg_argv[0]) into held using old;
    if tg_argv[0] = 'case_id' then
        select number into held from doorbraak.case_file where id = held::bigint;
    end if;
    if doorbraak.is_held(held) then
        raise exception 'Case % must not be destroyed: an objection or complaint is open, or its appeal can still be made', held
            using errcode = 'restrict_violation';
    end if;
    return old;
end
$$;
comment on function doorbraak.keep_held() is 'Refuses to delete from a case on hold. Its argument is the column that says which case.';

do $$
declare
    each text;
begin
    foreach each in array array['household_member', 'case_rung', 'case_participant', 'entry', 'case_pause', 'carry_out', 'document'] loop
        execute format('create trigger keep_held before delete on doorbraak.%I for each row execute function doorbraak.keep_held(''case_id'')', each);
    end loop;
    foreach each in array array['lead', 'proposal', 'sign_off', 'follow_up', 'agency_request', 'announcement', 'objection'] loop
        execute format('create trigger keep_held before delete on doorbraak.%I for each row execute function doorbraak.keep_held(''case_number'')', each);
    end loop;
end
$$;
create trigger keep_held before delete on doorbraak.case_file for each row execute function doorbraak.keep_held('number');

grant select, insert, update on doorbraak.objection to ${appRole};
