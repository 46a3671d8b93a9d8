#!/usr/bin/env bash
# A unit that mounts the machine's local disks at boot, before kubelet starts: Spark's local directories.
set -euo pipefail
# shellcheck source=../../worker/scripts/provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

put /usr/local/lib/fleet/mount-scratch 0755 <<'EOF'
#!/usr/bin/env bash
# Mounts every local disk of the machine as FOLDER/0, FOLDER/1 and so on. Instance store NVMe disks carry their model in their name
# (Amazon EC2 NVMe Instance Storage). Only a disk without any content is formatted; one that a reboot left is mounted as it is.
set -euo pipefail
shopt -s nullglob
folder=$1

disks=()
for name in /dev/disk/by-id/nvme-Amazon_EC2_NVMe_Instance_Storage_*; do
  [[ $name == *-part* ]] || disks+=("$(readlink -f "$name")")
done
mkdir -p "$folder"
if [ ${#disks[@]} -eq 0 ]; then
  # Spark finds its folder on every machine; on one without local disks it is on the root volume.
  install -d -m 1777 "$folder/0"
  echo "no local disks: $folder/0 is on the root volume"
  exit 0
fi

number=0
while read -r disk; do
  target=$folder/$number
  number=$((number + 1))
  mkdir -p "$target"
  if mountpoint --quiet "$target"; then
    continue
  fi
  found=0
  blkid --probe "$disk" >/dev/null || found=$?
  case $found in
    0) ;;
    2) mkfs.ext4 -q -m 0 -L "scratch-$((number - 1))" "$disk" ;;
    *) echo "cannot tell what is on $disk (blkid: exit $found)" >&2 && exit 1 ;;
  esac
  mount -o noatime,nodev,nosuid "$disk" "$target"
  chmod 1777 "$target"
  echo "mounted $disk on $target"
done < <(printf '%s\n' "${disks[@]}" | sort -u)
EOF

put /etc/systemd/system/fleet-scratch.service <<EOF
[Unit]
Description=Local disks for scratch data
After=local-fs.target systemd-udev-settle.service
Wants=systemd-udev-settle.service
Before=kubelet.service containerd.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/lib/fleet/mount-scratch $SCRATCH_FOLDER

[Install]
WantedBy=multi-user.target
RequiredBy=kubelet.service
EOF
enable fleet-scratch.service
