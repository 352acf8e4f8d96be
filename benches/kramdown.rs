//! How fast Markdown becomes Markdown with both readings, beside pulldown-cmark's parse of the same bytes:
//! `cargo bench --bench kramdown`.
//!
//! The bodies are those of the Jekyll posts in `../shared`, or one of ours many times over. Each is read as kramdown and
//! written for Hugo, ten times over; the best time counts. Speeds are of one run on one machine: look at their ratio.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use postferry::format::{Extensions, Markup, WriteOptions};
use postferry::markup::Markdown;
use postferry::{Body, SourceText, Span};
use pulldown_cmark::{Options, Parser};

const ROUNDS: usize = 10;

const OURS: &str = "# A title\n\nText with *emphasis*, a [link](https://example.org/a) and `code`.\n\n* one\n* two\n\n\
    ```sh\nls\n```\n\n<div>\nraw\n</div>\n\nA last line.\n\n";

fn main() {
    let bodies = bodies();
    let bytes: usize = bodies.iter().map(String::len).sum();
    println!("{} bodies, {} KB", bodies.len(), bytes / 1024);
    let names = ["tables", "strikethrough", "task_lists", "footnotes", "definition_lists", "heading_attributes"];
    let extensions: Extensions = names.into_iter().collect();
    let (kramdown, commonmark) = (Markdown::kramdown(), Markdown::commonmark());
    let read = |from: &Markdown, text: &str| {
        let span = Span::new(0, text.len());
        let document = from.parse(text, span, &extensions, &mut ()).unwrap_or_default();
        Body::read_from(document, SourceText::new(from.name(), extensions.clone(), text), span)
    };
    let carry = |from: &Markdown, to: &Markdown, text: &str| {
        let mut out = String::new();
        let options = WriteOptions::new(extensions.clone());
        let _ = to.print(&read(from, text), &options, &mut out, &mut ());
        out.len()
    };
    let report = |what: &str, run: &dyn Fn(&str) -> usize| {
        let best = best(&bodies, run);
        println!("{what:<28} {:>7.1} MB/s", bytes as f64 / best.as_secs_f64() / 1e6);
    };
    report("pulldown-cmark, events", &|text| Parser::new_ext(text, Options::all()).count());
    report("CommonMark, tree", &|text| read(&commonmark, text).document().blocks.len());
    report("kramdown, tree", &|text| read(&kramdown, text).document().blocks.len());
    report("kramdown to CommonMark", &|text| carry(&kramdown, &commonmark, text));
    report("CommonMark to kramdown", &|text| carry(&commonmark, &kramdown, text));
}

fn best(bodies: &[String], run: &dyn Fn(&str) -> usize) -> Duration {
    let once = || {
        let start = Instant::now();
        let sum: usize = bodies.iter().map(|body| run(body)).sum();
        std::hint::black_box(sum);
        start.elapsed()
    };
    (0..ROUNDS).map(|_| once()).min().unwrap_or_default()
}

fn bodies() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/jekyll-md");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let body = |path: PathBuf| {
        let text = std::fs::read_to_string(path).ok()?;
        let (_, body) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
        (!body.contains("{%") && !body.contains("{{")).then(|| body.to_owned())
    };
    let found: Vec<String> = files.into_iter().filter_map(body).collect();
    if found.is_empty() { vec![OURS.repeat(2000)] } else { found }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "md" || e == "markdown") {
            files.push(path);
        }
    }
}
