variable "cloud" {
  description = "The cloud to run on: change it, and the pod moves."
  type        = string

  validation {
    condition     = contains(["yotta", "prime_intellect", "cpod"], var.cloud)
    error_message = "The cloud is one of yotta, prime_intellect and cpod."
  }
}

variable "name" {
  description = "The name of the pod."
  type        = string
}

variable "images" {
  description = "The image on each cloud. Prime Intellect takes one of its own names, or custom_template."
  type        = map(string)

  default = {
    yotta           = "pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime"
    prime_intellect = "ubuntu_22_cuda_12"
    cpod            = "docker.io/pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime"
  }

  validation {
    condition     = contains(keys(var.images), var.cloud)
    error_message = "There has to be an image for the cloud that the pod runs on."
  }
}

variable "gpu_types" {
  description = "The GPU on each cloud that has GPUs, in the cloud's own words."
  type        = map(string)

  default = {
    yotta           = "NVIDIA_RTX_4090_24G"
    prime_intellect = "RTX4090_24GB"
  }
}

variable "gpu_count" {
  description = "How many GPUs, on a cloud that has them."
  type        = number
  default     = 1
}

variable "environment_vars" {
  description = "Environment variables."
  type        = map(string)
  default     = null
}

variable "cpu" {
  description = "How much CPU to ask for on cPod."
  type        = string
  default     = "4000m"
}

variable "memory" {
  description = "How much memory to ask for on cPod."
  type        = string
  default     = "16Gi"
}

variable "workspace_id" {
  description = "The workspace on cPod; left out, that of the provider block."
  type        = string
  default     = null
}

variable "patience" {
  description = "How long to wait for the pod."
  type        = string
  default     = "20m"
}
