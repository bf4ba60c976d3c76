//! Kinds of storage and of disks, as configurations write them.

use crate::clouds::{DiskKind, StorageType};

pub fn storage_type(word: &str) -> Option<StorageType> {
    match word {
        "S3" => Some(StorageType::S3),
        "R2" => Some(StorageType::R2),
        "CEPH" => Some(StorageType::Ceph),
        "VENDOR" => Some(StorageType::Vendor),
        _ => None,
    }
}

pub fn of_storage_type(storage_type: StorageType) -> &'static str {
    match storage_type {
        StorageType::S3 => "S3",
        StorageType::R2 => "R2",
        StorageType::Ceph => "CEPH",
        StorageType::Vendor => "VENDOR",
    }
}

pub fn disk_kind(word: &str) -> Option<DiskKind> {
    match word {
        "NVMe" => Some(DiskKind::Nvme),
        "HDD" => Some(DiskKind::Hdd),
        _ => None,
    }
}

pub fn of_disk_kind(kind: DiskKind) -> &'static str {
    match kind {
        DiskKind::Nvme => "NVMe",
        DiskKind::Hdd => "HDD",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::volume::model::{DISK_KINDS, STORAGE_TYPES};

    #[test]
    fn every_word_that_is_allowed_is_understood() {
        for word in STORAGE_TYPES {
            assert_eq!(storage_type(word).map(of_storage_type), Some(*word));
        }
        for word in DISK_KINDS {
            assert_eq!(disk_kind(word).map(of_disk_kind), Some(*word));
        }
    }
}
