//! Features that a cloud as a whole may lack, and the refusal of a configuration that asks for one all the same.

use super::{cloud_name, messages};
use crate::{
    clouds::{Capabilities, Cloud, LogSupport},
    resources::common::cloud_name::clouds_where,
    tf::{Diagnostics, Tf},
};

/// Something that not every cloud has.
pub struct CloudFeature {
    /// What a cloud without it does, as the rest of a sentence.
    lack: &'static str,
    is_in: fn(&Capabilities) -> bool,
}

pub const VOLUMES: CloudFeature = CloudFeature {
    lack: "has no volumes",
    is_in: |capabilities| capabilities.volume.is_some(),
};

pub const REGISTRY_AUTHS: CloudFeature = CloudFeature {
    lack: "keeps no registry credentials",
    is_in: |capabilities| capabilities.has.registry_auths,
};

pub const CATALOGUE: CloudFeature = CloudFeature {
    lack: "publishes no GPUs",
    is_in: |capabilities| capabilities.has.catalogue,
};

pub const SSH_KEYS: CloudFeature = CloudFeature {
    lack: "keeps no SSH keys",
    is_in: |capabilities| capabilities.has.ssh_keys,
};

pub const HISTORIES: CloudFeature = CloudFeature {
    lack: "keeps no account of pods that have ended",
    is_in: |capabilities| capabilities.has.histories,
};

pub const LOGS: CloudFeature = CloudFeature {
    lack: "shows no logs of pods",
    is_in: |capabilities| capabilities.has.logs != LogSupport::None,
};

pub const RUNTIMES: CloudFeature = CloudFeature {
    lack: "does not tell how long pods have run",
    is_in: |capabilities| capabilities.has.runtimes,
};

impl CloudFeature {
    pub fn is_in(&self, capabilities: &Capabilities) -> bool {
        (self.is_in)(capabilities)
    }

    /// Refuses a cloud that lacks it, which `attribute` names.
    pub fn check(&self, attribute: &'static str, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
        if !self.is_in(capabilities) {
            diagnostics.extend(self.refusal(attribute, capabilities));
        }
    }

    /// Refuses a `cloud` that lacks it, as far as the configuration tells which one it is.
    pub fn check_cloud(&self, cloud: &Tf<String>, diagnostics: &mut Diagnostics) {
        if let Some(capabilities) = cloud_name::validated(cloud, diagnostics) {
            self.check("cloud", capabilities, diagnostics);
        }
    }

    /// The part of a cloud, which is there if its capabilities say so.
    pub fn of<'c, T: ?Sized>(
        &self,
        attribute: &'static str,
        cloud: &'c dyn Cloud,
        part: Option<&'c T>,
    ) -> Result<&'c T, Diagnostics> {
        part.ok_or_else(|| self.refusal(attribute, cloud.capabilities()))
    }

    fn refusal(&self, attribute: &'static str, capabilities: &Capabilities) -> Diagnostics {
        let advice = match clouds_where(|one| self.is_in(one)) {
            Some(names) => messages::use_clouds(&names),
            None => messages::in_no_cloud(),
        };
        let Capabilities { name, title, .. } = capabilities;
        Diagnostics::from_error(attribute, messages::missing_part(title, name, self.lack, &advice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing::{CAPABILITIES, CAPABILITIES_OF_PODS_ONLY, messages};

    #[track_caller]
    fn check(part: &CloudFeature, capabilities: &Capabilities, expected: &str) {
        let mut diagnostics = Diagnostics::new();
        part.check("cloud", capabilities, &mut diagnostics);
        let found = messages(&diagnostics).join("\n");
        assert!(
            found.starts_with(expected) && found.is_empty() == expected.is_empty(),
            "{found}"
        );
    }

    #[test]
    fn a_cloud_that_lacks_something_refuses_it() {
        check(&VOLUMES, &CAPABILITIES, "");
        check(&REGISTRY_AUTHS, &CAPABILITIES, "");
        check(
            &VOLUMES,
            &CAPABILITIES_OF_PODS_ONLY,
            "cloud: Test Cloud has no volumes: The cloud is `test_cloud`, and Test Cloud has no volumes. ",
        );
        let lacking = [
            (&REGISTRY_AUTHS, "keeps no registry credentials"),
            (&CATALOGUE, "publishes no GPUs"),
            (&SSH_KEYS, "keeps no SSH keys"),
            (&HISTORIES, "keeps no account of pods that have ended"),
            (&LOGS, "shows no logs of pods"),
            (&RUNTIMES, "does not tell how long pods have run"),
        ];
        for (part, lack) in lacking {
            check(part, &CAPABILITIES_OF_PODS_ONLY, &format!("cloud: Test Cloud {lack}"));
        }
    }
}
