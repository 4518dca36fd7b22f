#!/bin/sh
# Makes the two roles and the database once, in a fresh cluster: one owns and migrates, the other serves the shop.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -v owner="$(cat /run/secrets/owner)" -v app="$(cat /run/secrets/app)" <<'SQL'
CREATE ROLE bebeli_owner LOGIN PASSWORD :'owner';
CREATE ROLE bebeli_app LOGIN PASSWORD :'app';
CREATE DATABASE bebeli OWNER bebeli_owner;
\connect bebeli
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gin;
ALTER DEFAULT PRIVILEGES FOR ROLE bebeli_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO bebeli_app;
ALTER DEFAULT PRIVILEGES FOR ROLE bebeli_owner GRANT USAGE, SELECT ON SEQUENCES TO bebeli_app;
SQL
