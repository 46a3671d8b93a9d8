#!/usr/bin/env bash
# The last step of every build, installed as /usr/local/lib/fleet/seal: takes away what belongs to the machine that was built on
# and must not be on the machines that boot from its image.
set -euo pipefail
shopt -s nullglob dotglob

# Identity: made anew at the first boot. An empty machine-id is systemd's own way to say "not yet" (machine-id(5)).
if [ -s /etc/machine-id ] || [ ! -e /etc/machine-id ]; then
  : >/etc/machine-id
fi
[ -L /var/lib/dbus/machine-id ] || rm -f /var/lib/dbus/machine-id
rm -f /etc/ssh/ssh_host_*_key /etc/ssh/ssh_host_*_key.pub /var/lib/systemd/random-seed /var/lib/systemd/credential.secret
rm -rf /var/lib/amazon/ssm/*

# Whoever could come in to build cannot come in later.
rm -f /root/.ssh/authorized_keys /home/*/.ssh/authorized_keys /root/.ssh/known_hosts /home/*/.ssh/known_hosts

# What cloud-init wrote for this one instance, the network's names and leases with it.
if command -v cloud-init >/dev/null; then
  cloud-init clean --logs --seed
fi
rm -rf /var/lib/cloud/* /run/cloud-init /etc/netplan/50-cloud-init.yaml /etc/network/interfaces.d/50-cloud-init \
  /var/lib/dhcp/* /var/lib/NetworkManager/* /etc/udev/rules.d/70-persistent-net.rules
rm -f /etc/sudoers.d/90-cloud-init-users

# A node's own state: there is none before kubeadm joins it.
rm -rf /var/lib/kubelet/* /etc/kubernetes/pki /etc/kubernetes/kubelet.conf /etc/kubernetes/bootstrap-kubelet.conf /etc/cni/net.d/*

# Histories, caches, and what was downloaded on the way.
for home in /root /home/*; do
  rm -rf "$home"/.bash_history "$home"/.lesshst "$home"/.viminfo "$home"/.python_history "$home"/.wget-hsts "$home"/.sudo_as_admin_successful \
    "$home"/.cache "$home"/.aws "$home"/.docker "$home"/.kube
done
apt-get clean
rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/debconf/*-old /var/lib/dpkg/*-old /var/cache/ldconfig/aux-cache /var/crash/* /var/lib/sudo/lectured/*

# Logs: folders stay, for their services expect them; files go.
if [ -d /run/systemd/system ]; then
  journalctl --quiet --rotate
fi
rm -rf /var/log/journal/*
find /var/log -type f -delete

# The script that is running lies in /tmp, held open: bash reads to its end.
find /tmp /var/tmp -mindepth 1 -maxdepth 1 ! -name 'systemd-private-*' -exec rm -rf {} +
sync
