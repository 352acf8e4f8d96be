//! Every JSON post there is, validated against the published schema; and the schema against what it must refuse.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;

use jsonschema::Validator;
use serde_json::{Value, json};
use support::carry::{Cargo, builtin, carry, read};
use support::fixtures;

fn validator() -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/post.schema.json");
    let text = std::fs::read_to_string(path).unwrap();
    assert_eq!(text, postferry::json::SCHEMA, "`postferry schema` prints another schema");
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn check(validator: &Validator, what: &str, text: &str) {
    let post: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{what}: {error}\n{text}"));
    let errors: Vec<String> =
        validator.iter_errors(&post).map(|error| format!("{} at {}", error, error.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {}\n{text}", errors.join("; "));
}

#[test]
fn every_fixture_as_json_follows_the_schema() {
    let validator = validator();
    for fixture in fixtures::all() {
        if fixture.format == "json" {
            check(&validator, fixture.file, &fixture.text);
        }
        for to in ["json", "json+html", "json+markdown"] {
            let (there, _) = carry(&builtin(), &Cargo::from(&fixture), to).unwrap();
            check(&validator, &format!("{} to {to}", fixture.file), &there.text);
        }
    }
}

#[test]
fn every_json_post_in_the_snapshots_follows_the_schema() {
    let validator = validator();
    let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let mut checked = 0;
    for folder in ["jekyll-json", "markdown-json", "hugo-json"] {
        for entry in std::fs::read_dir(snapshots.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let Some((_, rest)) = text.split_once(".json ===\n") else { continue };
            let post = rest.split("\n=== ").next().unwrap();
            check(&validator, path.to_str().unwrap(), &post.replace("⟨no newline⟩", ""));
            checked += 1;
        }
    }
    assert!(checked >= 3 * 20, "only {checked} JSON posts were found in the snapshots");
}

#[test]
fn the_schema_refuses_what_is_no_post_and_so_does_the_reader() {
    let validator = validator();
    let body = json!({"markup": "html", "text": "<p>Hi.</p>"});
    for (what, post) in [
        ("no version", json!({"body": body})),
        ("another version", json!({"version": 2, "body": body})),
        ("no body", json!({"version": 1})),
        ("a body without text", json!({"version": 1, "body": {"markup": "html"}})),
        ("an unknown markup", json!({"version": 1, "body": {"markup": "textile", "text": ""}})),
        ("a body that is text", json!({"version": 1, "body": "<p>Hi.</p>"})),
        ("an `extra` that is no object", json!({"version": 1, "body": body, "extra": []})),
        (
            "a comment without a place",
            json!({"version": 1, "body": body, "comments": [{"path": "/title", "text": "x"}]}),
        ),
        ("a list", json!([])),
    ] {
        assert!(!validator.is_valid(&post), "the schema takes {what}");
        let cargo = Cargo::new("json", post.to_string(), None);
        assert!(read(&builtin(), &cargo).is_err(), "the reader takes {what}");
    }
    // These the reader takes with a warning, so that nothing is lost of a post that somebody wrote by hand.
    let stray = json!({"version": 1, "body": body, "colour": "red"});
    assert!(!validator.is_valid(&stray));
    let post = read(&builtin(), &Cargo::new("json", stray.to_string(), None)).unwrap();
    assert_eq!(post.post.meta.get_str("colour"), Some("red"));
    assert_eq!(post.report.diagnostics().len(), 1);
}
