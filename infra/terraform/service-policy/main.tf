# What the Fleet service may do under its own role, and nothing else; a test holds it to the compiled calls. No provider: the JSON is an output.

terraform {
  required_version = ">= 1.5"
}

variable "cluster_roles" {
  description = "ARNs of the clusters' roles (output arn of ../cluster-role), in whatever accounts they are."
  type        = list(string)

  validation {
    condition     = length(var.cluster_roles) > 0 && alltrue([for role in var.cluster_roles : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[^*]+$", role))])
    error_message = "cluster_roles must list at least one role by its full ARN, without wildcards."
  }
}

variable "audit_bucket" {
  description = "Where the audit log's heads are put: audit.bucket of the server's settings. kms_key is the ARN of the key that encrypts them, null where the bucket has none of its own. Null for no bucket."
  type        = object({ partition = optional(string, "aws"), name = string, prefix = optional(string), kms_key = optional(string) })
  default     = null

  validation {
    condition     = var.audit_bucket == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.audit_bucket.name))
    error_message = "audit_bucket.name must be a bucket's name, without wildcards."
  }

  validation {
    condition     = try(var.audit_bucket.prefix, null) == null || can(regex("^[A-Za-z0-9._-][A-Za-z0-9._/-]*$", var.audit_bucket.prefix))
    error_message = "audit_bucket.prefix must be letters, digits and . _ - /, without wildcards."
  }
}

locals {
  prefix = try(var.audit_bucket.prefix, null) == null ? "" : "${trimsuffix(var.audit_bucket.prefix, "/")}/"
  key    = try(var.audit_bucket.kms_key, null)

  statements = concat([
    {
      Sid      = "AssumeClusterRoles"
      Effect   = "Allow"
      Action   = ["sts:AssumeRole"]
      Resource = var.cluster_roles
    },
    ],
    # Written once and neither read nor deleted: to read them is for whoever verifies the log.
    [for bucket in var.audit_bucket[*] : {
      Sid      = "PutAuditHeads"
      Effect   = "Allow"
      Action   = ["s3:PutObject"]
      Resource = ["arn:${bucket.partition}:s3:::${bucket.name}/${local.prefix}*"]
    }],
    [for key in local.key[*] : {
      Sid      = "EncryptAuditHeads"
      Effect   = "Allow"
      Action   = ["kms:GenerateDataKey"]
      Resource = [key]
    }],
  )
}

output "json" {
  description = "The policy."
  value       = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}
