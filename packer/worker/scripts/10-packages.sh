#!/usr/bin/env bash
# The distribution's packages that kubelet, containerd and the scripts need; and no change of packages behind Fleet's back.
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

packages ca-certificates conntrack curl ethtool iproute2 iptables kmod logrotate nfs-common socat util-linux

# A node is replaced, never patched in place: two nodes of an image version are the same for as long as they live.
mask apt-daily.timer apt-daily-upgrade.timer apt-daily.service apt-daily-upgrade.service unattended-upgrades.service
