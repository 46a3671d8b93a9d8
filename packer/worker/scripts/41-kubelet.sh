#!/usr/bin/env bash
# What every node of this image has in kubelet's configuration, as a fragment beside the cluster's own that kubeadm writes
# (Set Kubelet Parameters Via A Configuration File: a drop-in directory, from Kubernetes 1.30 on).
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

put /etc/kubernetes/kubelet.conf.d/10-fleet.conf <<EOF
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: systemd
containerLogMaxSize: $CONTAINER_LOG_MAX_SIZE
containerLogMaxFiles: $CONTAINER_LOG_MAX_FILES
EOF

# kubeadm's own drop-in sets this variable to --config alone; this one is read after it. KUBELET_EXTRA_ARGS stays free for user data.
put /etc/systemd/system/kubelet.service.d/20-fleet.conf <<'EOF'
[Unit]
After=containerd.service
Wants=containerd.service

[Service]
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml --config-dir=/etc/kubernetes/kubelet.conf.d --image-credential-provider-config=/etc/kubernetes/credential-providers.yaml --image-credential-provider-bin-dir=/usr/local/lib/fleet/credential-providers"
EOF
