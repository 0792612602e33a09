-- What directors, aldermen, the region and the desk read of a month or a year: counted once, when that is over.

create table doorbraak.report (
    id bigint generated always as identity primary key,
    organisation_id text not null references doorbraak.organisation (id),
    period text not null check (period ~ '^[0-9]{4}(-(0[1-9]|1[0-2]))?$'),
    made_by text not null,
    made_at timestamptz not null,
    content jsonb not null,
    unique (organisation_id, period)
);
comment on table doorbraak.report is
    'A month or a year of a body. Counted once: what is read twice does not differ. Of bodies and cases, never of people.';
comment on column doorbraak.report.made_by is 'Who asked for the report of a year; the timer of a month.';
comment on column doorbraak.report.content is
    'Counts, ids of bodies, patterns and learning points (which name nobody, by rule). No case numbers. Small numbers are hidden when shown.';

create table doorbraak.report_case (
    report_id bigint not null references doorbraak.report (id),
    case_id bigint not null references doorbraak.case_file (id),
    without_lead boolean not null,
    overdue boolean not null,
    primary key (report_id, case_id)
);
comment on table doorbraak.report_case is
    'The cases that were stuck at the end of a month: shown on the page only to who is on them. Goes with the case; the counts stay.';
create index report_case_case on doorbraak.report_case (case_id);
create trigger keep_held before delete on doorbraak.report_case for each row execute function doorbraak.keep_held('case_id');

insert into doorbraak.case_table (position, name, treatment, which) values (152, 'report_case', 'removed', 't.case_id = $1');

grant select, insert on doorbraak.report, doorbraak.report_case to ${appRole};
