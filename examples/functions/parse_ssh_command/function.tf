# { user = "root", host = "203.0.113.7", port = 10022 }
output "ssh" {
  value = provider::gpupod::parse_ssh_command("ssh root@203.0.113.7 -p 10022")
}
