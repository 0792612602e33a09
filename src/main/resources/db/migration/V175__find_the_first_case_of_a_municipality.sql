-- Each minute a node asks which months have a report to make: those before the first case of a municipality have none.
create index case_file_reported on doorbraak.case_file (municipality_id, reported_at);
drop index doorbraak.case_file_municipality;
