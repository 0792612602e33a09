-- "Wij gaan hier niet over, vraag X": a referral; and the watch counts refusals, questions and referrals.

alter table doorbraak.lead
    add column referred_to text references doorbraak.organisation (id),
    add constraint lead_referral check (referred_to is null or state = 'refused' and reason = 'notOurLaw' and referred_to <> organisation_id);
comment on column doorbraak.lead.referred_to is 'Who should have been asked, according to who says to have nothing to do with it.';

alter table doorbraak.watch_moment
    add column occurrences int check (occurrences > 0),
    drop constraint watch_moment_basis_check,
    add constraint watch_moment_basis_check check (basis in ('opening', 'event', 'repeat', 'refusals', 'asked', 'referrals')),
    add constraint watch_moment_occurrences check ((occurrences is not null) = (basis in ('refusals', 'asked', 'referrals')));
comment on column doorbraak.watch_moment.occurrences is
    'Of how many refusals, organisations asked or referrals: the moment comes with the last of them, without waiting.';

insert into doorbraak.watch_moment (version, id, basis, working_days, occurrences, tells, appoints)
    select version, id, basis, 0, occurrences, '{caseTeam,manager,processDirector}', appoints
    from doorbraak.terms_version, (values ('twoRefusals', 'refusals', 2, true), ('threeAsked', 'asked', 3, true),
        ('threeReferrals', 'referrals', 3, false)) as counted (id, basis, occurrences, appoints);
