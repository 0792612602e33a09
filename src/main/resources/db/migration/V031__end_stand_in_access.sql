-- Who stands in sees a case as long as the absence lasts.

alter table doorbraak.case_participant add column stands_in_for text references doorbraak.officer (login);
comment on column doorbraak.case_participant.stands_in_for is
    'Who is away: the officer is on the case only as long as they stand in for them. Empty: in their own right.';

create function doorbraak.stands_in(deputy text, away text, at timestamptz) returns boolean
    language sql stable
    return exists (select 1 from doorbraak.absence a
        where a.officer_login = away and a.deputy_login = deputy and a.ended_at is null
          and cast(at at time zone 'Europe/Amsterdam' as date) between a.first_day and a.last_day);
comment on function doorbraak.stands_in is
    'Whether somebody stands in at a moment for somebody who is away; the days of an absence are whole days in Europe/Amsterdam.';
