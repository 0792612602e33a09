-- Compartments inside a case: what is about an ex-partner or the safety of children, for named people alone. The database itself
-- leaves out what is in one, unless the reading says which ones are open: who forgets to ask shows too little.

create table doorbraak.compartment (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    kind text not null check (kind in ('exPartner', 'childSafety')),
    made_by text not null references doorbraak.officer (login),
    made_at timestamptz not null,
    closed_by text references doorbraak.officer (login),
    closed_at timestamptz,
    check ((closed_by is null) = (closed_at is null))
);
comment on table doorbraak.compartment is
    'A part of a case that only named people read. Why it was made, in words, is an entry that is in it.';
comment on column doorbraak.compartment.closed_at is 'From then on what was in it is read as the rest of the case.';
create index compartment_case on doorbraak.compartment (case_id);
create trigger keep_held before delete on doorbraak.compartment for each row execute function doorbraak.keep_held('case_id');

create table doorbraak.compartment_person (
    id bigint generated always as identity primary key,
    compartment_id bigint not null references doorbraak.compartment (id),
    officer_login text references doorbraak.officer (login),
    organisation_id text references doorbraak.organisation (id),
    how text not null check (how in ('named', 'successor', 'handedOver', 'auditor')),
    entry_id bigint references doorbraak.entry (id),
    added_by text not null references doorbraak.officer (login),
    since timestamptz not null,
    until timestamptz,
    ended_by text references doorbraak.officer (login),
    check (num_nonnulls(officer_login, organisation_id) = 1),
    check (how <> 'auditor' or (officer_login is not null and entry_id is not null and until is not null))
);
comment on table doorbraak.compartment_person is 'Who may read a compartment, of those who may read its case.';
comment on column doorbraak.compartment_person.how is
    'named by who reads it; successor: named by a manager because nobody of the team could open it; handedOver: with the case; auditor: said why, for a working day.';
comment on column doorbraak.compartment_person.entry_id is 'Why, in a sentence: an entry in the compartment.';
create unique index compartment_person_officer on doorbraak.compartment_person (compartment_id, officer_login)
    where until is null and officer_login is not null;
create unique index compartment_person_organisation on doorbraak.compartment_person (compartment_id, organisation_id)
    where until is null and organisation_id is not null;

create table doorbraak.compartment_given (
    id bigint generated always as identity primary key,
    request_id bigint not null references doorbraak.subject_request (id),
    compartment_id bigint not null references doorbraak.compartment (id),
    entry_id bigint not null references doorbraak.entry (id),
    given_by text not null references doorbraak.officer (login),
    given_at timestamptz not null,
    unique (request_id, compartment_id)
);
comment on table doorbraak.compartment_given is
    'A decision that a resident who asked gets what is in a compartment. Without one it is not given (AVG article 15, fourth paragraph).';

alter table doorbraak.emergency_access add column compartments_entry_id bigint references doorbraak.entry (id);
comment on column doorbraak.emergency_access.compartments_entry_id is
    'Why the reading must go into compartments too; null: it does not.';

-- What is in one -----------------------------------------------------------------------------------------------------

alter table doorbraak.entry add column compartment_id bigint references doorbraak.compartment (id);
alter table doorbraak.document add column compartment_id bigint references doorbraak.compartment (id);
-- Who is in a compartment of a case that is destroyed does not turn up in the household's other case.
alter table doorbraak.household_member add column compartment_id bigint references doorbraak.compartment (id) on delete cascade;
create index entry_compartment on doorbraak.entry (compartment_id) where compartment_id is not null;
create index document_compartment on doorbraak.document (compartment_id) where compartment_id is not null;
create index household_member_compartment on doorbraak.household_member (compartment_id) where compartment_id is not null;

create function doorbraak.is_open(which bigint) returns boolean
    language sql stable
    as $$ select coalesce(which::text = any (string_to_array(current_setting('doorbraak.compartments', true), ',')), false) $$;
comment on function doorbraak.is_open(bigint) is 'Whether this transaction opened a compartment.';

alter table doorbraak.entry enable row level security;
create policy entry_read on doorbraak.entry for select using (compartment_id is null or doorbraak.is_open(compartment_id));
create policy entry_add on doorbraak.entry for insert with check (compartment_id is null);
alter table doorbraak.document enable row level security;
create policy document_read on doorbraak.document for select using (compartment_id is null or doorbraak.is_open(compartment_id));
create policy document_add on doorbraak.document for insert with check (compartment_id is null);
alter table doorbraak.household_member enable row level security;
create policy household_member_read on doorbraak.household_member for select
    using (compartment_id is null or doorbraak.is_open(compartment_id));
create policy household_member_add on doorbraak.household_member for insert with check (compartment_id is null);

-- The application may not change what was written: these do, and only this.

create function doorbraak.put_in_compartment(into_one bigint, what text, item bigint) returns boolean
    language plpgsql
    security definer
    set search_path = ''
    as $$
declare
    of_case bigint;
    moved bigint := 0;
