//! Reattach configuration (`TF_REATTACH_PROVIDERS`): a developer pastes it to make clients use a plugin that is already running, for instance in a debugger.

use serde_json::json;

use super::{Definition, listen::Address};

/// The lines to print instead of the handshake.
pub(super) fn instructions(definition: &Definition, address: &Address) -> String {
    let variable = reattach(definition, address, std::process::id());
    // A shell takes everything between single quotes as it is, except for the quote itself.
    let quoted = variable.replace('\'', r"'\''");
    format!(
        "The provider is running, and ends with Ctrl-C. To use it, set this in another terminal:\n\n\
         TF_REATTACH_PROVIDERS='{quoted}'\n"
    )
}

fn reattach(definition: &Definition, address: &Address, process: u32) -> String {
    let connection = json!({
        "Protocol": "grpc",
        // Without a version, clients assume 5.
        "ProtocolVersion": definition.protocol_version,
        "Pid": process,
        // Keeps the client from ending a process that it did not start.
        "Test": true,
        "Addr": { "Network": address.network, "String": address.text },
    });
    json!({ definition.address: connection }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_can_read_it() {
        let definition = Definition {
            name: "example",
            address: "registry.example.org/acme/example",
            magic_cookie: ("", ""),
            protocol_version: 6,
        };
        let address = Address {
            network: "unix",
            text: "/tmp/it's/x".into(),
        };
        let expected = r#"{"registry.example.org/acme/example":{"Addr":{"Network":"unix","String":"/tmp/it's/x"},"Pid":7,"Protocol":"grpc","ProtocolVersion":6,"Test":true}}"#;
        assert_eq!(reattach(&definition, &address, 7), expected);
        assert!(instructions(&definition, &address).contains(r#""String":"/tmp/it'\''s/x""#));
    }
}
