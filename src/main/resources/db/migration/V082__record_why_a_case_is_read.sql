-- Reading a case needs a purpose. Where the reader's work does not say it, the reader does, for a working day.

create table doorbraak.reading_purpose (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    officer_login text not null references doorbraak.officer (login),
    purpose text not null,
    entry_id bigint references doorbraak.entry (id),
    stated_at timestamptz not null,
    until timestamptz not null check (until > stated_at)
);
comment on table doorbraak.reading_purpose is
    'What somebody said that they read a case for; for an auditor also why names are shown. In the database, so that every node knows it.';
comment on column doorbraak.reading_purpose.entry_id is 'The sentence that goes with it: text about a case lives in its entries.';
comment on column doorbraak.reading_purpose.until is 'The end of that working day.';
create index reading_purpose_reader on doorbraak.reading_purpose (case_id, officer_login, until);
create trigger keep_held before delete on doorbraak.reading_purpose for each row execute function doorbraak.keep_held('case_id');

grant select, insert on doorbraak.reading_purpose to ${appRole};
