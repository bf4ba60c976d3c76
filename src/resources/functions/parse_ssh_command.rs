//! `parse_ssh_command`: who and where an ssh command connects to.

use super::{messages, wrong_argument};
use crate::{
    clouds::{SshAccess, ssh},
    tf::{Function, FunctionError, Number, Parameter, Signature, Type, Value},
};

/// The function `parse_ssh_command`.
#[derive(Debug)]
pub struct ParseSshCommand;

impl Function for ParseSshCommand {
    fn signature(&self) -> Signature {
        Signature {
            name: "parse_ssh_command",
            summary: "Takes an ssh command apart",
            doc: "Takes an ssh command apart into `user`, `host` and `port`, as `connection` blocks and inventories want \
                  them. It understands what clouds write, such as `ssh root@h -p 10022`, `root@h -p 22`, `ssh -p 22 \
                  root@h`, `root@h:22` and `ssh://root@h:22`.\n\nWithout a user in the command, `user` is null: ssh would take the local one. Without a port, \
                  `port` is 22, as ssh has it. A command without a host, or with a port that is none, is an error.",
            parameters: vec![Parameter {
                name: "command",
                doc: "The command, such as `ssh.command` of a pod.",
                value_type: Type::String,
            }],
            result: Type::object(vec![
                ("user".into(), Type::String),
                ("host".into(), Type::String),
                ("port".into(), Type::Number),
            ]),
        }
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError> {
        let command = arguments.first().and_then(Value::as_str).unwrap_or_default();
        let SshAccess { user, host, port, .. } = ssh::parse(command);
        let host = host.ok_or_else(|| wrong_argument(messages::no_host()))?;
        let port = port.ok_or_else(|| wrong_argument(messages::wrong_port()))?;
        Ok(Value::map([
            ("user", user.map_or(Value::Null, Value::string)),
            ("host", Value::string(host)),
            ("port", Value::Number(Number::from(u32::from(port)))),
        ]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tf::describe;

    /// What comes out, as `user host port`, or why nothing does.
    #[track_caller]
    fn check(command: &str, expected: &str) {
        let found = match ParseSshCommand.call(&[command.into()]) {
            Ok(parts) => ["user", "host", "port"].map(|name| describe(parts.get(name))).join(" "),
            Err(error) => {
                assert_eq!(error.argument, Some(0));
                error.text
            }
        };
        assert_eq!(found, expected, "{command}");
    }

    #[test]
    fn commands_are_taken_apart() {
        check("ssh root@h -p 10022", "\"root\" \"h\" 10022");
        check("root@h -p 22", "\"root\" \"h\" 22");
        check("ssh -p 22 root@h", "\"root\" \"h\" 22");
        check("ssh root@203.0.113.7", "\"root\" \"203.0.113.7\" 22");
        check("ssh h", "null \"h\" 22");
        check("ssh://root@h:2222", "\"root\" \"h\" 2222");
        check("root@h:2222", "\"root\" \"h\" 2222");
        check("[\"root@h\",\"-p\",\"2222\"]", "\"root\" \"h\" 2222");
        check("ssh <user>@h -p 2222", "null \"h\" 2222");
    }

    #[test]
    fn without_a_host_or_with_a_wrong_port_there_is_no_result() {
        // The command is not repeated: it may hold a password.
        let no_host = "`command` names no host. Give one such as `ssh root@203.0.113.7 -p 22`";
        for command in ["", "ssh", "ssh -p 22", "ssh root@<host> -p 22"] {
            check(command, no_host);
        }
        for command in ["ssh root@h -p <port>", "ssh root@h -p 0", "ssh root@h -p 65536"] {
            check(
                command,
                "`command` has a port that is not valid. Use a number from 1 to 65535",
            );
        }
    }
}
