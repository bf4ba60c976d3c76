//! Yotta's JSON of a volume: the body of a create, and the volume in a response.

use serde::Deserialize;
use serde_json::{Value, json};

use super::convert;
use crate::clouds::{
    Storage, VolumeId, VolumeSpec,
    body::filled,
    http::{Failure, Response},
    tolerant::{Milliseconds, Tolerant},
    yotta::api,
};

/// The guide's body. The reference's was never seen, so that `storageType` is sent under the guide's name.
pub fn create_body(spec: &VolumeSpec) -> Value {
    let (region, size, disk) = match &spec.storage {
        Storage::S3 => (None, None, None),
        Storage::R2 { region } => (region.as_ref(), None, None),
        Storage::Ceph { region, size } => (Some(region), Some(size), None),
        Storage::Vendor { region, size, disk } => (Some(region), Some(size), Some(disk)),
        // Another cloud's; without a type Yotta refuses it.
        Storage::Offered { size, .. } => (None, Some(size), None),
    };
    let storage_type = spec.storage.storage_type().map(convert::storage_type_word);
    filled([
        ("name", Some(json!(spec.name.as_str()))),
        ("storageType", storage_type.map(Value::from)),
        ("region", region.map(|region| json!(region))),
        ("sizeInGb", size.map(|size| json!(size.get()))),
        ("vendorVolumeType", disk.map(|disk| json!(convert::disk_word(*disk)))),
    ])
}

/// A volume in the guide's words and in those of the newer reference (`VolumeV2Response`). The id is read apart:
/// without it there is no volume.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct VolumeJson {
    pub name: Tolerant<String>,
    pub status: Tolerant<String>,
    /// The guide's name of what the reference calls `type`.
    pub storage_type: Tolerant<String>,
    #[serde(rename = "type")]
    pub kind: Tolerant<String>,
    pub vendor_volume_type: Tolerant<String>,
    pub region: Tolerant<String>,
    pub size_in_gb: Tolerant<u32>,
    /// Whatever it holds: that it is there at all marks a response of the reference.
    pub size_bytes: Tolerant<Value>,
    pub mount_count: Tolerant<u32>,
    pub created_at: Tolerant<Milliseconds>,
}

/// One volume, as create and get answer it.
pub fn volume(response: &Response) -> Result<(VolumeId, VolumeJson), Failure> {
    api::one(response)
}
