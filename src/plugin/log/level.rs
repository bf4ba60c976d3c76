//! The log level, from the client's variables.

use tracing::level_filters::LevelFilter;

use crate::plugin::handshake::Environment;

/// The level for the plugin `name`: the most specific variable that says anything wins.
pub(super) fn from_environment(name: &str, environment: Environment<'_>) -> LevelFilter {
    let own = format!("TF_LOG_PROVIDER_{}", name.to_uppercase().replace('-', "_"));
    [own.as_str(), "TF_LOG_PROVIDER", "TF_LOG"]
        .into_iter()
        .filter_map(environment)
        .find(|value| !value.is_empty())
        .map_or(LevelFilter::OFF, |value| parse(&value))
}

/// JSON asks for everything, in a form that ours has anyway. What clients do not understand they take for TRACE.
fn parse(value: &str) -> LevelFilter {
    match value.to_uppercase().as_str() {
        "OFF" => LevelFilter::OFF,
        "ERROR" => LevelFilter::ERROR,
        "WARN" => LevelFilter::WARN,
        "INFO" => LevelFilter::INFO,
        "DEBUG" => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plugin::handshake::in_table;

    fn check(variables: &[(&str, &str)], expected: LevelFilter) {
        assert_eq!(
            from_environment("an-example", &in_table(variables)),
            expected,
            "{variables:?}"
        );
    }

    #[test]
    fn the_most_specific_variable_wins() {
        check(&[], LevelFilter::OFF);
        check(&[("TF_LOG", "")], LevelFilter::OFF);
        check(&[("TF_LOG", "INFO")], LevelFilter::INFO);
        check(&[("TF_LOG", "info")], LevelFilter::INFO);
        check(&[("TF_LOG", "JSON")], LevelFilter::TRACE);
        check(&[("TF_LOG", "1")], LevelFilter::TRACE);
        check(&[("TF_LOG", "ERROR"), ("TF_LOG_PROVIDER", "WARN")], LevelFilter::WARN);
        check(&[("TF_LOG", "ERROR"), ("TF_LOG_PROVIDER", "")], LevelFilter::ERROR);
        check(
            &[("TF_LOG_PROVIDER", "TRACE"), ("TF_LOG_PROVIDER_AN_EXAMPLE", "OFF")],
            LevelFilter::OFF,
        );
        check(
            &[("TF_LOG", "WARN"), ("TF_LOG_PROVIDER_AN_EXAMPLE", "DEBUG")],
            LevelFilter::DEBUG,
        );
        check(&[("TF_LOG_PROVIDER_OTHER", "DEBUG")], LevelFilter::OFF);
    }
}
