-- What an agency must look at before it says no, and what becomes of its answer.

create table doorbraak.scheme (
    id text primary key check (id ~ '^[a-z][a-zA-Z]{1,39}$'),
    name text not null unique check (length(name) between 1 and 100),
    law text not null check (length(law) between 1 and 200),
    decision_weeks int not null default 8 check (decision_weeks between 1 and 26)
);
comment on table doorbraak.scheme is 'What somebody can apply for, by law or by policy.';
comment on column doorbraak.scheme.decision_weeks is
    'Weeks to decide on an application: of the scheme''s own law where that says so, else eight (Awb 4:13). Read back with the agency before use.';

create table doorbraak.scheme_version (
    scheme_id text not null references doorbraak.scheme (id),
    version int not null check (version > 0),
    agreed_with text not null check (length(agreed_with) between 1 and 200),
    made_by text references doorbraak.officer (login),
    made_at timestamptz not null,
    primary key (scheme_id, version)
);
comment on table doorbraak.scheme_version is 'A list of conditions as it was kept from that moment; the newest counts for what is asked from then on.';
comment on column doorbraak.scheme_version.agreed_with is 'With whom of the agency it was agreed, by function.';
comment on column doorbraak.scheme_version.made_by is 'Empty for the lists that Doorbraak begins with.';

create table doorbraak.scheme_condition (
    scheme_id text not null,
    version int not null,
    position int not null check (position between 1 and 10),
    code int not null check (code > 0),
    wording text not null check (length(wording) between 1 and 200),
    article text not null check (length(article) between 1 and 100),
    primary key (scheme_id, version, position),
    unique (scheme_id, version, code),
    foreign key (scheme_id, version) references doorbraak.scheme_version
);
comment on column doorbraak.scheme_condition.code is 'The same in every version that holds this condition: by it a ground is known again.';

alter table doorbraak.agency_request
    add column kind text not null default 'decision' check (kind in ('consultation', 'decision', 'application')),
    add column department text not null default '' check (length(department) <= 80),
    add column scheme_id text,
    add column scheme_version int,
    add column previous_id bigint references doorbraak.agency_request (id),
    add column waiting_since timestamptz,
    add column waiting_entry_id bigint references doorbraak.entry (id),
    add column known_before boolean,
    add column told text check (told in ('phone', 'visit', 'letter')),
    add column told_on date,
    add column withdrawn_at timestamptz,
    add column withdrawn_by text references doorbraak.officer (login),
    add column withdrawal_entry_id bigint references doorbraak.entry (id),
    add column letter_id bigint references doorbraak.document (id),
    add column reply_entry_id bigint references doorbraak.entry (id),
    add foreign key (scheme_id, scheme_version) references doorbraak.scheme_version,
    add check (waiting_since is null or (answer is null and lapsed_at is null)),
    add check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null or answer = 'refused')),
    drop constraint agency_request_answer_check,
    add constraint agency_request_answer_check
        check (answer in ('granted', 'takesPart', 'refused', 'notCompetent'));
comment on column doorbraak.agency_request.kind is 'A first consultation, a decision, or an application on which the law sets the term.';
comment on column doorbraak.agency_request.department is 'Which part of the agency is asked; empty: the agency as a whole.';
comment on column doorbraak.agency_request.previous_id is 'The question that was asked, and refused, before this one.';
comment on column doorbraak.agency_request.waiting_since is 'Since when the agency waits for something it needs: its clock stands still.';
comment on column doorbraak.agency_request.known_before is 'Of a refusal without a list: whether the agency says that this ground existed at the refusal before.';
comment on column doorbraak.agency_request.told is 'Of a refusal: how the resident heard it. A letter alone does not close it.';
comment on column doorbraak.agency_request.withdrawn_at is 'When the agency took its refusal back; the question was then asked anew.';
comment on column doorbraak.agency_request.reply_entry_id is 'What the agency says about a flag at its answer.';
drop index doorbraak.agency_request_one_open;
create unique index agency_request_one_open on doorbraak.agency_request (case_number, agency_id, department)
    where answer is null and lapsed_at is null;

