//! Every fixture through every ordered pair of the four formats, there and back: `snapshots/<from>-<to>/<fixture>.snap`
//! holds the text, the text back again and both reports. What is right is asserted in `laws.rs`; here it is shown, for
//! people to read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;

use support::carry::{Cargo, builtin, carry, is_of};
use support::fixtures;
use support::show;

macro_rules! pairs {
    ($($name:ident: $from:literal to $to:literal;)*) => {
        $(
            #[test]
            fn $name() {
                insta::glob!("fixtures/*", |path| {
                    let mut settings = insta::Settings::clone_current();
                    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/", $from, "-", $to);
                    settings.set_snapshot_path(folder);
                    settings.set_prepend_module_to_snapshot(false);
                    settings.remove_snapshot_suffix();
                    settings.set_omit_expression(true);
                    settings.set_input_file(path);
                    let (name, text) = there_and_back(path, $from, $to);
                    settings.bind(|| insta::assert_snapshot!(name, text));
                });
            }
        )*

        #[test]
        fn every_snapshot_belongs_to_a_fixture() {
            let names: Vec<_> = fixtures::all().iter().map(|fixture| format!("{}.snap", fixture.name())).collect();
            for pair in [$(concat!($from, "-", $to)),*] {
                let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(pair);
                for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
                    let name = entry.unwrap().file_name().into_string().unwrap();
                    assert!(names.contains(&name) || name.ends_with(".snap.new"), "snapshots/{pair}/{name} is of no fixture");
                }
            }
        }
    };
}

pairs! {
    jekyll_markdown: "jekyll" to "markdown";
    jekyll_hugo: "jekyll" to "hugo";
    jekyll_json: "jekyll" to "json";
    markdown_jekyll: "markdown" to "jekyll";
    markdown_hugo: "markdown" to "hugo";
    markdown_json: "markdown" to "json";
    hugo_jekyll: "hugo" to "jekyll";
    hugo_markdown: "hugo" to "markdown";
    hugo_json: "hugo" to "json";
    json_jekyll: "json" to "jekyll";
    json_markdown: "json" to "markdown";
    json_hugo: "json" to "hugo";
}

#[test]
fn every_file_is_a_fixture() {
    for entry in std::fs::read_dir(fixtures::folder()).unwrap() {
        fixtures::by_file(entry.unwrap().file_name().to_str().unwrap());
    }
}

/// The name of the snapshot and its text.
fn there_and_back(path: &Path, from: &str, to: &str) -> (&'static str, String) {
    let registry = builtin();
    let fixture = fixtures::by_file(path.file_name().and_then(|name| name.to_str()).unwrap());
    let mut start = Cargo::from(&fixture);
    if !is_of(fixture.format, from) {
        match carry(&registry, &start, from) {
            Ok((cargo, _)) => start = cargo,
            Err(error) => return (fixture.name(), format!("=== not in {from} ===\n{}", show::error(&error))),
        }
    }

    let mut out = String::new();
    let mut part = |title: String, text: String| out.push_str(&format!("=== {title} ===\n{text}\n"));
    let (there, conversion) = match carry(&registry, &start, to) {
        Ok(there) => there,
        Err(error) => return (fixture.name(), format!("=== not in {to} ===\n{}", show::error(&error))),
    };
    part(format!("{} to {to}: {}", start.format, there.path.as_deref().unwrap_or("-")), show::visible(&there.text));
    part("report".to_owned(), show::report(&conversion.report, &start.text));
    match carry(&registry, &there, &start.format) {
        Err(error) => part(format!("not back in {}", start.format), show::error(&error)),
        Ok((back, conversion)) => {
            let title = format!("back to {}: {}", start.format, back.path.as_deref().unwrap_or("-"));
            let same = back.text == start.text;
            part(title, if same { "the same, byte for byte\n".to_owned() } else { show::visible(&back.text) });
            part("report".to_owned(), show::report(&conversion.report, &there.text));
        }
    }
    (fixture.name(), out)
}
