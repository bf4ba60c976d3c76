//! Tests of Prime Intellect's disks: requests, conversion of responses, and calls over a socket.

mod requests;

mod answers;

mod exchange;

use crate::clouds::{GiB, Name, Storage, VolumeOffer, VolumeSpec};

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn gib(size: u32) -> GiB {
    GiB::new(size).expect("a size")
}

/// With nothing but what is required.
fn offer() -> VolumeOffer {
    VolumeOffer {
        provider: "runpod".to_owned(),
        ..VolumeOffer::default()
    }
}

fn spec() -> VolumeSpec {
    VolumeSpec {
        name: name("data"),
        storage: Storage::Offered {
            size: gib(100),
            offer: offer(),
        },
    }
}
