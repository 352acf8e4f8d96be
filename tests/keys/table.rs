//! The table, through postferry and the real programs.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use postferry::{Converter, Input, Registry, Severity, Site};
use serde_json::Value as Json;

use crate::cases::{self, Case, ZONES};
use crate::facts::Facts;
use crate::programs::{self, program};

pub(crate) fn converter(from: &str, to: &str, zone: Option<&str>) -> Converter {
    let registry = Arc::new(Registry::builtin());
    let from = from.parse().unwrap();
    Converter::new(registry, Some(&from), &to.parse().unwrap()).unwrap().timezone(zone.map(str::to_owned)).unwrap()
}

/// What Jekyll made of the cases in a site of this zone, by path.
fn noted(zone: &str) -> BTreeMap<String, Json> {
    let text = fs::read_to_string(cases::made(&file(zone))).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    lines.map(|line| (line["path"].as_str().unwrap().to_owned(), line)).collect()
}

fn file(zone: &str) -> String {
    format!("jekyll-{}.jsonl", zone.to_lowercase().replace('/', "-"))
}

/// Whether the post says itself what its excerpt is: Jekyll's first paragraph is nobody's choice.
fn has_excerpt(case: &Case) -> bool {
    case.text.contains("excerpt")
}

fn compare(wrong: &mut Vec<String>, what: &str, case: &Case, got: &Facts, wanted: &Facts) {
    if got != wanted {
        wrong.push(format!("{what}: {}\n   got    {}\n   wanted {}", case.path, got.json(), wanted.json()));
    }
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn jekyll_makes_of_them_what_is_noted() {
    let Some(jekyll) = program("jekyll", "keys: Jekyll's view of the table") else { return };
    for zone in ZONES {
        let cases = cases::all();
        let posts = cases.iter().map(|case| (case.path, case.text));
        let lines = programs::jekyll(&jekyll, posts, &format!("timezone: {zone}\n"));
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let path = cases::made(&file(zone));
        if std::env::var_os("POSTFERRY_UPDATE").is_some() {
            fs::write(&path, &text).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap_or_default(), text, "{} is stale", path.display());
        assert_eq!(lines.len(), cases.len(), "Jekyll saw every case");
    }
}

#[test]
fn postferry_reads_them_as_jekyll_does() {
    let mut wrong = Vec::new();
    for zone in ZONES {
        let noted = noted(zone);
        let converter = converter("jekyll", "json", Some(zone));
        for case in cases::all() {
            let post = converter.read(Input::new(case.text).path(Some(case.path))).unwrap().post;
            let got = Facts::of_post(&post);
            let mut wanted = Facts::of_jekyll(&noted[case.path], true);
            if got.excerpt.is_none() {
                // Where the body is divided is seen in Hugo.
                wanted.excerpt = None;
            }
            compare(&mut wrong, zone, &case, &got, &wanted);
        }
    }
    none(&wrong);
}

#[test]
fn hugo_makes_of_them_what_jekyll_did() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (name, hugo) in programs::hugos("keys: Hugo's view of the table") {
        for (zone, to) in ZONES.into_iter().flat_map(|zone| ["hugo", "hugo+yaml", "hugo+json"].map(|to| (zone, to))) {
            let noted = noted(zone);
            let converter = converter("jekyll", to, Some(zone));
            let cases = cases::all();
            let converted: Vec<_> = cases
                .iter()
                .map(|case| {
                    let conversion = converter.convert(Input::new(case.text).path(Some(case.path))).unwrap();
                    (conversion.path.unwrap(), conversion.text)
                })
                .collect();
            let posts = converted.iter().map(|(path, text)| (path.as_str(), text.as_str()));
            let config =
                "[markup.goldmark.renderer]\nunsafe = true\n[markup.goldmark.extensions]\ntypographer = false\n";
            let mut pages = programs::hugo(&hugo, posts, config);
            for (case, (path, _)) in cases.iter().zip(&converted) {
                let Some((page, file)) = pages.remove(path) else {
                    wrong.push(format!("{name}, {to}: no page of {path}"));
                    continue;
                };
                let got = Facts::of_hugo(&page, &file, has_excerpt(case));
                let wanted = Facts::of_jekyll(&noted[case.path], has_excerpt(case));
                compare(&mut wrong, &format!("{name}, {to}, {zone}"), case, &got, &wanted);
                compared += 1;
            }
        }
    }
    none(&wrong);
    println!("measured: {compared} of {compared} pages of real Hugo equal real Jekyll's");
}

#[test]
fn what_comes_back_from_hugo_means_the_same_to_jekyll() {
    let mut wrong = Vec::new();
    for zone in [None, Some("America/New_York")] {
        for to in ["hugo", "hugo+yaml", "hugo+json"] {
            let there = converter("jekyll", to, zone);
            let back = converter(to, "jekyll", zone);
            for case in cases::all() {
                let hugo = there.convert(Input::new(case.text).path(Some(case.path))).unwrap();
                let again = back.convert(Input::new(&hugo.text).path(hugo.path.as_deref())).unwrap();
                let before = there.read(Input::new(case.text).path(Some(case.path))).unwrap().post;
                let after = there.read(Input::new(&again.text).path(again.path.as_deref())).unwrap().post;
                let is_lossless = [&hugo, &again]
                    .into_iter()
                    .all(|it| !it.report.diagnostics().iter().any(|d| d.severity == Severity::Loss));
                if is_lossless && !crate::corpus::same_values(&before, &after) {
                    wrong.push(format!("{zone:?} {to}: {}\n{}\n{}\n{}", case.path, case.text, hugo.text, again.text));
                }
            }
        }
    }
    none(&wrong);
}

#[test]
fn addresses_are_jekylls_in_every_style() {
    let Some(jekyll) = program("jekyll", "keys: Jekyll's styles of permalinks") else { return };
    let mut wrong = Vec::new();
    let mut compared = 0;
    for style in ["pretty", "ordinal", "weekdate", "none", "/blog/:short_year/:i_month/:slug", "/:title/"] {
        let cases = cases::all();
        let posts = cases.iter().map(|case| (case.path, case.text));
        let lines = programs::jekyll(&jekyll, posts, &format!("timezone: America/New_York\npermalink: {style}\n"));
        let said: BTreeMap<&str, &Json> = lines.iter().map(|line| (line["path"].as_str().unwrap(), line)).collect();
        let site = Site::new().permalink(Some(style.to_owned()));
        let converter = converter("jekyll", "json", Some("America/New_York")).from_site(site);
        for case in &cases {
            let post = converter.read(Input::new(case.text).path(Some(case.path))).unwrap().post;
            let (got, wanted) = (Facts::of_post(&post).file, Facts::of_jekyll(said[case.path], false).file);
            compared += 1;
            if got != wanted {
                wrong.push(format!("{style}: {}: {got}, not {wanted}", case.path));
            }
        }
    }
    none(&wrong);
    println!("measured: {compared} of {compared} addresses equal real Jekyll's in six styles");
}
