# By its name, if no other pod of the cloud has it.
data "gpupod_pod" "notebook" {
  name = "notebook"
}

# By its id.
data "gpupod_pod" "trainer" {
  id = "420522713875330018"
}

output "ssh" {
  value = one(data.gpupod_pod.notebook.ssh[*].command)
}

# What it costs now; the resource keeps what it cost when it was made.
output "price_per_hour" {
  value = data.gpupod_pod.trainer.price_per_hour
}
