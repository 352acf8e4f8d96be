//! Short texts of every kind, GFM and kramdown's own input: what our kramdown shows is what the real one prints.

#![allow(clippy::unwrap_used)]

#[path = "support/dom.rs"]
mod dom;
#[path = "kramdown/support.rs"]
mod support;

use postferry::markup::kramdown::{Display, Settings};

/// The examples of the specifications and kramdown's own cases.
fn texts(test: &str) -> Option<Vec<(String, String)>> {
    let oracles = support::shared("oracles", test)?;
    let corpus = support::shared("corpus/kramdown-tests", test)?;
    let mut texts = Vec::new();
    for name in ["commonmark", "gfm"] {
        let Ok(json) = std::fs::read_to_string(oracles.join(format!("{name}.json"))) else { continue };
        let cases: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        texts.extend(cases.iter().map(|case| (case["id"].to_string(), case["markdown"].as_str().unwrap().to_owned())));
    }
    let mut files = Vec::new();
    support::files(&corpus, &["text", "page"], &mut files);
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        texts.push((path.file_name().unwrap().to_string_lossy().into_owned(), text));
    }
    Some(texts)
}

fn check(native: bool, test: &str) {
    let Some(texts) = texts(test) else { return };
    let options = if native { serde_json::json!({ "input": "kramdown" }) } else { serde_json::json!({}) };
    let all: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
    let Some(expected) = support::real(&all, &options, test) else { return };
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
    println!(
        "measured: {equal} of {} texts equal the real kramdown's; the others:\n{}",
        texts.len(),
        different.join("\n")
    );
    assert!(equal * 100 >= texts.len() * 99, "only {equal} of {}", texts.len());
}

#[test]
fn gfm_examples_look_as_the_real_kramdown_shows_them() {
    check(false, "gfm_examples_look_as_the_real_kramdown_shows_them");
}

#[test]
fn native_examples_look_as_the_real_kramdown_shows_them() {
    check(true, "native_examples_look_as_the_real_kramdown_shows_them");
}
