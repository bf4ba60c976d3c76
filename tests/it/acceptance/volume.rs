//! The configuration of volumes, one for each kind of storage.

use super::block::Block;

/// Where a volume stands unless it is given another label.
pub const VOLUME: &str = "gpupod_volume.this";

pub fn s3() -> Block {
    of_type("S3")
}

pub fn r2() -> Block {
    of_type("R2")
}

pub fn ceph() -> Block {
    of_type("CEPH").with("region", r#""us-east-1""#).with("size_in_gb", 100)
}

/// Everything that Yotta takes.
pub fn vendor() -> Block {
    of_type("VENDOR")
        .with("cloud", r#""yotta""#)
        .with("region", r#""us-east-1""#)
        .with("size_in_gb", 100)
        .with("vendor_volume_type", r#""NVMe""#)
        .with("timeouts", r#"{ create = "5m", update = "5m", delete = "5m" }"#)
}

/// One of each kind, each under a label of its own.
pub fn of_each_kind() -> String {
    let kinds = [
        s3().labelled("s3"),
        r2().labelled("r2"),
        ceph().labelled("ceph"),
        vendor().labelled("vendor"),
    ];
    kinds.iter().map(ToString::to_string).collect()
}

fn of_type(storage_type: &str) -> Block {
    Block::resource("gpupod_volume")
        .with("name", r#""data""#)
        .with("storage_type", format!("{storage_type:?}"))
}
