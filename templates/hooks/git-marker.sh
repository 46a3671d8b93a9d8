#!/usr/bin/env bash
# A hook for values in git, helm values above all: reads and writes what stands on the lines of one file that end with "# fleet: HOOK",
#     imageId: ami-0123456789abcdef0 # fleet: spark-values
# GIT_URL, GIT_FILE and GIT_BRANCH (main) say where; over https GIT_TOKEN (a secret) signs in as GIT_USER (fleet).
set -euo pipefail

fail() {
  echo "$1" >&2
  exit 1
}

marker="[[:space:]]*# fleet: ${FLEET_HOOK:?}[[:space:]]*\$"
field="^\([^#]*:\)[[:space:]]*\(\"\{0,1\}\)\([^[:space:]#\"]*\)\"\{0,1\}$marker"
branch=${GIT_BRANCH:-main}
export GIT_TERMINAL_PROMPT=0
repository() {
  # shellcheck disable=SC2016 # git's own shell reads the token, so that it is on no command line
  git -c credential.helper='!credentials() { echo "username=${GIT_USER:-fleet}"; echo "password=${GIT_TOKEN:-}"; }; credentials' "$@"
}

repository clone --quiet --depth 1 --branch "$branch" -- "${GIT_URL:?}" work
cd work
[ -f "${GIT_FILE:?}" ] || fail "$GIT_FILE is not in branch $branch"
grep -q -- "$marker" "$GIT_FILE" || fail "no line of $GIT_FILE ends with '# fleet: $FLEET_HOOK'"

case ${1:-} in
  read)
    values=$(sed -n "s/$field/\3/p" "$GIT_FILE" | sort -u)
    [ "$(wc -l <<<"$values")" -eq 1 ] || fail "the lines of $GIT_FILE that end with '# fleet: $FLEET_HOOK' have several values: ${values//$'\n'/, }"
    echo "$values"
    ;;
  write)
    [[ $FLEET_VALUE =~ ^[A-Za-z0-9,._-]*$ ]] || fail "'$FLEET_VALUE' is no image's id"
    sed -i "s/$field/\1 \2$FLEET_VALUE\2 # fleet: $FLEET_HOOK/" "$GIT_FILE"
    git diff --quiet && exit 0
    git -c user.name="${GIT_AUTHOR_NAME:-Fleet}" -c user.email="${GIT_AUTHOR_EMAIL:-fleet@localhost}" commit --quiet --all \
      --message "Set the image of $FLEET_CLUSTER/$FLEET_POOL to ${FLEET_VALUE:-none}" --message "Written by run $FLEET_RUN; it was ${FLEET_BEFORE:-none}."
    repository push --quiet origin "HEAD:$branch"
    ;;
  *) fail "usage: $0 read|write" ;;
esac
