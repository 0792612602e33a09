-- What an auditor looks at first, by time: without walking the chains of all cases of a municipality, nor all that was recorded.

create index audit_line_decision on doorbraak.audit_line (at, chain, number)
    where act in ('proposalMade', 'signedOff', 'signOffRefused', 'signOffPassedOn', 'decisionTakenByMandator', 'gateRefused',
        'decisionRatified', 'decisionNotRatified', 'reasonsGiven', 'decisionAnnounced', 'announcementTermPassed', 'rungDecided',
        'caseClosed', 'leadAccepted', 'leadReturned', 'provisionalLeadAppointed', 'outcomeRecorded');

create index case_file_municipality on doorbraak.case_file (municipality_id);
