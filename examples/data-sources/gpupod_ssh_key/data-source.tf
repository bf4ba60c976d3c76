# A key that was stored in the cloud's console.
data "gpupod_ssh_key" "laptop" {
  cloud = "prime_intellect"
  name  = "laptop"
}

resource "gpupod_pod" "notebook" {
  cloud     = "prime_intellect"
  name      = "notebook"
  image     = "ubuntu_22_cuda_12"
  gpu_type  = "RTX4090_24GB"
  gpu_count = 1

  prime_intellect = { ssh_key_id = data.gpupod_ssh_key.laptop.id }
}
