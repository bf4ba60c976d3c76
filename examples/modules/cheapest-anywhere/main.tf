# All offers of all clouds that have a key, the cheapest first.
data "gpupod_gpu_specs" "fitting" {
  clouds               = var.clouds
  gpu_types            = var.gpu_types
  gpu_counts           = [var.gpu_count]
  min_gpu_memory_in_gb = var.min_gpu_memory_in_gb
  is_spot              = false
  max_price_per_hour   = var.max_price_per_hour

  # A pod that exists can be planned while all that fits is sold out.
  include_unavailable = true

  lifecycle {
    postcondition {
      condition     = length(self.offers) > 0
      error_message = "No cloud has such a GPU at that price: ask for less memory, other GPU types, or allow a higher price."
    }
  }
}

locals {
  offer = coalesce(data.gpupod_gpu_specs.fitting.cheapest, data.gpupod_gpu_specs.fitting.offers...)

  # Whose machine it is says Prime Intellect alone.
  is_resold = local.offer.provider != null
}

resource "gpupod_pod" "this" {
  cloud     = local.offer.cloud
  name      = var.name
  image     = var.images[local.offer.cloud]
  gpu_type  = local.offer.gpu_type
  gpu_count = local.offer.gpu_count
  regions   = local.offer.region == null ? null : [local.offer.region]

  prime_intellect = local.is_resold ? {
    cloud_id       = local.offer.cloud_id
    provider       = local.offer.provider
    socket         = local.offer.socket
    data_center_id = local.offer.data_center_id
  } : null

  lifecycle {
    # The pod stays where it is when another offer becomes cheaper.
    ignore_changes = [cloud, image, gpu_type, gpu_count, regions, prime_intellect]
  }
}
