#!/bin/bash
# The agent's part: runs the command's script as SSM Agent does (sh -c of an executable file, so that its first line names the interpreter),
# on a host that is there for this script alone: whatever it leaves running ends with it. When standard input closes, everything ends at once.
set -uo pipefail
read -r _ </dev/shm/settled
state=/fleet-host/state
read -r instance <"$state/instance"
read -r command </fleet-host/command/id
read -r region <"$state/region"
folder=/var/lib/amazon/ssm/$instance/document/orchestration/$command/awsrunShellScript/0.awsrunShellScript

exec 3<&0 </dev/null
{ read -r _ <&3; kill -USR1 1; } >/dev/null 2>&1 &
watch=$!

mkdir -p "$folder" && cp /fleet-host/command/_script.sh "$folder/_script.sh" && chmod 700 "$folder/_script.sh" || exit 1
work=$(</fleet-host/command/folder)
cd "${work:-$folder}" || exit 1

stand_ins=/fleet-host/shared/bin
[[ ! -d /fleet-host/own ]] || stand_ins=/fleet-host/own
env -i PATH="$stand_ins":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
  AWS_SSM_INSTANCE_ID="$instance" AWS_SSM_REGION_NAME="$region" AWS_SSM_PLATFORM_NAME="Debian GNU/Linux" AWS_SSM_PLATFORM_VERSION=12 \
  sh -c "$folder/_script.sh" 3<&- &
script=$!
wait "$script"
code=$?
kill "$watch" 2>/dev/null
exit "$code"
