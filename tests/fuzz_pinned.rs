//! The inputs that fuzzing found, and those it starts from, checked without a fuzzer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../fuzz/checks.rs"]
mod checks;

use std::fs;
use std::path::Path;

fn each_pinned(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 4, "{} holds too few inputs", folder.display());
    for path in paths {
        println!("{}", path.display());
        check(&fs::read(&path).unwrap());
    }
}

#[test]
fn convert_any() {
    each_pinned("convert_any", checks::convert_any);
}

#[test]
fn html_to_markdown() {
    each_pinned("html_to_markdown", checks::html_to_markdown);
}

#[test]
fn yaml() {
    each_pinned("yaml", checks::yaml);
}

#[test]
fn front_matter() {
    each_pinned("front_matter", checks::front_matter);
}

#[test]
fn read_html() {
    each_pinned("read_html", checks::read_html);
}

#[test]
fn read_markdown() {
    each_pinned("read_markdown", checks::read_markdown);
}

#[test]
fn markdown_fixpoint() {
    each_pinned("markdown_fixpoint", checks::markdown_fixpoint);
}

#[test]
fn liquid() {
    each_pinned("liquid", checks::liquid);
}

#[test]
fn post_json_post() {
    each_pinned("post_json_post", checks::post_json_post);
}

#[test]
fn quadratic() {
    each_pinned("quadratic", checks::quadratic);
}
