variable "prefix" {
  description = "What the names of all pods begin with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,39}$", var.prefix))
    error_message = "Use at most 40 lower-case letters, digits and hyphens, and a letter at the start."
  }
}

variable "pods" {
  description = "The pods by their names. To add an entry makes a pod, to remove it ends that pod and no other."

  type = map(object({
    cloud            = optional(string, "yotta")
    image            = string
    gpu_type         = optional(string)
    gpu_count        = optional(number, 1)
    regions          = optional(set(string))
    is_spot          = optional(bool)
    max_price        = optional(number)
    expose           = optional(list(object({ port = number, protocol = optional(string) })))
    environment_vars = optional(map(string), {})
    desired_state    = optional(string, "running")
    cpod             = optional(object({ cpu = optional(string), memory = optional(string), workspace_id = optional(string) }))
  }))

  validation {
    condition     = alltrue([for name in keys(var.pods) : can(regex("^[a-z0-9-]{1,40}$", name))])
    error_message = "Names of pods have at most 40 lower-case letters, digits and hyphens."
  }

  validation {
    condition     = alltrue([for pod in var.pods : contains(["yotta", "prime_intellect", "cpod"], pod.cloud)])
    error_message = "The cloud of each pod is one of yotta, prime_intellect and cpod."
  }

  validation {
    condition     = alltrue([for pod in var.pods : (pod.gpu_type == null) == (pod.cloud == "cpod")])
    error_message = "Each pod needs a gpu_type, except on cPod, where there are no GPUs to choose."
  }
}

variable "environment_vars" {
  description = "Environment variables of all pods; a pod's own win."
  type        = map(string)
  default     = {}
}
