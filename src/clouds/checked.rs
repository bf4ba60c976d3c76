//! Validated newtypes (parse, don't validate): names, prices, sizes and ports that cannot be built invalid. Specifications
//! consist of them.

use rust_decimal::Decimal;

use super::GpuCounts;

/// Why a value was refused by the type that it should have become.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(pub &'static str);

/// A name or an image reference: 1 to 255 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    pub fn new(name: impl Into<String>) -> Result<Self, Invalid> {
        let name = name.into();
        match (1..=255).contains(&name.chars().count()) {
            true => Ok(Self(name)),
            false => Err(Invalid("a name has 1 to 255 characters")),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How many GPUs, as the cloud in question takes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GpuCount(u32);

impl GpuCount {
    pub fn new(count: u32, counts: GpuCounts) -> Result<Self, Invalid> {
        match counts {
            _ if count == 0 => Err(Invalid("a pod has at least one GPU")),
            GpuCounts::PowersOfTwo if !count.is_power_of_two() => Err(Invalid("the GPU count is a power of two")),
            _ => Ok(Self(count)),
        }
    }

    pub fn get(self) -> u32 {
        self.0
    }
}

/// A port from 1 to 65535.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Port(u16);

impl Port {
    pub fn new(port: u16) -> Result<Self, Invalid> {
        match port {
            0 => Err(Invalid("a port is a number from 1 to 65535")),
            port => Ok(Self(port)),
        }
    }

    pub fn get(self) -> u16 {
        self.0
    }
}

/// A size in GB, at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GiB(u32);

impl GiB {
    pub fn new(size: u32) -> Result<Self, Invalid> {
        match size {
            0 => Err(Invalid("a size is at least 1 GB")),
            size => Ok(Self(size)),
        }
    }

    pub fn get(self) -> u32 {
        self.0
    }
}

/// A price per hour, more than zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price(Decimal);

impl Price {
    pub fn new(price: Decimal) -> Result<Self, Invalid> {
        match price > Decimal::ZERO {
            true => Ok(Self(price)),
            false => Err(Invalid("a price is more than zero")),
        }
    }

    pub fn get(self) -> Decimal {
        self.0
    }
}

/// An absolute path in a pod.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MountPath(String);

impl MountPath {
    pub fn new(path: impl Into<String>) -> Result<Self, Invalid> {
        let path = path.into();
        match path.starts_with('/') {
            true => Ok(Self(path)),
            false => Err(Invalid("a mount path starts with /")),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}
