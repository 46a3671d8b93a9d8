#!/usr/bin/env bash
# Graceful node shutdown: kubelet ends pods in order while logind holds the shutdown back for as long (Node Shutdowns).
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

[ "$SHUTDOWN_CRITICAL_SECONDS" -le "$SHUTDOWN_SECONDS" ] ||
  fail "shutdown_critical_seconds ($SHUTDOWN_CRITICAL_SECONDS) is part of shutdown_seconds ($SHUTDOWN_SECONDS) and cannot be longer"

put /etc/kubernetes/kubelet.conf.d/20-fleet-shutdown.conf <<EOF
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
shutdownGracePeriod: ${SHUTDOWN_SECONDS}s
shutdownGracePeriodCriticalPods: ${SHUTDOWN_CRITICAL_SECONDS}s
EOF

# The last name counts, and Ubuntu's unattended-upgrades has a file here that would cut the delay to 30 s.
put /etc/systemd/logind.conf.d/zz-fleet-shutdown.conf <<EOF
[Login]
InhibitDelayMaxSec=$SHUTDOWN_SECONDS
EOF
