# A worker image for Spark's executors and drivers, on top of an image of packer/worker: its scripts use what that image carries
# in /usr/local/lib/fleet, and inherit its distribution, Kubernetes version and everything else.

source "amazon-ebs" "spark" {
  region              = var.region
  custom_endpoint_ec2 = var.ec2_endpoint
  source_ami          = var.source_ami

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
  sources = ["source.amazon-ebs.spark"]

  provisioner "shell" {
    scripts          = [for name in local.scripts : "${path.root}/scripts/${name}"]
    environment_vars = local.environment
    execute_command  = local.execute
  }
  provisioner "shell" {
    inline = ["sudo /usr/local/lib/fleet/seal"]
  }

  post-processor "manifest" {
    output      = var.manifest
    strip_path  = true
    custom_data = local.run_tags
  }
}
