#!/usr/bin/env bash
# Container images that are on the node before it joins, so that its first pods do not wait for a registry.
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

[ -n "$PULL_IMAGES" ] || exit 0

socket=/run/containerd/containerd.sock
own=
if booted; then
  systemctl start containerd.service
else
  # Nobody starts services in a chroot; containerd runs for as long as this script does.
  /usr/local/bin/containerd >/dev/null 2>&1 &
  own=$!
  trap 'kill "$own"; wait "$own" || true' EXIT
fi
for ((tries = 0; tries < 60; tries++)); do
  [ -S "$socket" ] && break
  sleep 1
done
[ -S "$socket" ] || fail "containerd does not listen on $socket after 60 s"

hosts=$(mktemp -d -p /run)
while read -r image; do
  [ -z "$(ctr --namespace k8s.io images list --quiet "name==$image")" ] || continue
  arguments=()
  # The token goes into a file that only root reads, never on a command line.
  if [[ $image =~ ^[0-9]+\.dkr\.ecr[a-z0-9.-]*\.amazonaws\.com(\.cn)?/ ]]; then
    registry=${image%%/*}
    password=$(printf '{"kind":"CredentialProviderRequest","apiVersion":"credentialprovider.kubelet.k8s.io/v1","image":"%s"}' "$image" |
      /usr/local/lib/fleet/credential-providers/ecr-credential-provider | sed -n 's/.*"password":"\([^"]*\)".*/\1/p')
    [ -n "$password" ] || fail "the builder's instance profile may not pull $image (ecr:GetAuthorizationToken, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer)"
    install -d -m 0700 "$hosts/$registry"
    (umask 077 && printf 'server = "https://%s"\n[host."https://%s".header]\n  authorization = "Basic %s"\n' \
      "$registry" "$registry" "$(printf 'AWS:%s' "$password" | base64 --wrap=0)" >"$hosts/$registry/hosts.toml")
    arguments=(--hosts-dir "$hosts")
  fi
  ctr --namespace k8s.io images pull --platform "linux/$ARCH" "${arguments[@]}" "$image" >/dev/null || fail "could not pull $image (variable images)"
  say "pulled $image"
done < <(tr ',' '\n' <<<"$PULL_IMAGES")
rm -rf "$hosts"
