//! What holds for every page of the registry, written or generated: its front matter, and where its links lead.

use std::path::{Component, Path, PathBuf};

use crate::{
    files::{self, root},
    markdown::{anchor, front_matter, links},
};

const INDEX: &str = "docs/index.md";
/// As the registry groups pages; guides stand by themselves.
const KEYS: [&str; 3] = ["page_title", "subcategory", "description"];

#[test]
fn every_page_has_the_registrys_front_matter() {
    for path in files::below("docs") {
        let page = files::read(&path);
        let (front, _) = front_matter(&page).unwrap_or_else(|| panic!("{path} has no front matter"));
        let keys: Vec<&str> = front
            .lines()
            .filter(|line| !line.starts_with([' ', '#']))
            .filter_map(|line| line.split(':').next())
            .collect();
        assert_eq!(keys, KEYS, "{path}");
        assert!(!title(front).is_empty(), "{path} has no title");
        let description = front.lines().last().unwrap().trim();
        assert!(description.ends_with('.'), "{path}: {description:?} is no sentence");
    }
}

#[test]
fn a_guide_is_headed_by_its_title_and_the_first_page_leads_there() {
    let index = links(&files::read(INDEX));
    let guides = files::below("docs/guides");
    assert!(guides.len() >= 10, "{guides:?}");
    for path in guides {
        let page = files::read(&path);
        let (front, text) = front_matter(&page).unwrap();
        assert_eq!(
            text.lines().find(|line| !line.is_empty()),
            Some(&*format!("# {}", title(front)))
        );
        let link = path.replace("docs/", "");
        assert!(index.contains(&link), "{INDEX} does not link {link}");
    }
}

/// What a cloud has is told in one place: a guide may repeat rows of that table, and only as they are.
#[test]
fn guides_repeat_what_the_clouds_have_as_it_is() {
    const HEADING: &str = "|  | Yotta Labs | Prime Intellect | cPod |";
    let facts = ["pod", "volume"].map(|name| files::read(&format!("docs/resources/{name}.md")));
    let mut rows = 0;
    for path in files::below("docs/guides") {
        let page = files::read(&path);
        let tables = page.split(HEADING).skip(1);
        for row in tables.flat_map(|rest| rest.lines().skip(2).take_while(|line| line.starts_with('|'))) {
            let is_told = facts.iter().any(|page| page.lines().any(|line| line == row));
            assert!(is_told, "{path}: no resource says {row:?}");
            rows += 1;
        }
    }
    assert!(rows >= 2, "no tables were found");
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut within = 0;
    let modules = files::below("examples/modules").into_iter();
    let readmes = modules.filter(|path| path.ends_with(".md"));
    for path in files::below("docs").into_iter().chain(readmes) {
        for link in links(&files::read(&path)) {
            if link.starts_with("https://") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((&link, ""));
            let target = match file {
                "" => path.clone(),
                file => beside(&path, file),
            };
            assert!(
                root().join(&target).is_file(),
                "{path} links to {link}, which does not exist"
            );
            let page = files::read(&target);
            let has_heading = page.contains(&format!("<a id=\"{heading}\">"))
                || page.lines().any(|line| anchor(line).as_deref() == Some(heading));
            assert!(
                heading.is_empty() || has_heading,
                "{path}: {target} has no heading for {link}"
            );
            within += 1;
        }
    }
    assert!(within > 50, "only {within} links were found");
}

fn title(front: &str) -> &str {
    let title = front.lines().find_map(|line| line.strip_prefix("page_title: "));
    title.unwrap_or_default().trim_matches('"')
}

/// The path that a link of a page means.
fn beside(page: &str, link: &str) -> String {
    let mut path = PathBuf::new();
    for part in Path::new(page).parent().unwrap().join(link).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path.to_str().unwrap().replace('\\', "/")
}
