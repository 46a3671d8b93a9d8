# What is on the image. Versions and digests have no default: a recipe says each of them.

variable "kubernetes_version" {
  type        = string
  description = "Kubernetes' version, as 1.34.2, of kubelet, kubeadm and kubectl."
  validation {
    condition     = var.kubernetes_version != "" && regex_replace(var.kubernetes_version, "^(1\\.(3[0-9]|[4-9][0-9])\\.[0-9]+)$", "") == ""
    error_message = "The kubernetes_version must be exact and 1.30.0 or later, as 1.34.2: kubelet reads configuration fragments from 1.30 on."
  }
}

variable "kubernetes_package_revision" {
  type        = string
  description = "The packages' revision: they are at version kubernetes_version-kubernetes_package_revision."
  default     = "1.1"
  validation {
    condition     = var.kubernetes_package_revision != "" && regex_replace(var.kubernetes_package_revision, "^([A-Za-z0-9.+~]+)$", "") == ""
    error_message = "The kubernetes_package_revision must be a package's revision, as 1.1."
  }
}

variable "kubernetes_repository" {
  type        = object({ url = string, key_url = string, key_sha256 = string })
  description = "The Debian repository (flat) of kubernetes_version's minor, and its signing key, ASCII armoured."
  validation {
    condition     = var.kubernetes_repository.url != "" && regex_replace(var.kubernetes_repository.url, "^(https?://[A-Za-z0-9._~:/?&=%@+-]+)$", "") == "" && var.kubernetes_repository.key_url != "" && regex_replace(var.kubernetes_repository.key_url, "^(https?://[A-Za-z0-9._~:/?&=%@+-]+)$", "") == "" && var.kubernetes_repository.key_sha256 != "" && regex_replace(var.kubernetes_repository.key_sha256, "^([0-9a-f]{64})$", "") == ""
    error_message = "The kubernetes_repository must have an http or https url and key_url, and a key_sha256 of 64 lower case hexadecimal digits."
  }
}

variable "kubernetes_cni_version" {
  type        = string
  description = "The version, with its revision, of package kubernetes-cni: the CNI plugins in /opt/cni/bin."
  validation {
    condition     = var.kubernetes_cni_version != "" && regex_replace(var.kubernetes_cni_version, "^([0-9][A-Za-z0-9.+~-]*)$", "") == ""
    error_message = "The kubernetes_cni_version must be a package's whole version, as 1.7.1-1.1."
  }
}

variable "cri_tools_version" {
  type        = string
  description = "The version, with its revision, of package cri-tools: crictl."
  validation {
    condition     = var.cri_tools_version != "" && regex_replace(var.cri_tools_version, "^([0-9][A-Za-z0-9.+~-]*)$", "") == ""
    error_message = "The cri_tools_version must be a package's whole version, as 1.34.0-1.1."
  }
}

variable "containerd" {
  type        = object({ version = string, url = string, sha256 = string })
  description = "containerd: the archive of its release, with bin/ at its top."
  validation {
    condition     = var.containerd.version != "" && regex_replace(var.containerd.version, "^([0-9][A-Za-z0-9.+~-]*)$", "") == "" && var.containerd.url != "" && regex_replace(var.containerd.url, "^(https?://[A-Za-z0-9._~:/?&=%@+-]+)$", "") == "" && var.containerd.sha256 != "" && regex_replace(var.containerd.sha256, "^([0-9a-f]{64})$", "") == ""
    error_message = "The containerd must have a version, an http or https url and a sha256 of 64 lower case hexadecimal digits."
  }
}

variable "runc" {
  type        = object({ version = string, url = string, sha256 = string })
  description = "runc: the program of its release."
  validation {
    condition     = var.runc.version != "" && regex_replace(var.runc.version, "^([0-9][A-Za-z0-9.+~-]*)$", "") == "" && var.runc.url != "" && regex_replace(var.runc.url, "^(https?://[A-Za-z0-9._~:/?&=%@+-]+)$", "") == "" && var.runc.sha256 != "" && regex_replace(var.runc.sha256, "^([0-9a-f]{64})$", "") == ""
    error_message = "The runc must have a version, an http or https url and a sha256 of 64 lower case hexadecimal digits."
  }
}

variable "ecr_credential_provider" {
  type        = object({ version = string, url = string, sha256 = string })
  description = "Amazon ECR's credential provider for kubelet: the program."
  validation {
    condition     = var.ecr_credential_provider.version != "" && regex_replace(var.ecr_credential_provider.version, "^([0-9][A-Za-z0-9.+~-]*)$", "") == "" && var.ecr_credential_provider.url != "" && regex_replace(var.ecr_credential_provider.url, "^(https?://[A-Za-z0-9._~:/?&=%@+-]+)$", "") == "" && var.ecr_credential_provider.sha256 != "" && regex_replace(var.ecr_credential_provider.sha256, "^([0-9a-f]{64})$", "") == ""
    error_message = "The ecr_credential_provider must have a version, an http or https url and a sha256 of 64 lower case hexadecimal digits."
  }
}

