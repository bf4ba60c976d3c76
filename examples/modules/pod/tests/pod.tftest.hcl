# Runs on the simulator: `terraform-provider-gpupod simulator` prints what to export.
provider "gpupod" {
  poll_interval = "50ms"

  cpod = { workspace_id = "ws-tests" }
}

variables {
  name = "wanderer"
}

run "a_cloud_is_one_of_three" {
  command = plan

  variables {
    cloud = "aws"
  }

  expect_failures = [var.cloud]
}

run "a_cloud_needs_an_image" {
  command = plan

  variables {
    cloud  = "cpod"
    images = { yotta = "busybox:1" }
  }

  expect_failures = [var.images]
}

run "on_yotta" {
  variables {
    cloud = "yotta"
  }

  assert {
    condition     = output.cloud == "yotta" && output.status == "running" && output.price_per_hour > 0
    error_message = "The pod has to run on Yotta."
  }
}

run "on_prime_intellect" {
  variables {
    cloud = "prime_intellect"
  }

  assert {
    condition     = output.cloud == "prime_intellect" && output.status == "running" && output.price_per_hour > 0
    error_message = "The pod has to move to Prime Intellect."
  }
}

run "on_cpod" {
  variables {
    cloud = "cpod"
  }

  assert {
    condition     = output.cloud == "cpod" && output.status == "running" && output.id != run.on_yotta.id
    error_message = "The pod has to move to cPod."
  }
}
