-- Sums over municipalities: of a half-year that is over, released by somebody with a function, and never changed.

create table doorbraak.statistics_release (
    id bigint generated always as identity primary key,
    organisation_id text not null references doorbraak.organisation (id),
    period text not null check (period ~ '^[0-9]{4}-[12]$'),
    municipalities int not null check (municipalities > 0),
    least int not null check (least > 0),
    released_by text not null references doorbraak.officer (login),
    function text not null,
    released_at timestamptz not null,
    unique (organisation_id, period)
);
comment on table doorbraak.statistics_release is
    'That somebody released the sums of a region, or of the whole country, and for which half-year. No row is ever changed.';
comment on column doorbraak.statistics_release.organisation_id is 'The region, or the desk for the whole country.';
comment on column doorbraak.statistics_release.municipalities is 'How many municipalities had a case in these sums.';
comment on column doorbraak.statistics_release.least is 'Below this number nothing was shown.';

create table doorbraak.statistics_line (
    release_id bigint not null references doorbraak.statistics_release (id),
    figure text not null,
    category text not null,
    number bigint check (number >= 0),
    half_within int,
    average_tenths int,
    primary key (release_id, figure, category)
);
comment on table doorbraak.statistics_line is 'One number of a release. It names no case and outlives those that it counted.';
comment on column doorbraak.statistics_line.category is 'Empty: the sum of the figure.';
comment on column doorbraak.statistics_line.number is 'Empty: hidden, and kept nowhere.';
comment on column doorbraak.statistics_line.half_within is 'Half of them had this amount or less; empty where the figure has none or it is hidden.';

grant select, insert on doorbraak.statistics_release, doorbraak.statistics_line to ${appRole};
