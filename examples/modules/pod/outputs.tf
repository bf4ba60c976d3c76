output "id" {
  description = "The id of the pod."
  value       = gpupod_pod.this.id
}

output "cloud" {
  description = "The cloud that the pod runs on."
  value       = gpupod_pod.this.cloud
}

output "status" {
  description = "What the pod is doing."
  value       = gpupod_pod.this.status
}

output "ssh" {
  description = "How to log in, where the cloud offers it."
  value       = gpupod_pod.this.ssh
}

output "price_per_hour" {
  description = "What the pod costs an hour, where the cloud tells it."
  value       = gpupod_pod.this.price_per_hour
}
