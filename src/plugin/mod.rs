//! Being a go-plugin server: handshake, mutual TLS, the listener, the services, the log. Knows no Terraform.

pub mod proto;
