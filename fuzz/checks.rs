//! What the fuzz targets check. `tests/fuzz_pinned.rs` checks the same of the inputs under `corpus/`, on every run of
//! `cargo test`.

#![allow(dead_code)] // each target uses its own check
#![allow(clippy::panic)]

#[path = "../tests/support/dom.rs"]
mod dom;
#[path = "../tests/support/processor.rs"]
mod processor;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use postferry::ast::{Document, MAX_DEPTH, Step};
use postferry::format::{Extensions, FrontMatter, Markup, Schema, WriteOptions};
use postferry::front::{HtmlHead, Json, MetaComment, Toml, Yaml};
use postferry::markup::{Html, Markdown};
use postferry::meta::{Map, Value};
use postferry::{Body, Converter, Error, Input, Registry, Report, Span};

const FORMATS: [&str; 9] =
    ["jekyll", "jekyll+markdown", "markdown", "markdown+meta", "hugo", "hugo+yaml", "hugo+json", "json", "html"];

fn registry() -> Arc<Registry> {
    static REGISTRY: OnceLock<Arc<Registry>> = OnceLock::new();
    REGISTRY.get_or_init(|| Arc::new(Registry::builtin())).clone()
}

fn converter(from: Option<&str>, to: &str) -> Converter {
    let spec = |name: &str| name.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
    Converter::new(registry(), from.map(spec).as_ref(), &spec(to)).unwrap_or_else(|error| panic!("{to}: {error}"))
}

/// Any text, in the format that it seems to be in, into every format: what comes out is read again, and in the format it is
/// in nothing changes.
pub(crate) fn convert_any(data: &[u8]) {
    let Ok(text) = postferry::decode(data, None) else { return };
    for to in FORMATS {
        let Ok(there) = converter(None, to).convert(Input::new(text)) else { continue };
        let path = there.path.as_deref();
        if let Err(error) = converter(Some(to), to).read(Input::new(&there.text).path(path)) {
            panic!("{} to {to} is not read again: {error}\n{:?}", there.from, there.text);
        }
        let from = there.from.to_string();
        let same =
            converter(Some(&from), &from).convert(Input::new(text)).unwrap_or_else(|error| panic!("{from}: {error}"));
        assert_eq!(same.text, text, "{from} is not left alone");
    }
}

/// An HTML fragment as Markdown shows the same, by an oracle that shares no code with the proof, or the report says what
/// does not.
pub(crate) fn html_to_markdown(data: &[u8]) {
    let Ok(html) = std::str::from_utf8(data) else { return };
    // Some soup makes a tree that no HTML says; of white space in a template nobody sees anything; the oracle takes a byte
    // order mark for one.
    if !dom::is_sayable(html) || html.contains("<template") || html.starts_with('\u{feff}') {
        return;
    }
    let mut reading = Report::new();
    let Ok(document) = Html.parse(html, Span::new(0, html.len()), &Extensions::new(), &mut reading) else { return };
    let Some((written, is_whole)) = printed(&Markdown::commonmark(), document) else { return };
    if !is_whole || !reading.is_lossless() {
        return;
    }
    if let Err(difference) = dom::reader_equal(html, &dom::markdown_to_html(&written)) {
        panic!("{html:?} became {written:?}: {difference}");
    }
}

/// As the oracle reads Markdown.
fn github() -> Extensions {
    ["tables", "strikethrough", "task_lists", "footnotes"].into_iter().collect()
}

fn read(format: &str, text: &str) -> Result<postferry::Post, Error> {
    Ok(converter(Some(format), format).read(Input::new(text))?.post)
}

/// Front matter in any syntax: what it says, written again in the same syntax, says the same; written in another, it is read.
pub(crate) fn front_matter(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let syntaxes: [&dyn FrontMatter; 5] =
        [&Yaml::default(), &Toml::default(), &Json::default(), &MetaComment::default(), &HtmlHead::default()];
    for syntax in syntaxes {
        for schema in [Schema::Core, Schema::Jekyll, Schema::Hugo] {
            says_the_same(syntax, &syntaxes, text, schema);
        }
    }
}

/// YAML alone, without fences: the fuzzer need not find those.
pub(crate) fn yaml(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for schema in [Schema::Core, Schema::Jekyll, Schema::Hugo] {
        written_says_the_same(&Yaml::default(), text, Span::new(0, text.len()), schema);
    }
}

