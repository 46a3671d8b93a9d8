#!/usr/bin/env bash
# Hadoop's libraries in /opt, which /opt/hadoop points to, and their environment for whatever runs on the node.
set -euo pipefail
# shellcheck source=../../worker/scripts/provisioning.bash
source /usr/local/lib/fleet/provisioning.bash

folder=/opt/hadoop-$HADOOP_VERSION
unpack hadoop "$HADOOP_URL" "$HADOOP_SHA256" "$folder" share/hadoop/common
link "$folder" /opt/hadoop
compgen -G "$folder/share/hadoop/common/hadoop-common-$HADOOP_VERSION.jar" >/dev/null ||
  fail "Hadoop's archive has no share/hadoop/common/hadoop-common-$HADOOP_VERSION.jar"

put /etc/profile.d/fleet-spark.sh <<'EOF'
export JAVA_HOME=/opt/jdk HADOOP_HOME=/opt/hadoop
EOF
# Hadoop's native code (compression, checksums), where the archive has any.
if [ -d "$folder/lib/native" ]; then
  put /etc/ld.so.conf.d/fleet-hadoop.conf <<<"/opt/hadoop/lib/native"
  ldconfig
fi
