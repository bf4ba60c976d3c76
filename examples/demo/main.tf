# What the demo applies: `cargo run --example quickstart`.

terraform {
  required_providers {
    gpupod = {
      source = "registry.terraform.io/gpupod/gpupod"
    }
  }
}

# The key and the address come from the environment: here the simulator's, otherwise your cloud's.
provider "gpupod" {
  poll_interval = "500ms"
}

variable "image" {
  type    = string
  default = "pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime"
}

variable "desired_state" {
  type    = string
  default = "running"
}

resource "gpupod_pod" "trainer" {
  name      = "trainer"
  image     = var.image
  gpu_type  = "NVIDIA_RTX_4090_24G"
  gpu_count = 1

  desired_state = var.desired_state

  expose = [
    { port = 22, protocol = "TCP" },
    { port = 8888 },
  ]

  environment_vars = {
    EPOCHS = "10"
  }
}

output "ssh" {
  value = one(gpupod_pod.trainer.ssh[*].command)
}

output "price_per_hour" {
  value = gpupod_pod.trainer.price_per_hour
}
