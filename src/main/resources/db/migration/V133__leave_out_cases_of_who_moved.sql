-- Who went to work for another municipality works for the team of a case no more: no list names its number to them.

create function doorbraak.lost_cases(whose text) returns setof text
    language sql stable
    as $$
select c.number from doorbraak.case_participant p
join doorbraak.case_file c on c.id = p.case_id
where p.officer_login = whose and p.until is null and p.role in ('caseDirector', 'deputy')
  and not exists (select from doorbraak.post t where t.officer_login = whose and t.organisation_id = c.municipality_id)
$$;
comment on function doorbraak.lost_cases(text) is
    'Numbers of the cases whose casusregisseur or deputy somebody is, without a function at the municipality that has the case.';
grant execute on function doorbraak.lost_cases(text) to ${appRole};
