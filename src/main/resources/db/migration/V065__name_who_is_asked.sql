-- Whom of an agency a question was put to, as it was when it was sent.

alter table doorbraak.agency_request
    add column asked_of text references doorbraak.officer (login),
    add column asked_function text,
    add column asked_deputy text references doorbraak.officer (login),
    add column away_until date,
    add check ((asked_of is null) = (asked_function is null)),
    add check (asked_of is not null or (asked_deputy is null and away_until is null)),
    add check (away_until is not null or asked_deputy is null);
comment on column doorbraak.agency_request.asked_of is 'Who was named; empty where the directory names nobody of it. Colleagues with the function can answer too.';
comment on column doorbraak.agency_request.asked_deputy is 'Who stood in, because who was named was away.';
comment on column doorbraak.agency_request.away_until is 'The last day of that absence.';
