# What the second part of the demo applies: one module, which runs on each cloud by one variable.

terraform {
  required_providers {
    gpupod = {
      source = "registry.terraform.io/gpupod/gpupod"
    }
  }
}

# All three clouds have a key in the environment.
provider "gpupod" {
  poll_interval = "500ms"

  # cPod's pods belong to a workspace.
  cpod = { workspace_id = "ws-demo" }
}

variable "cloud" {
  type = string
}

module "pod" {
  source = "./modules/pod"

  cloud = var.cloud
  name  = "wanderer"
}

output "cloud" {
  value = module.pod.cloud
}

output "price_per_hour" {
  value = module.pod.price_per_hour
}

# What is the cheapest of all that the clouds have with one GPU of 80 GB.
data "gpupod_gpu_specs" "large" {
  gpu_counts           = [1]
  min_gpu_memory_in_gb = 80
}

output "cheapest_80_gb" {
  value = format(
    "%s at %s for %s an hour",
    data.gpupod_gpu_specs.large.cheapest.gpu_type,
    data.gpupod_gpu_specs.large.cheapest.cloud,
    data.gpupod_gpu_specs.large.cheapest.price_per_hour,
  )
}
