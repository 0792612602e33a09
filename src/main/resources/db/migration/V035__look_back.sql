-- After a crisis the team looks back: what could have been decided before?

alter table doorbraak.terms_version
    add column look_back_working_days int not null default 10 check (look_back_working_days > 0);
comment on column doorbraak.terms_version.look_back_working_days is
    'How long the team has to look back on a crisis once the case is closed. A proposal, not law.';

create table doorbraak.look_back (
    case_number text primary key references doorbraak.case_file (number),
    due_at timestamptz not null,
    explanation text not null,
    answered_by text references doorbraak.officer (login),
    answered_at timestamptz,
    check ((answered_by is null) = (answered_at is null))
);
comment on table doorbraak.look_back is
    'That the team looks back on a crisis. What they wrote is an entry of the case, which only the team reads.';

grant select, insert, update on doorbraak.look_back to ${appRole};
