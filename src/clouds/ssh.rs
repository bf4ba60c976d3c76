//! Parser of the ssh commands that clouds show for their pods.

use super::SshAccess;

/// ssh's own default (ssh(1)).
const DEFAULT_PORT: u16 = 22;

/// The options of ssh(1) that take an argument.
const OPTIONS_WITH_ARGUMENT: &str = "BbcDEeFIiJLlmOoPpQRSWw";

/// The parts of a command such as `ssh root@host -p 10022` says, or a login without the command: `root@host -p 10022`,
/// `root@host:10022`, `ssh://root@host:10022`, and a list of words in JSON. A part that it leaves out, or writes as a
/// placeholder such as `<host>`, is `None`; a port that it leaves out is ssh's own.
pub fn parse(command: &str) -> SshAccess {
    match serde_json::from_str::<Vec<String>>(command) {
        Ok(words) => parse(&from_list(&words)),
        Err(_) => parse_words(command),
    }
}

/// The command or login that a list stands for: one in words, as `["root@host", "-p", "10022"]`, or else the first of
/// those of several machines.
pub fn from_list(words: &[String]) -> String {
    let is_one = words.first().is_some_and(|first| first.trim() == "ssh")
        || words.iter().skip(1).any(|word| word.trim().starts_with('-'));
    let said = words.iter().map(|word| word.trim()).filter(|word| !word.is_empty());
    match is_one {
        true => said.collect::<Vec<_>>().join(" "),
        false => said.take(1).collect(),
    }
}

fn parse_words(command: &str) -> SshAccess {
    let words = Words::from_command(command);
    let destination = Destination::from_word(words.destination);
    let user = destination.user.or(words.user).and_then(plain);
    let host = plain(destination.host);
    let port = match words.port.or(destination.port) {
        Some(port) => port.parse().ok().filter(|port| *port != 0),
        None => host.as_ref().map(|_| DEFAULT_PORT),
    };
    // ssh itself knows no port behind a host's colon.
    let command = match (&host, port) {
        (Some(host), Some(port)) if destination.port.is_some() && !destination.is_url => {
            let user = user.as_deref().map(|user| format!("{user}@")).unwrap_or_default();
            format!("ssh {user}{host} -p {port}")
        }
        _ => command.to_owned(),
    };
    SshAccess {
        command,
        user,
        host,
        port,
    }
}

/// The word that says where to: `host`, `user@host`, either with `:port`, or an `ssh://` URI of them (ssh(1)).
#[derive(Default)]
struct Destination<'a> {
    user: Option<&'a str>,
    host: &'a str,
    port: Option<&'a str>,
    is_url: bool,
}

const SCHEME: &str = "ssh://";

impl<'a> Destination<'a> {
    fn from_word(word: &'a str) -> Self {
        let is_url = word
            .get(..SCHEME.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(SCHEME));
        let authority = match is_url {
            true => word[SCHEME.len()..].split(['/', '?', '#']).next().unwrap_or_default(),
            false => word,
        };
        let (user, place) = match authority.rsplit_once('@') {
            // Of a URI's user information, what follows the name is a password or a parameter.
            Some((user, place)) if is_url => (user.split([':', ';']).next(), place),
            Some((user, place)) => (Some(user), place),
            None => (None, authority),
        };
        let (host, port) = split_port(place);
        Self {
            user,
            host,
            port,
            is_url,
        }
    }
}

/// An address of IPv6 has colons of its own, unless it stands in brackets. A port that is left out behind its colon is
/// none.
fn split_port(place: &str) -> (&str, Option<&str>) {
    let (host, rest) = match place.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, rest)) => (host, rest.strip_prefix(':')),
        None => match place.split_once(':') {
            Some((host, port)) if !port.contains(':') => (host, Some(port)),
            _ => (place, None),
        },
    };
    (host, rest.filter(|port| !port.is_empty()))
}

#[derive(Default)]
struct Words<'a> {
    destination: &'a str,
    user: Option<&'a str>,
    port: Option<&'a str>,
}

impl<'a> Words<'a> {
    fn from_command(command: &'a str) -> Self {
        let mut found = Self::default();
        let mut words = command.split_whitespace().peekable();
        words.next_if_eq(&"ssh");
        while let Some(word) = words.next() {
            let Some(flags) = word.strip_prefix('-') else {
                found.note_destination(word);
                continue;
            };
            let Some(at) = flags.find(|flag| OPTIONS_WITH_ARGUMENT.contains(flag)) else {
                continue;
            };
            // The argument is the rest of the word, as in -p22, or else the next word.
            let argument = match &flags[at + 1..] {
                "" => words.next().unwrap_or_default(),
                rest => rest,
            };
            match &flags[at..=at] {
                "p" => found.port = Some(argument),
                "l" => found.user = Some(argument),
                _ => {}
            }
        }
        found
    }

    /// The first word that is no option, unless a later one has an @: a quoted path of a key may hold spaces.
    fn note_destination(&mut self, word: &'a str) {
        let is_better = word.contains('@') && !self.destination.contains('@');
        if self.destination.is_empty() || is_better {
            self.destination = word;
        }
    }
}

