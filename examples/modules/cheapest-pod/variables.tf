variable "name" {
  description = "The name of the pod and of its volume."
  type        = string
}

variable "image" {
  description = "The container image."
  type        = string
}

variable "gpu_types" {
  description = "The GPU types to choose from; left out, all."
  type        = set(string)
  default     = null
}

variable "gpu_count" {
  description = "How many GPUs."
  type        = number
  default     = 1
}

variable "min_gpu_memory_in_gb" {
  description = "The least VRAM of each GPU, in GB."
  type        = number
  default     = 1
}

variable "is_spot" {
  description = "Whether to take spot capacity."
  type        = bool
  default     = false
}

variable "mount_path" {
  description = "Where the volume is mounted."
  type        = string
  default     = "/data"
}
