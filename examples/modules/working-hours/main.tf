locals {
  # The clock on the wall, then moved back by the beginning of the working hours: what counts is how many hours have
  # passed since they last began, and on which day that was. So they may go over midnight.
  moved  = timeadd(coalesce(var.now, plantimestamp()), "${var.utc_offset - var.hours.from}h")
  length = (var.hours.until - var.hours.from + 23) % 24 + 1

  is_open = (
    contains(var.days, formatdate("EEE", local.moved)) &&
    tonumber(formatdate("h", local.moved)) < local.length
  )
}

resource "gpupod_pod" "this" {
  cloud = var.cloud
  name  = var.name
  image = var.image

  gpu_type  = var.gpu_type
  gpu_count = var.gpu_type == null ? null : var.gpu_count
  regions   = var.regions
  volumes   = var.volumes
  cpod      = var.cpod

  # Only this follows the clock, so that plans within the hours are empty, and those outside of them too.
  desired_state = local.is_open ? "running" : "stopped"
}
