# A credential that was made in the cloud's console.
data "gpupod_container_registry_auth" "team" {
  name = "team"
}

resource "gpupod_pod" "server" {
  name      = "server"
  image     = "example/private-model-server:1.4"
  gpu_type  = "NVIDIA_RTX_4090_24G"
  gpu_count = 1

  image_public_type          = "PRIVATE"
  container_registry_auth_id = data.gpupod_container_registry_auth.team.id
}
