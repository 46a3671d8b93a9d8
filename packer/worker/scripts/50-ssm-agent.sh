#!/usr/bin/env bash
# The SSM agent, by which Fleet proves images and runs commands on hosts; a package outside any repository, pinned by its digest.
set -euo pipefail
# shellcheck source=provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

# Ubuntu's images bring the agent as a snap, which updates itself.
if command -v snap >/dev/null && snap list amazon-ssm-agent >/dev/null 2>&1; then
  snap remove --purge amazon-ssm-agent
fi

if ! has_artifact ssm-agent "$SSM_AGENT_SHA256" /usr/bin/amazon-ssm-agent; then
  work=$(mktemp -d)
  fetch "$SSM_AGENT_URL" "$SSM_AGENT_SHA256" "$work/amazon-ssm-agent.deb"
  dpkg --install "$work/amazon-ssm-agent.deb"
  rm -rf "$work"
  note_artifact ssm-agent "$SSM_AGENT_SHA256"
fi
found=$(dpkg-query --show --showformat '${Version}' amazon-ssm-agent)
[ "${found%%-*}" = "$SSM_AGENT_VERSION" ] || fail "amazon-ssm-agent is $found, declared is $SSM_AGENT_VERSION"
hold amazon-ssm-agent

enable amazon-ssm-agent.service
