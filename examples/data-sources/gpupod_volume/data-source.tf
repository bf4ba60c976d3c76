# A volume that another configuration made.
data "gpupod_volume" "models" {
  name = "models"
}

output "models_used_in_gb" {
  value = data.gpupod_volume.models.used_in_gb
}
