//! Short texts of every kind, GFM and kramdown's own input: what our kramdown shows is what the real one prints.

#![allow(clippy::unwrap_used)]

#[path = "support/dom.rs"]
mod dom;
#[path = "kramdown/support.rs"]
mod support;

use std::path::Path;

use postferry::markup::kramdown::{Display, Settings};

/// The examples of the specifications and kramdown's own cases.
fn texts() -> Vec<(String, String)> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let mut texts = Vec::new();
    for name in ["commonmark", "gfm"] {
        let Ok(json) = std::fs::read_to_string(shared.join(format!("oracles/{name}.json"))) else { continue };
        let cases: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        texts.extend(cases.iter().map(|case| (case["id"].to_string(), case["markdown"].as_str().unwrap().to_owned())));
    }
    let mut files = Vec::new();
    support::files(&shared.join("corpus/kramdown-tests"), &["text", "page"], &mut files);
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        texts.push((path.file_name().unwrap().to_string_lossy().into_owned(), text));
    }
    texts
}

fn check(native: bool) {
    let texts = texts();
    if texts.is_empty() {
        return println!("skipped: ../shared is not there");
    }
    let options = if native { serde_json::json!({ "input": "kramdown" }) } else { serde_json::json!({}) };
    let all: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
    let Some(expected) = support::real(&all, &options) else {
        return println!("skipped: no ruby with kramdown 2.4 here");
    };
    let settings = if native { Settings::native() } else { Settings::jekyll() };
    let mut display = Display::default();
    display.gfm = settings.gfm;
    let mut different = Vec::new();
    for ((name, text), expected) in texts.iter().zip(&expected) {
        if let Err(difference) = dom::all_attributes_equal(expected, &support::html(text, &settings, &display)) {
            different.push(format!("{name}: {difference}\n{}", text.chars().take(200).collect::<String>()));
        }
    }
    let equal = texts.len() - different.len();
    println!("{equal} of {} texts equal the real kramdown's; the others:\n{}", texts.len(), different.join("\n"));
    assert!(equal * 100 >= texts.len() * 97, "only {equal} of {}", texts.len());
}

#[test]
fn gfm_examples_look_as_the_real_kramdown_shows_them() {
    check(false);
}

#[test]
fn native_examples_look_as_the_real_kramdown_shows_them() {
    check(true);
}
