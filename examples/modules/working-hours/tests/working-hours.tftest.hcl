# Runs on the simulator: `terraform-provider-gpupod simulator` prints what to export.
provider "gpupod" {
  poll_interval = "50ms"
}

variables {
  name     = "workbench"
  image    = "pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime"
  gpu_type = "NVIDIA_RTX_4090_24G"
}

run "a_cloud_has_to_be_able_to_stop" {
  command = plan

  variables {
    cloud = "prime_intellect"
  }

  expect_failures = [var.cloud]
}

run "a_pod_on_yotta_has_a_gpu" {
  command = plan

  variables {
    gpu_type = null
  }

  expect_failures = [var.gpu_type]
}

run "a_day_has_24_hours" {
  command = plan

  variables {
    hours = { from = 8, until = 25 }
  }

  expect_failures = [var.hours]
}

run "hours_have_a_length" {
  command = plan

  variables {
    hours = { from = 8, until = 8 }
  }

  expect_failures = [var.hours]
}

run "days_have_three_letters" {
  command = plan

  variables {
    days = ["Monday"]
  }

  expect_failures = [var.days]
}

run "clocks_are_near_utc" {
  command = plan

  variables {
    utc_offset = 100
  }

  expect_failures = [var.utc_offset]
}

run "a_time_is_a_time" {
  command = plan

  variables {
    now = "in the morning"
  }

  expect_failures = [var.now]
}

run "monday_morning" {
  variables {
    now = "2026-01-05T08:00:00Z"
  }

  assert {
    condition     = output.is_open && output.status == "running"
    error_message = "The pod runs from 8 o'clock."
  }
}

run "monday_evening" {
  variables {
    now = "2026-01-05T18:00:00Z"
  }

  assert {
    condition     = !output.is_open && output.status == "stopped"
    error_message = "The pod stops at 18 o'clock."
  }

  assert {
    condition     = output.id == run.monday_morning.id
    error_message = "To stop a pod must not replace it."
  }
}

run "tuesday_morning" {
  variables {
    now = "2026-01-06T09:30:00Z"
  }

  assert {
    condition     = output.status == "running" && output.id == run.monday_morning.id
    error_message = "The same pod runs again."
  }
}

run "saturday" {
  command = plan

  variables {
    now = "2026-01-10T10:00:00Z"
  }

  assert {
    condition     = !output.is_open
    error_message = "Nobody works on Saturday."
  }
}

run "the_clocks_of_berlin_in_winter" {
  command = plan

  variables {
    now        = "2026-01-05T07:00:00Z"
    utc_offset = 1
  }

  assert {
    condition     = output.is_open
    error_message = "It is 8 o'clock in Berlin."
  }
}

run "a_night_shift_ends_on_the_next_day" {
  command = plan

  variables {
    now   = "2026-01-10T05:00:00Z"
    hours = { from = 22, until = 6 }
  }

  assert {
    condition     = output.is_open
    error_message = "Friday's night shift goes on until Saturday at 6."
  }
}

run "a_night_shift_has_an_end" {
  command = plan

  variables {
    now   = "2026-01-10T06:00:00Z"
    hours = { from = 22, until = 6 }
  }

  assert {
    condition     = !output.is_open
    error_message = "Friday's night shift is over on Saturday at 6."
  }
}

run "all_day" {
  command = plan

  variables {
    now   = "2026-01-05T23:59:59Z"
    hours = { from = 0, until = 24 }
  }

  assert {
    condition     = output.is_open
    error_message = "From 0 until 24 is the whole day."
  }
}
