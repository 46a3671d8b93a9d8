# The role that the Fleet service runs under: it may assume the clusters' roles and put the audit log's heads, and nothing else. Its pods take it by their service account (IAM roles for service accounts).

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "name" {
  description = "Name of the role."
  type        = string
  default     = "fleet"
}

variable "cluster_roles" {
  description = "ARNs of the clusters' roles (output arn of ../cluster-role), in whatever accounts they are."
  type        = list(string)
}

variable "audit_bucket" {
  description = "Where the audit log's heads are put: audit.bucket of the server's settings; kms_key is a key's ARN. Null for no bucket."
  type        = object({ name = string, prefix = optional(string), kms_key = optional(string) })
  default     = null
}

variable "oidc_provider_arn" {
  description = "ARN of the IAM OIDC provider of the cluster that Fleet runs in."
  type        = string
}

variable "service_account" {
  description = "Namespace and name of Fleet's service account."
  type        = object({ namespace = string, name = string })
  default     = { namespace = "fleet", name = "fleet" }
}

locals {
  issuer = replace(var.oidc_provider_arn, "/^.*oidc-provider\\//", "")
}

resource "aws_iam_role" "service" {
  name        = var.name
  description = "The Fleet service; it assumes a role per cluster."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = var.oidc_provider_arn }
      Condition = {
        StringEquals = {
          "${local.issuer}:aud" = "sts.amazonaws.com"
          "${local.issuer}:sub" = "system:serviceaccount:${var.service_account.namespace}:${var.service_account.name}"
        }
      }
    }]
  })
}

data "aws_partition" "here" {}

module "policy" {
  source = "../service-policy"

  cluster_roles = var.cluster_roles
  audit_bucket  = var.audit_bucket == null ? null : merge(var.audit_bucket, { partition = data.aws_partition.here.partition })
}

resource "aws_iam_role_policy" "service" {
  name   = "fleet"
  role   = aws_iam_role.service.id
  policy = module.policy.json
}

output "arn" {
  description = "fleet_role of ../cluster-role."
  value       = aws_iam_role.service.arn
}
