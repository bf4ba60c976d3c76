//! Secrets in every spelling that a cloud may give back.

use super::*;

const PEM: &str = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n-----END PRIVATE KEY-----\n";

fn knowing(secrets: &[&str]) -> Secrets {
    let known = Secrets::default();
    secrets.iter().for_each(|secret| known.note(&Secret::new(*secret)));
    known
}

#[track_caller]
fn check(secrets: &[&str], message: &str, expected: &str) {
    assert_eq!(knowing(secrets).redact(message), expected, "{message:?}");
}

fn in_url(text: &str, space: &str, in_capitals: bool) -> String {
    let encode = |byte: &u8| match byte {
        b' ' => space.to_owned(),
        byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
        byte if in_capitals => format!("%{byte:02X}"),
        byte => format!("%{byte:02x}"),
    };
    text.as_bytes().iter().map(encode).collect()
}

#[test]
fn a_secret_is_hidden_as_it_is() {
    check(&["swordfish"], "the key swordfish is bad", "the key *** is bad");
    check(
        &["swordfish", "swordfish-2"],
        "swordfish-2 and swordfish",
        "*** and ***",
    );
    check(&["swordfish", "fish-and-chips"], "swordfish-and-chips", "***");
    check(&["1"], "got 1 of 10", "got 1 of 10");
    check(&[], "nothing is secret", "nothing is secret");
    check(&["sword\u{200b}fish"], "sword\u{1b}[0mfish", "***");
    check(&["swordfish"], "sword\u{1b}[31mfi\u{202e}sh\0", "***");
}

#[test]
fn a_secret_is_hidden_in_every_spelling() {
    let secrets = [
        "pass \"word\"/with\\back\nand more",
        "schlüssel 🔑 ä+b%41&c",
        PEM,
        "a/b+c=d&e f",
    ];
    for secret in secrets {
        let json = Value::from(secret).to_string();
        let twice = Value::from(json.as_str()).to_string();
        let ascii: String = secret.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        let spellings = [
            secret.to_owned(),
            secret.replace('\n', "\r\n"),
            json.clone(),
            json.replace('/', "\\/"),
            twice,
            ascii.clone(),
            ascii.to_uppercase().replace("\\U", "\\u"),
            in_url(secret, "%20", true),
            in_url(secret, "%20", false),
            in_url(secret, "+", true),
            Value::from(in_url(secret, "+", false)).to_string(),
            STANDARD_NO_PAD.encode(secret),
            URL_SAFE_NO_PAD.encode(secret),
            STANDARD_NO_PAD.encode(format!("user:{secret}")),
            STANDARD_NO_PAD.encode(format!("me:{secret}!")),
        ];
        for spelling in spellings {
            let shown = knowing(&[secret]).redact(&format!("invalid value {spelling} given"));
            let is_hidden = shown.starts_with("invalid value ") && shown.contains(HIDDEN) && shown.len() < 60;
            assert!(is_hidden, "{secret:?} as {spelling:?}: {shown}");
        }
    }
}

#[test]
fn a_line_of_a_secret_is_hidden() {
    check(
        &[PEM],
        "cannot parse BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj at line 3",
        "cannot parse *** at line 3",
    );
    let unbroken = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    check(&[PEM], &format!("body {unbroken}"), "body ***");
    check(&[&PEM.replace('\n', "\\n")], &format!("body {unbroken}"), "body ***");
    check(&[PEM], "not in braces: }", "not in braces: }");
}

#[test]
fn the_key_of_a_service_account_is_hidden() {
    let account = serde_json::json!({"type": "service_account", "private_key": PEM}).to_string();
    for message in [
        format!("bad key: {PEM}"),
        "bad key: BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj".to_owned(),
        format!("bad key: {account}"),
        format!("bad key: {}", Value::from(account.as_str())),
    ] {
        let shown = knowing(&[&account]).redact(&message);
        assert!(!shown.contains("MIIE") && !shown.contains("BKcw"), "{message}: {shown}");
    }
}

#[test]
fn the_value_of_a_variable_is_hidden_but_in_a_pods_own_log() {
    let known = Secrets::default();
    let note = |value: &str| known.note_variable(&Secret::new(value));
    ["training-set", "true", "8080"].into_iter().for_each(note);
    assert_eq!(known.redact("training-set on 8080 is true"), "*** on 8080 is true");
    assert_eq!(
        known.redact_log_line("\u{1b}[1mtraining-set".to_owned()),
        "\u{1b}[1mtraining-set"
    );
    known.note(&Secret::new("training-set"));
    assert_eq!(
        known.redact_log_line("\u{1b}[1mtraining-set".to_owned()),
        "\u{1b}[1m***"
    );
}

#[test]
fn a_message_is_one_line_of_limited_length() {
    check(&[], "two\nlines\u{1b}[31m  here", "two lines here");
    check(&[], &"ä".repeat(1_001), &format!("{}…", "ä".repeat(1_000)));
    // Wherever it is cut, nothing of a secret is left.
    for length in [990, 998, LONGEST - 5, LONGEST + 5] {
        let message = format!("{}swordfish", "x".repeat(length));
        assert!(!knowing(&["swordfish"]).redact(&message).contains("sword"), "{length}");
    }
    let shown = knowing(&["swordfish"]).redact(&"swordfish".repeat(1_000_000));
    assert!(!shown.contains("sword"), "{shown}");
}

#[test]
fn all_clouds_of_a_run_share_it_and_debug_shows_none() {
    let one = knowing(&[]);
    one.clone().note(&Secret::new("swordfish"));
    assert_eq!(one.redact("swordfish"), HIDDEN);
    assert!(!format!("{one:?}").contains("swordfish"));
}
