-- Files that belong to a case, kept as they were: the letter about a decision, and a decision that stands in another system.

create table doorbraak.document (
    id bigint generated always as identity primary key,
    case_id bigint not null references doorbraak.case_file (id),
    kind text not null check (kind in ('decisionLetter', 'outsideDecision')),
    file_name text not null check (file_name ~ '^[A-Za-z0-9-]+\.pdf$'),
    media_type text not null check (media_type = 'application/pdf'),
    size_bytes int not null check (size_bytes between 1 and 10485760 and size_bytes = octet_length(bytes)),
    sha256 bytea not null check (sha256 = sha256(bytes)),
    bytes bytea not null,
    made_by text not null references doorbraak.officer (login),
    made_at timestamptz not null
);
comment on table doorbraak.document is 'Files of a case, as they were made here or sent in. Never changed.';
comment on column doorbraak.document.file_name is 'A name of ours, of kind and case number: what a user called the file may hold names of people.';
create index document_case on doorbraak.document (case_id, id);

alter table doorbraak.announcement add column document_id bigint references doorbraak.document (id);
-- Not for what was announced before letters were kept.
alter table doorbraak.announcement add constraint announcement_keeps_its_letter
    check (form is distinct from 'letter' or document_id is not null) not valid;
comment on column doorbraak.announcement.document_id is
    'The letter as it was sent; of a decision in another system, that decision once somebody sent it in.';

grant select, insert on doorbraak.document to ${appRole};
