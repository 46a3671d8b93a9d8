# A worker node's image for one distribution, architecture and Kubernetes version. What may vary is in variables.pkr.hcl;
# debian-12.pkrvars.hcl and ubuntu-24.04.pkrvars.hcl hold what each distribution's images are like.

source "amazon-ebs" "worker" {
  region              = var.region
  custom_endpoint_ec2 = var.ec2_endpoint

  source_ami = var.source_ami
  dynamic "source_ami_filter" {
    for_each = var.source_ami == "" ? [local.source_name] : []
    content {
      owners      = var.source_owners
      most_recent = true
      filters = {
        name                = source_ami_filter.value
        architecture        = var.arch == "amd64" ? "x86_64" : "arm64"
        root-device-type    = "ebs"
        virtualization-type = "hvm"
      }
    }
  }

  instance_type               = var.instance_type
  iam_instance_profile        = var.iam_instance_profile
  subnet_id                   = var.subnet_id
  security_group_ids          = var.security_group_ids
  associate_public_ip_address = var.associate_public_ip_address

  # Should Packer die, the machine ends itself: a shutdown from within terminates it.
  shutdown_behavior = "terminate"
  user_data         = "#!/bin/sh\nshutdown -P +${var.build_timeout_minutes}\n"

  temporary_key_pair_name               = "fleet-${var.run}"
  temporary_security_group_source_cidrs = var.ssh_source_cidrs
  ssh_username                          = var.ssh_username
  ssh_interface                         = var.ssh_interface
  ssh_host                              = var.ssh_host
  ssh_port                              = var.ssh_port
  ssh_timeout                           = "10m"
  ssh_file_transfer_method              = "sftp"

  aws_polling {
    delay_seconds = var.poll_seconds
    max_attempts  = 360
  }

  # Encrypted from the launch on, so that no copy of the image is made that would have to be found after a crash.
  launch_block_device_mappings {
    device_name           = var.root_device_name
    volume_size           = var.root_volume_size
    volume_type           = "gp3"
    iops                  = var.root_volume_iops
    throughput            = var.root_volume_throughput
    encrypted             = true
    kms_key_id            = var.kms_key_id
    delete_on_termination = true
  }

  ami_name        = var.ami_name
  tags            = local.tags
  snapshot_tags   = local.tags
  run_tags        = local.run_tags
  run_volume_tags = local.run_tags
}

build {
  sources = ["source.amazon-ebs.worker"]

  provisioner "shell" {
    inline = ["mkdir -p ${local.uploaded}"]
  }
  provisioner "file" {
    sources     = ["${path.root}/scripts/provisioning.bash", "${path.root}/scripts/seal.sh"]
    destination = "${local.uploaded}/"
  }
  provisioner "shell" {
    scripts          = [for name in local.scripts : "${path.root}/scripts/${name}"]
    environment_vars = local.environment
    execute_command  = local.execute
  }

  post-processor "manifest" {
    output      = var.manifest
    strip_path  = true
    custom_data = local.run_tags
  }
}
