//! The provider block: attributes of its own, and one nested attribute for each cloud, made of the cloud's settings.

use std::{collections::BTreeMap, time::Duration};

use super::DEFAULT_POLL_INTERVAL;
use crate::{
    clouds::{self, BASE_URL, Description, Secrecy, Setting, Settings},
    model,
    tf::{
        Attribute, AttributeSpec, Doc, Field, Mismatch, Model, Nesting, Number, Shape, Step, Tf, Value,
        format_duration, in_places, optional,
        validators::{duration, not_empty, one_of, whole},
    },
};

/// The shortest interval at which a cloud is asked how a pod is doing.
const SHORTEST_POLL: Duration = Duration::from_millis(50);

model! {
    /// Rents GPUs from GPU clouds. The keys are best taken from the environment; what stands in the block wins.
    pub struct GeneralModel {
        /// The cloud of resources that name none. From the environment: `GPUPOD_CLOUD`. Without it, the only cloud that
        /// has a key.
        cloud: String = optional(),

        /// How long one HTTP request may take; the default is `{default}`.
        request_timeout: String = optional().validator(duration(Duration::from_millis(1)))
            .documented_default(format_duration(Settings::default().request_timeout)),

        /// How many times a request that failed on the way is sent again; the default is {default}. Ordering a pod is never
        /// repeated unless it is certain that nothing was ordered. What a cloud refuses because it is asked too often
        /// does not count while something is made, changed or deleted: it is sent again for as long as the operation may
        /// take. With 0 nothing is sent again.
        max_retries: Number = optional().validator(whole(0, 10)).documented_default(Settings::default().max_retries),

        /// How often a cloud is asked while a pod is waited for; the default is `{default}`.
        poll_interval: String = optional().validator(duration(SHORTEST_POLL))
            .documented_default(format_duration(DEFAULT_POLL_INTERVAL)),

        /// What to do about a new pod that the cloud's live catalogue does not have; the default is `error`. With `off`
        /// the cloud is not asked.
        plan_checks: String = optional().validator(one_of(&["error", "warn", "off"])),
    }
}

/// The whole block.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderModel {
    pub general: GeneralModel,
    pub clouds: CloudBlocks,
}

/// The clouds' blocks, by their names.
pub type CloudBlocks = BTreeMap<&'static str, Tf<CloudBlock>>;

/// A cloud's block: its settings, by their names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CloudBlock(pub BTreeMap<&'static str, Tf<String>>);

impl ProviderModel {
    /// The block of the cloud of this name.
    pub fn cloud_block(&self, name: &str) -> Tf<&CloudBlock> {
        self.clouds.get(name).map_or(Tf::Null, Tf::as_ref)
    }
}

impl CloudBlock {
    pub fn is_partly_unknown(&self) -> bool {
        self.0.values().any(Tf::is_unknown)
    }

    /// A setting that is given.
    pub fn known(&self, setting: &str) -> Option<&String> {
        self.0.get(setting)?.known()
    }

    fn from_object(settings: &'static [Setting], value: &Value) -> Result<Self, Mismatch> {
        let read = |setting: &Setting| Ok((setting.name, read(value, setting.name, Tf::from_value)?));
        settings.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    fn to_object(&self) -> Value {
        Value::map(self.0.iter().map(|(name, setting)| (*name, setting.to_value())))
    }

    fn with_unknowns_from(self, mut other: Self) -> Self {
        let fill = |(name, setting): (_, Tf<String>)| {
            let other = other.0.remove(name).unwrap_or_default();
            (name, setting.with_unknowns_from(other))
        };
        Self(self.0.into_iter().map(fill).collect())
    }
}

/// An attribute out of an object; a mismatch in it tells where it is.
fn read<T>(
    object: &Value,
    name: &'static str,
    from_value: impl FnOnce(&Value) -> Result<T, Mismatch>,
) -> Result<T, Mismatch> {
    from_value(object.get(name)).map_err(|mismatch| mismatch.within(Step::Attribute(name.into())))
}

impl Model for ProviderModel {
    const DOC: Doc = GeneralModel::DOC;

    /// The default cloud, the clouds, and then the rest.
    fn attributes() -> Vec<Attribute> {
        let mut attributes = GeneralModel::attributes();
        let behind_the_default = attributes.len().min(1);
        attributes.splice(
            behind_the_default..behind_the_default,
            clouds::ALL.iter().map(|one| block(one)),
        );
        in_places(attributes)
    }

