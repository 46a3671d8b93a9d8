#!/usr/bin/env bash
# Logs that cannot fill the disk: the journal has a ceiling, and what is written to files is rotated. Containers' logs are kubelet's.
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

put /etc/systemd/journald.conf.d/fleet.conf <<EOF
[Journal]
Storage=persistent
SystemMaxUse=$JOURNAL_MAX_USE
MaxRetentionSec=2week
EOF

put /etc/logrotate.d/fleet <<'EOF'
/var/log/cloud-init.log /var/log/cloud-init-output.log /var/log/fleet/*.log {
  weekly
  maxsize 50M
  rotate 4
  compress
  missingok
  notifempty
}
EOF

enable logrotate.timer
