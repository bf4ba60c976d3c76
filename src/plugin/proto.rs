//! go-plugin's own messages and services, and gRPC's health check, generated from `proto/`.

#![allow(clippy::pedantic, missing_docs)] // Generated.

tonic::include_proto!("plugin");

pub mod health {
    tonic::include_proto!("grpc.health.v1");
}
