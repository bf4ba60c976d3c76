//! Terraform's protocol, generated from `proto/tfplugin6.proto`.

#![allow(clippy::pedantic, missing_docs)] // Generated.

tonic::include_proto!("tfplugin6");
