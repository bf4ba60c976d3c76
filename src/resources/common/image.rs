//! References of container images, in their long and their short names.

/// Where an image is from that names no registry.
const DEFAULT_REGISTRY: &str = "docker.io";

/// Other addresses of the same registry.
const ALIASES: &[&str] = &["index.docker.io", "registry-1.docker.io"];

/// Where an image of the default registry is that names no owner.
const DEFAULT_OWNER: &str = "library";

const DEFAULT_TAG: &str = "latest";

/// The whole name of an image, as the distribution's grammar of references reads a short one: `debian` is
/// `docker.io/library/debian:latest`. An image that is named by its digest has no default tag.
pub fn normal(reference: &str) -> String {
    let reference = reference.trim();
    let (name, digest) = match reference.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (reference, None),
    };
    let (registry, path) = match name.split_once('/') {
        Some((first, rest)) if is_registry(first) => (first, rest),
        _ => (DEFAULT_REGISTRY, name),
    };
    let registry = match ALIASES.contains(&registry) {
        true => DEFAULT_REGISTRY,
        false => registry,
    };
    let (path, tag) = match path.rsplit_once(':') {
        Some((path, tag)) if !tag.contains('/') => (path, Some(tag)),
        _ => (path, None),
    };
    let owner = match registry == DEFAULT_REGISTRY && !path.contains('/') {
        true => format!("{DEFAULT_OWNER}/"),
        false => String::new(),
    };
    // Where there is a digest, a tag decides nothing.
    match digest {
        Some(digest) => format!("{registry}/{owner}{path}@{digest}"),
        None => format!("{registry}/{owner}{path}:{}", tag.unwrap_or(DEFAULT_TAG)),
    }
}

/// A first part that cannot be an owner's name.
fn is_registry(part: &str) -> bool {
    part.contains(['.', ':']) || part == "localhost"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], expected: &str) {
        for name in names {
            assert_eq!(normal(name), expected, "{name}");
        }
    }

    #[test]
    fn an_image_has_one_whole_name() {
        check(
            &[
                "debian",
                "debian:latest",
                "library/debian",
                "docker.io/debian",
                "docker.io/library/debian:latest",
                "index.docker.io/library/debian",
                "registry-1.docker.io/library/debian",
                " debian\n",
            ],
            "docker.io/library/debian:latest",
        );
        check(
            &["pytorch/pytorch:2.8.0", "docker.io/pytorch/pytorch:2.8.0"],
            "docker.io/pytorch/pytorch:2.8.0",
        );
        check(&["ghcr.io/org/app"], "ghcr.io/org/app:latest");
        check(&["ghcr.io/app"], "ghcr.io/app:latest");
        check(&["localhost/app", "localhost/app:latest"], "localhost/app:latest");
        check(&["localhost:5000/app:1"], "localhost:5000/app:1");
        check(
            &["debian@sha256:0a", "docker.io/library/debian:12@sha256:0a"],
            "docker.io/library/debian@sha256:0a",
        );
    }

    #[test]
    fn other_images_are_kept_apart() {
        let apart = [
            "debian",
            "debian:12",
            "org/debian",
            "ghcr.io/library/debian",
            "debian@sha256:0a",
            "debian@sha256:0b",
            "quay.io/debian",
            "Debian",
        ];
        for (index, one) in apart.iter().enumerate() {
            for other in &apart[index + 1..] {
                assert_ne!(normal(one), normal(other), "{one} {other}");
            }
        }
    }
}
