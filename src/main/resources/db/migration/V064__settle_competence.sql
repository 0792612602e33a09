-- Who may decide about what a case asks: known, disputed or unknown. A dispute is seen in who points at whom.

create table doorbraak.referral (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    from_body text not null references doorbraak.organisation (id),
    to_body text check (to_body ~ '^[A-Za-z0-9]{1,40}$'),
    about text not null default '' check (length(about) <= 100),
    referred_at timestamptz not null
);
comment on table doorbraak.referral is 'Each time that a body said it does not go about this, and who does according to it.';
comment on column doorbraak.referral.to_body is 'Id of the organisation, or the kind of body where it is none of ours; empty: it names nobody.';
comment on column doorbraak.referral.about is 'Name of the scheme; empty: the case as a whole.';
create index referral_case on doorbraak.referral (case_id, id);
create trigger keep_held before delete on doorbraak.referral for each row execute function doorbraak.keep_held('case_id');

create table doorbraak.competence (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    status text not null check (status in ('known', 'disputed', 'unknown')),
    body_id text references doorbraak.organisation (id),
    about text not null default '' check (length(about) <= 100),
    settled boolean not null,
    entry_id bigint references doorbraak.entry (id),
    stated_by text not null,
    stated_at timestamptz not null,
    check (body_id is null or status = 'known'),
    check (not settled or body_id is not null)
);
comment on table doorbraak.competence is 'What was known at each moment about who may decide; the last line counts.';
comment on column doorbraak.competence.settled is 'Whether it ended a dispute or a question that nobody had an answer to: pointing before it counts no more.';
comment on column doorbraak.competence.entry_id is 'The ground, and who decided, in words; in the case file and nowhere else.';
comment on column doorbraak.competence.stated_by is 'Login, or the software where it saw bodies pointing at each other.';
create index competence_case on doorbraak.competence (case_id, id);
create trigger keep_held before delete on doorbraak.competence for each row execute function doorbraak.keep_held('case_id');

grant select, insert on doorbraak.referral, doorbraak.competence to ${appRole};
