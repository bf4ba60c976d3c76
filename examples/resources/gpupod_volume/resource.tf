resource "gpupod_volume" "models" {
  name         = "models"
  storage_type = "CEPH"
  region       = "us-east-3"

  # A larger size lets the volume grow in place, while no pod mounts it.
  size_in_gb = 500

  timeouts = { delete = "1h" }
}

# Object storage grows by itself, and has neither a size nor a region.
resource "gpupod_volume" "results" {
  name         = "results"
  storage_type = "S3"
}

resource "gpupod_pod" "trainer" {
  name      = "trainer"
  image     = "pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime"
  gpu_type  = "NVIDIA_RTX_4090_24G"
  gpu_count = 1
  regions   = [gpupod_volume.models.region]

  volumes = [
    { id = gpupod_volume.models.id, mount_path = "/models" },
    { id = gpupod_volume.results.id, mount_path = "/results" },
  ]
}
