//! The example of a code is "an input that brings it about": here it does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use postferry::diag::codes;
use postferry::{Code, Converter, FormatSpec, Input, Registry};

/// What an example may be converted from, by which path, and to.
const FROM: [(&str, &str); 10] = [
    ("jekyll", "about.html"),
    ("jekyll", "_posts/2019-05-01-a.html"),
    ("jekyll+markdown", "_posts/2019-05-01-a.md"),
    ("jekyll+clean", "_posts/2019-05-01-a.html"),
    ("hugo", "content/posts/a.md"),
    ("markdown", "a.md"),
    ("markdown+meta", "a.md"),
    ("html", "a.html"),
    ("json", "a.json"),
    ("hugo+json", "content/posts/a.md"),
];
const TO: [&str; 7] = ["hugo", "hugo+yaml", "hugo+json", "jekyll", "jekyll+markdown", "markdown", "json"];

/// Codes without an example: what a plugin of Rust code does wrong, Ctrl-C, a file of 4 GB, and bugs that nobody knows of yet.
const WITHOUT: [&str; 6] = ["format-direction", "format-taken", "interrupted", "panicked", "text-too-long", "unproved"];

/// Codes whose example is a file as it should be.
const AS_IT_SHOULD_BE: [&str; 3] = ["json-post-shape", "key-map-syntax", "tag-map"];

/// What stands around a piece of front matter, or before a body, that an example shows alone.
const AROUND: [(&str, &str); 5] = [
    ("", ""),
    ("---\n", "\n---\n<p>Hi.</p>\n"),
    ("+++\n", "\n+++\nHi.\n"),
    ("---\nlayout: post\n---\n\n", "\n"),
    ("+++\ntitle = 'x'\n+++\n\n", "\n"),
];

/// Codes of a run of the command, whose examples are commands: `tests/cli` brings them about, and runs those with a `$ `.
fn is_of_a_run(code: &Code) -> bool {
    let example = code.example;
    ["postferry ", "ln ", "cat ", "$ ", "{\"id\""].iter().any(|start| example.starts_with(start))
        || example.lines().any(|line| line.starts_with("postferry "))
        || code.name.starts_with("settings-")
}

/// The example without the lines that say what comes of it.
fn inputs(example: &str) -> Vec<String> {
    let told = example.lines().take_while(|line| !line.starts_with("# ")).collect::<Vec<_>>().join("\n");
    let mut inputs = vec![example.to_owned()];
    if !told.is_empty() && told != example {
        inputs.push(told);
    }
    inputs
}

fn brings_about(registry: &Arc<Registry>, code: &Code) -> bool {
    let inputs = inputs(code.example);
    let texts: Vec<String> = inputs
        .iter()
        .flat_map(|input| AROUND.iter().map(move |(before, after)| format!("{before}{input}{after}")))
        .collect();
    FROM.iter().any(|(from, path)| {
        TO.iter().any(|to| {
            let from: FormatSpec = from.parse().unwrap();
            let converter = Converter::new(registry.clone(), Some(&from), &to.parse().unwrap()).unwrap();
            texts.iter().any(|text| match converter.convert(Input::new(text).path(Some(path))) {
                Ok(conversion) => conversion.report.diagnostics().iter().any(|found| found.code == code),
                Err(error) => error.code() == code,
            })
        })
    })
}

#[test]
fn every_code_has_an_example() {
    let without: Vec<&str> = codes::all().iter().filter(|code| code.example.is_empty()).map(|code| code.name).collect();
    assert_eq!(without, WITHOUT);
}

#[test]
fn every_example_brings_its_code_about() {
    let registry = Arc::new(Registry::builtin());
    let examples: Vec<&Code> = codes::all().into_iter().filter(|code| !code.example.is_empty()).collect();
    let posts: Vec<&Code> = examples.iter().copied().filter(|code| !is_of_a_run(code)).collect();
    let posts: Vec<&Code> = posts.into_iter().filter(|code| !AS_IT_SHOULD_BE.contains(&code.name)).collect();
    let missing: Vec<&str> = posts.iter().filter(|code| !brings_about(&registry, code)).map(|code| code.name).collect();
    println!("measured: {} of {} examples of posts bring their code about", posts.len() - missing.len(), posts.len());
    assert!(missing.is_empty(), "nothing brings these about: {missing:?}");
}
