//! The corpus' sites, as Jekyll shows them and as both Hugos show what became of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use postferry::Span;
use postferry::ast::{BlockKind, InlineKind, NodeRef, Step};
use postferry::format::{Extensions, Markup};
use postferry::markup::Markdown;
use serde_json::Value;
use tempfile::TempDir;

use crate::compare::{Figures, Said, compare};
use crate::{generators, site};

const SOFTWARE_CARPENTRY: &str = "title: Software Carpentry\nurl: http://software-carpentry.org\npermalink: /blog/:year/:month/:title.html\n\
                                  excerpt_separator: '<!--more-->'\n";
const JEKYLL_DOCS: &str = "title: Jekyll\nurl: https://jekyllrb.com\ntimezone: America/Los_Angeles\nfuture: true\ncollections:\n  \
                           docs: {permalink: '/:collection/:path/', output: true}\n  posts: {permalink: '/news/:year/:month/:day/:title/'}\n  \
                           tutorials: {permalink: '/:collection/:path/', output: true}\n";

/// The sites that Jekyll builds, each with its configuration where its own wants plugins.
const SITES: [(&str, &str, Option<&str>); 9] = [
    ("cs228-notes", "jekyll-md/ermongroup+cs228-notes", None),
    ("chadrem", "jekyll-html/chadrem+chadrem.github.io", None),
    ("yms9654", "jekyll-html/yms9654+yms9654.github.io", None),
    ("cs231n", "jekyll-md/cs231n+cs231n.github.io", None),
    ("labs", "jekyll-html/cc-archive+labs/docs", None),
    ("bitcoincore", "jekyll-md/bitcoin-core+bitcoincore.org", None),
    ("jekyll", "jekyll-md/jekyll+jekyll/docs", Some(JEKYLL_DOCS)),
    ("alienlebarge", "jekyll-html/alienlebarge+alienlebarge.github.com", None),
    ("swcarpentry", "jekyll-html/swcarpentry+website", Some(SOFTWARE_CARPENTRY)),
];

/// What the report says of each file of the old site.
fn said(report: &Path) -> BTreeMap<String, Said> {
    let report: Value = serde_json::from_slice(&fs::read(report).unwrap()).unwrap();
    let mut out = BTreeMap::new();
    for file in report["files"].as_array().unwrap() {
        let Some(address) = file["address"].as_str() else { continue };
        if !matches!(file["fate"].as_str(), Some("post" | "page" | "document")) {
            continue;
        }
        let index = if address.ends_with('/') { "index.html" } else { "" };
        let told = file["told"].as_array().unwrap();
        let is = |told: &Value, codes: &[&str]| codes.contains(&told["code"].as_str().unwrap());
        // What every post is told, whatever it holds, says nothing of why one differs.
        let usual = ["hugo-config", "date-without-zone", "tag-address"];
        let said = Said {
            is_told: told.iter().any(|told| !is(told, &usual)),
            is_worked_out: told.iter().any(|told| is(told, &["tag-untranslated", "include-stub", "tag-dropped"])),
        };
        out.insert(format!("{}{index}", address.trim_start_matches('/')), said);
    }
    out
}

fn measure(name: &str, source: &Path, config: Option<&str>, jekyll: &Path, hugos: &[PathBuf]) -> Vec<Figures> {
    let work = TempDir::new().unwrap();
    let old = work.path().join("old");
    site::copy_all(source, &old);
    if let Some(config) = config {
        site::write(&old, "_config.yml", config);
    }
    site::bare_jekyll(&old);
    site::build_jekyll(jekyll, &old, &work.path().join("was"));
    let built = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().cast_signed();
    let (new, report) = (work.path().join("new"), work.path().join("report"));
    let output = site::migrate(&old, &new, &["--report", report.to_str().unwrap()]);
    assert!(output.status.success(), "{name}: {}", site::said(&output));
    let said = said(&report.join("report.json"));
    bodies(name, &old, &new, &report.join("report.json"));
    let was = site::files(&work.path().join("was"));
    let mut all = Vec::new();
    for hugo in hugos {
        let name_of = hugo.file_name().unwrap().to_string_lossy().into_owned();
        let (bare, is) = (work.path().join("bare"), work.path().join(name_of));
        let _ = fs::remove_dir_all(&bare);
        site::copy_all(&new, &bare);
        site::build_hugo(hugo, &bare, &is);
        let figures = compare(&was, &site::files(&is), &said, built);
        println!("measured {name}, {}: {}", hugo.file_name().unwrap().display(), figures.line());
        is_good_enough(name, hugo, &figures);
        if std::env::var_os("POSTFERRY_SHOW").is_some() {
            show(&figures);
        }
        all.push(figures);
    }
    if std::env::var_os("POSTFERRY_KEEP").is_some() {
        println!("{name} lies in {}", work.keep().display());
    }
    all
}

