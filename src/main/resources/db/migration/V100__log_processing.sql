-- Each reading of a case and each resident whom it concerned, in the shape of Logboek Dataverwerkingen. Who read stands in the audit alone.

create table doorbraak.processing_log (
    id bigint generated always as identity primary key,
    trace_id text not null check (trace_id ~ '^[0-9a-f]{32}$'),
    span_id text not null check (span_id ~ '^[0-9a-f]{16}$'),
    parent_span_id text check (parent_span_id ~ '^[0-9a-f]{16}$'),
    foreign_span_id text check (foreign_span_id ~ '^[0-9a-f]{16}$'),
    name text not null check (name <> ''),
    start_time timestamptz not null,
    end_time timestamptz not null check (end_time >= start_time),
    status text not null check (status in ('Unset', 'Ok', 'Error')),
    municipality_id text not null references doorbraak.organisation (id),
    processing_activity_id text not null check (processing_activity_id <> ''),
    data_subject_id text,
    data_subject_id_type text,
    check (num_nulls(data_subject_id, data_subject_id_type) in (0, 2)),
    check (data_subject_id is null or parent_span_id is not null)
);
comment on table doorbraak.processing_log is 'One line for each reading and one under it for each resident whom it concerned. Append-only; holds no name and no login.';
comment on column doorbraak.processing_log.span_id is 'Of the line of a reading: the span that its caseRead line in the audit names.';
comment on column doorbraak.processing_log.foreign_span_id is 'The action of the application that called, where it named one (traceparent).';
comment on column doorbraak.processing_log.processing_activity_id is 'Address in the register of processing activities, with its version.';
comment on column doorbraak.processing_log.data_subject_id is 'The resident as a code under a key that is not in the database; empty on the line of the reading itself.';
create index processing_log_period on doorbraak.processing_log (municipality_id, start_time, id);
create unique index processing_log_span on doorbraak.processing_log (span_id);

grant select, insert on doorbraak.processing_log to ${appRole};
