# What packer calls when it builds the templates of packer/, what Fleet calls around it, and nothing else; tests hold it to the recorded and the compiled calls. No provider: the JSON is an output.

terraform {
  required_version = ">= 1.5"
}

variable "partition" {
  description = "AWS partition: aws, aws-cn or aws-us-gov."
  type        = string
  default     = "aws"
}

variable "account" {
  description = "The AWS account that images are built in, twelve digits."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account))
    error_message = "account must be twelve digits."
  }
}

variable "region" {
  description = "The region that images are built in, e.g. eu-central-1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[1-9][0-9]?$", var.region))
    error_message = "region must be an AWS region like eu-central-1."
  }
}

variable "temporary_security_groups" {
  description = "Whether packer makes a security group for each build. It cannot tag one, so that this grants the deletion of any that is in no use; better make one and name it in the recipe (security_group_ids)."
  type        = bool
  default     = false
}

variable "profile_roles" {
  description = "ARNs of the roles in the instance profiles that recipes name (iam_instance_profile, and proof.instanceProfile)."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for role in var.profile_roles : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[^*]+$", role))])
    error_message = "profile_roles must list roles by their full ARN, without wildcards."
  }
}

variable "proof" {
  description = "Whether images are proved before their release: scripts run by SSM on instances that the build launched."
  type        = bool
  default     = false
}

variable "kms_keys" {
  description = "ARNs of the KMS keys that recipes name, and of those that base images are encrypted with. The account's default key for EBS needs no entry."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for key in var.kms_keys : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[^*]+$", key))])
    error_message = "kms_keys must list keys by their full ARN, without wildcards."
  }
}

