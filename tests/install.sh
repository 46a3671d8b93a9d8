#!/usr/bin/env bash
# Finds or installs the real components that the tests drive; says what to run where it cannot.
set -uo pipefail

missing=0
need() { # command, Debian package
  command -v "$1" >/dev/null 2>&1 && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    [ -n "${updated:-}" ] || { apt-get update -qq && updated=1; }
    apt-get install -y -qq --no-install-recommends "$2" >/dev/null && return 0
  fi
  echo "missing: $1; install it with: apt-get install $2" >&2
  missing=1
}

command -v dotnet >/dev/null 2>&1 || { echo "missing: the .NET SDK 10; install it with: apt-get install dotnet-sdk-10.0" >&2; exit 1; }
need aws awscli
need openssl openssl
need kubectl kubectl
exit $missing
