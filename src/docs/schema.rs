//! The schema section of a page: arguments and read-only attributes, in the order of the declaration.

use super::member::{self, Group, Member};
use crate::tf::Schema;

pub(super) fn section(schema: &Schema) -> String {
    let members = member::all(&schema.attributes);
    let mut parts = vec!["## Schema".to_owned()];
    parts.extend(groups(&members, "", |title| format!("### {title}")));
    parts.extend(all_nested(&members, ""));
    parts.join("\n\n")
}

/// The members by who sets them. `within` is where they are: `a.b.`, or nothing at the top.
fn groups(members: &[Member], within: &str, heading: fn(&str) -> String) -> Vec<String> {
    let group = |group: Group| {
        let lines: Vec<String> = members
            .iter()
            .filter(|member| member.group == group)
            .map(|member| line(member, within))
            .collect();
        (!lines.is_empty()).then(|| format!("{}\n\n{}", heading(group.title()), lines.join("\n")))
    };
    Group::ALL.into_iter().filter_map(group).collect()
}

fn line(member: &Member, within: &str) -> String {
    let Member { name, kind, text, .. } = member;
    // Further lines and paragraphs belong to the same point of the list.
    let text = text
        .replace("\n\n", "\u{0}")
        .replace('\n', " ")
        .replace('\u{0}', "\n\n  ");
    let link = match member.members.is_empty() {
        true => String::new(),
        false => format!(" (see [below for nested schema](#{}))", anchor(member, within)),
    };
    format!("- `{name}` ({kind}) {text}{link}")
}

fn all_nested(members: &[Member], within: &str) -> Vec<String> {
    let with_members = members.iter().filter(|member| !member.members.is_empty());
    with_members.flat_map(|member| nested(member, within)).collect()
}

fn nested(member: &Member, within: &str) -> Vec<String> {
    let path = format!("{within}{}", member.name);
    let inside = format!("{path}.");
    let heading = format!(
        "<a id=\"{}\"></a>\n### Nested Schema for `{path}`",
        anchor(member, within)
    );
    let mut parts = vec![heading];
    parts.extend(groups(&member.members, &inside, |title| format!("{title}:")));
    parts.extend(all_nested(&member.members, &inside));
    parts
}

/// As HashiCorp's own generator writes it.
fn anchor(member: &Member, within: &str) -> String {
    format!("nestedatt--{}{}", within.replace('.', "--"), member.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tf::{
        Attribute, AttributeSpec, Doc, Nesting, Shape, Type, computed, optional, optional_computed, required,
        validators::one_of,
    };

    fn attribute(name: &'static str, shape: Shape, spec: AttributeSpec) -> Attribute {
        let doc = Doc(" Text.\n");
        Attribute {
            name,
            place: 0,
            shape,
            doc,
            spec,
        }
    }

    fn plain(name: &'static str, plain: Type, spec: AttributeSpec) -> Attribute {
        attribute(name, Shape::Plain(plain), spec)
    }

    #[track_caller]
    fn check(attributes: Vec<Attribute>, expected: &str) {
        let schema = Schema::new(0, Doc(" Thing.\n"), attributes);
        assert_eq!(section(&schema), format!("## Schema\n\n{expected}"));
    }

    #[test]
    fn attributes_are_grouped_by_who_sets_them() {
        check(
            vec![
                plain("a", Type::set(Type::String), computed()),
                plain("b", Type::Number, optional_computed()),
                plain("c", Type::Bool, required()),
            ],
            "### Required\n\n- `c` (Boolean) Text.\n\n### Optional\n\n- `b` (Number) Text.\n\n### Read-Only\n\n- `a` (Set \
             of String) Text.",
        );
    }

    #[test]
    fn facts_are_told() {
        let spec = optional_computed()
            .sensitive()
            .default("x")
            .validator(one_of(&["x", "y"]))
            .requires_replace();
        check(
            vec![plain("a", Type::String, spec)],
            "### Optional\n\n- `a` (String, Sensitive) Text. Use `x` or `y`. The default is `x`. A change replaces the \
             resource.",
        );
    }

    #[test]
    fn nested_attributes_have_sections_of_their_own() {
        let inner = attribute(
            "i",
            Shape::Nested(Nesting::Single, vec![plain("j", Type::Number, computed())]),
            computed(),
        );
        check(
            vec![attribute("o", Shape::Nested(Nesting::List, vec![inner]), optional())],
            "### Optional\n\n- `o` (Attributes List) Text. (see [below for nested schema](#nestedatt--o))\n\n\
             <a id=\"nestedatt--o\"></a>\n### Nested Schema for `o`\n\nRead-Only:\n\n- `i` (Attributes) Text. (see [below \
             for nested schema](#nestedatt--o--i))\n\n\
             <a id=\"nestedatt--o--i\"></a>\n### Nested Schema for `o.i`\n\nRead-Only:\n\n- `j` (Number) Text.",
        );
    }
}
