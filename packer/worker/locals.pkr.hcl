locals {
  # Debian and Ubuntu name their images by architecture as Debian's packages do.
  source_name = replace(var.source_name, "ARCH", var.arch)

  run_tags = merge(var.tags, {
    "Name"          = "fleet-build-${var.recipe}"
    "fleet:recipe"  = var.recipe
    "fleet:version" = var.image_version
    "fleet:run"     = var.run
  })
  tags = merge(local.run_tags, {
    "Name"             = var.ami_name
    "fleet:parent"     = "{{ .SourceAMI }}"
    "fleet:kubernetes" = var.kubernetes_version
  })

  facts = {
    recipe       = var.recipe
    version      = var.image_version
    distribution = var.distribution
    arch         = var.arch
    packages = {
      kubelet          = "${var.kubernetes_version}-${var.kubernetes_package_revision}"
      kubeadm          = "${var.kubernetes_version}-${var.kubernetes_package_revision}"
      kubectl          = "${var.kubernetes_version}-${var.kubernetes_package_revision}"
      kubernetes-cni   = var.kubernetes_cni_version
      cri-tools        = var.cri_tools_version
      amazon-ssm-agent = var.ssm_agent.version
    }
    programs = {
      containerd = var.containerd.version
      runc       = var.runc.version
    }
    root_device = {
      name = var.root_device_name
      size = var.root_volume_size
    }
  }

  uploaded = "/tmp/fleet-provisioning"
  execute  = "sudo env {{ .Vars }} bash '{{ .Path }}'"
  environment = [
    "FLEET_UPLOADED=${local.uploaded}",
    "DISTRIBUTION=${var.distribution}",
    "ARCH=${var.arch}",
    "PACKAGES=${join(",", var.packages)}",
    "KERNEL_MODULES=${join(",", var.kernel_modules)}",
    "SYSCTLS=${join(",", [for name in sort(keys(var.sysctls)) : "${name}=${var.sysctls[name]}"])}",
    "RUNC_VERSION=${var.runc.version}",
    "RUNC_URL=${var.runc.url}",
    "RUNC_SHA256=${var.runc.sha256}",
    "CONTAINERD_VERSION=${var.containerd.version}",
    "CONTAINERD_URL=${var.containerd.url}",
    "CONTAINERD_SHA256=${var.containerd.sha256}",
    "PAUSE_IMAGE=${var.pause_image}",
    "KUBERNETES_REPOSITORY=${var.kubernetes_repository.url}",
    "KUBERNETES_REPOSITORY_KEY_URL=${var.kubernetes_repository.key_url}",
    "KUBERNETES_REPOSITORY_KEY_SHA256=${var.kubernetes_repository.key_sha256}",
    "KUBERNETES_VERSION=${var.kubernetes_version}",
    "KUBERNETES_PACKAGE_REVISION=${var.kubernetes_package_revision}",
    "KUBERNETES_CNI_VERSION=${var.kubernetes_cni_version}",
    "CRI_TOOLS_VERSION=${var.cri_tools_version}",
    "CONTAINER_LOG_MAX_SIZE=${var.container_log_max_size}",
    "CONTAINER_LOG_MAX_FILES=${var.container_log_max_files}",
    "SHUTDOWN_SECONDS=${var.shutdown_seconds}",
    "SHUTDOWN_CRITICAL_SECONDS=${var.shutdown_critical_seconds}",
    "ECR_CREDENTIAL_PROVIDER_URL=${var.ecr_credential_provider.url}",
    "ECR_CREDENTIAL_PROVIDER_SHA256=${var.ecr_credential_provider.sha256}",
    "SSM_AGENT_VERSION=${var.ssm_agent.version}",
    "SSM_AGENT_URL=${var.ssm_agent.url}",
    "SSM_AGENT_SHA256=${var.ssm_agent.sha256}",
    "TIME_SERVER=${var.time_server}",
    "JOURNAL_MAX_USE=${var.journal_max_use}",
    "PULL_IMAGES=${join(",", var.images)}",
    "FACTS=${jsonencode(local.facts)}",
  ]

  # In this order; a test holds that it names every script of the folder.
  scripts = [
    "00-library.sh",
    "10-packages.sh",
    "20-modules.sh",
    "21-sysctls.sh",
    "22-swap.sh",
    "23-cgroups.sh",
    "30-runc.sh",
    "31-containerd.sh",
    "40-kubernetes.sh",
    "41-kubelet.sh",
    "42-shutdown.sh",
    "43-ecr.sh",
    "50-ssm-agent.sh",
    "51-time.sh",
    "52-logs.sh",
    "60-images.sh",
    "90-facts.sh",
    "seal.sh",
  ]
}
