//! HTML → Markdown → HTML: what a reader sees is the same for every HTML body that there is.

#![allow(clippy::unwrap_used)]

#[path = "support/dom.rs"]
mod dom;

use std::path::{Path, PathBuf};

use postferry::format::{Extensions, Markup, Proof, WriteOptions};
use postferry::markup::{Html, Markdown};
use postferry::{Body, Span};

fn github() -> Extensions {
    ["tables", "strikethrough", "task_lists", "footnotes"].into_iter().collect()
}

fn options() -> WriteOptions {
    let mut extensions = github();
    if std::env::var("EXACT").is_ok() {
        extensions.switch_on("exact");
    }
    let proof = if std::env::var("NOPROOF").is_ok() { Proof::Off } else { Proof::On };
    WriteOptions::new(extensions).proof(proof)
}

fn to_markdown(html: &str) -> String {
    let document = Html.parse(html, Span::new(0, html.len()), &Extensions::new(), &mut ()).unwrap();
    let mut out = String::new();
    let mut report: Vec<postferry::Diagnostic> = Vec::new();
    Markdown::commonmark().print(&Body::new(document), &options(), &mut out, &mut report).unwrap();
    if report.iter().any(|d| d.code.name == "unproved") {
        println!("!! unproved {}", out.len());
    }
    out
}

#[test]
fn survey() {
    let mut sets: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for name in ["commonmark", "gfm", "hostile_html"] {
        let path = format!("{}/../shared/oracles/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let Ok(json) = std::fs::read_to_string(path) else { continue };
        let cases: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        sets.push((
            name.to_owned(),
            cases.iter().map(|case| (case["id"].to_string(), case["html"].as_str().unwrap().to_owned())).collect(),
        ));
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/jekyll-html");
    let mut files = Vec::new();
    html_files(&root, &mut files);
    let posts = files
        .iter()
        .filter_map(|path| {
            let text = std::fs::read_to_string(path).ok()?;
            let body = body(&text).to_owned();
            (!body.contains("{{") && !body.contains("{%")).then(|| (path.display().to_string(), body))
        })
        .collect();
    sets.push(("posts".to_owned(), posts));
    let limit: usize = std::env::var("SHOW").ok().and_then(|s| s.parse().ok()).unwrap_or(5);
    for (name, cases) in sets {
        let (mut ok, mut raw, mut total, mut shown) = (0, 0, 0, 0);
        for (id, html) in &cases {
            let markdown = to_markdown(html);
            let (r, t) = dom::raw_share(&markdown);
            raw += r;
            total += t;
            if std::env::var("RAW").is_ok_and(|set| set == name) && r > 0 {
                println!("~~ {id} {r}/{t}\n{html}\n~~>\n{markdown}");
            }
            let equal = if std::env::var("EXACT").is_ok() { dom::all_attributes_equal } else { dom::reader_equal };
            match equal(html, &dom::markdown_to_html(&markdown)) {
                Ok(()) => ok += 1,
                Err(difference) if shown < limit => {
                    shown += 1;
                    println!(
                        "== {name} {id}: {}\n{difference}\n--- {}\n+++ {}",
                        "",
                        html.chars().take(200).collect::<String>(),
                        markdown.chars().take(200).collect::<String>()
                    );
                }
                Err(_) => {}
            }
        }
        println!(
            "#### {name}: {ok} of {} reader-equal, raw {:.2} % of {total}",
            cases.len(),
            100.0 * raw as f64 / total as f64
        );
    }
}

fn html_files(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            html_files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            out.push(path);
        }
    }
}

/// What follows the front matter, if there is some.
fn body(text: &str) -> &str {
    let rest = text.strip_prefix("---").and_then(|rest| rest.split_once("\n---"));
    rest.map_or(text, |(_, body)| body)
}

#[path = "support/generate.rs"]
mod generate;

#[test]
fn generated() {
    let count: u64 = std::env::var("POSTFERRY_GENERATED").ok().and_then(|s| s.parse().ok()).unwrap_or(500);
    let from: u64 = std::env::var("FROM").ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    let limit: usize = std::env::var("SHOW").ok().and_then(|s| s.parse().ok()).unwrap_or(5);
    let exact = std::env::var("EXACT").is_ok();
    let mut failed = Vec::new();
    for seed in from..from + count {
        let html = generate::fragment(seed);
        let markdown = to_markdown(&html);
        let back = dom::markdown_to_html(&markdown);
        let equal = if exact { dom::all_attributes_equal(&html, &back) } else { dom::reader_equal(&html, &back) };
        if let Err(difference) = equal {
            failed.push((
                html.len(),
                format!(
                    "== {seed} {}\n--- markdown\n{}\n--- {difference}",
                    html.chars().take(if html.len() < 500 { 500 } else { 0 }).collect::<String>(),
                    markdown.chars().take(if html.len() < 500 { 500 } else { 0 }).collect::<String>()
                ),
            ));
        }
    }
    failed.sort();
    for (_, text) in failed.iter().take(limit) {
        println!("{text}");
    }
    println!("#### generated: {} of {count} differ", failed.len());
}
