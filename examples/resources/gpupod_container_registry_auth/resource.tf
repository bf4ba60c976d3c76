variable "registry_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gpupod_container_registry_auth" "team" {
  name     = "team"
  username = "robot"
  type     = "DOCKER_HUB"

  # Stored neither in the state nor in a plan. Raise the version when the token changes.
  password_wo         = var.registry_token
  password_wo_version = 1
}

resource "gpupod_pod" "server" {
  name      = "server"
  image     = "example/private-model-server:1.4"
  gpu_type  = "NVIDIA_RTX_4090_24G"
  gpu_count = 1

  image_public_type          = "PRIVATE"
  container_registry_auth_id = gpupod_container_registry_auth.team.id
}