begin
    select c.case_id into of_case from doorbraak.compartment c where c.id = into_one and c.closed_at is null;
    if what = 'entry' then
        update doorbraak.entry e set compartment_id = into_one
        where e.id = item and e.case_id = of_case and e.compartment_id is null;
        get diagnostics moved = row_count;
        -- What was answered to a question goes with it.
        update doorbraak.agency_request r set explanation = r.explanation where r.question_entry_id = item;
    elsif what = 'document' then
        update doorbraak.document d set compartment_id = into_one
        where d.id = item and d.case_id = of_case and d.compartment_id is null;
        get diagnostics moved = row_count;
    elsif what = 'member' then
        update doorbraak.household_member m set compartment_id = into_one from doorbraak.household_member t
        where t.id = item and t.case_id = of_case and m.case_id = of_case and m.compartment_id is null
          and m.normalised_name = t.normalised_name and m.birth_date is not distinct from t.birth_date;
        get diagnostics moved = row_count;
    end if;
    return moved > 0;
end
$$;
comment on function doorbraak.put_in_compartment(bigint, text, bigint) is
    'Puts an entry, a document or somebody of the household in an open compartment of the same case; false where there is no such thing outside one.';

create function doorbraak.empty_compartment(which bigint) returns void
    language plpgsql
    security definer
    set search_path = ''
    as $$
begin
    if exists (select 1 from doorbraak.compartment c where c.id = which and c.closed_at is not null) then
        update doorbraak.entry set compartment_id = null where compartment_id = which;
        update doorbraak.document set compartment_id = null where compartment_id = which;
        update doorbraak.household_member set compartment_id = null where compartment_id = which;
    end if;
end
$$;
comment on function doorbraak.empty_compartment(bigint) is 'Gives what was in a closed compartment back to the case.';

create function doorbraak.answers_follow_their_question() returns trigger
    language plpgsql
    security definer
    set search_path = ''
    as $$
declare
    which bigint;
begin
    select e.compartment_id into which from doorbraak.entry e where e.id = new.question_entry_id;
    if which is not null then
        update doorbraak.entry set compartment_id = which
        where compartment_id is null
          and id in (new.answer_entry_id, new.waiting_entry_id, new.withdrawal_entry_id, new.reply_entry_id);
        update doorbraak.document set compartment_id = which where compartment_id is null and id = new.letter_id;
    end if;
    return null;
end
$$;
comment on function doorbraak.answers_follow_their_question() is
    'What an agency says to a question in a compartment is in that compartment.';
create trigger answers_follow_their_question after insert or update on doorbraak.agency_request
    for each row execute function doorbraak.answers_follow_their_question();

create function doorbraak.everybody_of(household bigint) returns setof doorbraak.household_member
    language sql stable
    security definer
    set search_path = ''
    as $$ select * from doorbraak.household_member m where m.household_id = household order by m.id $$;
comment on function doorbraak.everybody_of(bigint) is
    'Also who is in a compartment: for hiding their names from texts, never for showing them.';

create function doorbraak.compartment_of(entry_of bigint) returns bigint
    language sql stable
    security definer
    set search_path = ''
    as $$ select e.compartment_id from doorbraak.entry e where e.id = entry_of $$;
comment on function doorbraak.compartment_of(bigint) is 'The compartment that an entry is in; null: none.';

revoke execute on function doorbraak.put_in_compartment(bigint, text, bigint), doorbraak.empty_compartment(bigint),
    doorbraak.answers_follow_their_question(), doorbraak.everybody_of(bigint), doorbraak.compartment_of(bigint) from public;
grant execute on function doorbraak.put_in_compartment(bigint, text, bigint), doorbraak.empty_compartment(bigint),
    doorbraak.everybody_of(bigint), doorbraak.compartment_of(bigint) to ${appRole};
grant select, insert on doorbraak.compartment, doorbraak.compartment_person, doorbraak.compartment_given to ${appRole};
grant update (closed_by, closed_at) on doorbraak.compartment to ${appRole};
grant update (until, ended_by) on doorbraak.compartment_person to ${appRole};

-- After everything that can be in one, and the people of the household.
insert into doorbraak.case_table (position, name, treatment, which) values
    (-2, 'compartment_given', 'removed', 't.compartment_id in (select k.id from doorbraak.compartment k where k.case_id = $1)'),
    (-1, 'compartment_person', 'removed', 't.compartment_id in (select k.id from doorbraak.compartment k where k.case_id = $1)'),
    ((select position + 1 from doorbraak.case_table where name = 'household_member'), 'compartment', 'removed', 't.case_id = $1');

-- Somebody must be able to open one: of the team, and of the municipality still.

create function doorbraak.can_be_opened(which bigint) returns boolean
    language sql stable
    as $$
select exists (
    select 1 from doorbraak.compartment k
    join doorbraak.case_file c on c.id = k.case_id
    join doorbraak.compartment_person w on w.compartment_id = k.id and w.until is null
    join doorbraak.case_participant p on p.case_id = k.case_id and p.officer_login = w.officer_login
      and p.role in ('caseDirector', 'deputy') and p.until is null
    join doorbraak.post o on o.officer_login = w.officer_login and o.organisation_id = c.municipality_id
    where k.id = which)
$$;
comment on function doorbraak.can_be_opened(bigint) is 'Whether somebody of the team who works for the municipality may read a compartment.';
