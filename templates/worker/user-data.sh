#!/bin/bash
# User data of a worker, rendered by Fleet: the machine joins its cluster with a token that Fleet keeps fresh in a SecureString of AWS Systems Manager.
# Nothing in here is secret and nothing in here expires: a launch template version with it still brings nodes a year later.
set -euo pipefail
umask 077

readonly FLEET_JOIN_PARAMETER=@PARAMETER@
readonly labels=@LABELS@
readonly taints=@TAINTS@
readonly kubelet=@KUBELET@

# A machine that has not joined for so long, in seconds, gives up; to boot it begins anew.
readonly limit=2592000
readonly longest_pause=60
readonly installed=/usr/local/lib/fleet/join
readonly fragments=/etc/kubernetes/kubelet.conf.d
readonly patches=/etc/kubernetes/fleet/patches

# cloud-init runs this once in an instance's life, and holds up the boot meanwhile: a unit goes on, also after a reboot.
if [[ ${1:-} != join ]]; then
  install -D -m 0700 "$0" "$installed"
  cat >/etc/systemd/system/fleet-join.service <<UNIT
[Unit]
Description=Join the Kubernetes cluster (Fleet)
Wants=network-online.target containerd.service
After=network-online.target containerd.service

[Service]
Type=exec
ExecStart=$installed join
Restart=on-failure
RestartSec=30
RestartPreventExitStatus=75
StandardOutput=journal+console
StandardError=journal+console

[Install]
WantedBy=multi-user.target
UNIT
  chmod 0644 /etc/systemd/system/fleet-join.service
  systemctl daemon-reload
  systemctl enable fleet-join.service
  systemctl start --no-block fleet-join.service
  exit 0
fi

# tell LINE: says it on the console; the same again at most every ten minutes.
told='' told_at=0
tell() {
  if [[ $1 != "$told" ]] || ((SECONDS - told_at >= 600)); then
    printf 'fleet-join: %s\n' "$1"
    told=$1 told_at=$SECONDS
  fi
}

# metadata PATH: what the instance metadata service says of it (IMDSv2; the session's token goes by standard input, where no list of processes shows it).
metadata() {
  printf 'header = "X-aws-ec2-metadata-token: %s"\nurl = "http://169.254.169.254/latest/meta-data/%s"\n' "$session" "$1" |
    curl --silent --fail --max-time 10 --noproxy '*' --config -
}

