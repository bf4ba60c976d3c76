//! Compiles `proto/` into Rust, without protoc.

use std::error::Error;

const PROTO_FILES: [&str; 5] = [
    "tfplugin6.proto",
    "grpc_broker.proto",
    "grpc_controller.proto",
    "grpc_health.proto",
    "grpc_stdio.proto",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=proto");
    let descriptors = protox::compile(PROTO_FILES, ["proto"])?;
    tonic_prost_build::configure()
        // The tests are clients. Without a transport of its own, a client that nobody uses costs nothing.
        .build_transport(false)
        // An RPC that we leave out answers Unimplemented, which clients understand.
        .generate_default_stubs(true)
        // States can be megabytes: share the received buffer instead of copying out of it.
        .bytes(".tfplugin6")
        // The same schema is the same bytes in every run.
        .btree_map(".tfplugin6")
        .compile_fds(descriptors)?;
    Ok(())
}
