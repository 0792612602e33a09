-- What a resident gets of a case: what was left out by hand and why, and the overview as it was given.

create table doorbraak.passage_left_out (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    request_id bigint not null references doorbraak.subject_request (id),
    passage text not null check (passage ~ '^[A-Za-z0-9-]{1,100}$'),
    ground text not null check (ground in ('rightsOfOthers', 'safety', 'investigation')),
    entry_id bigint not null references doorbraak.entry (id),
    left_out_by text not null references doorbraak.officer (login),
    left_out_at timestamptz not null,
    unique (request_id, passage)
);
comment on table doorbraak.passage_left_out is 'A passage that is not given to the resident who asked, with the ground. Why, in words, is an entry of the case.';
create trigger keep_held before delete on doorbraak.passage_left_out for each row execute function doorbraak.keep_held('case_id');

create table doorbraak.subject_export (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    request_id bigint not null references doorbraak.subject_request (id),
    content text not null check (content <> ''),
    made_by text not null references doorbraak.officer (login),
    made_at timestamptz not null
);
comment on table doorbraak.subject_export is 'What a resident is given of a case, as JSON, as it was made: without others.';
create index subject_export_request on doorbraak.subject_export (request_id, id);
create trigger keep_held before delete on doorbraak.subject_export for each row execute function doorbraak.keep_held('case_id');

grant select, insert on doorbraak.passage_left_out, doorbraak.subject_export to ${appRole};
