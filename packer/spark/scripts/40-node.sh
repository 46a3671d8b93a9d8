#!/usr/bin/env bash
# Labels and taints that nodes of this image have: fragments, one item a line, which the pool's user data puts together with its
# own (nodeRegistration of kubeadm's JoinConfiguration).
set -euo pipefail
# shellcheck source=../../worker/scripts/provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

tr ',' '\n' <<<"$NODE_LABELS" | sed '/^$/d' | put /etc/fleet/node-labels.d/50-spark
tr ',' '\n' <<<"$NODE_TAINTS" | sed '/^$/d' | put /etc/fleet/node-taints.d/50-spark
