-- Who works on a case adds papers to it: letters, proof, agreements. What was added is withdrawn, never deleted.

alter table doorbraak.document drop constraint document_kind_check;
alter table doorbraak.document add constraint document_kind_check
    check (kind in ('decisionLetter', 'outsideDecision', 'agencyLetter', 'letter', 'proof', 'agreement', 'other'));
alter table doorbraak.document drop constraint document_media_type_check;
alter table doorbraak.document drop constraint document_file_name_check;
alter table doorbraak.document add constraint document_media_type_check check (
    media_type = 'application/pdf' and file_name ~ '^[A-Za-z0-9-]+\.pdf$'
    or media_type = 'image/jpeg' and file_name ~ '^[A-Za-z0-9-]+\.jpg$'
    or media_type = 'image/png' and file_name ~ '^[A-Za-z0-9-]+\.png$'
    or media_type = 'application/vnd.oasis.opendocument.text' and file_name ~ '^[A-Za-z0-9-]+\.odt$'
    or media_type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' and file_name ~ '^[A-Za-z0-9-]+\.docx$');

alter table doorbraak.document add column title text check (length(title) between 1 and 200);
alter table doorbraak.document add column dated_on date;
alter table doorbraak.document add constraint document_has_a_title
    check ((title is not null and dated_on is not null) = (kind in ('letter', 'proof', 'agreement', 'other')));
comment on column doorbraak.document.title is 'As who added it typed it; it may name people. Null for what was made here or belongs to an answer.';
comment on column doorbraak.document.dated_on is 'The day of the paper itself.';

create table doorbraak.document_withdrawal (
    document_id bigint primary key references doorbraak.document (id),
    why text not null check (length(why) between 1 and 1000),
    withdrawn_by text not null references doorbraak.officer (login),
    withdrawn_at timestamptz not null
);
comment on table doorbraak.document_withdrawal is 'Papers that should not have been added; they stay, for the team alone.';

grant select, insert on doorbraak.document_withdrawal to ${appRole};
