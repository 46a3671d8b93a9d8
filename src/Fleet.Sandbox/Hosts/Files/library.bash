# shellcheck shell=bash
# What the stand-ins share. Each plays as much of a program as scripts for nodes ask of it, from the host's state; what it says and with which
# exit code stands in answers.tsv, beside the title of the page that says so.
set -uo pipefail
state=/fleet-host/state
me=${0##*/}

# say CASE ARGUMENT...: says what the table has for this program and case; its exit code is then in $code.
say() {
  local wanted=$1 program case stream text
  shift
  while IFS=$'\t' read -r program case code stream text _; do
    if [[ $program == "$me" && $case == "$wanted" ]]; then
      # shellcheck disable=SC2059
      if [[ $stream == err ]]; then printf "$text\n" "$@" >&2; else printf "$text\n" "$@"; fi
      return
    fi
  done </fleet-host/shared/answers.tsv
  echo "$me: the sandbox's table has no answer '$wanted'" >&2
  exit 70
}

# answer CASE ARGUMENT...: the same, and ends with that exit code.
answer() {
  say "$@"
  exit "$code"
}

version() { printf '%s' "$(<"$state/versions/$1")"; }
