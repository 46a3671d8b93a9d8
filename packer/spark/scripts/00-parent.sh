#!/usr/bin/env bash
# Refuses a base image that is not one of packer/worker for the declared architecture.
set -euo pipefail

[ -e /usr/local/lib/fleet/provisioning.bash ] || {
  echo "fleet: the base image was not made from packer/worker: it has no /usr/local/lib/fleet/provisioning.bash (variable source_ami)" >&2
  exit 1
}
# shellcheck source=../../worker/scripts/provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

found=$(dpkg --print-architecture)
[ "$found" = "$ARCH" ] || fail "the base image is for $found, the recipe's architecture is $ARCH"
