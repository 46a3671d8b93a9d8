#!/usr/bin/env bash
# What this image is, for the proof before its release and for whoever looks at a node.
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

put /etc/fleet/image.json <<<"$FACTS"
