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

variable "tag" {
  description = "The tag that marks what Fleet may write: Auto Scaling groups, their launch templates and (propagated at launch) their instances. Clusters whose cloud controller manager works have it already: kubernetes.io/cluster/NAME = owned."
  type        = object({ key = string, value = string })
}

variable "profile_roles" {
  description = "ARNs of the roles in the instance profiles that the launch templates name: what may be passed to EC2."
  type        = list(string)

  validation {
    condition     = length(var.profile_roles) > 0 && alltrue([for role in var.profile_roles : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[^*]+$", role))])
    error_message = "profile_roles must list at least one role by its full ARN, without wildcards."
  }
}

variable "parameters" {
  description = "Paths of SSM parameters that hold image ids, e.g. /images/worker or /images/*. Without any, the policy grants none."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for path in var.parameters : startswith(path, "/") && path != "/*"])
    error_message = "parameters must be paths from / on, and not all of them."
  }
}

variable "join_parameter" {
  description = "Name of the SecureString from which new nodes read how they join: spec.join.parameter of the cluster. Without it, the policy grants none."
  type        = string
  default     = ""

  validation {
    condition     = var.join_parameter == "" || can(regex("^(/[A-Za-z0-9_.-]+)+$", var.join_parameter))
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
