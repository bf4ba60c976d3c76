output "id" {
  description = "The id of the pod."
  value       = gpupod_pod.this.id
}

output "is_open" {
  description = "Whether it was within the hours when this was applied."
  value       = local.is_open
}

output "status" {
  description = "What the pod is doing."
  value       = gpupod_pod.this.status
}

output "ssh" {
  description = "How to log in while the pod runs, where its cloud offers it."
  value       = gpupod_pod.this.ssh
}
