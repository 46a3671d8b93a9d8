# Declares node pools on a Fleet server and rotates each to its image. Nothing but Terraform's built-in parts and the `fleet` command is needed.
# The key or token comes from the environment (FLEET_TOKEN) of whoever runs Terraform, so that it is in no state and no plan.

terraform {
  required_version = ">= 1.4"
}

locals {
  documents = {
    for name, pool in var.pools : name => jsonencode({
      apiVersion = "fleet/v1"
      kind       = "NodePool"
      metadata   = { name = name }
      spec       = merge(pool.spec, { cluster = var.cluster })
    })
  }
}

# Stands for a pool from its first apply to its destroy. Destroyed, Fleet forgets the pool; its instances stay as they are.
resource "terraform_data" "pool" {
  for_each = var.pools

  input = {
    fleet  = var.fleet
    server = var.server
    name   = "${var.cluster}/${each.key}"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "\"$FLEET\" delete nodepool \"$POOL\" --yes"
    environment = {
      FLEET        = self.input.fleet
      FLEET_SERVER = self.input.server
      POOL         = self.input.name
    }
  }
}

# Declares the pool again whenever its document changes.
resource "terraform_data" "declared" {
  for_each = var.pools

  triggers_replace = [local.documents[each.key]]

  provisioner "local-exec" {
    command = "printf '%s' \"$DOCUMENT\" | \"$FLEET\" apply -f - --yes"
    environment = {
      FLEET        = var.fleet
      FLEET_SERVER = var.server
      DOCUMENT     = local.documents[each.key]
    }
  }

  depends_on = [terraform_data.pool]
}

# Rotates the pool whenever its image changes, and waits. Where the run does not succeed, the apply fails with the run's reason and the next apply tries again:
# it attaches to the run that is still under way, and finds nothing to do where it has succeeded meanwhile. An order for another image takes the place of a run that is under way.
resource "terraform_data" "rotation" {
  for_each = var.pools

  triggers_replace = [each.value.image]

  provisioner "local-exec" {
    command = "\"$FLEET\" rotate \"$POOL\" --image \"$IMAGE\" --when-under-way supersede --yes --wait"
    environment = {
      FLEET        = var.fleet
      FLEET_SERVER = var.server
      POOL         = terraform_data.pool[each.key].input.name
      IMAGE        = each.value.image
    }
  }

  depends_on = [terraform_data.declared]
}
