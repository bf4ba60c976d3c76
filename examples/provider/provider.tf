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

# The key is taken from YOTTA_API_KEY.
provider "gpupod" {}
