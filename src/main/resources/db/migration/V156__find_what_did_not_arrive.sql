-- What did not arrive is looked for by figures every few seconds, and by the page of the administrator.

create index alert_undeliverable on doorbraak.alert (due_at) where state = 'undeliverable';
