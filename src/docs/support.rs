//! Support tables: what each cloud has, drawn from its capabilities.

use crate::{
    clouds::{
        self, Capabilities, Description, GpuCounts, LogSupport, PodFeature, Resize, StopSupport, Support, VolumeFeature,
    },
    tf::{Attribute, Schema},
};

/// The section that lists the clouds.
pub(super) fn clouds() -> String {
    let heading = ["Cloud", "`cloud`", "Key", "Address", "Its default"];
    let rows = clouds::ALL.iter().map(|description| cloud(description));
    format!("## Clouds\n\n{}", table(&heading.map(str::to_owned), rows))
}

fn cloud(description: &Description) -> Vec<String> {
    let addresses: Vec<String> = description.base_url_variables().iter().map(|name| code(name)).collect();
    vec![
        description.capabilities.title.to_owned(),
        code(description.capabilities.name),
        code(description.key_variable()),
        addresses.join(", "),
        code(description.default_base_url),
    ]
}

/// What an attribute asks of a cloud.
#[derive(Clone, Copy)]
enum Feature {
    Pod(PodFeature),
    Volume(VolumeFeature),
    Logs(LogSupport),
}

impl Feature {
    fn of(attribute: &Attribute) -> Option<Self> {
        let of_pod = attribute.tag().copied().map(Feature::Pod);
        of_pod
            .or_else(|| attribute.tag().copied().map(Feature::Volume))
            .or_else(|| attribute.tag().copied().map(Feature::Logs))
    }

    /// A cloud without volumes has nothing that is asked of one.
    fn support(self, cloud: &Capabilities) -> Support {
        match self {
            Feature::Logs(asked) => cloud.logs(asked),
            Feature::Pod(feature) => (cloud.pod)(feature),
            Feature::Volume(feature) => cloud
                .volume
                .map_or(Support::Refused, |volume| (volume.feature)(feature)),
        }
    }
}

/// What a reader who chooses a cloud wants to know first.
pub fn overview() -> String {
    table(&heading(), overview_rows().into_iter())
}

fn overview_rows() -> Vec<Vec<String>> {
    let takes = |feature| move |cloud: &Capabilities| support((cloud.pod)(feature));
    let [gpus, price_limit, stop] = differences();
    vec![
        gpus,
        row("GPU types and prices, checked while planning", |cloud| {
            yes_no(cloud.has.catalogue)
        }),
        row("Choice of regions", takes(PodFeature::Regions)),
        row("Spot pods", takes(PodFeature::Spot)),
        price_limit,
        stop,
        row("Volumes", |cloud| match cloud.volume.map(|volume| volume.resize) {
            None => "no",
            Some(Resize::GrowsInPlace) => "yes, and they grow in place",
            Some(Resize::Replaces) => "yes, of a fixed size",
        }),
        row("Write-only environment variables", takes(PodFeature::Environment)),
        row("Credentials of registries", |cloud| yes_no(cloud.has.registry_auths)),
        row("SSH keys", |cloud| yes_no(cloud.has.ssh_keys)),
        row("Logs", |cloud| match cloud.has.logs {
            LogSupport::None => "no",
            LogSupport::LastLines => "the last lines",
            LogSupport::Filtered => "with filters",
        }),
    ]
}

fn yes_no(has: bool) -> &'static str {
    if has { "yes" } else { "no" }
}

fn row(name: &str, cell: impl Fn(&Capabilities) -> &'static str) -> Vec<String> {
    let cells = capabilities().map(|cloud| cell(cloud).to_owned());
    [name.to_owned()].into_iter().chain(cells).collect()
}

/// The section on which cloud takes what, if it is not the same for all attributes.
pub(super) fn of_attributes(schema: &Schema) -> Option<String> {
    let rows = rows(&schema.attributes, "");
    let text = "An attribute that is not listed is the same on every cloud. What a cloud does not have is an error of \
                the plan.";
    (!rows.is_empty()).then(|| {
        let differences = asks_of_pods(&schema.attributes).then(differences);
        let rows = rows.into_iter().chain(differences.into_iter().flatten());
        format!("## Clouds\n\n{text}\n\n{}", table(&heading(), rows))
    })
}

fn heading() -> Vec<String> {
    let titles = capabilities().map(|cloud| cloud.title.to_owned());
    [String::new()].into_iter().chain(titles).collect()
}