/// Of the pages that the old site did not work out by site data, as many are the same as must be; of a small site all but
/// one. Hugo 0.111 has nothing that lets formulas through, so there only what is lost is counted.
fn is_good_enough(name: &str, hugo: &Path, figures: &Figures) {
    if hugo.ends_with("hugo-0.111") {
        return;
    }
    let at_most = |wrong: &[String], per_mille: usize| wrong.len() <= (figures.plain * per_mille / 1000).max(1);
    assert!(figures.ids.is_empty(), "{name}: {:?}", figures.ids);
    assert!(at_most(&figures.text, 5), "{name}: {:?}", figures.text);
    assert!(at_most(&figures.dom, 20), "{name}: {:?}", figures.dom);
    assert!(figures.silent.is_empty(), "{name}: {:?}", figures.silent);
}

/// What is raw HTML of a Markdown body, and how many characters it has.
fn raw(body: &str) -> (usize, usize) {
    let span = Span::new(0, body.len());
    let extensions: Extensions = ["tables", "strikethrough", "footnotes"].into_iter().collect();
    let document = Markdown::commonmark().parse(body, span, &extensions, &mut ()).unwrap();
    let raw = document.walk().map(|step| match step {
        Step::Enter(NodeRef::Block(block)) => match &block.kind {
            BlockKind::Raw(raw) => raw.text.len(),
            _ => 0,
        },
        Step::Enter(NodeRef::Inline(inline)) => match &inline.kind {
            InlineKind::Raw(raw) => raw.text.len(),
            _ => 0,
        },
        _ => 0,
    });
    (raw.sum(), body.len())
}

fn body_of(text: &str) -> &str {
    let mark = &text[..3];
    let rest = &text[text.find('\n').unwrap() + 1..];
    let end = rest.find(&format!("\n{mark}")).map_or(0, |at| at + 4);
    rest[end..].trim_start_matches(['-', '+', ' ', '\t', '\r']).trim_matches(['\n', '\r'])
}

/// It is not had by writing HTML: what was Markdown stays Markdown, most of it to the byte.
fn bodies(name: &str, old: &Path, new: &Path, report: &Path) {
    let report: Value = serde_json::from_slice(&fs::read(report).unwrap()).unwrap();
    let (mut before, mut after, mut count, mut same) = ((0, 0), (0, 0), 0, 0);
    for file in report["files"].as_array().unwrap() {
        let (Some(path), Some(target)) = (file["path"].as_str(), file["target"].as_str()) else { continue };
        if !path.ends_with(".md") && !path.ends_with(".markdown") || !target.ends_with(".md") {
            continue;
        }
        let read = |path: PathBuf| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        let (was, is) = (read(old.join(path)), read(new.join(target)));
        let (was, is) = (body_of(&was), body_of(&is));
        let add = |sum: &mut (usize, usize), (raw, all)| *sum = (sum.0 + raw, sum.1 + all);
        add(&mut before, raw(was));
        add(&mut after, raw(is));
        count += 1;
        same += usize::from(was == is);
    }
    if count > 0 {
        let percent = |(raw, all): (usize, usize)| raw as f64 * 100.0 / all.max(1) as f64;
        let (before, after) = (percent(before), percent(after));
        println!(
            "measured {name}: {same} of {count} Markdown bodies byte for byte; raw HTML {before:.1} % before, {after:.1} % now"
        );
        // What has more: paragraphs with classes.
        let most = match name {
            "jekyll" => 3.0,
            _ => 2.0,
        };
        assert!(after <= before + most, "{name}: raw HTML {before} % before, {after} % now");
    }
}

fn show(figures: &Figures) {
    for (what, list) in [
        ("missing", &figures.missing),
        ("title", &figures.titles),
        ("date", &figures.dates),
        ("terms", &figures.terms),
        ("ids", &figures.ids),
        ("text", &figures.text),
        ("dom", &figures.dom),
        ("silent", &figures.silent),
    ] {
        for line in list.iter().take(400) {
            println!("  {what}: {}", line.chars().take(400).collect::<String>());
        }
    }
}

#[test]
fn the_corpus_sites_arrive() {
    let test = "the_corpus_sites_arrive";
    let programs: Vec<PathBuf> =
        ["jekyll", "hugo", "hugo-0.111"].into_iter().filter_map(|name| generators::program(name, test)).collect();
    let [jekyll, hugos @ ..] = programs.as_slice() else { return };
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if hugos.len() < 2 || !corpus.is_dir() {
        assert!(std::env::var_os("POSTFERRY_NO_SKIP").is_none(), "{test}: something is absent, and no test may skip");
        println!("skipped: {test} wants ../shared/corpus, Jekyll and both Hugos");
        return;
    }
    let wanted = std::env::var("POSTFERRY_SITES").unwrap_or_default();
    let is_wanted = |index: usize, name: &str| match wanted.as_str() {
        "" => index < 3,
        "all" => true,
        names => names.split(',').any(|wanted| wanted == name),
    };
    let mut wrong = Vec::new();
    for (index, (name, folder, config)) in SITES.iter().enumerate() {
        if !is_wanted(index, name) {
            continue;
        }
        for figures in measure(name, &corpus.join(folder), *config, jekyll, hugos) {
            let Figures { missing, titles, dates, terms, .. } = figures;
            let lost: Vec<String> = [missing, titles, dates, terms].concat();
            wrong.extend(lost.into_iter().map(|lost| format!("{name}: {lost}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