/// A name or an address, and no placeholder.
fn plain(text: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '%');
    (!text.is_empty() && text.chars().all(fits)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(command: &str, user: &str, host: &str, port: u16) {
        let found = parse(command);
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        assert_eq!(
            (found.user, found.host, found.port),
            (text(user), text(host), (port != 0).then_some(port)),
            "{command}"
        );
    }

    #[test]
    fn commands_are_read() {
        check("ssh root@h -p 10022", "root", "h", 10022);
        check("root@h -p 22", "root", "h", 22);
        check("ssh -p 22 root@h", "root", "h", 22);
        check("ssh -p2222 root@gpu-1.example.com", "root", "gpu-1.example.com", 2222);
        check("ssh root@203.0.113.7", "root", "203.0.113.7", 22);
        check("  ssh   root@h\t-p  7 ", "root", "h", 7);
        check("ssh -i ~/.ssh/id_ed25519 root@h -p 10022", "root", "h", 10022);
        check("ssh root@h -p 10022 -i <path to your key>", "root", "h", 10022);
        check("ssh -i \"my key\" root@h", "root", "h", 22);
        check(
            "ssh -o StrictHostKeyChecking=no -oUser=x -tt root@h -p 1 bash -l",
            "root",
            "h",
            1,
        );
        check("ssh -tp 10022 root@h", "root", "h", 10022);
        check("ssh -l ubuntu h", "ubuntu", "h", 22);
        check("ssh h", "", "h", 22);
        check("ssh root@[2001:db8::1] -p 9", "root", "2001:db8::1", 9);
        check("ssh me@site@h", "", "h", 22);
        check("ssh h -l", "", "h", 22);
    }

    #[test]
    fn logins_with_the_port_behind_the_host_are_read() {
        check("root@h:2222", "root", "h", 2222);
        check("ssh root@h:2222", "root", "h", 2222);
        check("h:2222", "", "h", 2222);
        check("root@203.0.113.7:2222", "root", "203.0.113.7", 2222);
        check("root@[2001:db8::1]:2222", "root", "2001:db8::1", 2222);
        check("root@2001:db8::1", "root", "2001:db8::1", 22);
        check("root@h:2222 -p 7", "root", "h", 7);
        check("root@h:", "root", "h", 22);
        check("root@h:70000", "root", "h", 0);
        check("root@h:<port>", "root", "h", 0);
        check("root@<host>:2222", "root", "", 2222);
    }

    #[test]
    fn uris_are_read() {
        check("ssh://root@h:2222", "root", "h", 2222);
        check("ssh ssh://root@h:2222", "root", "h", 2222);
        check("SSH://root@h:2222/", "root", "h", 2222);
        check("ssh://root@h", "root", "h", 22);
        check("ssh://h:2222", "", "h", 2222);
        check("ssh://root@h:/", "root", "h", 22);
        check("ssh://root:word@h:2222/home?a#b", "root", "h", 2222);
        check("ssh://root;fingerprint=ssh-rsa-c1@h:2222", "root", "h", 2222);
        check("ssh://root@[2001:db8::1]:9", "root", "2001:db8::1", 9);
        check("ssh://root@h:70000", "root", "h", 0);
        check("ssh://", "", "", 0);
        check("ssh://root@", "root", "", 0);
    }

    #[test]
    fn lists_are_read() {
        check(r#"["root@h", "-p", "2222"]"#, "root", "h", 2222);
        check(r#"["ssh", "-p", "2222", "root@h"]"#, "root", "h", 2222);
        check(r#"["ssh", "root@h"]"#, "root", "h", 22);
        check(r#"["root@h -p 1", "root@i -p 2"]"#, "root", "h", 1);
        check(r#"["root@h:2222"]"#, "root", "h", 2222);
        check("[]", "", "", 0);
        check("[2001:db8::1]:9", "", "2001:db8::1", 9);
    }

    #[test]
    fn the_command_is_one_that_ssh_takes() {
        let check = |said: &str, command: &str| assert_eq!(parse(said).command, command);
        check("ssh root@h -p 1", "ssh root@h -p 1");
        check("ssh root@h:2222", "ssh root@h -p 2222");
        check("ssh [2001:db8::1]:9", "ssh 2001:db8::1 -p 9");
        check("ssh ssh://root@h:2222", "ssh ssh://root@h:2222");
        check(r#"["ssh", "root@h", "-p", "1"]"#, "ssh root@h -p 1");
        check("ssh root@h -p <port>", "ssh root@h -p <port>");
        check("ssh root@h:<port>", "ssh root@h:<port>");
    }

    #[test]
    fn placeholders_are_nothing() {
        check("ssh <user>@<host> -p <port>", "", "", 0);
        check("ssh root@{host} -p 22", "root", "", 22);
        check("ssh root@h -p $PORT", "root", "h", 0);
        check("ssh root@h -p 70000", "root", "h", 0);
        check("ssh root@h -p 0", "root", "h", 0);
        check("ssh root@h -p", "root", "h", 0);
        check("ssh root@", "root", "", 0);
        check("ssh @h", "", "h", 22);
        check("ssh", "", "", 0);
        check("-", "", "", 0);
        check("ssh -é -pé root@h", "root", "h", 0);
        check("", "", "", 0);
    }
}