fn says_the_same(syntax: &dyn FrontMatter, all: &[&dyn FrontMatter], text: &str, schema: Schema) {
    let Ok(Some(split)) = syntax.split(text, schema) else { return };
    assert!(split.front.slice(text).is_some() && split.body.slice(text).is_some(), "{split:?} of {text:?}");
    written_says_the_same(syntax, text, split.front, schema);
    let Ok(meta) = syntax.parse(text, split.front, schema, &mut ()) else { return };
    for other in all {
        let mut written = String::new();
        if let Err(error) = other.print(&meta, "Body\n", &mut written, &mut ()) {
            panic!("{text:?} is not written as {}: {error}", other.name());
        }
        match other.split(&written, Schema::Core) {
            Ok(Some(split)) => {
                if let Err(error) = other.parse(&written, split.front, Schema::Core, &mut ()) {
                    panic!("{text:?} became {written:?}: {error}");
                }
            }
            // A syntax may have nothing to show for what there is.
            Ok(None) => {}
            Err(error) => panic!("{text:?} became {written:?}: {error}"),
        }
    }
}

fn written_says_the_same(syntax: &dyn FrontMatter, text: &str, front: Span, schema: Schema) {
    let Ok(was) = syntax.parse(text, front, schema, &mut ()) else { return };
    let mut written = String::new();
    let mut report = Report::new();
    if let Err(error) = syntax.print(&was, "", &mut written, &mut report) {
        panic!("{text:?} is read and not written: {error}");
    }
    if !report.is_lossless() {
        return;
    }
    let split = syntax.split(&written, schema).unwrap_or_else(|error| panic!("{written:?} is not split: {error}"));
    let Some(split) = split else {
        assert!(was.is_empty(), "{text:?} became {written:?}");
        return;
    };
    let is = syntax.parse(&written, split.front, schema, &mut ()).unwrap_or_else(|e| panic!("{written:?}: {e}"));
    if syntax.name() == "head" {
        // What `<html>` says comes first, wherever there was another.
        assert_eq!(sorted(was.map), sorted(is.map), "{text:?} became {written:?}");
    } else {
        assert_eq!(was.map, is.map, "{text:?} became {written:?}");
    }
}

/// HTML of any kind makes a tree whose places lie in the text, and that is not too deep.
pub(crate) fn read_html(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for extensions in [Extensions::new(), ["clean"].into_iter().collect()] {
        parsed(&Html, text, &extensions);
    }
}

/// Markdown of any kind makes a tree whose places lie in the text, and that is not too deep.
pub(crate) fn read_markdown(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for markdown in [Markdown::commonmark(), Markdown::kramdown()] {
        parsed(&markdown, text, &Extensions::new());
        parsed(&markdown, text, &markdown.extensions().iter().copied().collect());
    }
}

fn parsed(markup: &dyn Markup, text: &str, extensions: &Extensions) -> Document {
    let document = markup
        .parse(text, Span::new(0, text.len()), extensions, &mut ())
        .unwrap_or_else(|error| panic!("{}: {error}", markup.name()));
    let mut depth = 0;
    for step in document.walk() {
        match step {
            Step::Enter(node) => {
                depth += 1;
                assert!(node.span().slice(text).is_some(), "{:?} of {text:?}", node.span());
            }
            Step::Leave(_) => depth -= 1,
        }
        assert!(depth <= MAX_DEPTH, "{depth} deep: {text:?}");
    }
    document
}

/// Markdown that was written shows what was meant, by the same oracle, and written again it is the same.
pub(crate) fn markdown_fixpoint(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    // Raw HTML that never ends holds the end of the file too; CommonMark has a character for NUL that the oracle does not know.
    let text = &format!("{}\n", text.trim_end().replace('\0', "\u{fffd}"));
    let markdown = Markdown::commonmark();
    let Some((once, is_whole)) = printed(&markdown, parsed(&markdown, text, &github())) else { return };
    let (was, is) = (dom::markdown_to_html(text), dom::markdown_to_html(&once));
    // In a line of text the writer keeps no line ends, and in a template the oracle counts them.
    let has_raw = ["<template", "<title", "<textarea"].iter().any(|tag| was.contains(tag));
    if is_whole
        && dom::is_sayable(&was)
        && !has_raw
        && let Err(difference) = dom::reader_equal(&was, &is)
    {
        panic!("{text:?} became {once:?}: {difference}");
    }
    let Some((twice, _)) = printed(&markdown, parsed(&markdown, &once, &github())) else { return };
    assert_eq!(once, twice, "{text:?} is written in another way again");
}

