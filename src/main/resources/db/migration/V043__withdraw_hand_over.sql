-- Who offers the lead may take the offer back.

alter table doorbraak.lead_hand_over
    drop constraint lead_hand_over_outcome_check,
    add constraint lead_hand_over_outcome_check check (outcome in ('accepted', 'declined', 'lapsed', 'withdrawn'));
