//! What a cloud may lack as a whole, and what a user reads who asks for it all the same.

use crate::{
    clouds::{Capabilities, Cloud},
    resources::cloud::clouds_where,
    tf::{Diagnostics, Path},
};

/// Something that a cloud may lack.
#[derive(Debug)]
pub struct Part {
    /// As in "Some Cloud has no volumes".
    name: &'static str,
    is_had_by: fn(&Capabilities) -> bool,
}

pub const VOLUMES: Part = Part {
    name: "volumes",
    is_had_by: |capabilities| capabilities.volume.is_some(),
};

pub const REGISTRY_AUTHS: Part = Part {
    name: "registry credentials",
    is_had_by: |capabilities| capabilities.has.registry_auths,
};

impl Part {
    pub fn is_had_by(&self, capabilities: &Capabilities) -> bool {
        (self.is_had_by)(capabilities)
    }

    /// An error if the cloud lacks it.
    pub fn check(&self, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
        if !self.is_had_by(capabilities) {
            diagnostics.extend(self.lacking(capabilities));
        }
    }

    /// A cloud's part, which it has if its capabilities say so.
    pub fn of<'c, T: ?Sized>(&self, cloud: &'c dyn Cloud, part: Option<&'c T>) -> Result<&'c T, Diagnostics> {
        part.ok_or_else(|| self.lacking(cloud.capabilities()))
    }

    fn lacking(&self, capabilities: &Capabilities) -> Diagnostics {
        let advice = match clouds_where(|one| self.is_had_by(one)) {
            Some(having) => format!("Use {having}."),
            None => format!("No cloud that this version knows has {}.", self.name),
        };
        let summary = format!("No {} on {}", self.name, capabilities.title);
        let detail = format!(
            "`cloud` is `{}`, which has no {}. {advice}",
            capabilities.name, self.name
        );
        Diagnostics::of_error(Path::from("cloud"), summary, detail)
    }
}