/// What the tree is as text, and whether the report names no loss and nothing that is not proved.
fn printed(markup: &dyn Markup, document: Document) -> Option<(String, bool)> {
    let mut out = String::new();
    let mut report = Report::new();
    markup.print(&Body::new(document), &WriteOptions::new(github()), &mut out, &mut report).ok()?;
    let is_proved = report.diagnostics().iter().all(|diagnostic| diagnostic.code.name != "unproved");
    Some((out, is_proved && report.is_lossless()))
}

/// Template tags in every language, into every other, in Markdown and HTML: what comes out is read again.
pub(crate) fn liquid(data: &[u8]) {
    let Ok(body) = std::str::from_utf8(data) else { return };
    let front = |format: &str| if format.starts_with("hugo") { "+++\n+++\n" } else { "---\nlayout: post\n---\n" };
    for from in ["jekyll", "jekyll+markdown", "hugo"] {
        let text = format!("{}{body}", front(from));
        for to in ["hugo", "jekyll", "jekyll+markdown", "markdown+meta", "json"] {
            let Ok(there) = converter(Some(from), to).convert(Input::new(&text)) else { continue };
            if let Err(error) = converter(Some(to), to).read(Input::new(&there.text)) {
                panic!("{from} to {to} is not read again: {error}\n{:?}", there.text);
            }
        }
    }
}

/// A post goes through JSON and comes back to its own format with the same front matter and the same body.
pub(crate) fn post_json_post(data: &[u8]) {
    let Ok(text) = postferry::decode(data, None) else { return };
    // Raw HTML that never ends holds the end of the file too.
    let text = &format!("{}\n", text.trim_end());
    let Ok(there) = converter(None, "json").convert(Input::new(text)) else { return };
    let from = there.from.to_string();
    let back = converter(Some("json"), &from)
        .convert(Input::new(&there.text))
        .unwrap_or_else(|error| panic!("{from}: {error}\n{}", there.text));
    let codes = |report: &Report, name| report.diagnostics().iter().any(|diagnostic| diagnostic.code.name == name);
    // A tag that never ends stops the generator: it is written as text, which in HTML that never ends either is another text.
    if !there.report.is_lossless() || !back.report.is_lossless() || codes(&there.report, "tag-unclosed") {
        return;
    }
    // What Hugo builds no site with stands under `params`, and that is told.
    if codes(&back.report, "key-moved") {
        return;
    }
    let was = read(&from, text).unwrap_or_else(|error| panic!("{error}"));
    let is = read(&from, &back.text).unwrap_or_else(|error| panic!("{from}: {error}\n{:?}", back.text));
    // A JSON post has its keys in the order of its schema.
    assert_eq!(sorted(was.meta.map), sorted(is.meta.map), "{text:?} became {:?}", back.text);
    assert!(was.body.document().same_meaning(is.body.document()), "{text:?} became {:?}", back.text);
}

fn sorted(map: Map) -> Vec<(String, Value)> {
    let mut entries: Vec<_> = map.into_iter().map(|entry| (entry.key, entry.value)).collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    entries
}

/// A piece repeated twice as often takes about twice the time. The first byte says how long the piece is, the second which
/// format it is in; what stands before and behind the piece stands there once.
pub(crate) fn quadratic(data: &[u8]) {
    let [length, format, rest @ ..] = data else { return };
    let Ok(rest) = std::str::from_utf8(rest) else { return };
    let formats = ["jekyll", "jekyll+markdown", "hugo", "hugo+yaml", "hugo+json"];
    let from = formats[usize::from(*format) % formats.len()];
    let middle = rest.len() / 3;
    let (Some(before), Some(piece), Some(behind)) = (
        rest.get(..middle),
        rest.get(middle..middle + usize::from(*length % 32) + 1),
        rest.get(middle + usize::from(*length % 32) + 1..),
    ) else {
        return;
    };
    let time = |count: usize| {
        let text = format!("{before}{}{behind}", piece.repeat(count));
        let start = processor::processor_time();
        for to in ["hugo", "jekyll", "json"] {
            let _ = converter(Some(from), to).convert(Input::new(&text));
        }
        processor::processor_time() - start
    };
    let count = 20_000 / piece.len();
    // Other programs share the machine: it must be slow several times.
    let mut best = (Duration::MAX, Duration::MAX);
    for _ in 0..4 {
        best = (best.0.min(time(count)), best.1.min(time(4 * count)));
        // Four times the text; sixteen times the time would be the square.
        if best.1 < best.0 * 9 || best.1 < Duration::from_millis(200) {
            return;
        }
    }
    panic!("{piece:?} as {from}: {count} take {:?}, four times as many {:?}", best.0, best.1);
}
