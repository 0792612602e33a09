-- Ids of the engine's rows are numbers of this sequence. A UUID is four times as long, and a row and its indexes hold up to eight of them.
create sequence doorbraak.engine_id;
comment on sequence doorbraak.engine_id is 'Each number stands for a thousand ids, which one node hands out.';
grant usage on sequence doorbraak.engine_id to ${appRole};