create table doorbraak.agency_finding (
    request_id bigint not null references doorbraak.agency_request (id),
    code int not null,
    result text not null check (result in ('met', 'notMet', 'notAssessed')),
    primary key (request_id, code)
);
comment on table doorbraak.agency_finding is 'What an agency found of each condition when it refused.';

alter table doorbraak.document drop constraint document_kind_check;
alter table doorbraak.document add constraint document_kind_check
    check (kind in ('decisionLetter', 'outsideDecision', 'agencyLetter'));

grant select, insert on doorbraak.scheme, doorbraak.scheme_version, doorbraak.scheme_condition, doorbraak.agency_finding to ${appRole};

-- A beginning, to be agreed with each agency: short words for what the law asks, not the law.
insert into doorbraak.scheme (id, name, law, decision_weeks) values
    ('specialAssistance', 'Bijzondere bijstand', 'Participatiewet', 8),
    ('socialAssistance', 'Algemene bijstand', 'Participatiewet', 8),
    ('aioSupplement', 'Aanvulling op de AOW (AIO)', 'Participatiewet', 8),
    ('socialSupport', 'Hulp uit de Wmo', 'Wet maatschappelijke ondersteuning 2015', 2),
    ('debtHelp', 'Schuldhulpverlening', 'Wet gemeentelijke schuldhulpverlening', 8),
    ('postalAddress', 'Briefadres', 'Wet basisregistratie personen', 8),
    ('housingPriority', 'Urgentie voor een woning', 'Huisvestingswet 2014', 8),
    ('disabilityBenefit', 'WIA-uitkering', 'Wet werk en inkomen naar arbeidsvermogen', 8),
    ('taxRemission', 'Kwijtschelding of uitstel van belasting', 'Invorderingswet 1990', 8),
    ('studentDebtRemission', 'Kwijtschelding van studieschuld', 'Wet studiefinanciering 2000', 8);
insert into doorbraak.scheme_version (scheme_id, version, agreed_with, made_at)
    select id, 1, 'Nog niet met de instantie vastgesteld', timestamptz '2026-01-01 00:00+01' from doorbraak.scheme;
