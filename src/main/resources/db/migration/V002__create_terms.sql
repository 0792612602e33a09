create table doorbraak.terms_version (
  version int primary key check (version > 0),
  valid_from timestamptz not null unique,
  question_working_days int not null check (question_working_days > 0),
  crisis_window_working_days int not null check (crisis_window_working_days > 0),
  crisis_rung_hours int not null check (crisis_rung_hours > 0),
  crisis_question_hours int not null check (crisis_question_hours > 0),
  crisis_extension_hours int not null check (crisis_extension_hours > 0),
  note text not null
);

comment on table doorbraak.terms_version is
  'A set of agreed terms. All values are proposals that an owner may change, but never by editing a row: running cases keep the version they started with, so a change is a new version.';
comment on column doorbraak.terms_version.valid_from is
  'Cases opened from this moment on use this version, until a newer one is valid.';
comment on column doorbraak.terms_version.question_working_days is
  'How long somebody has to answer "omhoog, verlengen of afsluiten" when the term of a rung is over.';
comment on column doorbraak.terms_version.crisis_window_working_days is
  'A case is in crisis, and its terms count in hours, when the event date (the eviction, the cut-off) is at most this many working days away or has passed.';
comment on column doorbraak.terms_version.crisis_rung_hours is
  'The term of every rung in crisis. Terms in hours run on through weekends and holidays (Algemene termijnenwet, article 4).';
comment on column doorbraak.terms_version.crisis_question_hours is
  'How long somebody has to answer the question in crisis.';
comment on column doorbraak.terms_version.crisis_extension_hours is
  'By how much the term of a rung can be extended in crisis.';
comment on column doorbraak.terms_version.note is
  'Who settled this version, and why, for the reader in five years.';

create table doorbraak.rung_term (
  version int not null references doorbraak.terms_version (version),
  rung text not null check (rung in ('local', 'regional', 'national', 'ministry')),
  amount int not null check (amount > 0),
  unit text not null check (unit in ('working_days', 'weeks')),
  extension_amount int not null check (extension_amount > 0),
  extension_unit text not null check (extension_unit in ('working_days', 'weeks')),
  primary key (version, rung)
);

comment on table doorbraak.rung_term is
  'How long a case may stay on a rung before somebody is asked what next, per version. The values are proposals, not law.';
comment on column doorbraak.rung_term.unit is
  'working_days count Monday to Friday without holidays and equated days; weeks run on and only move their last day to a working day (Algemene termijnenwet, article 1).';
comment on column doorbraak.rung_term.extension_amount is
  'The new term after "verlengen", counted from the day of that answer.';

create table doorbraak.equated_day (
  day date primary key,
  name text not null check (name <> ''),
  source text not null check (source <> '')
);

comment on table doorbraak.equated_day is
  'Days that a decree equates with a holiday (Algemene termijnenwet, article 3, third paragraph). An owner adds a day here; the holidays of the first two paragraphs are in the code.';
comment on column doorbraak.equated_day.name is
  'In Dutch, as it stands in the middle of a sentence: it is shown to people as the reason for a date.';

insert into doorbraak.terms_version
  (version, valid_from, question_working_days, crisis_window_working_days,
   crisis_rung_hours, crisis_question_hours, crisis_extension_hours, note)
values
  (1, timestamptz '2026-01-01 00:00:00 Europe/Amsterdam', 2, 2, 24, 4, 24,
   'Proposal to start with. National: the published average until the first review; an extension is half of the term.');

insert into doorbraak.rung_term (version, rung, amount, unit, extension_amount, extension_unit)
values
  (1, 'local', 20, 'working_days', 10, 'working_days'),
  (1, 'regional', 10, 'working_days', 5, 'working_days'),
  (1, 'national', 4, 'weeks', 2, 'weeks'),
  (1, 'ministry', 10, 'working_days', 5, 'working_days');

insert into doorbraak.equated_day (day, name, source)
values
  (date '2026-05-15', 'de vrijdag na Hemelvaartsdag', 'Algemene termijnenwet art. 3 lid 3; besluit nog bij de bron te controleren'),
  (date '2027-05-07', 'de vrijdag na Hemelvaartsdag', 'Algemene termijnenwet art. 3 lid 3; besluit nog bij de bron te controleren'),
  (date '2028-05-26', 'de vrijdag na Hemelvaartsdag', 'Algemene termijnenwet art. 3 lid 3; besluit nog bij de bron te controleren');

grant select on doorbraak.terms_version, doorbraak.rung_term, doorbraak.equated_day to ${appRole};
