# What went wrong in the first hour.
data "gpupod_pod_logs" "trainer" {
  pod_id     = gpupod_pod.trainer.id
  type       = "CONTAINER"
  keyword    = "error"
  start_time = gpupod_pod.trainer.created_at
  end_time   = timeadd(gpupod_pod.trainer.created_at, "1h")
  limit      = 50
}

output "errors" {
  value = data.gpupod_pod_logs.trainer.lines[*].content
}

resource "gpupod_pod" "trainer" {
  name      = "trainer"
  image     = "pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime"
  gpu_type  = "NVIDIA_RTX_4090_24G"
  gpu_count = 1
}