    fn null() -> Self {
        let clouds = clouds::ALL.iter().map(|one| (one.capabilities.name, Tf::Null));
        Self {
            general: GeneralModel::null(),
            clouds: clouds.collect(),
        }
    }

    fn from_object(value: &Value) -> Result<Self, Mismatch> {
        let block = |description: &&'static Description| {
            let name = description.capabilities.name;
            let block = read(value, name, |block| match block {
                Value::Null => Ok(Tf::Null),
                Value::Unknown => Ok(Tf::Unknown),
                known => CloudBlock::from_object(description.settings, known).map(Tf::Known),
            })?;
            Ok((name, block))
        };
        Ok(Self {
            general: GeneralModel::from_object(value)?,
            clouds: clouds::ALL.iter().map(block).collect::<Result<_, _>>()?,
        })
    }

    fn to_object(&self) -> Value {
        let general = self.general.to_object();
        let general = general.as_object().into_iter().flat_map(|object| object.iter());
        let general = general.map(|(name, value)| (name.clone(), value.clone()));
        let blocks = self.clouds.iter().map(|(name, block)| {
            let block = match block {
                Tf::Null => Value::Null,
                Tf::Unknown => Value::Unknown,
                Tf::Known(block) => block.to_object(),
            };
            ((*name).into(), block)
        });
        Value::map(general.chain(blocks))
    }

    fn with_unknowns_from(self, mut other: Self) -> Self {
        let fill = |(name, block): (_, Tf<CloudBlock>)| {
            let other = other.clouds.remove(name).unwrap_or_default();
            let block = match (block, other) {
                (Tf::Unknown, other) => other,
                (Tf::Known(block), Tf::Known(other)) => Tf::Known(block.with_unknowns_from(other)),
                (Tf::Known(block), _) => Tf::Known(block.with_unknowns_from(CloudBlock::default())),
                (Tf::Null, _) => Tf::Null,
            };
            (name, block)
        };
        Self {
            clouds: self.clouds.into_iter().map(fill).collect(),
            general: Model::with_unknowns_from(self.general, other.general),
        }
    }
}

/// The attribute for a cloud.
fn block(description: &'static Description) -> Attribute {
    let settings = description.settings.iter().map(|setting| Attribute {
        name: setting.name,
        place: 0,
        shape: String::shape(),
        doc: Doc(setting.doc),
        spec: spec(description, setting),
    });
    Attribute {
        name: description.capabilities.name,
        place: 0,
        shape: Shape::Nested(Nesting::Single, in_places(settings.collect())),
        doc: Doc(description.doc),
        spec: optional(),
    }
}

fn spec(description: &Description, setting: &Setting) -> AttributeSpec {
    let spec = optional().validator(not_empty(setting.if_empty));
    let spec = match setting.secrecy {
        Secrecy::Public => spec,
        Secrecy::MayHoldSecret => spec.may_hold_secret(),
        Secrecy::Secret => spec.sensitive(),
    };
    if setting.name == BASE_URL {
        spec.documented_default(description.default_base_url)
    } else {
        spec
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_what_was_given() {
        let own = Value::map([("api_key", Value::from("key")), ("base_url", Value::Unknown)]);
        for description in clouds::ALL {
            let name = description.capabilities.name;
            let given = Value::map([("cloud", Value::from(name)), (name, own.clone())]);
            let model = ProviderModel::from_object(&given).expect("a block");
            let block = model.cloud_block(name);
            let block = block.known().expect("is given");
            assert_eq!(block.known("api_key").map(String::as_str), Some("key"));
            assert!(block.is_partly_unknown());
            assert_eq!(model.to_object().get(name).get("base_url"), &Value::Unknown, "{name}");
            let mut other = ProviderModel::null();
            other
                .clouds
                .insert(name, Tf::Known(CloudBlock(BTreeMap::from([("base_url", Tf::Null)]))));
            let filled = Model::with_unknowns_from(model, other);
            assert!(
                !filled
                    .cloud_block(name)
                    .known()
                    .is_some_and(|block| block.is_partly_unknown())
            );
        }
    }

    #[test]
    fn an_object_has_all_attributes_in_their_places() {
        let object = ProviderModel::null().to_object();
        for attribute in ProviderModel::attributes() {
            let (name, _) = object
                .as_object()
                .and_then(|object| object.get_indexed(attribute.place))
                .expect("is there");
            assert_eq!(name, attribute.name);
        }
    }
}
