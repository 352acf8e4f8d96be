//! What the kramdown tests share.

#![allow(dead_code, clippy::unwrap_used)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use postferry::format::{Markup, WriteOptions};
use postferry::markup::Html;
use postferry::markup::kramdown::{self, Display, Settings};
use postferry::{Body, Span};

/// Our kramdown's HTML.
pub(crate) fn html(text: &str, settings: &Settings, display: &Display) -> String {
    let document = kramdown::read(text, Span::new(0, text.len()), settings, &mut ());
    let shown = kramdown::shown(&document, text, display);
    let mut out = String::new();
    Html.print(&Body::new(shown), &WriteOptions::default(), &mut out, &mut ()).unwrap();
    out
}

/// The real kramdown's HTML; `None` with a line that says so if it is not here.
pub(crate) fn real(texts: &[&str], options: &serde_json::Value, test: &str) -> Option<Vec<String>> {
    let htmls = run_real(texts, options);
    if htmls.is_none() {
        skip(test, "ruby with kramdown 2.4 and its GFM parser");
    }
    htmls
}

/// Says that a test skipped; where `POSTFERRY_NO_SKIP` is set that is a failure.
pub(crate) fn skip(test: &str, wanted: &str) {
    assert!(std::env::var_os("POSTFERRY_NO_SKIP").is_none(), "{test}: there is no {wanted}, and no test may skip");
    println!("skipped: {test} wants {wanted}, which is absent");
}

/// A folder beside the project.
pub(crate) fn shared(path: &str, test: &str) -> Option<PathBuf> {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if full.exists() {
        return Some(full);
    }
    skip(test, &format!("../shared/{path}"));
    None
}

/// The posts of `../shared/corpus/jekyll-md` without Liquid: path and body.
pub(crate) fn shared_posts(test: &str) -> Option<Vec<(String, String)>> {
    shared("corpus/jekyll-md", test).map(|root| posts(&root))
}

fn run_real(texts: &[&str], options: &serde_json::Value) -> Option<Vec<String>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/kramdown/real.rb");
    let mut child = Command::new("ruby")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let cases: Vec<_> = texts.iter().map(|text| serde_json::json!({ "text": text, "options": options })).collect();
    let mut stdin = child.stdin.take().unwrap();
    let json = serde_json::to_string(&cases).unwrap();
    let writer = std::thread::spawn(move || {
        // A ruby without kramdown ends before it has read everything.
        let _ = stdin.write_all(json.as_bytes());
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output.status.success().then(|| serde_json::from_slice(&output.stdout).unwrap())
}

/// The posts below `root` without Liquid: path and body.
pub(crate) fn posts(root: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    self::files(root, &["md", "markdown"], &mut files);
    files.sort();
    let post = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).ok()?;
        let body = body(&text)?;
        let has_liquid = body.contains("{{") || body.contains("{%");
        (!has_liquid).then(|| (path.strip_prefix(root).unwrap().display().to_string(), body.to_owned()))
    };
    files.into_iter().filter_map(post).collect()
}

/// What stands behind the front matter; `None` if there is none.
fn body(text: &str) -> Option<&str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rest = text.strip_prefix("---")?;
    loop {
        (_, rest) = rest.split_once('\n')?;
        if rest.lines().next().is_some_and(|next| matches!(next.trim_end(), "---" | "...")) {
            break;
        }
    }
    Some(rest.split_once('\n').map_or("", |(_, body)| body))
}

/// The files below `folder` with one of these extensions.
pub(crate) fn files(folder: &Path, extensions: &[&str], found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, extensions, found);
        } else if path.extension().is_some_and(|e| extensions.iter().any(|known| e == *known)) {
            found.push(path);
        }
    }
}
