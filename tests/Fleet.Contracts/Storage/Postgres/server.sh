#!/usr/bin/env bash
# A PostgreSQL server of its own for tests: server.sh BIN FOLDER PORT. Takes the commands stop, start and restart from its input and says done after each; it goes, with its folder, when the input ends, that is with the test's process however that ends.
set -uo pipefail
bin=$1 folder=$2 port=$3

# PostgreSQL does not run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}

control() { # mode
  as_postgres "$bin/pg_ctl" -D "$folder/data" -w -t 60 -m immediate -l "$folder/log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=300" "$1" </dev/null >>"$folder/control" 2>&1
}

cd "$folder" || exit 1
trap 'control stop; rm -rf "$folder"' EXIT
[ "$(id -u)" != 0 ] || chown postgres "$folder"
# The collation sorts as people do, so that a statement which forgets to sort byte by byte shows.
as_postgres "$bin/initdb" -D "$folder/data" -U postgres -A scram-sha-256 --pwfile="$folder/password" -E UTF8 --locale=C --locale-provider=icu --icu-locale=en-US --no-sync </dev/null >"$folder/control" 2>&1 &&
  control start || { cat "$folder/control" "$folder/log" >&2; exit 1; }
echo done
while read -r command; do
  control "$command" || cat "$folder/control" >&2
  echo done
done
