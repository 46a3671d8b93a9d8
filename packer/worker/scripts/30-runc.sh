#!/usr/bin/env bash
# runc, from its project's release.
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

if ! has_artifact runc "$RUNC_SHA256" /usr/local/sbin/runc; then
  work=$(mktemp -d)
  fetch "$RUNC_URL" "$RUNC_SHA256" "$work/runc"
  install -m 0755 "$work/runc" /usr/local/sbin/runc
  rm -rf "$work"
  note_artifact runc "$RUNC_SHA256"
fi
found=$(/usr/local/sbin/runc --version | sed -n '1s/^runc version //p')
[ "$found" = "$RUNC_VERSION" ] || fail "runc says that it is $found, declared is $RUNC_VERSION"
