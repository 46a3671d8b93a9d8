#!/usr/bin/env bash
# containerd, from its project's release, with runc's cgroups left to systemd (Container Runtimes).
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

if ! has_artifact containerd "$CONTAINERD_SHA256" /usr/local/bin/containerd; then
  work=$(mktemp -d)
  fetch "$CONTAINERD_URL" "$CONTAINERD_SHA256" "$work/containerd.tar.gz"
  tar --extract --gzip --no-same-owner --directory /usr/local --file "$work/containerd.tar.gz" bin
  rm -rf "$work"
  note_artifact containerd "$CONTAINERD_SHA256"
fi
found=$(/usr/local/bin/containerd --version | cut -d ' ' -f 3)
[ "${found#v}" = "$CONTAINERD_VERSION" ] || fail "containerd says that it is $found, declared is $CONTAINERD_VERSION"

# The configuration's version 3 came with containerd 2.0, and moved the plugins (containerd: CRI Plugin Config Guide).
case $CONTAINERD_VERSION in
  1.*) put /etc/containerd/config.toml <<EOF ;;
version = 2

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$PAUSE_IMAGE"

[plugins."io.containerd.grpc.v1.cri".registry]
  config_path = "/etc/containerd/certs.d"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
  SystemdCgroup = true
EOF
  *) put /etc/containerd/config.toml <<EOF ;;
version = 3

[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "$PAUSE_IMAGE"

[plugins."io.containerd.cri.v1.images".registry]
  config_path = "/etc/containerd/certs.d"

[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
  SystemdCgroup = true
EOF
esac

put /etc/systemd/system/containerd.service <<'EOF'
[Unit]
Description=containerd container runtime
Documentation=https://containerd.io
After=network.target dbus.service

[Service]
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/local/bin/containerd
Type=notify
Delegate=yes
KillMode=process
Restart=always
RestartSec=5
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
OOMScoreAdjust=-999

[Install]
WantedBy=multi-user.target
EOF

put /etc/crictl.yaml <<'EOF'
runtime-endpoint: unix:///run/containerd/containerd.sock
image-endpoint: unix:///run/containerd/containerd.sock
EOF

enable containerd.service
