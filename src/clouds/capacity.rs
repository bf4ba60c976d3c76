//! Capacity errors, recognised by their text: no document gives a code to "nothing is free now".

/// Phrases of refusals for want of a machine, in small letters.
const PHRASES: &[&str] = &[
    "no available resource",
    "no capacity",
    "not enough capacity",
    "insufficient capacity",
    "out of capacity",
    "out of stock",
    "sold out",
    "no longer available",
    "no instances available",
    "no resources available",
    "currently unavailable",
];

/// Whether a refusal's message says that nobody has such a machine free now.
pub fn is_lacking(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    PHRASES.iter().any(|phrase| message.contains(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lack_of_machines_is_told_from_other_refusals() {
        for message in [
            "No available resource",
            "Offer is OUT OF STOCK in US-KS-2",
            "The GPU is no longer available.",
        ] {
            assert!(is_lacking(message), "{message}");
        }
        for message in [
            "Missing field: max_price not specified",
            "Maximum number of instances reached. Limit: 4",
            "",
        ] {
            assert!(!is_lacking(message), "{message}");
        }
    }
}
