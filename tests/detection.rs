//! The format of a post that nobody named.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use postferry::{Converter, Input};
use support::carry::{builtin, spec};
use support::fixtures;

fn detected(text: &str, path: Option<&str>) -> String {
    let converter = Converter::new(builtin(), None, &spec("json")).unwrap();
    converter.read(Input::new(text).path(path)).unwrap_or_else(|error| panic!("{path:?}: {error}")).from.to_string()
}

#[test]
fn every_fixture_is_recognized_where_it_lies() {
    for fixture in fixtures::all() {
        assert_eq!(detected(&fixture.text, Some(&fixture.path)), fixture.format, "{}", fixture.path);
    }
}

#[test]
fn what_the_text_alone_shows_is_enough_for_most() {
    // YAML with no key that only one generator knows, and bodies without front matter, show nothing.
    let known: Vec<_> = fixtures::all()
        .into_iter()
        .filter(|fixture| detected(&fixture.text, None).split('+').next() == fixture.format.split('+').next())
        .map(|fixture| fixture.name())
        .collect();
    assert!(known.len() >= 20, "{known:?}");
}

#[test]
fn a_fence_and_a_path_decide() {
    for (text, path, format) in [
        ("---\ntitle: A\n---\nText.\n", Some("_posts/2020-01-01-a.md"), "jekyll+markdown"),
        ("---\ntitle: A\n---\n<p>Text.</p>\n", Some("_posts/2020-01-01-a.html"), "jekyll"),
        ("---\ntitle: A\n---\nText.\n", Some("content/a.md"), "hugo+yaml"),
        ("+++\ntitle = 'A'\n+++\nText.\n", None, "hugo"),
        ("{\"title\": \"A\"}\n\nText.\n", Some("a.md"), "hugo+json"),
        ("{\"version\": 1, \"body\": {\"markup\": \"html\", \"text\": \"\"}}", None, "json"),
        ("# A\n\nText.\n", Some("a.md"), "markdown"),
        ("# A\n\nText.\n\n<!-- postferry\ndate: 2020-01-01\n-->\n", Some("a.md"), "markdown+meta"),
        ("<p>Text.</p>\n", Some("a.html"), "html"),
        ("<!DOCTYPE html><title>A</title><p>Text.</p>\n", None, "html"),
        ("", None, "markdown"),
    ] {
        let is = detected(text, path);
        let is = if format == "html" { is.split('+').next().unwrap() } else { is.as_str() };
        assert_eq!(is, format, "{text:?} at {path:?}");
    }
}
