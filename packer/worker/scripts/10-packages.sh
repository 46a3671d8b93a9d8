#!/usr/bin/env bash
# The distribution's packages that kubelet, containerd and the scripts need; and no change of packages behind Fleet's back.
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

packages apparmor ca-certificates conntrack curl ethtool iproute2 iptables kmod logrotate socat util-linux
if [ -n "$PACKAGES" ]; then
  IFS=, read -r -a further <<<"$PACKAGES"
  packages "${further[@]}"
fi

# A node is replaced, never patched in place: two nodes of an image version are the same for as long as they live.
mask apt-daily.timer apt-daily-upgrade.timer apt-daily.service apt-daily-upgrade.service unattended-upgrades.service
if booted && command -v snap >/dev/null; then
  snap refresh --hold >/dev/null
fi
