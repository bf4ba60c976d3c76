//! How much CPU and memory, in the notation of cPod's documents, which is that of Kubernetes: `1000m`, `2Gi`.

use rust_decimal::Decimal;

use crate::tf::{Value, validators::Validator};

const MILLI: Decimal = Decimal::from_parts(1, 0, 0, false, 3);

/// The units of memory, with how many bytes each is.
const UNITS: &[(&str, u64)] = &[
    ("Ki", 1 << 10),
    ("Mi", 1 << 20),
    ("Gi", 1 << 30),
    ("Ti", 1 << 40),
    ("k", 1_000),
    ("M", 1_000_000),
    ("G", 1_000_000_000),
    ("T", 1_000_000_000_000),
];

/// Cores, or thousandths of one.
pub fn cpu() -> Validator {
    validator(
        "Not an amount of CPU",
        "Use thousandths of a core such as `1000m`, or cores such as `2`.",
        to_cores,
    )
}

/// Bytes, mostly with a unit.
pub fn memory() -> Validator {
    validator(
        "Not an amount of memory",
        "Use a number with one of the units Ki, Mi, Gi, Ti, k, M, G and T, such as `2Gi`.",
        to_bytes,
    )
}

fn validator(summary: &'static str, allowed: &'static str, amount: fn(&str) -> Option<Decimal>) -> Validator {
    Validator::new(summary, allowed, move |value| {
        let Value::String(text) = value else { return None };
        let is_amount = amount(text).is_some_and(|amount| amount > Decimal::ZERO);
        (!is_amount).then(|| format!("is {text:?}"))
    })
}

/// An amount of CPU in one spelling.
pub fn normal_cpu(text: &str) -> String {
    to_cores(text).map_or_else(|| text.to_owned(), |cores| cores.to_string())
}

/// An amount of memory in one spelling.
pub fn normal_memory(text: &str) -> String {
    to_bytes(text).map_or_else(|| text.to_owned(), |bytes| bytes.to_string())
}

fn to_cores(text: &str) -> Option<Decimal> {
    match text.strip_suffix('m') {
        Some(thousandths) => to_number(thousandths)?.checked_mul(MILLI),
        None => to_number(text),
    }
    .map(|amount| amount.normalize())
}

fn to_bytes(text: &str) -> Option<Decimal> {
    let of_unit = |(unit, bytes): &(&str, u64)| {
        let number = text.strip_suffix(unit)?;
        to_number(number)?.checked_mul(Decimal::from(*bytes))
    };
    let with_unit = UNITS.iter().find_map(of_unit);
    with_unit.or_else(|| to_number(text)).map(|amount| amount.normalize())
}

fn to_number(text: &str) -> Option<Decimal> {
    let is_plain =
        text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    is_plain.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tf::{Diagnostics, Path};

    #[test]
    fn the_same_amount_can_be_written_in_several_ways() {
        for (one, other, is_same) in [
            ("1000m", "1", true),
            ("0.5", "500m", true),
            ("1000m", "1001m", false),
            ("odd", "odd", true),
            ("odd", "1", false),
        ] {
            assert_eq!(normal_cpu(one) == normal_cpu(other), is_same, "{one} {other}");
        }
        for (one, other, is_same) in [
            ("2Gi", "2048Mi", true),
            ("1Gi", "1G", false),
            ("1k", "1000", true),
            ("1.5Gi", "1536Mi", true),
        ] {
            assert_eq!(normal_memory(one) == normal_memory(other), is_same, "{one} {other}");
        }
    }

    #[test]
    fn only_amounts_are_amounts() {
        let refuses = |rule: Validator, text: &str| {
            let mut diagnostics = Diagnostics::new();
            rule.check(&Value::from(text), &Path::from("a"), false, &mut diagnostics);
            diagnostics.has_errors()
        };
        for (text, is_cpu, is_memory) in [
            ("1000m", true, false),
            ("2", true, true),
            ("0.25", true, true),
            ("2Gi", false, true),
            ("512M", false, true),
            ("", false, false),
            ("0", false, false),
            ("-1", false, false),
            (".5", false, false),
            ("1e3", false, false),
            ("2 Gi", false, false),
            ("Gi", false, false),
        ] {
            assert_eq!(!refuses(cpu(), text), is_cpu, "{text}");
            assert_eq!(!refuses(memory(), text), is_memory, "{text}");
        }
    }
}
