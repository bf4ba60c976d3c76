//! The clouds behind one trait. Knows no Terraform.
