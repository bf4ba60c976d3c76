# Everything that runs, and so costs money, on all clouds that have a key.
data "gpupod_pods" "running" {
  statuses    = ["running"]
  name_prefix = "train-"
}

output "price_per_hour" {
  value = sum(concat([0], [for pod in data.gpupod_pods.running.pods : pod.price_per_hour if pod.price_per_hour != null]))
}
