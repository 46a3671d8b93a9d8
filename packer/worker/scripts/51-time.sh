#!/usr/bin/env bash
# The time of the Amazon Time Sync Service alone, which is on the link and needs no way out (Set the time on your EC2 instance).
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

replaces='systemd-timesyncd ntpsec ntp' packages chrony

put /etc/chrony/chrony.conf <<EOF
server $TIME_SERVER prefer iburst minpoll 4 maxpoll 4
driftfile /var/lib/chrony/chrony.drift
maxupdateskew 100.0
makestep 1 3
rtcsync
EOF

enable chrony.service
