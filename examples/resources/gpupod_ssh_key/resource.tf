resource "gpupod_ssh_key" "laptop" {
  cloud      = "prime_intellect"
  name       = "laptop"
  public_key = file("~/.ssh/id_ed25519.pub")
}

# New pods that name no key get this one.
resource "gpupod_ssh_key" "team" {
  cloud      = "prime_intellect"
  name       = "team"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJk9yRkVhQk8d3rWm0s2nYxN5o6vQZb1cHfT7uLpEaGd team@example.com"
  is_primary = true
}

resource "gpupod_pod" "notebook" {
  cloud     = "prime_intellect"
  name      = "notebook"
  image     = "ubuntu_22_cuda_12"
  gpu_type  = "RTX4090_24GB"
  gpu_count = 1

  prime_intellect = { ssh_key_id = gpupod_ssh_key.laptop.id }
}
