# One pod, on whichever cloud: what only some clouds take is left out on the others.
resource "gpupod_pod" "this" {
  cloud = var.cloud
  name  = var.name
  image = lookup(var.images, var.cloud, null)

  gpu_type  = lookup(var.gpu_types, var.cloud, null)
  gpu_count = contains(keys(var.gpu_types), var.cloud) ? var.gpu_count : null

  environment_vars = var.environment_vars

  # On cPod there are no GPUs to choose; a pod asks for CPU and memory.
  cpod = var.cloud == "cpod" ? { cpu = var.cpu, memory = var.memory, workspace_id = var.workspace_id } : null

  timeouts = { create = var.patience }
}
