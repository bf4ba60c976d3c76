# Whatever has two GPUs of at least 24 GB, in Europe or in the east of the US, for at most 3 an hour.
data "gpupod_gpu_specs" "training" {
  regions              = ["eu-2", "us-east-1"]
  gpu_counts           = [2]
  min_gpu_memory_in_gb = 24
  max_price_per_hour   = 3
}

# Null if nothing that fits is free now.
output "cheapest" {
  value = data.gpupod_gpu_specs.training.cheapest
}

output "price_list" {
  value = [
    for offer in data.gpupod_gpu_specs.training.offers :
    "${offer.gpu_count} x ${offer.gpu_type} in ${offer.region}: ${offer.price_per_hour} ${offer.currency}"
  ]
}

# A pod on the cheapest offer. It stays where it is when another offer becomes cheaper.
resource "gpupod_pod" "training" {
  name      = "training"
  image     = "pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime"
  cloud     = data.gpupod_gpu_specs.training.cheapest.cloud
  gpu_type  = data.gpupod_gpu_specs.training.cheapest.gpu_type
  gpu_count = data.gpupod_gpu_specs.training.cheapest.gpu_count
  regions   = [data.gpupod_gpu_specs.training.cheapest.region]
  is_spot   = data.gpupod_gpu_specs.training.cheapest.is_spot

  lifecycle {
    ignore_changes = [cloud, gpu_type, gpu_count, regions, is_spot]
  }
}
