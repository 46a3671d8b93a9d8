#!/usr/bin/env bash
# Lays down what the other scripts share, and refuses a base image that is not what the variables say.
set -euo pipefail

install -d -m 0755 /usr/local/lib/fleet /var/lib/fleet/artifacts
cmp -s "$FLEET_UPLOADED/provisioning.bash" /usr/local/lib/fleet/provisioning.bash ||
  install -m 0644 "$FLEET_UPLOADED/provisioning.bash" /usr/local/lib/fleet/provisioning.bash
cmp -s "$FLEET_UPLOADED/seal.sh" /usr/local/lib/fleet/seal || install -m 0755 "$FLEET_UPLOADED/seal.sh" /usr/local/lib/fleet/seal
rm -rf "$FLEET_UPLOADED"

# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

# shellcheck source=/dev/null
found=$(source /etc/os-release && echo "$ID-$VERSION_ID")
[ "$found" = "$DISTRIBUTION" ] || fail "the base image is $found, the recipe's distribution is $DISTRIBUTION"
found=$(dpkg --print-architecture)
[ "$found" = "$ARCH" ] || fail "the base image is for $found, the recipe's architecture is $ARCH"

# cloud-init writes apt's sources at the first boot; what ran before it would be overwritten.
if booted && command -v cloud-init >/dev/null; then
  cloud-init status --wait >/dev/null || say "cloud-init has not ended well: $(cloud-init status || true)"
fi
