terraform {
  # For write-only attributes.
  required_version = ">= 1.11"

  required_providers {
    gpupod = {
      source  = "gpupod/gpupod"
      version = "~> 0.1"
    }
  }
}

# The keys are taken from the environment: YOTTA_API_KEY, PRIME_API_KEY, CPOD_API_KEY. Those of the clouds that are used
# are enough.
provider "gpupod" {
  # The cloud of resources that name none.
  cloud = "yotta"

  # What a key alone does not say.
  prime_intellect = { team_id = "cmb3x0k2p0001l508h2v7c9qa" }
  cpod            = { workspace_id = "ws-research" }
}
