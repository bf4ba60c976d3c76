//! Reads the ssh commands that clouds show for their pods.

use super::SshAccess;

/// ssh's own default (ssh(1)).
const DEFAULT_PORT: u16 = 22;

/// The options of ssh(1) that take an argument.
const OPTIONS_WITH_ARGUMENT: &str = "BbcDEeFIiJLlmOoPpQRSWw";

/// What a command such as `ssh root@host -p 10022` says. A part that it leaves out, or writes as a placeholder such as
/// `<host>`, is `None`; a port that it leaves out is ssh's own.
pub fn parse(command: &str) -> SshAccess {
    let words = Words::from_command(command);
    let (user, host) = match words.destination.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (words.user, words.destination),
    };
    let host = plain(host.trim_start_matches('[').trim_end_matches(']'));
    let port = match words.port {
        Some(port) => port.parse().ok().filter(|port| *port != 0),
        None => host.as_ref().map(|_| DEFAULT_PORT),
    };
    SshAccess {
        command: command.to_owned(),
        user: user.and_then(plain),
        host,
        port,
    }
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
        assert_eq!(found.command, command);
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
