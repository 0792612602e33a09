-- The open tasks as lists ask for them: the engine's own tables answer that only with all tasks in hand.
-- Kept by the transaction that changes the engine's; what was open before is listed at the start of the application.

create table doorbraak.open_task (
    task_id text primary key,
    case_number text not null,
    name text not null,
    form text not null,
    part bigint,
    assignee text,
    due_at timestamptz
);
comment on table doorbraak.open_task is 'A task of the engine that waits for somebody. Holds nothing that the engine and its models do not know.';
comment on column doorbraak.open_task.form is 'Id of the form it asks for.';
comment on column doorbraak.open_task.part is 'Which of several such questions that run side by side.';
create index open_task_case on doorbraak.open_task (case_number);

create table doorbraak.task_offer (
    task_id text not null references doorbraak.open_task (task_id) on delete cascade,
    holder text not null,
    due_at timestamptz,
    case_number text not null,
    form text not null,
    primary key (task_id, holder)
);
comment on table doorbraak.task_offer is 'Who has an open task or may take it up.';
comment on column doorbraak.task_offer.holder is 'user: and a login, or group: and the id of a function, alone or at an organisation.';
comment on column doorbraak.task_offer.due_at is 'As case_number and form that of the task: the index finds and counts the tasks of one holder without looking at any other row.';
create index task_offer_holder on doorbraak.task_offer (holder, due_at, task_id) include (case_number, form);

grant select, insert, update, delete on doorbraak.open_task, doorbraak.task_offer to ${appRole};
