#!/usr/bin/env bash
# Kernel modules that are loaded at every boot (Container Runtimes; Network Plugin Requirements).
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

tr ',' '\n' <<<"$KERNEL_MODULES" | put /etc/modules-load.d/fleet.conf

# What the kernel of the image does not have would show at the first boot only.
if booted; then
  while read -r module; do
    modprobe "$module" || fail "the kernel $(uname -r) has no module $module (variable kernel_modules)"
  done </etc/modules-load.d/fleet.conf
fi
