//! What each cloud has, as tables drawn from the clouds' own data.

use crate::{
    clouds::{self, Capabilities, Description, GpuCounts, PodFeature, StopSupport, Support},
    tf::{Attribute, Schema},
};

/// The section that lists the clouds.
pub fn clouds() -> String {
    let heading = ["Cloud", "`cloud`", "Key", "Address", "Its default"];
    let rows = clouds::ALL.iter().map(|description| cloud(description));
    format!("## Clouds\n\n{}", table(&heading.map(str::to_owned), rows))
}

fn cloud(description: &Description) -> Vec<String> {
    let addresses: Vec<String> = description.base_url_variables.iter().map(|name| code(name)).collect();
    vec![
        description.capabilities.title.to_owned(),
        code(description.capabilities.name),
        code(description.key_variable),
        addresses.join(", "),
        code(description.default_base_url),
    ]
}

/// The section on which cloud takes what, if it is not the same for all attributes.
pub fn of_attributes(schema: &Schema) -> Option<String> {
    let rows = rows(&schema.attributes, "");
    let text = "An attribute that is not listed is the same on every cloud. What a cloud does not have is an error of \
                the plan.";
    (!rows.is_empty()).then(|| {
        let rows = rows.into_iter().chain(differences());
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
        let own = attribute.tag::<PodFeature>().map(|feature| {
            let cells = capabilities().map(|cloud| support((cloud.pod)(*feature)).to_owned());
            [code(&path)].into_iter().chain(cells).collect()
        });
        own.into_iter().chain(rows(attribute.nested(), &format!("{path}.")))
    };
    attributes.iter().flat_map(row).collect()
}

/// How the clouds differ beyond having a thing or not.
fn differences() -> [Vec<String>; 3] {
    let row = |name: &str, cell: fn(&Capabilities) -> &'static str| {
        let cells = capabilities().map(|cloud| cell(cloud).to_owned());
        [name.to_owned()].into_iter().chain(cells).collect()
    };
    [
        row("How many GPUs", |cloud| gpu_counts(cloud.gpu_counts)),
        row("Price limit", |cloud| match cloud.max_price_is_for_spot {
            true => "for spot pods",
            false => "for every pod",
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
    use crate::tf::{Doc, Shape, Type, optional};

    #[test]
    fn attributes_that_ask_for_a_feature_are_listed() {
        let attribute = |name, facts| Attribute {
            name,
            shape: Shape::Plain(Type::String),
            doc: Doc(" Text.\n"),
            facts,
        };
        let without = vec![attribute("a", optional())];
        assert_eq!(of_attributes(&Schema::new(0, Doc(""), without)), None);

        let with = [
            attribute("a", optional()),
            attribute("b", optional().tag(&PodFeature::GpuType)),
        ];
        let rows = rows(&with, "");
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0][0].as_str(), rows[0].len()), ("`b`", 1 + clouds::ALL.len()));
    }
}
