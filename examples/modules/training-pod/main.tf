# Network storage in one region, which outlives the pod: stop it, replace it, and the data is there.
resource "gpupod_volume" "data" {
  cloud        = "yotta"
  name         = "${var.name}-data"
  storage_type = "CEPH"
  region       = var.region
  size_in_gb   = var.volume_size_in_gb
}

resource "gpupod_pod" "this" {
  cloud     = "yotta"
  name      = var.name
  image     = var.image
  gpu_type  = var.gpu_type
  gpu_count = var.gpu_count

  # The volume cannot be mounted from another region.
  regions = [var.region]
  volumes = [{ id = gpupod_volume.data.id, mount_path = var.mount_path }]

  # SSH comes over TCP; everything else is a web page such as Jupyter or TensorBoard.
  expose = concat([{ port = 22, protocol = "TCP" }], [for port in var.web_ports : { port = port }])

  environment_vars       = var.environment_vars
  initialization_command = var.command
  desired_state          = var.desired_state
}
