#!/usr/bin/env bash
# What this image has beside its parent's /etc/fleet/image.json, for the proof before its release and for whoever looks at a node.
set -euo pipefail
# shellcheck source=../../worker/scripts/provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

put /etc/fleet/image-spark.json <<<"$FACTS"
