data "gpupod_pod" "trainer" {
  name = "trainer"
}

data "gpupod_pod_runtime" "trainer" {
  cloud  = data.gpupod_pod.trainer.cloud
  pod_id = data.gpupod_pod.trainer.id
}

# What the pod has cost so far, if its price has never changed.
output "cost" {
  value = data.gpupod_pod_runtime.trainer.running_seconds / 3600 * data.gpupod_pod.trainer.price_per_hour
}
