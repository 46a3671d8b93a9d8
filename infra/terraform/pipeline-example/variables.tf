variable "server" {
  description = "URL of the Fleet server."
  type        = string
}

variable "cluster" {
  description = "The cluster, as it is declared on the server."
  type        = string
}

variable "pools" {
  description = "Node pools by name: the image that every instance shall have, and spec as Fleet's document NodePool has it, without cluster."
  type        = any

  validation {
    condition     = alltrue([for pool in var.pools : can(regex("^ami-[0-9a-f]{8,17}$", pool.image)) && can(pool.spec.groups)])
    error_message = "Each pool needs image (ami- and 8 to 17 hexadecimal digits) and spec with groups."
  }
}

variable "fleet" {
  description = "The fleet command."
  type        = string
  default     = "fleet"
}
