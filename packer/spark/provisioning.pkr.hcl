# What is on the image beside what its parent brings. Versions and digests have no default: a recipe says each of them.

variable "source_ami" {
  type        = string
  description = "The worker image's id."
  validation {
    condition     = var.source_ami != "" && regex_replace(var.source_ami, "^(ami-[0-9a-f]{8,17})$", "") == ""
    error_message = "The source_ami must be the id of a worker image, as ami-0123456789abcdef0."
  }
}

variable "jdk" {
  type        = object({ version = string, url = string, sha256 = string })
  description = "The JDK: an archive with one folder at its top, as Eclipse Temurin's."
  validation {
    condition     = var.jdk.version != "" && regex_replace(var.jdk.version, "^([0-9][A-Za-z0-9.+_~-]*)$", "") == "" && var.jdk.url != "" && regex_replace(var.jdk.url, "^(https?://[A-Za-z0-9._~:/?&=%@+-]+)$", "") == "" && var.jdk.sha256 != "" && regex_replace(var.jdk.sha256, "^([0-9a-f]{64})$", "") == ""
    error_message = "The jdk must have a version, an http or https url and a sha256 of 64 lower case hexadecimal digits."
  }
}

variable "hadoop" {
  type        = object({ version = string, url = string, sha256 = string })
  description = "Hadoop's libraries: the archive of its release, with one folder at its top."
  validation {
    condition     = var.hadoop.version != "" && regex_replace(var.hadoop.version, "^([0-9][A-Za-z0-9.+_~-]*)$", "") == "" && var.hadoop.url != "" && regex_replace(var.hadoop.url, "^(https?://[A-Za-z0-9._~:/?&=%@+-]+)$", "") == "" && var.hadoop.sha256 != "" && regex_replace(var.hadoop.sha256, "^([0-9a-f]{64})$", "") == ""
    error_message = "The hadoop must have a version, an http or https url and a sha256 of 64 lower case hexadecimal digits."
  }
}

variable "scratch_folder" {
  type        = string
  description = "Where the local disks are mounted at boot, as its folders 0, 1 and so on."
  default     = "/mnt/scratch"
  validation {
    condition     = var.scratch_folder != "" && regex_replace(var.scratch_folder, "^(/[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*)$", "") == ""
    error_message = "The scratch_folder must be an absolute path of letters, digits, hyphens and underscores."
  }
}

variable "node_labels" {
  type        = map(string)
  description = "Labels that nodes of this image register with."
  default = {
    "fleet/workload" = "spark"
  }
  validation {
    condition     = length([for key, value in var.node_labels : key if regex_replace("${key}=${value}", "^([a-z0-9.-]+/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?=([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$", "") != "" || regex_replace(key, "^([a-z0-9.-]*[.])?(kubernetes|k8s)[.]io/.*$", "") == ""]) == 0
    error_message = "The node_labels must be labels' keys and values; kubernetes.io and k8s.io are not a node's own to set (NodeRestriction)."
  }
}

variable "node_taints" {
  type        = list(string)
  description = "Taints that nodes of this image register with, as key=value:Effect."
  default     = ["fleet/workload=spark:NoSchedule"]
  validation {
    condition     = length([for item in var.node_taints : item if regex_replace(item, "^([a-z0-9.-]+/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?=([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?:(NoSchedule|PreferNoSchedule|NoExecute)$", "") != ""]) == 0
    error_message = "The node_taints must be written key=value:Effect, the effect being NoSchedule, PreferNoSchedule or NoExecute."
  }
}
