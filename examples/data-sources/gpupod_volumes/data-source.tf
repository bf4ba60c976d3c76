# Volumes of network storage that nothing mounts.
data "gpupod_volumes" "network" {
  statuses      = ["active"]
  storage_types = ["CEPH", "VENDOR"]
}

output "unmounted" {
  value = [for volume in data.gpupod_volumes.network.volumes : volume.name if volume.mount_count == 0]
}
