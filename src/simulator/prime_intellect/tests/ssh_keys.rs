//! SSH keys, of which one is primary.

use serde_json::{Value, json};

use super::{Desk, id, smallest, with};

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMadeUp someone@example.com";

fn create(desk: &mut Desk, name: &str) -> String {
    id(&desk.told("POST ssh_keys/", json!({"name": name, "publicKey": KEY})))
}

/// Each key's name, with a star at the primary one.
fn listed(desk: &mut Desk) -> String {
    let page = desk.read("ssh_keys/");
    let rows = page["data"].as_array().unwrap().iter();
    let words = rows.map(|row| {
        let star = if row["isPrimary"] == true { "*" } else { "" };
        format!("{}{star}", row["name"].as_str().unwrap())
    });
    words.collect::<Vec<String>>().join(" ")
}

#[test]
fn one_key_is_primary() {
    let mut desk = Desk::new();
    let first = create(&mut desk, "a");
    let second = create(&mut desk, "b");
    assert_eq!(listed(&mut desk), "a* b");
    let line = format!("PATCH ssh_keys/{second}");
    let told = desk.told(&line, json!({"isPrimary": true}));
    assert_eq!(told["updated_fields"], json!({"isPrimary": true}));
    assert_eq!(listed(&mut desk), "a b*");
    assert_eq!(desk.told(&line, json!({}))["updated_fields"], json!({}));
    assert_eq!(desk.ask(&line, json!({"isPrimary": false})).0, 422);
    assert_eq!(listed(&mut desk), "a b*");
    desk.told(&format!("DELETE ssh_keys/{second}"), Value::Null);
    assert_eq!(listed(&mut desk), "a");
    assert_eq!(desk.http(&format!("DELETE ssh_keys/{second}")), 404);
    assert_eq!(desk.ask(&line, json!({"isPrimary": true})).0, 404);
    create(&mut desk, "c");
    assert_eq!(listed(&mut desk), "a c*");
    let pod = with(smallest(), json!({"pod": {"sshKeyId": first}}));
    desk.told("POST pods/", pod);
}

#[test]
fn only_a_public_key_is_taken() {
    let check = |public_key: &str, expected: u16| {
        let body = json!({"name": "a", "publicKey": public_key});
        let (status, response) = Desk::new().ask("POST ssh_keys/", body);
        assert_eq!(status, expected, "{public_key}");
        let param = &response["errors"][0]["param"];
        assert!(status == 200 || *param == "publicKey", "{response}");
    };
    check(KEY, 200);
    check("ssh-rsa AAAA", 200);
    check("ecdsa-sha2-nistp256 AAAA= a comment", 200);
    check("", 422);
    check("ssh-ed25519", 422);
    check("AAAA ssh-ed25519", 422);
    check("-----BEGIN OPENSSH PRIVATE KEY-----", 422);
    check("ssh-rsa $HOME/.ssh/id_rsa.pub", 422);
    assert_eq!(Desk::new().ask("POST ssh_keys/", json!({"publicKey": KEY})).0, 422);
}
