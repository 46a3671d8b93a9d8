# What a worker with Fleet's user data (templates/worker) calls at boot, and nothing else: it reads how it joins its own cluster. No provider: the JSON is an output,
# for a role of an instance profile, beside what kubelet and cloud provider need.

terraform {
  required_version = ">= 1.5"
}

variable "partition" {
  description = "AWS partition: aws, aws-cn or aws-us-gov."
  type        = string
  default     = "aws"
}

variable "account" {
  description = "The cluster's AWS account, twelve digits."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account))
    error_message = "account must be twelve digits."
  }
}

variable "region" {
  description = "The cluster's region, e.g. eu-central-1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[1-9][0-9]?$", var.region))
    error_message = "region must be an AWS region like eu-central-1."
  }
}

variable "join_parameter" {
  description = "Name of the SecureString from which new nodes read how they join: spec.join.parameter of the cluster."
  type        = string

  validation {
    condition     = can(regex("^(/[A-Za-z0-9_.-]+)+$", var.join_parameter))
    error_message = "join_parameter must be a path like /fleet/clusters/prod/join, without wildcards."
  }
}

variable "join_kms_key" {
  description = "ARN of the KMS key that encrypts it (spec.join.kmsKey). The account's alias/aws/ssm needs no entry."
  type        = string
  default     = ""

  validation {
    condition     = var.join_kms_key == "" || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[^*]+$", var.join_kms_key))
    error_message = "join_kms_key must be a key by its full ARN, without wildcards."
  }
}

output "json" {
  description = "The policy document."
  value = jsonencode({ Version = "2012-10-17", Statement = concat([
    {
      Sid      = "ReadJoinToken"
      Effect   = "Allow"
      Action   = ["ssm:GetParameter"]
      Resource = ["arn:${var.partition}:ssm:${var.region}:${var.account}:parameter${var.join_parameter}"]
    },
    ], var.join_kms_key == "" ? [] : [
    {
      Sid       = "DecryptJoinToken"
      Effect    = "Allow"
      Action    = ["kms:Decrypt"]
      Resource  = [var.join_kms_key]
      Condition = { StringEquals = { "kms:ViaService" = "ssm.${var.region}.amazonaws.com" } }
    },
  ]) })
}