locals {
  ec2    = "arn:${var.partition}:ec2:${var.region}:${var.account}"
  images = "arn:${var.partition}:ec2:${var.region}::image/*"
  disks  = "arn:${var.partition}:ec2:${var.region}::snapshot/*"
  inside = { StringEquals = { "aws:RequestedRegion" = var.region } }
  tagged = { Null = { "aws:ResourceTag/fleet:run" = "false" } }
  tags   = { Null = { "aws:RequestTag/fleet:run" = "false" } }

  statements = concat([
    {
      # EC2 knows no resources for these (Service Authorization Reference).
      Sid       = "Read"
      Effect    = "Allow"
      Action    = ["ec2:DescribeImages", "ec2:DescribeInstances", "ec2:DescribeKeyPairs", "ec2:DescribeRegions", "ec2:DescribeSecurityGroups", "ec2:DescribeSnapshots", "ec2:DescribeVolumes"]
      Resource  = ["*"]
      Condition = local.inside
    },
    {
      Sid       = "Launch"
      Effect    = "Allow"
      Action    = ["ec2:RunInstances"]
      Resource  = ["${local.ec2}:instance/*", "${local.ec2}:volume/*"]
      Condition = local.tags
    },
    {
      Sid       = "LaunchFrom"
      Effect    = "Allow"
      Action    = ["ec2:RunInstances"]
      Resource  = [local.images, local.disks, "${local.ec2}:key-pair/fleet-*", "${local.ec2}:network-interface/*", "${local.ec2}:security-group/*", "${local.ec2}:subnet/*"]
      Condition = local.inside
    },
    {
      Sid       = "WriteMachine"
      Effect    = "Allow"
      Action    = ["ec2:CreateImage", "ec2:StopInstances", "ec2:TerminateInstances"]
      Resource  = ["${local.ec2}:instance/*"]
      Condition = local.tagged
    },
    {
      Sid       = "MakeImage"
      Effect    = "Allow"
      Action    = ["ec2:CreateImage"]
      Resource  = [local.images, local.disks]
      Condition = local.inside
    },
    {
      # IMDSv2 by the image's own attribute.
      Sid       = "RequireTokens"
      Effect    = "Allow"
      Action    = ["ec2:ModifyImageAttribute"]
      Resource  = [local.images]
      Condition = local.tagged
    },
    {
      # An image whose build was broken off has no tags yet.
      Sid       = "RemoveBrokenOff"
      Effect    = "Allow"
      Action    = ["ec2:DeleteSnapshot", "ec2:DeregisterImage"]
      Resource  = [local.images, local.disks]
      Condition = local.inside
    },
    {
      # Not later: who could give the tag to any machine could end it.
      Sid       = "TagAtLaunch"
      Effect    = "Allow"
      Action    = ["ec2:CreateTags"]
      Resource  = ["${local.ec2}:instance/*", "${local.ec2}:volume/*"]
      Condition = { StringEquals = { "ec2:CreateAction" = "RunInstances" } }
    },
    {
      Sid       = "TagImage"
      Effect    = "Allow"
      Action    = ["ec2:CreateTags"]
      Resource  = [local.images, local.disks]
      Condition = local.tags
    },
    {
      Sid       = "TemporaryKeys"
      Effect    = "Allow"
      Action    = ["ec2:CreateKeyPair", "ec2:DeleteKeyPair"]
      Resource  = ["${local.ec2}:key-pair/fleet-*"]
      Condition = local.inside
    },
    {
      # Whether the keys of all regions that get the image are there and let Auto Scaling launch, before anything is built.
      Sid      = "ReadKeys"
      Effect   = "Allow"
      Action   = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListGrants"]
      Resource = concat(["arn:${var.partition}:kms:*:${var.account}:key/*"], var.kms_keys)
    },
    ], var.temporary_security_groups ? [
    {
      Sid       = "TemporaryGroups"
      Effect    = "Allow"
      Action    = ["ec2:AuthorizeSecurityGroupIngress", "ec2:CreateSecurityGroup", "ec2:DeleteSecurityGroup"]
      Resource  = ["${local.ec2}:security-group/*", "${local.ec2}:vpc/*"]
      Condition = local.inside
    },
    ] : [], length(var.profile_roles) == 0 ? [] : [
    {
      Sid       = "PassProfiles"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = var.profile_roles
      Condition = { StringEquals = { "iam:PassedToService" = "ec2.amazonaws.com" } }
    },
    ], length(var.profile_roles) == 0 ? [] : [
    {
      # packer looks whether the profile is there before it launches.
      Sid      = "ReadProfiles"
      Effect   = "Allow"
      Action   = ["iam:GetInstanceProfile"]
      Resource = ["arn:${var.partition}:iam::${var.account}:instance-profile/*"]
    },
    ], length(var.kms_keys) == 0 ? [] : [
    {
      # EC2 uses the key for the caller (Amazon EBS encryption, permissions for IAM users).
      Sid       = "UseKeys"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
      Resource  = var.kms_keys
      Condition = { StringEquals = { "kms:ViaService" = "ec2.${var.region}.amazonaws.com" } }
    },
    ], length(var.kms_keys) == 0 ? [] : [
    {
      Sid       = "GrantKeys"
      Effect    = "Allow"
      Action    = ["kms:CreateGrant"]
      Resource  = var.kms_keys
      Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
    },
    ], !var.proof ? [] : [
    {
      Sid       = "RunScripts"
      Effect    = "Allow"
      Action    = ["ssm:SendCommand"]
      Resource  = ["${local.ec2}:instance/*"]
      Condition = local.tagged
    },
    ], !var.proof ? [] : [
    {
      Sid      = "RunScriptsBy"
      Effect   = "Allow"
      Action   = ["ssm:SendCommand"]
      Resource = ["arn:${var.partition}:ssm:${var.region}::document/AWS-RunShellScript"]
    },
    ], !var.proof ? [] : [
    {
      # SSM knows no resources for these (Service Authorization Reference).
      Sid       = "FollowScripts"
      Effect    = "Allow"
      Action    = ["ssm:CancelCommand", "ssm:DescribeInstanceInformation", "ssm:GetCommandInvocation", "ssm:ListCommands"]
      Resource  = ["*"]
      Condition = local.inside
    },
  ])
}

output "json" {
  description = "The policy."
  value       = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}
