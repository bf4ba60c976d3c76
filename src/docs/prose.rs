//! Prose that no declaration can tell, page by page, in files under `prose/`.

/// The prose of one page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prose {
    page: &'static str,
    /// Between the example and the schema.
    pub usage: &'static str,
    /// Under the heading of the import.
    pub import: &'static str,
}

const ALL: [Prose; 5] = [
    Prose {
        page: "docs/index.md",
        usage: include_str!("prose/index.md"),
        import: "",
    },
    Prose {
        page: "docs/resources/pod.md",
        usage: include_str!("prose/pod.md"),
        import: include_str!("prose/pod_import.md"),
    },
    Prose {
        page: "docs/resources/volume.md",
        usage: include_str!("prose/volume.md"),
        import: include_str!("prose/volume_import.md"),
    },
    Prose {
        page: "docs/resources/container_registry_auth.md",
        usage: include_str!("prose/container_registry_auth.md"),
        import: include_str!("prose/container_registry_auth_import.md"),
    },
    Prose {
        page: "docs/resources/ssh_key.md",
        usage: include_str!("prose/ssh_key.md"),
        import: include_str!("prose/ssh_key_import.md"),
    },
];

pub(super) fn of(page: &str) -> Option<Prose> {
    ALL.into_iter().find(|prose| prose.page == page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{docs, resources::Gpupod};

    #[test]
    fn prose_is_shown_on_a_page() {
        let pages = docs::pages(&Gpupod, &|_| None);
        for prose in ALL {
            assert!(pages[prose.page].contains(prose.usage.trim()), "{}", prose.page);
        }
    }
}