/// One row for each attribute that asks for a feature, those within others included.
fn rows(attributes: &[Attribute], within: &str) -> Vec<Vec<String>> {
    let row = |attribute: &Attribute| {
        let path = format!("{within}{}", attribute.name);
        let own = Feature::of(attribute).map(|feature| {
            let cells = capabilities().map(|cloud| support(feature.support(cloud)).to_owned());
            [code(&path)].into_iter().chain(cells).collect()
        });
        own.into_iter().chain(rows(attribute.nested(), &format!("{path}.")))
    };
    attributes.iter().flat_map(row).collect()
}

fn asks_of_pods(attributes: &[Attribute]) -> bool {
    let asks = |attribute: &Attribute| {
        matches!(Feature::of(attribute), Some(Feature::Pod(_))) || asks_of_pods(attribute.nested())
    };
    attributes.iter().any(asks)
}

/// How the clouds differ in pods, beyond having a thing or not.
fn differences() -> [Vec<String>; 3] {
    [
        row("How many GPUs", |cloud| match (cloud.pod)(PodFeature::GpuCount) {
            Support::Refused => "none",
            _ => gpu_counts(cloud.gpu_counts),
        }),
        row("Price limit", |cloud| match (cloud.pod)(PodFeature::MaxPrice) {
            Support::Refused => "no",
            _ if cloud.max_price_is_for_spot => "for spot pods",
            _ => "for every pod",
        }),
        row("Stop and start", |cloud| stop(cloud.stop)),
    ]
}

fn support(support: Support) -> &'static str {
    match support {
        Support::Required => "required",
        Support::Optional => "yes",
        Support::Refused => "no",
    }
}

fn gpu_counts(counts: GpuCounts) -> &'static str {
    match counts {
        GpuCounts::PowersOfTwo => "1, 2, 4, 8 and so on",
        GpuCounts::Any => "any number",
    }
}

fn stop(stop: StopSupport) -> &'static str {
    match stop {
        StopSupport::None => "no",
        StopSupport::Optional => "yes",
        StopSupport::RequiredBeforeDelete => "yes, and a pod is deleted only when stopped",
    }
}

fn capabilities() -> impl Iterator<Item = &'static Capabilities> {
    clouds::ALL.iter().map(|description| description.capabilities)
}

fn table(heading: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let rule = vec!["---".to_owned(); heading.len()];
    let lines = [heading.to_vec(), rule].into_iter().chain(rows);
    let lines: Vec<String> = lines.map(|cells| format!("| {} |", cells.join(" | "))).collect();
    lines.join("\n")
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tf::{AttributeSpec, Doc, Shape, Type, optional};

    fn attribute(name: &'static str, spec: AttributeSpec) -> Attribute {
        Attribute {
            name,
            place: 0,
            shape: Shape::Plain(Type::String),
            doc: Doc(" Text.\n"),
            spec,
        }
    }

    #[test]
    fn attributes_that_ask_for_a_feature_are_listed() {
        let without = vec![attribute("a", optional())];
        assert_eq!(of_attributes(&Schema::new(0, Doc(""), without)), None);

        let with = [
            attribute("a", optional()),
            attribute("b", optional().tag(&PodFeature::GpuType)),
            attribute("c", optional().tag(&VolumeFeature::StorageType)),
        ];
        let rows = rows(&with, "");
        let names = rows.iter().map(|row| (row[0].as_str(), row.len()));
        let width = 1 + clouds::ALL.len();
        assert!(names.eq([("`b`", width), ("`c`", width)]), "{rows:?}");
    }

    #[test]
    fn how_pods_differ_is_told_of_pods_alone() {
        let told = |spec: AttributeSpec| of_attributes(&Schema::new(0, Doc(""), vec![attribute("a", spec)]));
        let of_pods = told(optional().tag(&PodFeature::GpuType)).expect("a section");
        assert!(of_pods.contains("Stop and start"), "{of_pods}");
        let of_volumes = told(optional().tag(&VolumeFeature::StorageType)).expect("a section");
        assert!(!of_volumes.contains("Stop and start"), "{of_volumes}");
    }

    #[test]
    fn a_cloud_without_volumes_has_nothing_of_them() {
        let without = Capabilities {
            volume: None,
            ..*clouds::ALL[0].capabilities
        };
        let asked = Feature::Volume(VolumeFeature::StorageType);
        assert_eq!(asked.support(&without), Support::Refused);
    }
}
