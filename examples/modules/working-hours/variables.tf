variable "name" {
  description = "The name of the pod."
  type        = string
}

variable "cloud" {
  description = "The cloud to run on: one that can stop a pod."
  type        = string
  default     = "yotta"

  validation {
    condition     = contains(["yotta", "cpod"], var.cloud)
    error_message = "Use yotta or cpod: a pod on Prime Intellect cannot be stopped, it costs money until it is deleted."
  }
}

variable "image" {
  description = "The container image."
  type        = string
}

variable "gpu_type" {
  description = "The GPU, on Yotta."
  type        = string
  default     = null

  validation {
    condition     = (var.gpu_type == null) == (var.cloud == "cpod")
    error_message = "A pod on Yotta needs a GPU type, and a pod on cPod has none."
  }
}

variable "gpu_count" {
  description = "How many GPUs, on Yotta."
  type        = number
  default     = 1
}

variable "regions" {
  description = "The regions that the pod may be placed in, on Yotta; left out, any."
  type        = set(string)
  default     = null
}

variable "volumes" {
  description = "What to mount, on Yotta. What is on the container's own disk is lost each evening."
  type        = list(object({ id = string, mount_path = string }))
  default     = null
}

variable "cpod" {
  description = "What to ask for, on cPod."
  type        = object({ cpu = optional(string), memory = optional(string), workspace_id = optional(string) })
  default     = null
}

variable "hours" {
  description = "The first hour in which the pod runs, and the hour at which it stops. They may go over midnight."
  type        = object({ from = number, until = number })
  default     = { from = 8, until = 18 }

  validation {
    condition = alltrue([
      for hour in [var.hours.from, var.hours.until] : hour == floor(hour) && hour >= 0 && hour <= 24
    ])
    error_message = "Hours are whole numbers from 0 to 24."
  }

  validation {
    condition     = var.hours.from != var.hours.until && var.hours.from < 24
    error_message = "The hours have to begin before 24 and to end at another hour. All day is from 0 until 24."
  }
}

variable "days" {
  description = "The days on which the hours begin: Mon, Tue, Wed, Thu, Fri, Sat, Sun."
  type        = set(string)
  default     = ["Mon", "Tue", "Wed", "Thu", "Fri"]

  validation {
    condition     = length(setsubtract(var.days, ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])) == 0
    error_message = "Days are written Mon, Tue, Wed, Thu, Fri, Sat and Sun."
  }
}

variable "utc_offset" {
  description = "How many hours the clocks are ahead of UTC: 2 for Berlin in summer, -5 for New York in winter."
  type        = number
  default     = 0

  validation {
    condition     = var.utc_offset >= -12 && var.utc_offset <= 14
    error_message = "Clocks are at most 12 hours behind UTC and 14 ahead of it."
  }
}

variable "now" {
  description = "The time, such as 2026-01-05T10:00:00Z; left out, that of the plan. For tests, and to see what a plan at another time would do."
  type        = string
  default     = null

  validation {
    condition     = var.now == null || can(timeadd(coalesce(var.now, "-"), "0h"))
    error_message = "Write the time as in 2026-01-05T10:00:00Z."
  }
}
