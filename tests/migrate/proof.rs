//! `--prove`: what it says of sites of our own.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::generators;
use crate::site::{said, write};

/// A folder with both programs under the names that they have on a PATH.
pub(crate) fn programs(test: &str) -> Option<std::path::PathBuf> {
    let (jekyll, _) = (generators::program("jekyll", test)?, generators::program("hugo", test)?);
    Some(jekyll.parent().unwrap().to_owned())
}

pub(crate) fn proved(old: &Path, work: &TempDir, programs: &Path) -> (String, i32, Value) {
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap_or_default());
    let report = work.path().join("report");
    let mut command = Command::new(env!("CARGO_BIN_EXE_postferry"));
    command.arg("migrate").arg(old).arg(work.path().join("new")).args(["--prove", "--report"]).arg(&report);
    let output = command.env("PATH", path).output().unwrap();
    let json = std::fs::read(report.join("report.json")).unwrap_or_else(|error| panic!("{error}: {}", said(&output)));
    (said(&output), output.status.code().unwrap(), serde_json::from_slice(&json).unwrap())
}

#[test]
fn what_differs_is_told_with_its_reason() {
    let test = "what_differs_is_told_with_its_reason";
    let Some(programs) = programs(test) else { return };
    let (old, work) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    write(old.path(), "_config.yml", "title: Ferries\npermalink: pretty\n");
    write(old.path(), "_layouts/post.html", "<html><aside>{{ site.title }}</aside>{{ content }}</html>");
    write(old.path(), "_posts/2023-05-01-same.md", "---\nlayout: post\n---\nThe *same*.\n");
    write(old.path(), "bare.md", "---\ntitle: Bare\n---\nWithout a layout.\n");
    write(old.path(), "index.html", "---\n---\n<p>{% for post in site.posts %}{{ post.title }}{% endfor %}</p>\n");
    write(old.path(), "feed.xml", "---\n---\n<feed>{{ site.time }}</feed>\n");
    let (text, code, report) = proved(old.path(), &work, &programs);
    assert!(text.contains("proof: 2 of 3 addresses show the same under bare layouts"), "{text}");
    assert!(text.contains("1 differs, as was said\n      / (text"), "{text}");
    assert!(text.contains("tag-untranslated: `{% for post in site.posts %}`"), "{text}");
    assert_eq!(code, 0, "{text}");
    let pages = report["proof"]["pages"].as_array().unwrap();
    assert_eq!(pages.iter().map(|page| page["address"].as_str().unwrap()).collect::<Vec<_>>(), ["/"]);
    assert!(!work.path().join("new/.hugo_build.lock").exists() && !work.path().join("new/.postferry").exists());
}

#[test]
fn a_site_that_its_generator_does_not_build_is_migrated_all_the_same() {
    let test = "a_site_that_its_generator_does_not_build_is_migrated_all_the_same";
    let Some(programs) = programs(test) else { return };
    let (old, work) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    write(old.path(), "_config.yml", "title: Ferries\n");
    write(old.path(), "_posts/2023-05-01-same.md", "---\nlayout: post\n---\n{% include nothing.html %}\n");
    let (text, code, _) = proved(old.path(), &work, &programs);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("error[proof-stopped]: Jekyll cannot build the old site"), "{text}");
    assert!(text.contains("nothing.html") && text.contains("is now the Hugo site"), "{text}");
    assert!(work.path().join("new/content/posts/2023-05-01-same.md").is_file());
}

#[test]
fn without_the_programs_nothing_is_begun() {
    let (old, work) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    write(old.path(), "_config.yml", "title: Ferries\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_postferry"));
    command.arg("migrate").arg(old.path()).arg(work.path().join("new")).arg("--prove").env("PATH", work.path());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("there is no `jekyll` that runs"), "{}", said(&output));
    assert!(!work.path().join("new").exists());
}
