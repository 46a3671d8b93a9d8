#!/bin/bash
# Boots a worker with Fleet's user data on a host of the sandbox and tells what came of it, a section for each. What answers is made here: the
# parameter is missing at first, then its token has expired, then the API server is away, then it works.
set -uo pipefail
play=/root/play
mkdir -p "$play/bin" /etc/kubernetes/kubelet.conf.d /etc/systemd/system
printf '%s' 'USER_DATA' | base64 -d >"$play/part-001"

cat >"$play/bin/watched" <<'EOF'
# shellcheck shell=bash
# What anybody on the machine could see meanwhile.
play=/root/play
echo "${0##*/} $*" >>"$play/calls"
cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\0' '\n' >>"$play/seen"
EOF
cat >"$play/bin/curl" <<'EOF'
#!/bin/bash
source /root/play/bin/watched
given="$*"
[[ $given != *'--config -'* ]] || given+=$(cat)
case $given in
  *--request\ PUT*api/token*) printf SESSIONTOKEN ;;
  *169.254.169.254*) [[ $given == *SESSIONTOKEN* ]] || exit 22 ;;&
  */meta-data/instance-id*) printf i-0aaaaaaaaaaaaaaa7 ;;
  */placement/availability-zone*) printf eu-central-1b ;;
  */placement/region*) printf eu-central-1 ;;
  */services/domain*) printf amazonaws.com ;;
  */local-hostname*) printf 'IP-10-0-0-7.eu-central-1.compute.internal corp.example' ;;
  */security-credentials/workers*) printf '{\n  "Code" : "Success",\n  "AccessKeyId" : "ASIAEXAMPLE",\n  "SecretAccessKey" : "roleSECRETkey/+",\n  "Token" : "roleSESSION=="\n}' ;;
  */security-credentials/*) printf workers ;;
  *https://ssm.eu-central-1.amazonaws.com/*)
    printf '%s' "$given" >"$play/asked"
    tries=$(($(cat "$play/tries" 2>/dev/null || echo 0) + 1))
    echo "$tries" >"$play/tries"
    expires=2099-01-01T00:00:00Z
    [[ $tries != 1 ]] || { printf '{"__type":"ParameterNotFound"}'; exit 22; }
    [[ $tries != 2 ]] || expires=2020-01-01T00:00:00Z
    printf '{"Parameter":{"Name":"x","Type":"SecureString","Value":"{\\"token\\":\\"fleet3.0123456789abcdef\\",\\"caCertHashes\\":[\\"sha256:%064d\\"],\\"endpoint\\":\\"api.demo.example:6443\\",\\"expires\\":\\"%s\\"}"}}' 7 "$expires"
    ;;
  *) exit 6 ;;
esac
EOF
cat >"$play/bin/kubeadm" <<'EOF'
#!/bin/bash
source /root/play/bin/watched
case $1 in
  version) echo KUBEADM ;;
  reset) rm -f /etc/kubernetes/bootstrap-kubelet.conf ;;
  join)
    cp "$3" "$play/configuration"
    stat -c 'mode %a' "$3" >"$play/mode"
    stat -c 'folder %a' "${3%/*}" >>"$play/mode"
    echo "[discovery] trying token fleet3.0123456789abcdef"
    if [[ $(<"$play/tries") == 3 ]]; then
      echo token >/etc/kubernetes/bootstrap-kubelet.conf
      echo 'error execution phase preflight: connection refused' >&2
      exit 1
    fi
    echo joined >/etc/kubernetes/kubelet.conf
    ;;
esac
EOF
printf '#!/bin/bash\nsource /root/play/bin/watched\n' | tee "$play/bin/systemctl" >"$play/bin/sleep"
chmod +x "$play"/bin/*
export PATH=$play/bin:$PATH

section() { printf '\n=== %s\n' "$1"; }
bash "$play/part-001" >"$play/first" 2>&1
code=$?
section installed && echo "code $code" && cat "$play/first" && stat -c '%a %n' /usr/local/lib/fleet/join /etc/systemd/system/fleet-join.service
/usr/local/lib/fleet/join join >"$play/console" 2>&1
section console && cat "$play/console"
section calls && cat "$play/calls"
section mode && cat "$play/mode"
section configuration && cat "$play/configuration"
section asked && cat "$play/asked"
section kubelet && cat /etc/kubernetes/fleet/patches/kubeletconfiguration+strategic.json && stat -c '%a' /etc/kubernetes/fleet/patches/kubeletconfiguration+strategic.json && cmp /etc/kubernetes/fleet/patches/kubeletconfiguration+strategic.json /etc/kubernetes/kubelet.conf.d/50-pool.conf && echo same
section seen && grep -cE '0123456789abcdef|roleSECRET|roleSESSION|SESSIONTOKEN' "$play/seen"
section watched && grep -q -- 'join.yaml' "$play/seen" && grep -q -- '^--config$' "$play/seen" && echo yes
section left && find /run /tmp /var /usr/local /etc -type f -exec grep -lE '0123456789abcdef|roleSECRET|roleSESSION' {} + 2>/dev/null | grep -v '/ssm/'
: >"$play/calls"
/usr/local/lib/fleet/join join
code=$?
section again && echo "code $code" && cat "$play/calls"
