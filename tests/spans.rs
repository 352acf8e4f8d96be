//! Law 4 on real files: spans lie in the text, on character boundaries, children inside parents.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::{Path, PathBuf};

use postferry::Span;
use postferry::ast::Document;
use postferry::format::Markup;
use postferry::markup::{Html, Markdown};
use support::{laws, shared};

fn files_below(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().and_then(|e| e.to_str()).is_some_and(|e| extensions.contains(&e)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn check(markup: &dyn Markup, text: &str) -> Vec<String> {
    let range = Span::new(0, text.len());
    let extensions = markup.extensions().iter().copied().collect();
    let document: Document = markup.parse(text, range, &extensions, &mut ()).unwrap();
    laws::spans_of(&document, text, range, markup.name() == "html")
}

#[test]
fn every_file_of_the_corpus() {
    let Some(corpus) = shared::find("corpus", "spans of real files") else { return };
    let mut broken = Vec::new();
    let mut count = 0;
    for (folder, extensions, markup) in [
        ("jekyll-html", &["html"][..], &Html as &dyn Markup),
        ("jekyll-md", &["md", "markdown"], &Markdown::commonmark()),
        ("hugo-toml", &["md"], &Markdown::commonmark()),
        ("hugo-yaml", &["md"], &Markdown::commonmark()),
        ("other-md", &["md"], &Markdown::commonmark()),
        ("kramdown-tests", &["text"], &Markdown::commonmark()),
    ] {
        for path in files_below(&corpus.join(folder), extensions) {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            for text in [text.replace("\r\n", "\n").replace('\n', "\r\n"), text] {
                let found = check(markup, &text);
                broken
                    .extend(found.first().map(|first| format!("{}: {} broken: {first}", path.display(), found.len())));
                count += 1;
            }
        }
    }
    println!("measured: spans of {count} texts");
    assert!(broken.is_empty(), "{} texts:\n{}", broken.len(), broken[..broken.len().min(20)].join("\n"));
}
