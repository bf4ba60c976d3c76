output "pod_id" {
  description = "The id of the pod."
  value       = gpupod_pod.this.id
}

output "volume_id" {
  description = "The id of the volume."
  value       = gpupod_volume.data.id
}

output "status" {
  description = "What the pod is doing."
  value       = gpupod_pod.this.status
}

output "ssh" {
  description = "How to log in: command, user, host and port."
  value       = gpupod_pod.this.ssh
}

output "web" {
  description = "The address of each web port."
  value = {
    for endpoint in coalesce(gpupod_pod.this.endpoints, []) :
    endpoint.port => endpoint.url if contains(var.web_ports, endpoint.port)
  }
}

output "price_per_hour" {
  description = "What the pod costs an hour, without the volume."
  value       = gpupod_pod.this.price_per_hour
}
