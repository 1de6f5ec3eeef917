#!/bin/sh
# Roles of the database. Runs by itself when the volume is new; run it again after changing a password file:
#   docker compose exec postgres sh /docker-entrypoint-initdb.d/10-peran.sh
# haji_pemilik owns and migrates, haji serves the portal and owns nothing, haji_cadangan reads for backups.
set -eu
RAHASIA="${HAJI_RAHASIA_DIR:-/run/secrets}"
export RAHASIA
exec psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\set pemilik `cat "$RAHASIA/sandi_pemilik"`
\set portal `cat "$RAHASIA/sandi_portal"`
\set cadangan `cat "$RAHASIA/sandi_cadangan"`
SET log_statement = 'none';
SET password_encryption = 'scram-sha-256';
SELECT format('CREATE ROLE %I', nama) FROM unnest(ARRAY['haji_pemilik', 'haji', 'haji_cadangan']) nama
 WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = nama) \gexec
ALTER ROLE haji_pemilik LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'pemilik';
ALTER ROLE haji LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'portal';
ALTER ROLE haji_cadangan LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'cadangan';
GRANT pg_read_all_data TO haji_cadangan;
-- A forgotten transaction must not hold locks for ever, a lost query not the server.
ALTER ROLE haji SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE haji SET statement_timeout = '120s';
SELECT format('ALTER DATABASE %I OWNER TO haji_pemilik', current_database()) \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO haji, haji_cadangan', current_database()) \gexec
ALTER SCHEMA public OWNER TO haji_pemilik;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO haji, haji_cadangan;
SQL
