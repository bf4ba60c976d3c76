variable "name" {
  description = "The name of the pod; the volume is named after it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,39}$", var.name))
    error_message = "Use at most 40 lower-case letters, digits and hyphens, and a letter at the start."
  }
}

variable "image" {
  description = "The container image."
  type        = string
  default     = "pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime"
}

variable "gpu_type" {
  description = "The GPU in Yotta's words, such as NVIDIA_H100_80G."
  type        = string
}

variable "gpu_count" {
  description = "How many GPUs: 1, 2, 4, 8 and so on."
  type        = number
  default     = 1
}

variable "region" {
  description = "Where both the volume and the pod are. Choose one that has the GPU."
  type        = string
}

variable "volume_size_in_gb" {
  description = "The size of the volume in GB. It can grow later while the pod is gone, and never shrinks."
  type        = number
  default     = 100

  validation {
    condition     = var.volume_size_in_gb >= 1 && var.volume_size_in_gb <= 10240
    error_message = "A volume has 1 to 10240 GB."
  }
}

variable "mount_path" {
  description = "Where the volume is mounted."
  type        = string
  default     = "/data"

  validation {
    condition     = startswith(var.mount_path, "/")
    error_message = "The path has to be absolute, such as /data."
  }
}

variable "web_ports" {
  description = "Ports that are published over HTTP, such as 8888 for Jupyter. Port 22 is always published."
  type        = set(number)
  default     = []

  validation {
    condition     = !contains(var.web_ports, 22)
    error_message = "Port 22 is published for SSH already: leave it out."
  }
}

variable "environment_vars" {
  description = "Environment variables. They are stored in the state, so they are no place for secrets."
  type        = map(string)
  default     = null
}

variable "command" {
  description = "What is run when the container starts."
  type        = string
  default     = null
}

variable "desired_state" {
  description = "Whether the pod is running or stopped. A stopped pod keeps its volume."
  type        = string
  default     = "running"

  validation {
    condition     = contains(["running", "stopped"], var.desired_state)
    error_message = "The state is running or stopped."
  }
}
