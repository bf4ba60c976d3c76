# Runs on the simulator: `terraform-provider-gpupod simulator` prints what to export.
provider "gpupod" {
  poll_interval = "50ms"
}

variables {
  name = "bargain"
}

run "a_cloud_publishes_its_gpus" {
  command = plan

  variables {
    clouds = ["cpod"]
  }

  expect_failures = [var.clouds]
}

run "a_pod_has_gpus" {
  command = plan

  variables {
    gpu_count = 0
  }

  expect_failures = [var.gpu_count]
}

run "nothing_is_for_nothing" {
  command = plan

  variables {
    max_price_per_hour = 0
  }

  expect_failures = [var.max_price_per_hour]
}

run "a_wish_that_nobody_fulfils_is_said_plainly" {
  command = plan

  variables {
    min_gpu_memory_in_gb = 80
    max_price_per_hour   = 0.01
  }

  expect_failures = [data.gpupod_gpu_specs.fitting]
}

run "the_cheapest_of_all" {
  assert {
    condition     = output.offer.available && output.price_per_hour <= output.offer.price_per_hour
    error_message = "The pod costs no more than the cheapest offer."
  }

  assert {
    condition = output.offer.price_per_hour == min([
      for offer in data.gpupod_gpu_specs.fitting.offers : offer.price_per_hour
      if offer.available && offer.price_per_hour != null
    ]...)
    error_message = "No offer that is free is cheaper."
  }
}

run "the_pod_stays_when_other_offers_are_asked_for" {
  variables {
    gpu_types = ["NVIDIA_H100_80G"]
  }

  assert {
    condition     = output.id == run.the_cheapest_of_all.id && output.offer.gpu_type == "NVIDIA_H100_80G"
    error_message = "A pod must not be replaced because another offer is the cheapest now."
  }
}
