#!/usr/bin/env bash
# The same tests as in the test command, with larger counts: bash tests/campaign.sh crash|replicas|worlds|mutants|drains|hostile|services|hooks
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

core() { dotnet test tests/Fleet.Core.Tests --nologo --filter "$1" --logger "console;verbosity=detailed"; }

case "${1:-}" in
  crash)
    FLEET_CRASH_STRIDE=1 core "FullyQualifiedName~Rotations.Crash"
    FLEET_WIRE_KILLS="${2:-10}" dotnet test tests/Fleet.Cli.Tests --nologo --filter "FullyQualifiedName~WireCrashTests" --logger "console;verbosity=detailed" ;;
  replicas) FLEET_REPLICA_ROUNDS="${2:-10}" dotnet test tests/Fleet.Cli.Tests --nologo --filter "FullyQualifiedName~ReplicaTests" --logger "console;verbosity=detailed" ;;
  worlds)  FLEET_WORLDS="${2:-500}" core "FullyQualifiedName~RandomWorldTests" ;;
  mutants) FLEET_MUTANTS="${2:-500}" core "FullyQualifiedName~MutantTests" ;;
  drains)  FLEET_CAMPAIGN="${2:-50}" core "FullyQualifiedName~Disruption" ;;
  hostile) FLEET_HOSTILE_REQUESTS="${2:-10000}" dotnet test tests/Fleet.Service.Tests --nologo --filter "FullyQualifiedName~HostileTests" --logger "console;verbosity=detailed" ;;
  services) FLEET_SERVICE_KILLS="${2:-10}" dotnet test tests/Fleet.Cli.Tests --nologo --filter "FullyQualifiedName~KilledServiceTests" --logger "console;verbosity=detailed" ;;
  hooks) FLEET_HOOK_RUNS="${2:-1000}" core "FullyQualifiedName~HookCrashTests" ;;
  *) echo "usage: bash tests/campaign.sh crash [N] | replicas [N] | worlds [N] | mutants [N] | drains [N] | hostile [N] | services [N] | hooks [N]"; exit 2 ;;
esac
