data "gpupod_pod_history" "recent" {
  cloud = "prime_intellect"
  limit = 50
}

# What the last fifty pods have cost.
output "total" {
  value = sum(concat([0], data.gpupod_pod_history.recent.pods[*].total_price))
}
