# The distribution's image that the worker image starts from.

variable "distribution" {
  type        = string
  description = "What the base image runs, as in its os-release ID-VERSION_ID."
  validation {
    condition     = contains(["debian-12", "ubuntu-24.04"], var.distribution)
    error_message = "The distribution must be debian-12 or ubuntu-24.04."
  }
}

variable "source_ami" {
  type        = string
  description = "The base image's id. Empty: the newest of source_owners with source_name."
  default     = ""
  validation {
    condition     = regex_replace(var.source_ami, "^(ami-[0-9a-f]{8,17})$", "") == ""
    error_message = "The source_ami must be an image id, as ami-0123456789abcdef0, or empty."
  }
}

variable "source_owners" {
  type        = list(string)
  description = "The accounts whose images are looked through where source_ami is empty."
  validation {
    condition     = length([for item in var.source_owners : item if item == "" || regex_replace(item, "^([0-9]{12}|self)$", "") != ""]) == 0 && length(var.source_owners) > 0
    error_message = "The source_owners must be account ids of 12 digits, or self: anybody can give an image any name."
  }
}

variable "source_name" {
  type        = string
  description = "The name, with * and ?, that is looked for where source_ami is empty; ARCH stands for the architecture."
  validation {
    condition     = var.source_name != ""
    error_message = "The source_name must not be empty."
  }
}
