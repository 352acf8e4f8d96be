//! Real sites.

use std::fs;
use std::path::{Path, PathBuf};

use postferry::meta::{Map, Value};
use postferry::{Conversion, Converter, Input, Post, Severity, decode};

use crate::facts::instant;
use crate::programs;
use crate::table::converter;

/// Whether two canonical posts have the same values: dates by their instant, maps without regard to order.
pub(crate) fn same_values(a: &Post, b: &Post) -> bool {
    same_maps(&a.meta.map, &b.meta.map)
}

fn same_maps(a: &Map, b: &Map) -> bool {
    a.len() == b.len() && a.iter().all(|entry| b.get(&entry.key).is_some_and(|other| same(&entry.value, other)))
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Map(a), Value::Map(b)) => same_maps(a, b),
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (a, b) if a.is_date() && b.is_date() => instant(a) == instant(b),
        // Neither JSON nor Hugo's YAML has dates: there a day is its text.
        (Value::Date(day), Value::String(text)) | (Value::String(text), Value::Date(day)) => day.to_string() == *text,
        (a, b) => a == b,
    }
}

/// One file of a real site.
pub(crate) struct File {
    /// Its site's folder.
    pub(crate) site: String,
    /// Its path in the site.
    pub(crate) path: String,
    /// Its front matter, with a short body: what stands in the body is other tests' matter.
    pub(crate) text: String,
}

/// The files of these sets with these extensions, sorted; none, with a line that says so, where there is no corpus.
pub(crate) fn files(sets: &[&str], test: &str) -> Vec<File> {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus"));
    if !corpus.is_dir() {
        assert!(std::env::var_os("POSTFERRY_NO_SKIP").is_none(), "{test}: there is no corpus, and no test may skip");
        println!("skipped: {test} wants the corpus in ../shared");
        return Vec::new();
    }
    let mut paths = Vec::new();
    for set in sets {
        for site in fs::read_dir(corpus.join(set)).unwrap() {
            let site = site.unwrap().path();
            collect(&site, &mut paths, &site);
        }
    }
    paths.sort();
    let read = |(site, path): (PathBuf, PathBuf)| {
        let bytes = fs::read(&path).unwrap();
        let text = decode(&bytes, None).ok()?;
        // Two sites have their root in `docs`.
        let root = if site.join("docs/_config.yml").exists() { site.join("docs") } else { site.clone() };
        let path = path.strip_prefix(&root).or_else(|_| path.strip_prefix(&site)).unwrap();
        let front = front_of(text);
        let end = if front.contains("\r\n") { "\r\n" } else { "\n" };
        let text = format!("{front}{end}<p>Body.</p>{end}");
        Some(File { site: site.display().to_string(), path: path.to_str().unwrap().to_owned(), text })
    };
    paths.into_iter().filter_map(read).collect()
}

fn collect(folder: &Path, paths: &mut Vec<(PathBuf, PathBuf)>, site: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if path.is_dir() {
            collect(&path, paths, site);
        } else if matches!(extension, "md" | "markdown" | "html" | "htm") {
            paths.push((site.to_owned(), path));
        }
    }
}

fn convert(converter: &Converter, path: Option<&str>, text: &str) -> Option<Conversion> {
    converter.convert(Input::new(text).path(path)).ok()
}

fn losses(conversion: &Conversion) -> Vec<String> {
    let diagnostics = conversion.report.diagnostics().iter();
    diagnostics.filter(|it| it.severity == Severity::Loss).map(|it| format!("{}: {}", it.code, it.message)).collect()
}

/// The front matter of a text with its fences; nothing if it has none.
pub(crate) fn front_of(text: &str) -> &str {
    let (mut at, mut open) = (0, None);
    for line in text.split_inclusive('\n') {
        at += line.len();
        let fence = line.trim_start_matches('\u{feff}').trim_end();
        match (open, fence) {
            (None, "") => {}
            (None, "---" | "+++" | "{") => open = Some(fence),
            (None, _) => return "",
            (Some("---"), "---" | "...") | (Some("+++"), "+++") | (Some("{"), "}") => return &text[..at],
            (Some(_), _) => {}
        }
    }
    ""
}

