//! Ids that users write: whether the cloud can have such an id, before it is asked for it.

use super::{Managed, messages};
use crate::{
    clouds::Capabilities,
    tf::{Diagnostics, Path},
};

/// Refuses a text that is no id of such a object at the cloud. It might be another path of the cloud's API.
pub fn check<O: Managed>(
    id: &str,
    attribute: &'static str,
    capabilities: &Capabilities,
    diagnostics: &mut Diagnostics,
) {
    if let Some(reason) = why_not::<O>(id, capabilities) {
        let noun = O::NOUN;
        let message = messages::not_an_id(O::NOT_AN_ID, attribute, id, &reason, noun);
        diagnostics.add_error(Path::from(attribute), message);
    }
}

/// Why a text is no id; `None` if it may be one.
pub fn why_not<O: Managed>(id: &str, capabilities: &Capabilities) -> Option<String> {
    let form = O::id_form(capabilities);
    match O::to_id(id) {
        Err(invalid) => Some(invalid.to_string()),
        Ok(_) if (form.fits)(id) => None,
        Ok(_) => {
            let (noun, title) = (O::NOUN, capabilities.title);
            Some(messages::id_form(&O::ARTICLE.to_lowercase(), noun, title, form.told))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clouds::{ALL, Pod, RegistryAuth, SshKey, Volume};

    #[test]
    fn each_cloud_has_ids_of_its_own() {
        let never = [
            "", "..", ".", "../pods", "a/b", "1/pause", "1?x=1", "1#x", "%2e%2e", "a b", "1\n", "ä",
        ];
        let table: [(&str, &[&str], &[&str]); 3] = [
            (
                "yotta",
                &["7", "420522713875330018"],
                &["abc", "1x", "-1", "1.0", "99999999999999999999999", "status"],
            ),
            (
                "prime_intellect",
                &[
                    "0123456789abcdef0123456789abcdef",
                    "cmbk2v8ke0005l508y3d6z8rf",
                    "vol-1",
                    "7",
                ],
                &["status", "history", "Status", "a.b"],
            ),
            (
                "cpod",
                &["2f1e7c9e-5b1d-4a53-9d38-7a7a3f3b6c11", "pod_01jm8xk2y3z"],
                &["a.b"],
            ),
        ];
        for (name, good, bad) in table {
            let cloud = ALL
                .iter()
                .map(|cloud| cloud.capabilities)
                .find(|cloud| cloud.name == name);
            let cloud = cloud.expect("is listed");
            let reasons = |id: &str| {
                [
                    why_not::<Pod>(id, cloud),
                    why_not::<Volume>(id, cloud),
                    why_not::<SshKey>(id, cloud),
                    why_not::<RegistryAuth>(id, cloud),
                ]
            };
            for id in good {
                assert_eq!(reasons(id), [None, None, None, None], "{name}: {id}");
            }
            for id in bad.iter().chain(&never) {
                assert!(reasons(id).iter().all(Option::is_some), "{name}: {id}");
            }
        }
    }

    #[test]
    fn a_refusal_says_what_ids_are_like() {
        let mut refusal = Diagnostics::new();
        check::<Pod>("abc", "pod_id", ALL[0].capabilities, &mut refusal);
        let told = crate::resources::testing::messages(&refusal).join("\n");
        let expected =
            "pod_id: Not an id of a pod: `pod_id` is \"abc\", but an id of a pod at Yotta Labs has digits alone";
        assert!(told.starts_with(expected), "{told}");
    }
}
