variable "hugging_face_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gpupod_pod" "notebook" {
  name      = "notebook"
  image     = "pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime"
  gpu_type  = "NVIDIA_RTX_4090_24G"
  gpu_count = 1

  container_volume_in_gb = 100
  environment_vars       = { HF_HUB_DISABLE_TELEMETRY = "1" }

  # Stored neither in the state nor in a plan. Raise the version when the token changes.
  secret_environment_vars_wo         = { HF_TOKEN = var.hugging_face_token }
  secret_environment_vars_wo_version = 1

  expose = [
    { port = 8888 },
    { port = 22, protocol = "TCP" },
  ]

  # "stopped" stops the pod and keeps it.
  desired_state = "running"

  timeouts = { create = "30m" }
}

output "endpoints" {
  value = gpupod_pod.notebook.endpoints
}

output "ssh" {
  value = gpupod_pod.notebook.ssh
}
