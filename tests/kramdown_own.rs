//! kramdown's own test cases: our kramdown shows the HTML that they expect.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/dom.rs"]
mod dom;
#[path = "kramdown/support.rs"]
mod support;

use std::path::Path;

use postferry::markup::kramdown::{Display, Settings};
use serde_yaml::Value;

/// Of the 198 cases with HTML so many agree; the others want options that change the HTML and not the reading.
const AGREE: usize = 160;

#[test]
fn kramdowns_own_cases_agree() {
    let Some(root) = support::shared("corpus/kramdown-tests", "kramdowns_own_cases_agree") else { return };
    let mut files = Vec::new();
    support::files(&root, &["text"], &mut files);
    files.retain(|file| file.with_extension("html").exists());
    files.sort();
    let mut different = Vec::new();
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        let expected = std::fs::read_to_string(file.with_extension("html")).unwrap();
        let (settings, display) = options(&file.with_extension("options"));
        let ours = support::html(&text, &settings, &display);
        if let Err(difference) = dom::all_attributes_equal(&without_roles(&expected), &without_roles(&ours)) {
            let name = file.strip_prefix(&root).unwrap().display();
            different.push(format!("{name}: {difference}"));
        }
    }
    let agree = files.len() - different.len();
    println!("measured: {agree} of {} cases agree; the others:\n{}", files.len(), different.join("\n"));
    assert_eq!(files.len(), 198);
    assert!(agree >= AGREE, "only {agree}");
}

/// The cases are those of kramdown 2.5, which puts the roles of footnotes elsewhere than 2.4 and Jekyll do.
fn without_roles(html: &str) -> String {
    html.replace(" role=\"doc-noteref\"", "").replace(" role=\"doc-endnote\"", "")
}

/// What a case's options say; without any, kramdown's own test run gives headings no ids.
fn options(file: &Path) -> (Settings, Display) {
    let mut settings = Settings::native();
    let mut display = Display::default();
    display.gfm = false;
    let Ok(yaml) = std::fs::read_to_string(file) else {
        display.auto_ids = false;
        return (settings, display);
    };
    let options: serde_yaml::Mapping = serde_yaml::from_str(&yaml).unwrap();
    for (name, value) in options {
        let name = name.as_str().unwrap().trim_start_matches(':').to_owned();
        option(&name, &value, &mut settings, &mut display);
    }
    (settings, display)
}

fn option(name: &str, value: &Value, settings: &mut Settings, display: &mut Display) {
    let on = value.as_bool().unwrap_or_default();
    let text = value.as_str().unwrap_or_default().to_owned();
    match name {
        "auto_ids" => display.auto_ids = on,
        "auto_id_prefix" => display.auto_id_prefix = text,
        "auto_id_stripping" => display.auto_id_stripping = on,
        "header_offset" => display.header_offset = i32::try_from(value.as_i64().unwrap()).unwrap(),
        "toc_levels" => {
            let (from, to) = text.split_once("..").unwrap();
            display.toc_levels = (from.parse().unwrap()..=to.parse().unwrap()).collect();
        }
        "footnote_nr" => display.footnote_nr = usize::try_from(value.as_u64().unwrap()).unwrap(),
        "footnote_backlink" => display.footnote_backlink = text,
        "footnote_backlink_inline" => display.footnote_backlink_inline = on,
        "footnote_prefix" => display.footnote_prefix = text,
        "math_engine" => display.mathjax = !value.is_null(),
        "parse_block_html" => settings.parse_block_html = on,
        "smart_quotes" => {
            let entities = |name: &str| match name {
                "apos" => "'",
                "quot" => "\"",
                other => panic!("{other}"),
            };
            let quotes: Vec<String> = text.split(',').map(|name| entities(name).to_owned()).collect();
            settings.typography.quotes = quotes.try_into().unwrap();
        }
        "typographic_symbols" => {
            let symbols = settings.typography.symbols.as_mut().unwrap();
            let get = |name: &str| value.get(name).and_then(Value::as_str).unwrap().to_owned();
            symbols.mdash = get("mdash");
            symbols.ndash = get("ndash");
            symbols.hellip = get("hellip");
            symbols.laquo = get("laquo");
            symbols.raquo = get("raquo");
            symbols.laquo_space = get("laquo_space");
            symbols.raquo_space = get("raquo_space");
        }
        "link_defs" => {
            for (name, parts) in value.as_mapping().unwrap() {
                let part = |index: usize| parts.get(index).and_then(Value::as_str).map(str::to_owned);
                settings.links.push((name.as_str().unwrap().to_owned(), part(0).unwrap(), part(1)));
            }
        }
        _ => {}
    }
}
