#!/bin/bash
# Makes an instance's private root and enters it. Runs in namespaces of its own (unshare), so that no mount is seen outside; nothing in the
# instance's folders is followed here, for a script could have left a link there.
# Arguments: the instance's folder, the command's folder, the folder of the stand-ins, the host's name.
set -euo pipefail
host=$1 command=$2 stand_ins=$3 name=$4
root=$host/root

# A host with a whole system of its own has it for its disk; the others borrow the machine's.
system='' local=$host/disk/usr-local
if [[ -L $host/disk ]]; then
  system=$host/disk local=$host/disk/usr/local
fi

mount -t tmpfs -o size=1m,mode=755,nosuid,nodev host "$root"
cd "$root"
mkdir -p dev etc fleet-host/{command,etc,shared,state} home mnt opt proc root run srv sys tmp usr var

# Binds a folder with further options; the words after the target keep mount from asking an fstab.
bind() { mount --bind "$1" "$2" && mount -o "remount,bind,nosuid,nodev$3" none "$2"; }

for part in home mnt opt root run srv tmp var; do
  bind "$host/disk/$part" "$part" ""
done
bind "$host/disk/etc" fleet-host/etc ""

# The system itself can be read and never written.
bind "$system/usr" usr ,ro
for part in bin sbin lib lib32 lib64 libx32; do
  if [[ -L $system/$part ]]; then
    cp -P "$system/$part" "$part"
  elif [[ -d $system/$part ]]; then
    mkdir "$part"
    bind "$system/$part" "$part" ,ro
  fi
done
bind "$local" usr/local ""
bind "$host/state" fleet-host/state ""
bind "$command" fleet-host/command ,ro
bind "$stand_ins" fleet-host/shared ,ro

mount -t tmpfs -o size=1m,mode=755,noexec,nosuid dev dev
for node in null zero full random urandom; do
  : >"dev/$node"
  mount --bind "/dev/$node" "dev/$node"
done
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
ln -s /proc/self/fd/1 dev/stdout
ln -s /proc/self/fd/2 dev/stderr
mkdir dev/shm
mount -t tmpfs -o size=16m,mode=1777,nosuid,nodev shm dev/shm

mount -t proc -o nosuid,nodev,noexec proc proc
mount -t tmpfs -o size=1m,mode=755,nosuid,nodev sys sys
hostname "$name"

# Whoever waits outside learns by it that the root was made.
exec 4>"$command/entered"
pivot_root . .
umount -l .
cd /
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /bin/bash /fleet-host/shared/settle.bash
