#!/bin/sh
# Makes the cluster that every sandbox starts from a copy of. Runs once, as postgres, at build time.
set -eu

settings=/opt/postgres
data=/var/lib/postgresql/template

initdb --pgdata="$data" --no-sync --no-instructions --wal-segsize=1 --encoding=UTF8 \
    --locale=C.UTF-8 --locale-provider=builtin --builtin-locale=C.UTF-8 \
    --username=postgres --auth=reject
cp "$settings/postgresql.conf" "$settings/pg_hba.conf" "$data/"

pg_ctl --pgdata="$data" --wait start
psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --dbname=postgres --file="$settings/roles.sql"
psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --dbname=exercise --file="$settings/exercise.sql"
pg_ctl --pgdata="$data" --mode=fast --wait stop

# Leaves one empty log segment in place of what the steps above wrote.
pg_resetwal "$data"
