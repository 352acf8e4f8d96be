//! Every link of the pages leads somewhere, and those of the book stay in it.

use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Tag, TagEnd};

use super::blocks::{self, Page, page, root};

/// The anchor that GitHub and mdBook give a heading.
fn anchor(heading: &str) -> String {
    let letters = heading.trim().to_lowercase();
    let is_kept = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    letters.chars().filter(is_kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn anchors(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    let mut heading: Option<String> = None;
    for (event, _) in page.events() {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => found.extend(heading.take().map(|text| anchor(&text))),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    found
}

/// The path without `..`, from the project's root.
fn resolved(from: &str, link: &str) -> Option<PathBuf> {
    let mut parts = PathBuf::new();
    for part in Path::new(from).parent().unwrap().join(link).components() {
        match part {
            Component::ParentDir => {
                if !parts.pop() {
                    return None;
                }
            }
            part => parts.push(part),
        }
    }
    Some(parts)
}

/// What is wrong with a link of a page.
fn wrong(from: &Page, link: &str) -> Option<String> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
    let Some(target) = (if path.is_empty() { Some(PathBuf::from(&from.name)) } else { resolved(&from.name, path) })
    else {
        return Some("it leads out of the project".to_owned());
    };
    if !root().join(&target).exists() {
        return Some(format!("there is no {}", target.display()));
    }
    if from.name.starts_with("docs/") && !target.starts_with("docs") {
        return Some("it leads out of the book: name the file in words".to_owned());
    }
    let is_there = |page: &Page| anchors(page).iter().any(|anchor| anchor == fragment);
    if !fragment.is_empty() && !is_there(&page(target.to_str().unwrap())) {
        return Some(format!("{} has no heading of that name", target.display()));
    }
    None
}

#[test]
fn every_link_leads_somewhere() {
    let mut wrong_ones = Vec::new();
    let mut links = 0;
    for page in blocks::all() {
        for (event, range) in page.events() {
            let (Event::Start(Tag::Link { dest_url, .. }) | Event::Start(Tag::Image { dest_url, .. })) = event else {
                continue;
            };
            links += 1;
            if let Some(error) = wrong(&page, &dest_url) {
                wrong_ones.push(format!("{}:{}: {dest_url}: {error}", page.name, page.line(range.start)));
            }
        }
    }
    assert!(wrong_ones.is_empty(), "{}", wrong_ones.join("\n"));
    assert!(links > 20, "{links}");
}

#[test]
fn a_link_that_leads_nowhere_is_found_out() {
    let formats = page("docs/formats.md");
    assert_eq!(wrong(&formats, "keys.md#addresses"), None);
    assert_eq!(wrong(&formats, "#json"), None);
    assert_eq!(wrong(&formats, "https://example.org/"), None);
    for link in ["nowhere.md", "keys.md#nowhere", "#nowhere", "../src/lib.rs", "../../../etc/passwd"] {
        assert!(wrong(&formats, link).is_some(), "{link}");
    }
}
