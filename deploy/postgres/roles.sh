#!/bin/sh
# Runs once, when the database's volume is empty: the four roles, the database, the extensions. The owner is no superuser.
set -eu

psql --username postgres --dbname postgres --set ON_ERROR_STOP=1 \
    --set owner="$(cat /run/secrets/owner_password)" \
    --set app="$(cat /run/secrets/app_password)" \
    --set public="$(cat /run/secrets/public_password)" \
    --set intake="$(cat /run/secrets/intake_password)" <<'SQL'
create role tracker_owner login password :'owner';
create role tracker_app login password :'app';
create role tracker_public login password :'public';
create role tracker_intake login password :'intake';
create database tracker owner tracker_owner;
revoke all on database tracker from public;
grant connect, temporary on database tracker to tracker_app;
grant connect on database tracker to tracker_public, tracker_intake;
\connect tracker
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gin;
SQL
