-- Who is asked for the lead may refuse or refer by the link in the mail, after a confirmation on the page.

alter table doorbraak.alert add column answer_key uuid not null unique default gen_random_uuid();
comment on column doorbraak.alert.answer_key is
    'Secret, in the link of the mail that asks for the lead. Refuses or refers, once, while the question is open; takes and signs nothing.';

alter table doorbraak.lead
    add column answered_via text not null default 'login' check (answered_via in ('login', 'link')),
    add column answered_name text check (length(answered_name) between 1 and 100);
comment on column doorbraak.lead.answered_name is 'Who answered by a link that went to a mailbox, in their own words.';
