output "ids" {
  description = "The id of each pod."
  value       = { for name, pod in gpupod_pod.this : name => pod.id }
}

output "clouds" {
  description = "The cloud that each pod runs on."
  value       = { for name, pod in gpupod_pod.this : name => pod.cloud }
}

output "ssh" {
  description = "How to log in to each pod, where its cloud offers it."
  value       = { for name, pod in gpupod_pod.this : name => pod.ssh }
}

output "price_per_hour" {
  description = "What all pods together cost an hour while they run, as far as their clouds tell."
  value       = sum(concat([0], [for pod in gpupod_pod.this : pod.price_per_hour if pod.price_per_hour != null]))
}
