terraform {
  required_version = ">= 1.11"

  required_providers {
    gpupod = { source = "gpupod/gpupod" }
  }
}
