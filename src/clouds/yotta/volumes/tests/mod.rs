//! Tests of Yotta's volumes: requests, conversion of responses, and calls over a socket.

mod requests;

mod answers;

mod exchange;

use crate::clouds::{DiskKind, GiB, Name, Storage, VolumeSpec};

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn gib(size: u32) -> GiB {
    GiB::new(size).expect("a size")
}

fn spec(storage: Storage) -> VolumeSpec {
    VolumeSpec {
        name: name("data"),
        storage,
    }
}

fn vendor() -> Storage {
    Storage::Vendor {
        region: "eu-2".to_owned(),
        size: gib(100),
        disk: DiskKind::Nvme,
    }
}