insert into doorbraak.scheme_condition (scheme_id, version, position, code, wording, article) values
    ('specialAssistance', 1, 1, 1, 'De kosten doen zich voor', 'Participatiewet 35'),
    ('specialAssistance', 1, 2, 2, 'De kosten zijn noodzakelijk', 'Participatiewet 35'),
    ('specialAssistance', 1, 3, 3, 'De kosten komen door bijzondere omstandigheden', 'Participatiewet 35'),
    ('specialAssistance', 1, 4, 4, 'Inkomen en vermogen zijn te laag om dit zelf te betalen', 'Participatiewet 35'),
    ('specialAssistance', 1, 5, 5, 'Er is geen andere regeling die dit betaalt', 'Participatiewet 15'),
    ('socialAssistance', 1, 1, 1, 'Er is verblijfsrecht', 'Participatiewet 11'),
    ('socialAssistance', 1, 2, 2, 'De inwoner woont in de gemeente', 'Participatiewet 40'),
    ('socialAssistance', 1, 3, 3, 'Het inkomen is lager dan de norm', 'Participatiewet 19'),
    ('socialAssistance', 1, 4, 4, 'Het vermogen is lager dan de grens', 'Participatiewet 34'),
    ('socialAssistance', 1, 5, 5, 'Er is geen andere regeling die voorgaat', 'Participatiewet 15'),
    ('socialAssistance', 1, 6, 6, 'De gevraagde gegevens zijn gegeven', 'Participatiewet 17'),
    ('aioSupplement', 1, 1, 1, 'De inwoner heeft de AOW-leeftijd', 'Participatiewet 47a'),
    ('aioSupplement', 1, 2, 2, 'De inwoner woont in Nederland', 'Participatiewet 11'),
    ('aioSupplement', 1, 3, 3, 'Het inkomen is lager dan de norm', 'Participatiewet 19'),
    ('aioSupplement', 1, 4, 4, 'Het vermogen is lager dan de grens', 'Participatiewet 34'),
    ('aioSupplement', 1, 5, 5, 'Niemand deelt de kosten van de woning', 'Participatiewet 22a'),
    ('socialSupport', 1, 1, 1, 'De inwoner woont in de gemeente', 'Wmo 1.2.1'),
    ('socialSupport', 1, 2, 2, 'De inwoner redt het niet op eigen kracht', 'Wmo 2.3.5'),
    ('socialSupport', 1, 3, 3, 'Het netwerk kan niet genoeg helpen', 'Wmo 2.3.5'),
    ('socialSupport', 1, 4, 4, 'Een algemene voorziening is niet genoeg', 'Wmo 2.3.5'),
    ('socialSupport', 1, 5, 5, 'Een andere wet gaat niet voor', 'Wmo 2.3.5'),
    ('debtHelp', 1, 1, 1, 'De inwoner woont in de gemeente', 'Wgs 3'),
    ('debtHelp', 1, 2, 2, 'De schulden kunnen niet zelf worden afgelost', 'Wgs 3'),
    ('debtHelp', 1, 3, 3, 'De inwoner werkt mee', 'Wgs 7'),
    ('debtHelp', 1, 4, 4, 'Er is geen eerdere fraude die hulp uitsluit', 'Wgs 3'),
    ('postalAddress', 1, 1, 1, 'De inwoner heeft geen woonadres', 'Wet BRP 2.23'),
    ('postalAddress', 1, 2, 2, 'De inwoner verblijft in Nederland', 'Wet BRP 2.4'),
    ('postalAddress', 1, 3, 3, 'Iemand geeft post door, of de gemeente doet dat', 'Wet BRP 2.42'),
    ('housingPriority', 1, 1, 1, 'De inwoner hoort bij een groep met urgentie', 'Huisvestingswet 12'),
    ('housingPriority', 1, 2, 2, 'Er is een band met de gemeente', 'Huisvestingswet 14'),
    ('housingPriority', 1, 3, 3, 'De nood komt niet door eigen toedoen', 'Huisvestingsverordening'),
    ('housingPriority', 1, 4, 4, 'De inwoner kan niet zelf een woning vinden', 'Huisvestingsverordening'),
    ('housingPriority', 1, 5, 5, 'Er is geen huurschuld zonder regeling', 'Huisvestingsverordening'),
    ('disabilityBenefit', 1, 1, 1, 'De inwoner was verzekerd', 'Wet WIA 7'),
    ('disabilityBenefit', 1, 2, 2, 'De wachttijd is voorbij', 'Wet WIA 23'),
    ('disabilityBenefit', 1, 3, 3, 'De inwoner is genoeg arbeidsongeschikt', 'Wet WIA 5'),
    ('disabilityBenefit', 1, 4, 4, 'De aanvraag is op tijd en volledig', 'Wet WIA 64'),
    ('taxRemission', 1, 1, 1, 'De aanslag kan niet worden betaald zonder groot bezwaar', 'Invorderingswet 26'),
    ('taxRemission', 1, 2, 2, 'Inkomen en vermogen zijn laag genoeg', 'Uitvoeringsregeling Invorderingswet'),
    ('taxRemission', 1, 3, 3, 'De schuld is niet te wijten aan de inwoner', 'Uitvoeringsregeling Invorderingswet'),
    ('taxRemission', 1, 4, 4, 'De aangiften zijn gedaan', 'Leidraad Invordering'),
    ('studentDebtRemission', 1, 1, 1, 'Er is een bijzondere medische situatie', 'WSF 2000 en beleid DUO'),
    ('studentDebtRemission', 1, 2, 2, 'Er is geen uitzicht op herstel', 'WSF 2000 en beleid DUO'),
    ('studentDebtRemission', 1, 3, 3, 'Er is geen inkomen om af te lossen', 'WSF 2000 6.10');
