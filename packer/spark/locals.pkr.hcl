locals {
  run_tags = merge(var.tags, {
    "Name"          = "fleet-build-${var.recipe}"
    "fleet:recipe"  = var.recipe
    "fleet:version" = var.image_version
    "fleet:run"     = var.run
  })
  tags = merge(local.run_tags, {
    "Name"         = var.ami_name
    "fleet:parent" = "{{ .SourceAMI }}"
  })

  facts = {
    recipe  = var.recipe
    version = var.image_version
    parent  = var.source_ami
    arch    = var.arch
    programs = {
      jdk    = var.jdk.version
      hadoop = var.hadoop.version
    }
    root_device = {
      name = var.root_device_name
      size = var.root_volume_size
    }
  }

  execute = "sudo env {{ .Vars }} bash '{{ .Path }}'"
  environment = [
    "ARCH=${var.arch}",
    "JDK_VERSION=${var.jdk.version}",
    "JDK_URL=${var.jdk.url}",
    "JDK_SHA256=${var.jdk.sha256}",
    "HADOOP_VERSION=${var.hadoop.version}",
    "HADOOP_URL=${var.hadoop.url}",
    "HADOOP_SHA256=${var.hadoop.sha256}",
    "SCRATCH_FOLDER=${var.scratch_folder}",
    "NODE_LABELS=${join(",", [for key in sort(keys(var.node_labels)) : "${key}=${var.node_labels[key]}"])}",
    "NODE_TAINTS=${join(",", var.node_taints)}",
    "FACTS=${jsonencode(local.facts)}",
  ]

  # In this order; a test holds that it names every script of the folder.
  scripts = [
    "00-parent.sh",
    "10-jdk.sh",
    "20-hadoop.sh",
    "30-scratch.sh",
    "40-node.sh",
    "90-facts.sh",
  ]
}
