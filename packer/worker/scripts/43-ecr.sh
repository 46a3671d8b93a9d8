#!/usr/bin/env bash
# Amazon ECR's credential provider: kubelet pulls with the node's role, and no registry secret lies anywhere (Configure a kubelet image credential provider).
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

provider=/usr/local/lib/fleet/credential-providers/ecr-credential-provider
if ! has_artifact ecr-credential-provider "$ECR_CREDENTIAL_PROVIDER_SHA256" "$provider"; then
  work=$(mktemp -d)
  fetch "$ECR_CREDENTIAL_PROVIDER_URL" "$ECR_CREDENTIAL_PROVIDER_SHA256" "$work/provider"
  install -D -m 0755 "$work/provider" "$provider"
  rm -rf "$work"
  note_artifact ecr-credential-provider "$ECR_CREDENTIAL_PROVIDER_SHA256"
fi

put /etc/kubernetes/credential-providers.yaml <<'EOF'
apiVersion: kubelet.config.k8s.io/v1
kind: CredentialProviderConfig
providers:
  - name: ecr-credential-provider
    apiVersion: credentialprovider.kubelet.k8s.io/v1
    matchImages:
      - "*.dkr.ecr.*.amazonaws.com"
      - "*.dkr.ecr.*.amazonaws.com.cn"
      - "*.dkr.ecr-fips.*.amazonaws.com"
    defaultCacheDuration: 12h
EOF
