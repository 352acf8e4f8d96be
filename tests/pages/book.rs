//! The book has every page, each once.

use std::fs;

use pulldown_cmark::{Event, Parser, Tag};

use super::blocks::{self, root};

#[test]
fn the_book_lists_every_page_once() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    let mut listed: Vec<String> = Parser::new(&summary)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(format!("docs/{dest_url}")),
            _ => None,
        })
        .collect();
    listed.sort();
    let pages: Vec<String> = blocks::book().into_iter().map(|page| page.name).collect();
    assert_eq!(listed, pages);
}

#[test]
fn every_page_has_one_title() {
    for page in blocks::book() {
        let is_title = |event: &Event<'_>| {
            matches!(event, Event::Start(Tag::Heading { level: pulldown_cmark::HeadingLevel::H1, .. }))
        };
        let titles: Vec<usize> = page.events().filter(|(event, _)| is_title(event)).map(|(_, at)| at.start).collect();
        assert_eq!(titles, [0], "{} begins with its title and has no other", page.name);
    }
}
