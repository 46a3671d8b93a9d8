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

# moto, the AWS emulator: Debian has it from trixie on, so it lives in a root of that release where the machine's own has none.
moto() {
  command -v moto_server >/dev/null 2>&1 && return 0
  local root=/var/cache/fleet-moto mirror
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && need mmdebstrap mmdebstrap; then
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
    [ -x "$root/usr/bin/python3" ] ||
      mmdebstrap --quiet --variant=apt --include=python3-moto,python3-flask-cors,python3-yaml trixie "$root" ${mirror:+"$mirror"} ||
      rm -rf "$root"
    if [ -x "$root/usr/bin/python3" ]; then
      printf '#!/bin/sh\nexec chroot %s python3 -m moto.server "$@"\n' "$root" >/usr/local/bin/moto_server
      chmod +x /usr/local/bin/moto_server
      return 0
    fi
  fi
  echo "missing: moto_server; install it with: pip install 'moto[server]', or as root: mmdebstrap --variant=apt --include=python3-moto,python3-flask-cors,python3-yaml trixie /var/cache/fleet-moto, and run this again" >&2
  missing=1
}
moto
exit $missing
