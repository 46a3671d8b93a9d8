# Which image is made, and where; the same in every template folder, each of which stands alone. Packer 1.6 knows no regex(): a value is right when its pattern leaves nothing of it.
# No variable is a secret: credentials are the environment's, by the builder's role.

variable "recipe" {
  type        = string
  description = "The recipe's name: the tag fleet:recipe."
  validation {
    condition     = var.recipe != "" && regex_replace(var.recipe, "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)$", "") == ""
    error_message = "The recipe must be a name of 1 to 63 lower case letters, digits and hyphens."
  }
}

variable "image_version" {
  type        = string
  description = "The image's version among those of its recipe: the tag fleet:version."
  validation {
    condition     = var.image_version != "" && regex_replace(var.image_version, "^([A-Za-z0-9][A-Za-z0-9._-]{0,127})$", "") == ""
    error_message = "The image_version must have 1 to 128 letters, digits, dots, hyphens and underscores."
  }
}

variable "run" {
  type        = string
  description = "The run that builds: the tag fleet:run on everything that the build makes, and part of the temporary key pair's name."
  validation {
    condition     = var.run != "" && regex_replace(var.run, "^([A-Za-z0-9][A-Za-z0-9._-]{0,127})$", "") == ""
    error_message = "The run must have 1 to 128 letters, digits, dots, hyphens and underscores."
  }
}

variable "ami_name" {
  type        = string
  description = "The image's name, unique in account and region."
  validation {
    condition     = var.ami_name != "" && regex_replace(var.ami_name, "^([A-Za-z0-9()\\[\\] ./'@_-]{3,128})$", "") == ""
    error_message = "The ami_name must have 3 to 128 of letters, digits, spaces and ()[]./-'@_ (CreateImage, parameter Name)."
  }
}

variable "tags" {
  type        = map(string)
  description = "Further tags of everything that the build makes."
  default     = {}
  validation {
    condition     = length([for key in keys(var.tags) : key if key == "Name" || substr(key, 0, 4) == "aws:" || regex_replace(key, "^fleet:.*$", "") == ""]) == 0
    error_message = "Name, aws: and fleet: are not free for tags."
  }
}

variable "manifest" {
  type        = string
  description = "The file to which the image's id is written."
  default     = "manifest.json"
}

variable "region" {
  type        = string
  description = "The region in which the image is made."
  validation {
    condition     = var.region != "" && regex_replace(var.region, "^([a-z]{2}(-[a-z]+)+-[0-9]+)$", "") == ""
    error_message = "The region must be one's code, as eu-west-1."
  }
}

variable "ec2_endpoint" {
  type        = string
  description = "EC2's address where it is not the region's usual one: a VPC's interface endpoint."
  default     = ""
  validation {
    condition     = regex_replace(var.ec2_endpoint, "^(https?://[A-Za-z0-9.:/_-]+)$", "") == ""
    error_message = "The ec2_endpoint must be an http or https address, or empty."
  }
}

variable "arch" {
  type        = string
  description = "The architecture, as Debian names it: amd64 or arm64. The instance type must be of it."
  validation {
    condition     = contains(["amd64", "arm64"], var.arch)
    error_message = "The arch must be amd64 or arm64."
  }
}

variable "instance_type" {
  type        = string
  description = "The machine that the image is built on."
  validation {
    condition     = var.instance_type != "" && regex_replace(var.instance_type, "^([a-z0-9-]+\\.[a-z0-9-]+)$", "") == ""
    error_message = "The instance_type must be one's name, as m6i.large."
  }
}

variable "iam_instance_profile" {
  type        = string
  description = "The instance profile of that machine; needed for images of Amazon ECR, or for ssh_interface session_manager."
  default     = ""
  validation {
    condition     = regex_replace(var.iam_instance_profile, "^([A-Za-z0-9+=,.@_-]{1,128})$", "") == ""
    error_message = "The iam_instance_profile must be a profile's name (not its ARN), or empty."
  }
}

variable "subnet_id" {
  type        = string
  description = "The subnet of that machine. Empty: the default VPC's."
  default     = ""
  validation {
    condition     = regex_replace(var.subnet_id, "^(subnet-[0-9a-f]{8,17})$", "") == ""
    error_message = "The subnet_id must be a subnet's id, or empty."
  }
}

variable "security_group_ids" {
  type        = list(string)
  description = "Security groups of that machine. Empty: Packer makes one for the build and removes it."
  default     = []
  validation {
    condition     = length([for item in var.security_group_ids : item if item == "" || regex_replace(item, "^(sg-[0-9a-f]{8,17})$", "") != ""]) == 0
    error_message = "The security_group_ids must be security groups' ids."
  }
}

