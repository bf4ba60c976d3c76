//! Endpoints of a pod, in every shape.

use super::with;
use crate::clouds::Endpoint;

/// The command, and the user, host and port of it; `fields` are further ones of the pod.
#[track_caller]
fn check(fields: &str, expected: Option<(&str, &str, &str, u16)>) {
    let found = with(fields).ssh;
    let found = found.as_ref().map(|ssh| {
        let part = |part: &'_ Option<String>| part.clone().unwrap_or_default();
        (
            ssh.command.clone(),
            part(&ssh.user),
            part(&ssh.host),
            ssh.port.unwrap_or(0),
        )
    });
    let expected =
        expected.map(|(command, user, host, port)| (command.to_owned(), user.to_owned(), host.to_owned(), port));
    assert_eq!(found, expected, "{fields}");
}

const MAPPING: &str = r#""primePortMapping":[
    {"internal":"8888","external":"30000","protocol":"TCP","usedBy":"JUPYTER_NOTEBOOK"},
    {"internal":"22","external":"10022","protocol":"TCP","usedBy":"SSH"}]"#;

#[test]
fn a_login_is_read_in_every_shape() {
    let expected = Some(("ssh root@203.0.113.7 -p 10022", "root", "203.0.113.7", 10022));
    for shown in [
        r#""root@203.0.113.7 -p 10022""#,
        r#""ssh root@203.0.113.7 -p 10022""#,
        r#"" root@203.0.113.7 -p 10022 ""#,
        r#"["root@203.0.113.7 -p 10022"]"#,
        r#"[null,"","ssh root@203.0.113.7 -p 10022","root@other -p 1"]"#,
        r#""root@203.0.113.7:10022""#,
        r#"["root@203.0.113.7:10022",null]"#,
        r#"["root@203.0.113.7","-p","10022"]"#,
        r#"["root@203.0.113.7","-p",10022]"#,
        r#"["ssh","root@203.0.113.7","-p","10022"]"#,
    ] {
        check(&format!(r#""sshConnection":{shown}"#), expected);
    }
    check(
        r#""sshConnection":"ubuntu@h""#,
        Some(("ssh ubuntu@h", "ubuntu", "h", 22)),
    );
    for nothing in ["null", r#""""#, "[]", "[null]", "{}", "7", "[[]]"] {
        check(&format!(r#""sshConnection":{nothing}"#), None);
    }
}

#[test]
fn without_a_login_the_address_and_the_ports_tell() {
    let expected = Some(("ssh root@203.0.113.7 -p 10022", "root", "203.0.113.7", 10022));
    for ip in [r#""203.0.113.7""#, r#"[null,"203.0.113.7"]"#, r#"" 203.0.113.7 ""#] {
        for shown in ["null", "[null]"] {
            check(&format!(r#""sshConnection":{shown},"ip":{ip},{MAPPING}"#), expected);
        }
    }
    check(&format!(r#""ip":null,{MAPPING}"#), None);
    check(r#""ip":"203.0.113.7""#, None);
    for external in [r#""*""#, "null", r#""https://h.example""#, r#""0""#, r#""70000""#] {
        let mapping = format!(r#"[{{"internal":"22","external":{external},"protocol":"TCP","usedBy":"SSH"}}]"#);
        check(&format!(r#""ip":"203.0.113.7","primePortMapping":{mapping}"#), None);
    }
}

#[test]
fn a_login_without_a_host_tells_the_user() {
    let fields = format!(r#""sshConnection":"ubuntu@ -p 22","ip":"203.0.113.7",{MAPPING}"#);
    check(
        &fields,
        Some(("ssh ubuntu@203.0.113.7 -p 10022", "ubuntu", "203.0.113.7", 10022)),
    );
    check(
        r#""sshConnection":"ubuntu@ -p 22""#,
        Some(("ssh ubuntu@ -p 22", "ubuntu", "", 22)),
    );
    // A login that is whole is believed.
    let fields = format!(r#""sshConnection":"ubuntu@h -p 22","ip":"203.0.113.7",{MAPPING}"#);
    check(&fields, Some(("ssh ubuntu@h -p 22", "ubuntu", "h", 22)));
}

#[test]
fn published_ports_are_endpoints() {
    let fields = r#""ip":"203.0.113.7","primePortMapping":[
        {"internal":"22","external":"10022","protocol":"TCP","usedBy":"SSH","description":"SSH"},
        {"internal":8888,"external":"https://h.example/lab","protocol":"tcp","usedBy":"JUPYTER_NOTEBOOK"},
        {"internal":"80","external":"*"},
        {"internal":"*","external":"*","protocol":"UDP"},
        {"internal":"http://h.example","external":"80","protocol":"TCP"},
        null, 7]"#;
    let endpoint = |port, protocol: Option<&str>, host: &str, proxy_port, url: Option<&str>| Endpoint {
        port,
        protocol: protocol.map(str::to_owned),
        host: Some(host.to_owned()),
        proxy_port,
        url: url.map(str::to_owned),
        is_healthy: None,
    };
    let expected = vec![
        endpoint(22, Some("TCP"), "203.0.113.7", Some(10022), None),
        endpoint(8888, Some("TCP"), "h.example", None, Some("https://h.example/lab")),
        endpoint(80, None, "203.0.113.7", None, None),
    ];
    assert_eq!(with(fields).endpoints, Some(expected));
    assert_eq!(with(r#""primePortMapping":[]"#).endpoints, Some(vec![]));
    assert_eq!(with(r#""primePortMapping":null"#).endpoints, None);
}
