-- What a resident asked about a case goes with the case.

insert into doorbraak.case_table (position, name, treatment, which) values
    (1, 'subject_export', 'removed', 't.case_id = $1'),
    (2, 'passage_left_out', 'removed', 't.case_id = $1'),
    (3, 'correction', 'removed', 't.case_id = $1'),
    (4, 'subject_request', 'removed', 't.case_id = $1');
