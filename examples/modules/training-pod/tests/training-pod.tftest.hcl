# Runs on the simulator: `terraform-provider-gpupod simulator` prints what to export.
provider "gpupod" {
  poll_interval = "50ms"
}

variables {
  name     = "trainer"
  gpu_type = "NVIDIA_RTX_4090_24G"
  region   = "us-east-1"
}

run "a_name_is_short_and_plain" {
  command = plan

  variables {
    name = "My Trainer"
  }

  expect_failures = [var.name]
}

run "a_volume_has_a_size" {
  command = plan

  variables {
    volume_size_in_gb = 0
  }

  expect_failures = [var.volume_size_in_gb]
}

run "a_mount_path_is_absolute" {
  command = plan

  variables {
    mount_path = "data"
  }

  expect_failures = [var.mount_path]
}

run "port_22_is_published_already" {
  command = plan

  variables {
    web_ports = [22, 8888]
  }

  expect_failures = [var.web_ports]
}

run "a_state_is_one_of_two" {
  command = plan

  variables {
    desired_state = "paused"
  }

  expect_failures = [var.desired_state]
}

run "the_pod_is_where_its_volume_is" {
  variables {
    web_ports = [8888]
  }

  assert {
    condition     = gpupod_pod.this.region == gpupod_volume.data.region
    error_message = "The pod cannot reach a volume in another region."
  }

  assert {
    condition     = gpupod_pod.this.volumes[0].id == output.volume_id
    error_message = "The volume is not mounted."
  }

  assert {
    condition     = output.ssh.port > 0 && keys(output.web) == ["8888"]
    error_message = "SSH and Jupyter have to be reachable."
  }
}

run "the_pod_stops_and_the_volume_stays" {
  variables {
    web_ports     = [8888]
    desired_state = "stopped"
  }

  assert {
    condition     = output.status == "stopped"
    error_message = "The pod still runs."
  }

  assert {
    condition     = output.pod_id == run.the_pod_is_where_its_volume_is.pod_id
    error_message = "To stop a pod must not replace it."
  }
}
