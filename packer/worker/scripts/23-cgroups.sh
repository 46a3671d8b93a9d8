#!/usr/bin/env bash
# cgroup v2 alone: kubelet and containerd leave the tree to systemd (Configuring a cgroup driver), and kubelet refuses v1 from 1.35 on.
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

if grep -rqsE 'systemd\.(unified_cgroup_hierarchy=(0|no|false)|legacy_systemd_cgroup_controller=(1|yes|true))' /etc/default/grub /etc/default/grub.d; then
  fail "the base image boots with cgroup v1: see systemd.unified_cgroup_hierarchy in /etc/default/grub"
fi
if booted; then
  [ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ] || fail "the base image runs with cgroup v1"
fi
