-- What agencies answered, in numbers of whole half-years: to the agency first, with its reply beside it.

create table doorbraak.agency_figures (
    id bigint generated always as identity primary key,
    agency_id text not null references doorbraak.organisation (id),
    period text not null check (period ~ '^[0-9]{4}-[12]$'),
    asked int not null check (asked > 0),
    answered_in_term int not null,
    silent int not null,
    refused int not null,
    not_assessed int not null,
    serial int not null,
    taken_back int not null,
    released_at timestamptz not null,
    opens_on date not null,
    key uuid not null unique default gen_random_uuid(),
    reply text check (length(reply) between 1 and 2000),
    replied_by text,
    reply_name text check (length(reply_name) between 1 and 100),
    replied_at timestamptz,
    unique (agency_id, period),
    check ((reply is null) = (replied_at is null) and (reply is null) = (replied_by is null))
);
comment on table doorbraak.agency_figures is 'Counted once, when the half-year was over: what is read twice does not differ. Of bodies, never of people.';
comment on column doorbraak.agency_figures.asked is 'Questions that were asked in that half-year.';
comment on column doorbraak.agency_figures.silent is 'Of those: whose term passed without an answer, whether or not one came later.';
comment on column doorbraak.agency_figures.not_assessed is 'Refusals that did not go through every condition.';
comment on column doorbraak.agency_figures.serial is 'Refusals on a ground that existed at one before.';
comment on column doorbraak.agency_figures.taken_back is 'Refusals that the agency took back.';
comment on column doorbraak.agency_figures.opens_on is 'From this day others can read them too; earlier when the agency has replied.';
comment on column doorbraak.agency_figures.key is 'The secret of the link for an agency without accounts. Behind it stand counts only.';
comment on column doorbraak.agency_figures.reply is 'By rule without persons; the page says so.';

grant select, insert, update on doorbraak.agency_figures to ${appRole};
