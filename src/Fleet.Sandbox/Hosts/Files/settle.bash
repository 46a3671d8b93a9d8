#!/bin/bash
# What is left to do within the private root while there are rights to do it: shows the host's own facts where programs look for them, hides
# what is the machine's, and starts the agent without them. As long as programs are started here, /etc is empty: the host's own could name
# libraries to load.
set -euo pipefail

for part in bus fs irq sys sysrq-trigger; do
  if [[ -e /proc/$part ]]; then
    mount --bind "/proc/$part" "/proc/$part"
    mount -o remount,bind,ro none "/proc/$part"
  fi
done
for part in kcore keys timer_list latency_stats kmsg; do
  [[ ! -e /proc/$part ]] || mount --bind /dev/null "/proc/$part"
done
for part in modules swaps; do
  [[ ! -e /proc/$part ]] || mount --bind "/fleet-host/state/$part" "/proc/$part"
done

mkdir -p /sys/module /sys/fs/cgroup
while read -r module _; do
  mkdir -p "/sys/module/$module"
done </fleet-host/state/modules
case $(</fleet-host/state/cgroup) in
  2) mount -t cgroup2 -o ro,nosuid,nodev,noexec cgroup /sys/fs/cgroup ;;
  *) mount -t tmpfs -o ro,size=1m cgroup /sys/fs/cgroup ;;
esac

# A stand-in is also there where a script names the program by its whole path. A host with a system of its own runs what it has, and has
# stand-ins for what wants a kernel, a disk or a network of its own; its systemd says what a boot would start.
for stand_in in /fleet-host/shared/bin/*; do
  name=${stand_in##*/}
  if [[ -e /fleet-host/state/whole ]]; then
    case $name in
      containerd | kubeadm | kubectl | kubelet | runc) ;;
      systemctl) mkdir -p /fleet-host/own && ln -s /fleet-host/shared/booted/systemctl /fleet-host/own/ ;;
      *) mkdir -p /fleet-host/own && ln -s "$stand_in" /fleet-host/own/ ;;
    esac
    continue
  fi
  for folder in /usr/bin /usr/sbin /bin /sbin; do
    program=$folder/$name
    if [[ -f $program && ! -L $program && ! -L $folder ]]; then
      mount --bind "$stand_in" "$program"
    fi
  done
done

ip link set lo up 2>/dev/null || true
mkfifo /dev/shm/settled
mount -o remount,ro host /

# What a process on a host needs to own files and to change users: no mounts, no modules, no devices, no clock, no other process's memory.
setpriv --inh-caps=-all --bounding-set=-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+net_bind_service \
  /bin/bash /fleet-host/shared/agent.bash <&0 4>&- &
agent=$!
trap 'exit 137' USR1
exec 5>/dev/shm/settled
rm /dev/shm/settled
mount --move /fleet-host/etc /etc
echo entered >&4
exec 4>&-
echo settled >&5
exec 5>&-
code=0
wait "$agent" || code=$?
exit "$code"
