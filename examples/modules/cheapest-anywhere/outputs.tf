output "id" {
  description = "The id of the pod."
  value       = gpupod_pod.this.id
}

output "cloud" {
  description = "The cloud that was the cheapest when the pod was made."
  value       = gpupod_pod.this.cloud
}

output "offer" {
  description = "What is the cheapest now; the pod may have been made on another offer."
  value       = local.offer
}

output "price_per_hour" {
  description = "What the cloud charges for the pod."
  value       = gpupod_pod.this.price_per_hour
}
