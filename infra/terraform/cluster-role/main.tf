# The role that Fleet assumes in a cluster's account: one per cluster, with an external id, and the permissions of ../policy.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "cluster" {
  description = "The cluster's name, as it is declared to Fleet."
  type        = string
}

variable "region" {
  description = "The cluster's region."
  type        = string
}

variable "fleet_role" {
  description = "ARN of the role that the Fleet service runs under (output arn of ../service-role): who may assume this one."
  type        = string
}

variable "external_id" {
  description = "What Fleet must say to assume the role: spec.externalId of the cluster. Draw one per cluster, e.g. with uuidgen."
  type        = string

  validation {
    condition     = length(var.external_id) >= 16 && length(var.external_id) <= 1224 && can(regex("^[A-Za-z0-9+=,.@:/_-]+$", var.external_id))
    error_message = "external_id must be 16 to 1224 letters, digits and + = , . @ : / - _."
  }
}

variable "tag" {
  description = "The tag on what Fleet may write; kubernetes.io/cluster/NAME = owned where it is null."
  type        = object({ key = string, value = string })
  default     = null
}

variable "profile_roles" {
  description = "ARNs of the roles in the nodes' instance profiles."
  type        = list(string)
}

variable "parameters" {
  description = "Paths of SSM parameters that hold image ids."
  type        = list(string)
  default     = []
}

variable "join" {
  description = "Where the cluster declares spec.join: its parameter (/fleet/clusters/NAME/join where it is null), and the ARN of its KMS key, if it names one. Null where it does not."
  type        = object({ parameter = optional(string), kms_key = optional(string, "") })
  default     = null
}

variable "permissions_boundary" {
  description = "ARN of a permissions boundary for the role; null sets none."
  type        = string
  default     = null
}

data "aws_caller_identity" "here" {}

data "aws_partition" "here" {}

module "policy" {
  source = "../policy"

  partition     = data.aws_partition.here.partition
  account       = data.aws_caller_identity.here.account_id
  region        = var.region
  tag           = coalesce(var.tag, { key = "kubernetes.io/cluster/${var.cluster}", value = "owned" })
  profile_roles = var.profile_roles
  parameters    = var.parameters

  join_parameter = var.join == null ? "" : coalesce(var.join.parameter, "/fleet/clusters/${var.cluster}/join")
  join_kms_key   = var.join == null ? "" : var.join.kms_key
}

resource "aws_iam_role" "cluster" {
  name                 = "fleet-${var.cluster}"
  description          = "Fleet replaces the machines of the cluster ${var.cluster} under this role."
  max_session_duration = 3600
  permissions_boundary = var.permissions_boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = var.fleet_role }
      Condition = { StringEquals = { "sts:ExternalId" = var.external_id } }
    }]
  })
}

resource "aws_iam_role_policy" "cluster" {
  name   = "fleet"
  role   = aws_iam_role.cluster.id
  policy = module.policy.json
}

output "arn" {
  description = "spec.roleArn of the cluster."
  value       = aws_iam_role.cluster.arn
}