# field NAME JSON: a field's text, without escapes.
field() {
  [[ $2 =~ \"$1\"[[:space:]]*:[[:space:]]*\"([^\"\\]*)\" ]] && printf '%s' "${BASH_REMATCH[1]}"
}

# identify: who this machine is, and with whose rights it asks.
identify() {
  why="the instance metadata service does not answer"
  session=$(curl --silent --fail --max-time 10 --noproxy '*' --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' http://169.254.169.254/latest/api/token) || return 1
  instance=$(metadata instance-id) && zone=$(metadata placement/availability-zone) && region=$(metadata placement/region) && domain=$(metadata services/domain) || return 1
  name=$(metadata local-hostname) || return 1
  # Where DHCP names several domains there are several names; the cloud provider goes by the first one.
  name=${name%% *} name=${name,,}
  [[ $name =~ ^[a-z0-9.-]+$ ]] || return 1
  why="the instance has no instance profile, whose role may read $FLEET_JOIN_PARAMETER"
  role=$(metadata iam/security-credentials/) && credentials=$(metadata "iam/security-credentials/${role%%$'\n'*}") || return 1
  access=$(field AccessKeyId "$credentials") && secret=$(field SecretAccessKey "$credentials") && bearer=$(field Token "$credentials") || return 1
}

# fetch: token, hashes of the cluster's CA and endpoint, as the parameter has them now.
fetch() {
  local answer value refusal
  if ! answer=$({
    printf 'user = "%s:%s"\nheader = "X-Amz-Security-Token: %s"\n' "$access" "$secret" "$bearer"
    printf 'header = "X-Amz-Target: AmazonSSM.GetParameter"\nheader = "Content-Type: application/x-amz-json-1.1"\n'
    printf 'data = "{\\"Name\\":\\"%s\\",\\"WithDecryption\\":true}"\n' "$FLEET_JOIN_PARAMETER"
    printf 'aws-sigv4 = "aws:amz:%s:ssm"\nurl = "https://ssm.%s.%s/"\n' "$region" "$region" "$domain"
  } | curl --silent --fail-with-body --max-time 30 --config -); then
    refusal=$(field __type "$answer") || refusal="no answer from AWS Systems Manager in $region"
    why="$FLEET_JOIN_PARAMETER cannot be read: ${refusal##*#}"
    return 1
  fi

  why="$FLEET_JOIN_PARAMETER does not have the form that Fleet gives it: token, caCertHashes, endpoint"
  value=${answer//\\\"/\"} value=${value//\\n/} value=${value//[[:space:]]/}
  [[ $value =~ \"token\":\"([a-z0-9]{6}\.[a-z0-9]{16})\" ]] && token=${BASH_REMATCH[1]} || return 1
  [[ $value =~ \"caCertHashes\":\[(\"sha256:[0-9a-f]{64}\"(,\"sha256:[0-9a-f]{64}\")*)\] ]] && hashes=${BASH_REMATCH[1]} || return 1
  [[ $value =~ \"endpoint\":\"([][A-Za-z0-9.:-]+:[0-9]+)\" ]] && endpoint=${BASH_REMATCH[1]} || return 1
  if [[ $value =~ \"expires\":\"([0-9TZ:-]+)\" && ! ${BASH_REMATCH[1]} > $(date -u +%Y-%m-%dT%H:%M:%SZ) ]]; then
    why="the token in $FLEET_JOIN_PARAMETER has expired at ${BASH_REMATCH[1]}; Fleet puts a new one there when it looks next"
    return 1
  fi
}

# describe: the node as kubeadm shall register it.
describe() {
  local version api=v1beta3
  version=$(kubeadm version -o short) && [[ $version =~ ^v1\.([0-9]+)\. ]] || return 1
  # kubeadm knows v1beta4, in which arguments are a list, from 1.31 on.
  ((BASH_REMATCH[1] < 31)) || api=v1beta4
  cat <<CONFIGURATION
apiVersion: kubeadm.k8s.io/$api
kind: JoinConfiguration
discovery:
  bootstrapToken:
    token: "$token"
    apiServerEndpoint: "$endpoint"
    caCertHashes: [$hashes]
nodeRegistration:
  name: "$name"
  taints: $taints
  kubeletExtraArgs:
CONFIGURATION
  argument "$api" cloud-provider external
  argument "$api" provider-id "aws:///$zone/$instance"
  [[ -z $labels ]] || argument "$api" node-labels "$labels"
  [[ -z $kubelet ]] || printf 'patches:\n  directory: %s\n' "$patches"
}

argument() {
  if [[ $1 == v1beta4 ]]; then
    printf '    - name: %s\n      value: "%s"\n' "$2" "$3"
  else
    printf '    %s: "%s"\n' "$2" "$3"
  fi
}

# join: one attempt of kubeadm's, after what an earlier one may have left.
join() {
  local line
  why="kubeadm could not join $endpoint"
  if [[ -e /etc/kubernetes/bootstrap-kubelet.conf || -e /etc/kubernetes/pki/ca.crt ]]; then
    kubeadm reset --force >/dev/null 2>&1 || true
  fi
  if [[ -n $kubelet ]]; then
    mkdir -p "$patches"
    printf '%s\n' "$kubelet" >"$patches/kubeletconfiguration+strategic.json"

    # Where the image has a folder of fragments, what stands there outweighs what kubeadm writes.
    [[ ! -d $fragments ]] || printf '%s\n' "$kubelet" >"$fragments/50-pool.conf"
  fi
  describe >"$folder/join.yaml" || return 1
  kubeadm join --config "$folder/join.yaml" 2>&1 | while IFS= read -r line; do
    printf '%s\n' "${line//"$token"/(token)}"
  done || return 1
  rm -f "$folder/join.yaml"
}

# Memory, never a disk, has the token.
folder=$(mktemp -d /run/fleet-join.XXXXXX)
trap 'rm -rf "$folder"' EXIT
pause=2
until [[ -e /etc/kubernetes/kubelet.conf ]]; do
  if identify && fetch && join; then
    tell "joined $endpoint as $name"
    break
  fi

  rm -f "$folder/join.yaml"
  unset session credentials access secret bearer token
  if ((SECONDS >= limit)); then
    tell "gives up after $((limit / 86400)) days: $why"
    exit 75
  fi

  tell "waits: $why"
  sleep $((pause + RANDOM % pause))
  pause=$((pause * 2 < longest_pause ? pause * 2 : longest_pause))
done

# Left by an attempt that a reboot broke off after kubelet had its own certificate.
rm -f /etc/kubernetes/bootstrap-kubelet.conf
