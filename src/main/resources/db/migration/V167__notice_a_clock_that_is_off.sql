-- A machine whose clock is off is told to the administrators by whichever node looks.

alter table doorbraak.node add column clock_off_since timestamptz;
comment on column doorbraak.node.clock_off_since is
    'Since when the clock of its machine and that of the database differ; empty while they agree. An offset that the demo gave the database is no difference.';
