#!/usr/bin/env bash
# Kernel parameters for pods' networks and for many containers on a node; they are set at every boot.
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

tr ',' '\n' <<<"$SYSCTLS" | sed 's/=/ = /' | put /etc/sysctl.d/99-fleet.conf

if booted; then
  sysctl --quiet --load=/etc/sysctl.d/99-fleet.conf || fail "the kernel $(uname -r) refuses a parameter of variable sysctls"
fi
