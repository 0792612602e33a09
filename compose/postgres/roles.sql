-- Runs once, on an empty database server. The owner migrates; the application owns nothing and may only add to the audit.
\set ON_ERROR_STOP on
\getenv owner_password DOORBRAAK_OWNER_PASSWORD
\getenv app_password DOORBRAAK_APP_PASSWORD

create role doorbraak_owner login password :'owner_password';
create role doorbraak_app login password :'app_password';
create database doorbraak owner doorbraak_owner;
revoke all on database doorbraak from public;
grant connect on database doorbraak to doorbraak_app;
