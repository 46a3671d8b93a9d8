# What Fleet calls where it publishes and retires images, and nothing else; a test holds it to the compiled calls. No provider: the JSON is an output.
# A recipe's role has it beside builder-policy. Only what bears the tag fleet:recipe can be changed or removed.

terraform {
  required_version = ">= 1.5"
}

variable "partition" {
  description = "AWS partition: aws, aws-cn or aws-us-gov."
  type        = string
  default     = "aws"
}

variable "account" {
  description = "The AWS account that owns the images, twelve digits."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account))
    error_message = "account must be twelve digits."
  }
}

variable "regions" {
  description = "The regions that images are built in and copied to, e.g. [\"eu-central-1\"]."
  type        = list(string)

  validation {
    condition     = length(var.regions) > 0 && alltrue([for region in var.regions : can(regex("^[a-z]{2}(-[a-z]+)+-[1-9][0-9]?$", region))])
    error_message = "regions must list AWS regions like eu-central-1, at least one."
  }
}

variable "published" {
  description = "Path below which Fleet writes parameters that hold image ids."
  type        = string
  default     = "/fleet/images"

  validation {
    condition     = can(regex("^(/[A-Za-z0-9_.-]+)+$", var.published))
    error_message = "published must be a path like /fleet/images, without wildcards."
  }
}

variable "parameters" {
  description = "Paths of further parameters that hold image ids and are read as uses, e.g. those that launch templates name by resolve:ssm:."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for path in var.parameters : can(regex("^(/[A-Za-z0-9_.-]+)+$", path))])
    error_message = "parameters must be paths like /images, without wildcards."
  }
}

variable "kms_keys" {
  description = "ARNs of the KMS keys that recipes name (kmsKeys). The account's default key for EBS needs no entry."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for key in var.kms_keys : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[^*]+$", key))])
    error_message = "kms_keys must list keys by their full ARN, without wildcards."
  }
}

locals {
  images    = [for region in var.regions : "arn:${var.partition}:ec2:${region}::image/*"]
  snapshots = [for region in var.regions : "arn:${var.partition}:ec2:${region}::snapshot/*"]
  inside    = { StringEquals = { "aws:RequestedRegion" = var.regions } }
  made      = { StringLike = { "aws:ResourceTag/fleet:recipe" = "*" } }

  statements = concat([
    {
      # Auto Scaling and EC2 know no resources for these (Service Authorization Reference).
      Sid    = "ReadImagesAndUses"
      Effect = "Allow"
      Action = [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeWarmPool",
        "ec2:DescribeImages",
        "ec2:DescribeInstances",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribeSnapshots",
      ]
      Resource  = ["*"]
      Condition = local.inside
    },
    {
      Sid    = "ChangeOwnImages"
      Effect = "Allow"
      Action = [
        "ec2:DeregisterImage",
        "ec2:DisableImage",
        "ec2:DisableImageDeprecation",
        "ec2:EnableImage",
        "ec2:EnableImageDeprecation",
        "ec2:ModifyImageAttribute",
      ]
      Resource  = local.images
      Condition = local.made
    },
    {
      Sid       = "DeleteOwnSnapshots"
      Effect    = "Allow"
      Action    = ["ec2:DeleteSnapshot"]
      Resource  = local.snapshots
      Condition = local.made
    },
    {
      # What does not bear the recipe's tag cannot be given it: who could do that could remove anything.
      Sid       = "TagOwnImages"
      Effect    = "Allow"
      Action    = ["ec2:CreateTags"]
      Resource  = concat(local.images, local.snapshots)
      Condition = local.made
    },
    {
      Sid       = "Copy"
      Effect    = "Allow"
      Action    = ["ec2:CopyImage"]
      Resource  = concat(local.images, local.snapshots)
      Condition = local.inside
    },
    {
      Sid       = "TagCopies"
      Effect    = "Allow"
      Action    = ["ec2:CreateTags"]
      Resource  = concat(local.images, local.snapshots)
      Condition = { StringEquals = { "ec2:CreateAction" = "CopyImage" } }
    },
    {
      Sid       = "PublishParameters"
      Effect    = "Allow"
      Action    = ["ssm:DeleteParameter", "ssm:PutParameter"]
      Resource  = [for region in var.regions : "arn:${var.partition}:ssm:${region}:${var.account}:parameter${var.published}/*"]
      Condition = local.inside
    },
    {
      Sid       = "ReadParameters"
      Effect    = "Allow"
      Action    = ["ssm:GetParameters", "ssm:GetParametersByPath"]
      Resource  = flatten([for region in var.regions : [for path in concat([var.published], var.parameters) : ["arn:${var.partition}:ssm:${region}:${var.account}:parameter${path}", "arn:${var.partition}:ssm:${region}:${var.account}:parameter${path}/*"]]])
      Condition = local.inside
    },
    {
      # Whether keys are there and let Auto Scaling launch, before anything is copied; those of other accounts by kms_keys.
      Sid       = "ReadKeys"
      Effect    = "Allow"
      Action    = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListGrants"]
      Resource  = concat([for region in var.regions : "arn:${var.partition}:kms:${region}:${var.account}:key/*"], var.kms_keys)
      Condition = local.inside
    },
    ], length(var.kms_keys) == 0 ? [] : [
    {
      # EC2 uses the key for the caller (Amazon EBS encryption, permissions for IAM users).
      Sid       = "UseKeys"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
      Resource  = var.kms_keys
      Condition = { StringEquals = { "kms:ViaService" = [for region in var.regions : "ec2.${region}.amazonaws.com"] } }
    },
    ], length(var.kms_keys) == 0 ? [] : [
    {
      Sid       = "GrantKeys"
      Effect    = "Allow"
      Action    = ["kms:CreateGrant"]
      Resource  = var.kms_keys
      Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
    },
  ])
}

output "json" {
  description = "The policy."
  value       = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}
