//! How fast front matter is read and written, beside serde_yaml and toml_edit: `cargo bench --bench front`.
//!
//! The front matters are those of the corpus in `../shared`, or a few of ours, read and printed in turn by each, ten times
//! over; the best time counts. Ratios are of one run on one machine, so that its speed does not matter.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use postferry::diag::Span;
use postferry::format::{FrontMatter, Schema};
use postferry::front::{Toml, Yaml};

const ROUNDS: usize = 10;

fn main() {
    let texts = texts();
    let yaml = Yaml::default();
    let toml = Toml::default();
    let mut fronts: Vec<String> = Vec::new();
    let mut tomls: Vec<String> = Vec::new();
    for text in &texts {
        let Ok(Some(split)) = yaml.split(text, Schema::Jekyll) else { continue };
        let front = split.front.slice(text).unwrap_or_default();
        // Both must take it.
        let Ok(meta) = yaml.parse(text, split.front, Schema::Jekyll, &mut ()) else { continue };
        if serde_yaml::from_str::<serde_yaml::Value>(front).is_err() {
            continue;
        }
        let mut out = String::new();
        if toml.print(&meta, "", &mut out, &mut ()).is_ok() {
            tomls.push(out.trim_start_matches("+++\n").trim_end_matches("+++\n").to_owned());
        }
        fronts.push(front.to_owned());
    }
    println!("{} front matters", fronts.len());
    report(
        "YAML",
        &fronts,
        &[
            ("postferry", &|text| through(&yaml, text)),
            ("serde_yaml", &|text| {
                let value: serde_yaml::Value = serde_yaml::from_str(text).unwrap_or_default();
                serde_yaml::to_string(&value).map_or(0, |text| text.len())
            }),
        ],
    );
    report(
        "TOML",
        &tomls,
        &[
            ("postferry", &|text| through(&toml, text)),
            ("toml_edit", &|text| {
                text.parse::<toml_edit::DocumentMut>().map_or(0, |document| document.to_string().len())
            }),
        ],
    );
}

fn through(syntax: &dyn FrontMatter, text: &str) -> usize {
    let mut out = String::new();
    if let Ok(meta) = syntax.parse(text, Span::new(0, text.len()), Schema::Jekyll, &mut ()) {
        let _ = syntax.print(&meta, "", &mut out, &mut ());
    }
    out.len()
}

type Work<'w> = &'w dyn Fn(&str) -> usize;

fn report(what: &str, texts: &[String], works: &[(&str, Work<'_>)]) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut best = vec![Duration::MAX; works.len()];
    for _ in 0..ROUNDS {
        for ((_, work), best) in works.iter().zip(&mut best) {
            let start = Instant::now();
            let written: usize = texts.iter().map(|text| work(text)).sum();
            *best = (*best).min(start.elapsed());
            assert!(written > 0, "nothing is written");
        }
    }
    let speed = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    for ((name, _), &time) in works.iter().zip(&best) {
        println!("{what} {name}: {:.1} MB/s", speed(time));
    }
    println!("measured: {what}: {:.2} x {}", speed(best[0]) / speed(best[1]), works[1].0);
}

fn texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    let texts: Vec<String> = files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    if texts.is_empty() {
        println!("skipped: {} is not there; one front matter of ours instead", root.display());
        return vec![
            "---\ntitle: \"A: b\"\ndate: 2019-05-01 12:09:07 +0200 # when\ntags: [a, b]\nauthor:\n  name: Jo\n---\n"
                .to_owned(),
        ];
    }
    texts
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}
