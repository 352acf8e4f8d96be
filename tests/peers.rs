//! Why `html2md` and `serde_yaml` are dev-dependencies: the README's table, measured here on the fixtures.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use postferry::format::{FrontMatter, Schema};
use postferry::front::Yaml;
use postferry::meta::{Meta, Value};
use support::{carry, dom, fixtures};

/// Texts that some reader takes for something else if they stand without quotes, or with the wrong ones.
const STRINGS: [&str; 40] = [
    "yes",
    "No",
    "on",
    "OFF",
    "y",
    "true",
    "null",
    "~",
    "",
    " lead",
    "trail ",
    "0755",
    "0o17",
    "0x1F",
    "1_000",
    "12:30",
    "12:30:45",
    "1:30",
    "2019-05-01",
    "2019-5-1",
    "2019-05-01 12:00:00",
    "2019-05-01T12:00:00Z",
    "1e3",
    "1.",
    ".5",
    "+1",
    "-0",
    ".inf",
    ".NaN",
    "<<",
    "=",
    "- a",
    "a: b",
    "a #b",
    "#a",
    "'a'",
    "\"a\"",
    "@a",
    "a\nb\n",
    "!x",
];

/// A row of the README's table.
fn row(what: &str, total: usize, peer: usize, ours: usize) -> String {
    format!("| {what} | {peer} of {total} | {ours} of {total} |")
}

fn readme() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap()
}

fn shows(rows: &[String]) {
    let readme = readme();
    for row in rows {
        println!("measured: {row}");
    }
    for row in rows {
        assert!(readme.contains(row.as_str()), "the README does not say\n{row}");
    }
}

/// The bodies of the fixtures as HTML.
fn bodies() -> Vec<String> {
    let registry = carry::builtin();
    let html = |fixture: &fixtures::Fixture| {
        let (json, _) = carry::carry(&registry, &fixture.into(), "json+html").unwrap();
        let post: serde_json::Value = serde_json::from_str(&json.text).unwrap();
        post["body"]["text"].as_str().unwrap().to_owned()
    };
    fixtures::all().iter().map(html).filter(|body| !body.trim().is_empty()).collect()
}

fn ours(html: &str) -> String {
    let from = carry::Cargo::new("html", format!("<!DOCTYPE html>\n<body>\n{html}\n</body>\n"), None);
    carry::carry(&carry::builtin(), &from, "markdown").unwrap().0.text
}

#[test]
fn html_to_markdown_on_the_fixtures() {
    let bodies = bodies();
    let count = |convert: &dyn Fn(&str) -> String, same: &dyn Fn(&str, &str) -> bool| {
        bodies.iter().filter(|html| same(html, &dom::markdown_to_html(&convert(html)))).count()
    };
    let same_text = |a: &str, b: &str| dom::visible_text(a) == dom::visible_text(b);
    let same_dom = |a: &str, b: &str| dom::reader_equal(a, b).is_ok();
    let theirs = |html: &str| html2md::parse_html(html);
    shows(&[
        row("bodies of posts that keep every word", bodies.len(), count(&theirs, &same_text), count(&ours, &same_text)),
        row("… and every link, image and list", bodies.len(), count(&theirs, &same_dom), count(&ours, &same_dom)),
    ]);
}

fn read_as_jekyll(yaml: &str) -> Option<Meta> {
    let text = format!("---\n{}\n---\n", yaml.trim_end_matches('\n'));
    let split = Yaml::default().split(&text, Schema::Jekyll).ok()??;
    Yaml::default().parse(&text, split.front, Schema::Jekyll, &mut ()).ok()
}

fn by_serde_yaml(meta: &Meta) -> String {
    serde_yaml::to_string(meta).unwrap()
}

fn by_postferry(meta: &Meta) -> String {
    let mut out = String::new();
    Yaml::default().print(meta, "", &mut out, &mut ()).unwrap();
    out.trim_start_matches("---\n").trim_end_matches("---\n").to_owned()
}

#[test]
fn yaml_on_strings_and_on_the_fixtures() {
    let reads_back = |write: &dyn Fn(&Meta) -> String| {
        let same = |text: &&&str| {
            let mut meta = Meta::new();
            meta.insert("key", **text);
            read_as_jekyll(&write(&meta)).is_some_and(|back| back.get("key") == Some(&Value::from(**text)))
        };
        STRINGS.iter().filter(same).count()
    };

    let registry = carry::builtin();
    let fronts: Vec<Meta> = fixtures::all()
        .iter()
        .map(|fixture| carry::read(&registry, &fixture.into()).unwrap().post.meta)
        .filter(|meta| !meta.map.is_empty())
        .collect();
    let values_survive = |write: &dyn Fn(&Meta) -> String| {
        fronts.iter().filter(|meta| read_as_jekyll(&write(meta)).is_some_and(|back| back.map == meta.map)).count()
    };
    let comments: usize = fronts.iter().map(|meta| meta.comments.iter().filter(|c| c.text.is_some()).count()).sum();
    let comments_survive = |write: &dyn Fn(&Meta) -> String| -> usize {
        let kept = |meta: &Meta| {
            read_as_jekyll(&write(meta)).map_or(0, |back| back.comments.iter().filter(|c| c.text.is_some()).count())
        };
        fronts.iter().map(kept).sum()
    };
    shows(&[
        row(
            "texts that Jekyll reads back as written",
            STRINGS.len(),
            reads_back(&by_serde_yaml),
            reads_back(&by_postferry),
        ),
        row(
            "front matters whose values keep their types",
            fronts.len(),
            values_survive(&by_serde_yaml),
            values_survive(&by_postferry),
        ),
        row("comments kept", comments, comments_survive(&by_serde_yaml), comments_survive(&by_postferry)),
    ]);
}