variable "ssm_agent" {
  type        = object({ version = string, url = string, sha256 = string })
  description = "The SSM agent: its Debian package."
  validation {
    condition     = var.ssm_agent.version != "" && regex_replace(var.ssm_agent.version, "^([0-9][A-Za-z0-9.+~-]*)$", "") == "" && var.ssm_agent.url != "" && regex_replace(var.ssm_agent.url, "^(https?://[A-Za-z0-9._~:/?&=%@+-]+)$", "") == "" && var.ssm_agent.sha256 != "" && regex_replace(var.ssm_agent.sha256, "^([0-9a-f]{64})$", "") == ""
    error_message = "The ssm_agent must have a version, an http or https url and a sha256 of 64 lower case hexadecimal digits."
  }
}

variable "pause_image" {
  type        = string
  description = "The pods' sandbox image, as kubeadm of this version names it (kubeadm config images list)."
  validation {
    condition     = var.pause_image != "" && regex_replace(var.pause_image, "^([a-z0-9.:/_-]+(@sha256:[0-9a-f]{64})?)$", "") == ""
    error_message = "The pause_image must be an image's reference."
  }
}

variable "images" {
  type        = list(string)
  description = "Container images that are pulled into the image: references with tag or digest."
  default     = []
  validation {
    condition     = length([for item in var.images : item if item == "" || regex_replace(item, "^([a-z0-9][a-z0-9.:/_-]*[:@][A-Za-z0-9._:-]+)$", "") != ""]) == 0
    error_message = "The images must be references with tag or digest."
  }
}

variable "packages" {
  type        = list(string)
  description = "Further packages of the distribution, as name or name=version. Beware of those that listen: nfs-common brings rpcbind."
  default     = []
  validation {
    condition     = length([for item in var.packages : item if item == "" || regex_replace(item, "^([a-z0-9][a-z0-9.+-]+(=[A-Za-z0-9.+:~-]+)?)$", "") != ""]) == 0
    error_message = "The packages must be packages' names, each with = and a version or without."
  }
}

variable "kernel_modules" {
  type        = list(string)
  description = "Kernel modules that are loaded at every boot."
  default     = ["overlay", "br_netfilter"]
  validation {
    condition     = length([for item in var.kernel_modules : item if item == "" || regex_replace(item, "^([a-z0-9_-]+)$", "") != ""]) == 0 && contains(var.kernel_modules, "overlay") && contains(var.kernel_modules, "br_netfilter")
    error_message = "The kernel_modules must be modules' names, overlay and br_netfilter among them."
  }
}

variable "sysctls" {
  type        = map(string)
  description = "Kernel parameters that are set at every boot."
  default = {
    "fs.inotify.max_user_instances"       = "8192"
    "fs.inotify.max_user_watches"         = "524288"
    "kernel.panic"                        = "10"
    "kernel.panic_on_oops"                = "1"
    "net.bridge.bridge-nf-call-ip6tables" = "1"
    "net.bridge.bridge-nf-call-iptables"  = "1"
    "net.ipv4.ip_forward"                 = "1"
    "vm.overcommit_memory"                = "1"
    "vm.panic_on_oom"                     = "0"
  }
  validation {
    condition     = length([for key, value in var.sysctls : key if regex_replace("${key}=${value}", "^[a-z0-9_.*-]+=[A-Za-z0-9 ._-]+$", "") != ""]) == 0 && lookup(var.sysctls, "net.ipv4.ip_forward", "") == "1"
    error_message = "The sysctls must be parameters' names and values, net.ipv4.ip_forward = 1 among them."
  }
}

variable "time_server" {
  type        = string
  description = "The time server; the default is the Amazon Time Sync Service."
  default     = "169.254.169.123"
  validation {
    condition     = var.time_server != "" && regex_replace(var.time_server, "^([A-Za-z0-9.:-]+)$", "") == ""
    error_message = "The time_server must be a host's name or address."
  }
}

variable "shutdown_seconds" {
  type        = number
  description = "How long a shutdown waits for pods to end, in seconds."
  default     = 120
  validation {
    condition     = var.shutdown_seconds >= 10 && var.shutdown_seconds <= 3600
    error_message = "The shutdown_seconds must be from 10 to 3600."
  }
}

variable "shutdown_critical_seconds" {
  type        = number
  description = "How much of that is kept for critical pods, in seconds."
  default     = 30
  validation {
    condition     = var.shutdown_critical_seconds >= 1 && var.shutdown_critical_seconds <= 3600
    error_message = "The shutdown_critical_seconds must be from 1 to 3600, and not above shutdown_seconds."
  }
}

variable "container_log_max_size" {
  type        = string
  description = "At which size kubelet rotates a container's log."
  default     = "50Mi"
  validation {
    condition     = var.container_log_max_size != "" && regex_replace(var.container_log_max_size, "^([1-9][0-9]*(Ki|Mi|Gi))$", "") == ""
    error_message = "The container_log_max_size must be a quantity, as 50Mi."
  }
}

variable "container_log_max_files" {
  type        = number
  description = "How many files of a container's log kubelet keeps."
  default     = 5
  validation {
    condition     = var.container_log_max_files >= 2 && var.container_log_max_files <= 100
    error_message = "The container_log_max_files must be from 2 to 100."
  }
}

variable "journal_max_use" {
  type        = string
  description = "The journal's ceiling on the disk."
  default     = "1G"
  validation {
    condition     = var.journal_max_use != "" && regex_replace(var.journal_max_use, "^([1-9][0-9]*[MG])$", "") == ""
    error_message = "The journal_max_use must be a size, as 1G."
  }
}
