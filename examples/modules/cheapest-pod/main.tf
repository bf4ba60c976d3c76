data "gpupod_gpu_specs" "fitting" {
  clouds               = ["yotta"]
  gpu_types            = var.gpu_types
  gpu_counts           = [var.gpu_count]
  min_gpu_memory_in_gb = var.min_gpu_memory_in_gb
  is_spot              = var.is_spot

  # A pod that exists can be planned while all that fits is sold out.
  include_unavailable = true
}

locals {
  offer = coalesce(data.gpupod_gpu_specs.fitting.cheapest, data.gpupod_gpu_specs.fitting.offers...)
}

# Object storage is in no region, so it can be mounted wherever the cheapest offer is.
resource "gpupod_volume" "data" {
  cloud        = "yotta"
  name         = var.name
  storage_type = "S3"
}

resource "gpupod_pod" "this" {
  name      = var.name
  image     = var.image
  cloud     = local.offer.cloud
  gpu_type  = local.offer.gpu_type
  gpu_count = local.offer.gpu_count
  regions   = [local.offer.region]
  is_spot   = local.offer.is_spot

  volumes = [{ id = gpupod_volume.data.id, mount_path = var.mount_path }]

  lifecycle {
    # The pod stays where it is when another offer becomes cheaper.
    ignore_changes = [cloud, gpu_type, gpu_count, regions, is_spot]
  }
}
