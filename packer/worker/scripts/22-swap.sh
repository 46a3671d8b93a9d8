#!/usr/bin/env bash
# No swap: kubelet refuses to start with it (Swap memory management).
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

if [ -e /etc/fstab ] && grep -qE '^[^#][^[:space:]]*[[:space:]]+[^[:space:]]+[[:space:]]+swap[[:space:]]' /etc/fstab; then
  sed -i -E 's/^([^#][^[:space:]]*[[:space:]]+[^[:space:]]+[[:space:]]+swap[[:space:]])/# \1/' /etc/fstab
  say "took swap out of /etc/fstab"
fi
mask swap.target

# In a chroot the swap in use is the host's.
if booted; then
  swapoff --all
fi
