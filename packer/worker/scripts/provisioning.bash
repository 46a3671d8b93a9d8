# What provisioning scripts share, installed on the image as /usr/local/lib/fleet/provisioning.bash, so that an image built on
# top of this one uses what its parent carries. Everything here may be run again and then changes nothing.
# shellcheck shell=bash

export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 LC_ALL=C.UTF-8

# Where the digests of installed artifacts are kept: NAME holds the SHA-256 of what was installed under that name.
artifacts=/var/lib/fleet/artifacts

say() { echo "fleet: $*"; }

fail() {
  echo "fleet: $*" >&2
  exit 1
}

# Whether systemd runs here (sd_booted(3)). In a chroot it does not: units are enabled there, and nothing is started or loaded.
booted() { [ -d /run/systemd/system ]; }

# put FILE [MODE]: makes FILE hold what comes on standard input, and leaves it alone where it already does.
put() {
  local file=$1 mode=${2:-0644} new
  new=$(mktemp)
  cat >"$new"
  mkdir -p "$(dirname "$file")"
  if ! cmp -s "$new" "$file"; then
    install -m "$mode" "$new" "$file"
    say "wrote $file"
  fi
  [ "$(stat -c %a "$file")" = "${mode#0}" ] || chmod "$mode" "$file"
  rm -f "$new"
}

# link TARGET NAME: makes NAME a symbolic link to TARGET.
link() {
  [ "$(readlink "$2" || true)" = "$1" ] && return
  mkdir -p "$(dirname "$2")"
  ln -sfn "$1" "$2"
  say "linked $2 to $1"
}

# fetch URL SHA256 FILE: downloads to FILE and refuses what does not have that digest.
fetch() {
  local url=$1 wanted=$2 file=$3 found
  curl --fail --silent --show-error --location --proto '=http,https' --retry 5 --retry-connrefused --output "$file" "$url" ||
    fail "could not download $url"
  found=$(sha256sum "$file" | cut -d ' ' -f 1)
  [ "$found" = "$wanted" ] || fail "$url has SHA-256 $found, declared is $wanted; correct the declared digest, or the address"
}

# has_artifact NAME SHA256 FILE: whether FILE was installed from the artifact with that digest.
has_artifact() { [ -e "$3" ] && [ "$(cat "$artifacts/$1" 2>/dev/null)" = "$2" ]; }

note_artifact() { echo "$2" | put "$artifacts/$1"; }

# packages NAME[=VERSION]...: installs what is absent, or there in another version. What apt would remove to make room for it is
# refused, but for the packages that the variable replaces names.
packages() {
  local wanted version known absent=() options=(-qq -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
  for wanted in "$@"; do
    version=$(dpkg-query --show --showformat '${db:Status-Status} ${Version}' "${wanted%%=*}" 2>/dev/null || true)
    case $wanted in
      *=*) [ "$version" = "installed ${wanted#*=}" ] || absent+=("$wanted") ;;
      *) [ "${version%% *}" = installed ] || absent+=("$wanted") ;;
    esac
  done
  [ ${#absent[@]} -gt 0 ] || return 0

  apt-get "${options[@]}" -o APT::Update::Error-Mode=any update
  for wanted in "${absent[@]}"; do
    known=$(apt-cache madison "${wanted%%=*}" | cut -d '|' -f 2 | tr -d ' ' | sort -uV | paste -sd ' ')
    case $wanted in
      *=*) [[ " $known " = *" ${wanted#*=} "* ]] || fail "${wanted%%=*} ${wanted#*=} is in no package repository; there are: ${known:-none}" ;;
    esac
  done

  options+=(-o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 --no-install-recommends --allow-downgrades --allow-change-held-packages)
  while read -r version; do
    [[ " ${replaces:-} " = *" $version "* ]] || fail "to install ${absent[*]}, apt would remove $version"
  done < <(apt-get "${options[@]}" --simulate install "${absent[@]}" | sed -n 's/^Remv \([^ ]*\).*/\1/p')
  apt-get "${options[@]}" install "${absent[@]}"
  say "installed ${absent[*]}"
}

# hold NAME...: keeps packages at their version whatever an upgrade offers.
hold() {
  local held name
  held=$(apt-mark showhold)
  for name in "$@"; do
    grep -qx "$name" <<<"$held" || apt-mark hold "$name" >/dev/null
  done
}

# enable UNIT...: has a unit start at every boot. Nothing is started: the image has no identity yet.
enable() {
  local unit
  for unit in "$@"; do
    case $(systemctl is-enabled "$unit" 2>/dev/null || true) in
      enabled | alias | static) ;;
      *) systemctl --quiet enable "$unit" ;;
    esac
  done
}

# mask UNIT...: keeps a unit from ever being started.
mask() {
  local unit
  for unit in "$@"; do
    [ "$(readlink "/etc/systemd/system/$unit" || true)" = /dev/null ] || systemctl --quiet mask "$unit"
  done
}

# unpack NAME URL SHA256 FOLDER FILE: makes FOLDER hold what is in the one folder at the archive's top, FILE among it.
unpack() {
  local name=$1 url=$2 wanted=$3 folder=$4 work
  has_artifact "$name" "$wanted" "$folder/$5" && return
  work=$(mktemp -d)
  fetch "$url" "$wanted" "$work/archive"
  mkdir "$work/new"
  tar --extract --no-same-owner --strip-components 1 --directory "$work/new" --file "$work/archive"
  [ -e "$work/new/$5" ] || fail "$url has no $5"
  chmod 0755 "$work/new"
  rm -rf "$folder"
  mv "$work/new" "$folder"
  rm -rf "$work"
  note_artifact "$name" "$wanted"
  say "unpacked $name to $folder"
}
