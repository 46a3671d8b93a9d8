#!/usr/bin/env bash
# kubelet, kubeadm, kubectl, the CNI plugins and crictl at exact versions, held, from a repository whose key is pinned by its digest.
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

keyring=/etc/apt/keyrings/kubernetes.asc
if ! has_artifact kubernetes-repository-key "$KUBERNETES_REPOSITORY_KEY_SHA256" "$keyring"; then
  work=$(mktemp -d)
  fetch "$KUBERNETES_REPOSITORY_KEY_URL" "$KUBERNETES_REPOSITORY_KEY_SHA256" "$work/key"
  put "$keyring" <"$work/key"
  rm -rf "$work"
  note_artifact kubernetes-repository-key "$KUBERNETES_REPOSITORY_KEY_SHA256"
fi
put /etc/apt/sources.list.d/kubernetes.list <<<"deb [signed-by=$keyring] $KUBERNETES_REPOSITORY /"

version=$KUBERNETES_VERSION-$KUBERNETES_PACKAGE_REVISION
packages "kubelet=$version" "kubeadm=$version" "kubectl=$version" "kubernetes-cni=$KUBERNETES_CNI_VERSION" "cri-tools=$CRI_TOOLS_VERSION"
hold kubelet kubeadm kubectl kubernetes-cni cri-tools
[ -x /opt/cni/bin/loopback ] || fail "kubernetes-cni $KUBERNETES_CNI_VERSION has no /opt/cni/bin/loopback"

# It waits, restarting, until kubeadm has written its configuration at the node's first boot.
enable kubelet.service
