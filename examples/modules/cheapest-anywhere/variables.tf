variable "name" {
  description = "The name of the pod."
  type        = string
}

variable "clouds" {
  description = "The clouds to compare; left out, all that have a key and publish their GPUs."
  type        = set(string)
  default     = null

  validation {
    condition     = length(setsubtract(coalesce(var.clouds, []), ["yotta", "prime_intellect"])) == 0
    error_message = "Only yotta and prime_intellect publish their GPUs and prices."
  }
}

variable "images" {
  description = "The image on each cloud. Prime Intellect takes one of its own names, or custom_template."
  type        = map(string)

  default = {
    yotta           = "pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime"
    prime_intellect = "ubuntu_22_cuda_12"
  }
}

variable "gpu_types" {
  description = "The GPU types to choose from, in the clouds' own words; left out, all."
  type        = set(string)
  default     = null
}

variable "gpu_count" {
  description = "How many GPUs."
  type        = number
  default     = 1

  validation {
    condition     = var.gpu_count >= 1
    error_message = "A pod has at least one GPU."
  }
}

variable "min_gpu_memory_in_gb" {
  description = "The least VRAM of each GPU, in GB."
  type        = number
  default     = 1
}

variable "max_price_per_hour" {
  description = "The most that the pod may cost an hour; left out, any price."
  type        = number
  default     = null

  validation {
    condition     = var.max_price_per_hour == null || coalesce(var.max_price_per_hour, 1) > 0
    error_message = "The price limit has to be above 0; leave it out for any price."
  }
}
