#!/usr/bin/env bash
# A pinned JDK in /opt, which /opt/jdk points to.
set -euo pipefail
# shellcheck source=../../worker/scripts/provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

folder=/opt/jdk-$JDK_VERSION
unpack jdk "$JDK_URL" "$JDK_SHA256" "$folder" bin/java
link "$folder" /opt/jdk
link /opt/jdk/bin/java /usr/local/bin/java

found=$(/opt/jdk/bin/java -version 2>&1 | sed -n '1s/^[^"]*"\([^"]*\)".*/\1/p')
[ "$found" = "${JDK_VERSION%%+*}" ] || fail "java says that it is $found, declared is $JDK_VERSION"