variable "associate_public_ip_address" {
  type        = bool
  description = "Whether that machine gets a public address."
  default     = false
}

variable "ssh_username" {
  type        = string
  description = "The base image's user that may use sudo."
  validation {
    condition     = var.ssh_username != "" && regex_replace(var.ssh_username, "^([a-z_][a-z0-9_-]{0,31})$", "") == ""
    error_message = "The ssh_username must be a user's name."
  }
}

variable "ssh_interface" {
  type        = string
  description = "The address that Packer connects to: private_ip, public_ip, private_dns, public_dns or session_manager."
  default     = "private_ip"
  validation {
    condition     = contains(["private_ip", "public_ip", "private_dns", "public_dns", "session_manager"], var.ssh_interface)
    error_message = "The ssh_interface must be private_ip, public_ip, private_dns, public_dns or session_manager."
  }
}

variable "ssh_host" {
  type        = string
  description = "The host that Packer connects to where it is another than the machine itself: the near end of a tunnel. Give security_group_ids then: a temporary group opens ssh_port."
  default     = ""
  validation {
    condition     = regex_replace(var.ssh_host, "^([A-Za-z0-9.:-]+)$", "") == ""
    error_message = "The ssh_host must be a host's name or address, or empty."
  }
}

variable "ssh_port" {
  type        = number
  description = "The port of that host."
  default     = 22
  validation {
    condition     = var.ssh_port >= 1 && var.ssh_port <= 65535
    error_message = "The ssh_port must be from 1 to 65535."
  }
}

variable "ssh_source_cidrs" {
  type        = list(string)
  description = "From where the temporary security group lets SSH in."
  default     = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]
  validation {
    condition     = length([for item in var.ssh_source_cidrs : item if item == "" || regex_replace(item, "^([0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2})$", "") != ""]) == 0 && length([for item in var.ssh_source_cidrs : item if regex_replace(item, "^.*/0$", "") == ""]) == 0
    error_message = "The ssh_source_cidrs must be IPv4 ranges, none of them the whole Internet."
  }
}

variable "build_timeout_minutes" {
  type        = number
  description = "After so many minutes the machine ends itself, whatever has become of Packer."
  default     = 120
  validation {
    condition     = var.build_timeout_minutes >= 10 && var.build_timeout_minutes <= 1440
    error_message = "The build_timeout_minutes must be from 10 to 1440."
  }
}

variable "poll_seconds" {
  type        = number
  description = "How often Packer asks whether the machine runs and the image is there, in seconds; it gives up after an hour and a half at the default."
  default     = 15
  validation {
    condition     = var.poll_seconds >= 1 && var.poll_seconds <= 60
    error_message = "The poll_seconds must be from 1 to 60."
  }
}

variable "root_device_name" {
  type        = string
  description = "The root device's name as the base image maps it; a launch template that says another name adds a second disk."
  validation {
    condition     = var.root_device_name != "" && regex_replace(var.root_device_name, "^(/dev/(xvd|sd)[a-z][0-9]?)$", "") == ""
    error_message = "The root_device_name must be a device's name, as /dev/xvda."
  }
}

variable "root_volume_size" {
  type        = number
  description = "The root volume's size in GiB."
  default     = 30
  validation {
    condition     = var.root_volume_size >= 8 && var.root_volume_size <= 16384
    error_message = "The root_volume_size must be from 8 to 16384 GiB."
  }
}

variable "root_volume_iops" {
  type        = number
  description = "The root volume's operations a second (gp3)."
  default     = 3000
  validation {
    condition     = var.root_volume_iops >= 3000 && var.root_volume_iops <= 16000
    error_message = "The root_volume_iops must be from 3000 to 16000."
  }
}

variable "root_volume_throughput" {
  type        = number
  description = "The root volume's throughput in MiB a second (gp3)."
  default     = 125
  validation {
    condition     = var.root_volume_throughput >= 125 && var.root_volume_throughput <= 1000
    error_message = "The root_volume_throughput must be from 125 to 1000."
  }
}

variable "kms_key_id" {
  type        = string
  description = "The KMS key of the image's snapshots. Empty: the account's default key for EBS."
  default     = ""
  validation {
    condition     = regex_replace(var.kms_key_id, "^([A-Za-z0-9:/_-]+)$", "") == ""
    error_message = "The kms_key_id must be a key's id, alias or ARN, or empty."
  }
}
