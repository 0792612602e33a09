-- What the software refused about one case: by a keyed hash that only who may read the case can make.

create index audit_line_refused on doorbraak.audit_line ((substring(facts from '"caseMark":"([^"]*)"')), number)
    where chain = 'refusals';