#[test]
fn jekyll_to_hugo_and_back_has_the_same_values() {
    for to in ["hugo", "hugo+yaml", "hugo+json"] {
        let (there, back) = (converter("jekyll", to, None), converter(to, "jekyll", None));
        let (mut same, mut total, mut unreadable) = (0, 0, 0);
        let mut wrong = Vec::new();
        let files = files(&["jekyll-html", "jekyll-md"], "keys: Jekyll's front matter to Hugo and back");
        // TOML is Hugo's own; of the other two a sample.
        for file in files.iter().step_by(if to == "hugo" { 1 } else { 7 }) {
            let Ok(before) = there.read(Input::new(&file.text).path(Some(&file.path))) else {
                unreadable += 1;
                continue;
            };
            total += 1;
            let again = convert(&there, Some(&file.path), &file.text).and_then(|hugo| {
                let again = convert(&back, hugo.path.as_deref(), &hugo.text)?;
                // Where it stood: the name of the file that comes back is not a matter of front matter.
                let after = there.read(Input::new(&again.text).path(Some(&file.path))).ok()?.post;
                Some((hugo, again, after))
            });
            match again {
                Some((_, _, after)) if same_values(&before.post, &after) => same += 1,
                Some((hugo, again, after)) => wrong.push(format!(
                    "{}/{}\n{}\n{}\n{}\n{:?}\n{:?} {:?}",
                    file.site,
                    file.path,
                    front_of(&file.text),
                    front_of(&hugo.text),
                    front_of(&again.text),
                    difference(&before.post, &after),
                    losses(&hugo),
                    losses(&again)
                )),
                None => wrong.push(format!("{}/{}: an error on the way", file.site, file.path)),
            }
        }
        println!("measured: {same} of {total} Jekyll files the same through {to}; {unreadable} unreadable");
        assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n\n"));
    }
}

fn difference(a: &Post, b: &Post) -> Vec<String> {
    let only = |a: &Post, b: &Post| -> Vec<String> {
        let differs =
            |entry: &&postferry::meta::Entry| !b.meta.get(&entry.key).is_some_and(|other| same(&entry.value, other));
        a.meta.map.iter().filter(differs).map(|entry| format!("{}: {:?}", entry.key, entry.value)).collect()
    };
    [only(a, b), vec!["<>".to_owned()], only(b, a)].concat()
}

#[test]
fn hugo_to_jekyll_and_back_has_the_same_values_or_says_so() {
    let (mut same, mut said, mut total) = (0, 0, 0);
    let mut wrong = Vec::new();
    for (set, format) in [("hugo-toml", "hugo"), ("hugo-yaml", "hugo+yaml"), ("hugo-json", "hugo+json")] {
        let (there, back) = (converter(format, "jekyll", None), converter("jekyll", format, None));
        for file in files(&[set], "keys: Hugo's front matter to Jekyll and back") {
            let Ok(before) = there.read(Input::new(&file.text).path(Some(&file.path))) else { continue };
            total += 1;
            let again = convert(&there, Some(&file.path), &file.text).and_then(|jekyll| {
                let again = convert(&back, jekyll.path.as_deref(), &jekyll.text)?;
                let after = there.read(Input::new(&again.text).path(again.path.as_deref())).ok()?.post;
                Some((jekyll, again, after))
            });
            let Some((jekyll, again, after)) = again else {
                wrong.push(format!("{}/{}: an error on the way", file.site, file.path));
                continue;
            };
            if same_values(&before.post, &after) {
                same += 1;
                continue;
            }
            let reported = |key: &str| {
                let named = |conversion: &Conversion| {
                    conversion.report.diagnostics().iter().any(|it| it.message.contains(&format!("`{key}`")))
                };
                named(&jekyll) || named(&again)
            };
            let keys = difference(&before.post, &after);
            let unsaid = keys
                .iter()
                .filter(|key| **key != "<>" && !key.starts_with("params"))
                .any(|key| !reported(key.split(':').next().unwrap()));
            if unsaid {
                wrong.push(format!(
                    "{}/{}\n{}\n{}\n{}\n{keys:?}",
                    file.site,
                    file.path,
                    front_of(&file.text),
                    front_of(&jekyll.text),
                    front_of(&again.text)
                ));
            } else {
                said += 1;
            }
        }
    }
    println!("measured: {same} of {total} Hugo files the same through jekyll, {said} differ and say so");
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n\n"));
}

#[test]
fn hugo_reads_every_converted_jekyll_file() {
    for (name, hugo) in programs::hugos("keys: Hugo on the corpus") {
        let formats: &[&str] = if name == "hugo" { &["hugo", "hugo+yaml", "hugo+json"] } else { &["hugo"] };
        for to in formats {
            let there = converter("jekyll", to, None);
            let files = files(&["jekyll-html", "jekyll-md"], "keys: Hugo on the corpus");
            let converted: Vec<(String, String)> = files
                .iter()
                .enumerate()
                .filter_map(|(index, file)| {
                    let hugo = convert(&there, Some(&file.path), &file.text)?;
                    let text = format!("{}\nBody.\n", front_of(&hugo.text));
                    Some((format!("s{index}/{}", hugo.path?), text))
                })
                .collect();
            if converted.is_empty() {
                continue;
            }
            let pages = programs::hugo(&hugo, converted.iter().map(|(path, text)| (path.as_str(), text.as_str())), "");
            println!("measured: {name} built {} pages of {} files in {to}", pages.len(), converted.len());
        }
    }
}
