output "pod_id" {
  description = "The id of the pod."
  value       = gpupod_pod.this.id
}

output "volume_id" {
  description = "The id of the volume."
  value       = gpupod_volume.data.id
}

output "offer" {
  description = "What is the cheapest now; the pod may have been made on another offer."
  value       = local.offer
}

output "ssh" {
  description = "How to log in."
  value       = gpupod_pod.this.ssh
}

output "monthly_cost" {
  description = "What the pod comes to if it runs for a month."
  value       = provider::gpupod::monthly_cost(gpupod_pod.this.price_per_hour)
}
