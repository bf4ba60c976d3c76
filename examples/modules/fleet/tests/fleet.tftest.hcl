# Runs on the simulator: `terraform-provider-gpupod simulator` prints what to export.
provider "gpupod" {
  poll_interval = "50ms"

  cpod = { workspace_id = "ws-tests" }
}

variables {
  prefix = "night"

  pods = {
    large = {
      image     = "pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime"
      gpu_type  = "NVIDIA_H100_80G"
      gpu_count = 2
      expose    = [{ port = 8888 }]
    }
    resold = {
      cloud    = "prime_intellect"
      image    = "ubuntu_22_cuda_12"
      gpu_type = "RTX4090_24GB"
    }
    queue = {
      cloud = "cpod"
      image = "docker.io/library/redis:8"
      cpod  = { memory = "2Gi" }
    }
  }
}

run "a_prefix_is_short_and_plain" {
  command = plan

  variables {
    prefix = "Night shift"
  }

  expect_failures = [var.prefix]
}

run "a_name_is_short_and_plain" {
  command = plan

  variables {
    pods = { "a b" = { image = "busybox:1", gpu_type = "NVIDIA_H100_80G" } }
  }

  expect_failures = [var.pods]
}

run "a_cloud_is_one_of_three" {
  command = plan

  variables {
    pods = { one = { cloud = "aws", image = "busybox:1", gpu_type = "NVIDIA_H100_80G" } }
  }

  expect_failures = [var.pods]
}

run "a_pod_with_gpus_says_which" {
  command = plan

  variables {
    pods = { one = { image = "busybox:1" } }
  }

  expect_failures = [var.pods]
}

run "nothing_is_a_fleet_too" {
  variables {
    pods = {}
  }

  assert {
    condition     = output.price_per_hour == 0
    error_message = "No pods cost nothing."
  }
}

run "each_entry_is_a_pod" {
  assert {
    condition     = output.clouds == { large = "yotta", resold = "prime_intellect", queue = "cpod" }
    error_message = "Each pod runs on its own cloud."
  }

  assert {
    condition     = gpupod_pod.this["large"].name == "night-large" && gpupod_pod.this["large"].gpu_count == 2
    error_message = "A pod is named after the fleet and its entry, and has its GPUs."
  }

  assert {
    condition     = output.price_per_hour > 0
    error_message = "Pods cost something."
  }
}

run "an_entry_that_goes_takes_its_pod_alone" {
  variables {
    pods = {
      large = {
        image     = "pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime"
        gpu_type  = "NVIDIA_H100_80G"
        gpu_count = 2
        expose    = [{ port = 8888 }]
      }
    }
  }

  assert {
    condition     = output.ids == { large = run.each_entry_is_a_pod.ids["large"] }
    error_message = "The pod that stays must not be replaced."
  }
}
