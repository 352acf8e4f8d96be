//! Hostile HTML: nothing crashes, nothing is dropped, and time grows with the length of the text.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write;
use std::time::Duration;

#[path = "support/processor.rs"]
mod processor;

use postferry::ast::{BlockKind, Document, InlineKind, MAX_DEPTH, NodeRef, Step};
use postferry::format::{Extensions, Markup, WriteOptions};
use postferry::markup::{Html, Markdown};
use postferry::{Body, Diagnostic, Span};
use processor::processor_time;

fn read(html: &str) -> (Document, Vec<Diagnostic>) {
    let mut report = Vec::new();
    let document = Html.parse(html, Span::new(0, html.len()), &Extensions::new(), &mut report).unwrap();
    (document, report)
}

fn write(document: Document) -> String {
    let mut out = String::new();
    Html.print(&Body::new(document), &WriteOptions::default(), &mut out, &mut ()).unwrap();
    out
}

/// HTML to Markdown, proved.
fn to_markdown(html: &str) -> String {
    let extensions = ["tables", "strikethrough", "task_lists", "footnotes"].into_iter().collect();
    let mut out = String::new();
    let body = Body::new(read(html).0);
    Markdown::commonmark().print(&body, &WriteOptions::new(extensions), &mut out, &mut ()).unwrap();
    out
}

fn depth(document: &Document) -> usize {
    let (mut depth, mut deepest) = (0, 0);
    for step in document.walk() {
        match step {
            Step::Enter(_) => depth += 1,
            Step::Leave(_) => depth -= 1,
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// How many numbered words `w0`, `w1`, … are there.
fn words(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.strip_prefix('w').is_some_and(|number| number.parse::<usize>().is_ok()))
        .count()
}

/// Text of `n` pieces, a word in each.
fn repeat(n: usize, before: &str, after: &str) -> String {
    let mut out = String::new();
    for index in 0..n {
        write!(out, "{before}w{index} ").unwrap();
    }
    for _ in 0..n {
        out.push_str(after);
    }
    out
}

/// Every kind of nesting that a tag can make, `n` times.
fn nested(n: usize) -> Vec<(&'static str, String)> {
    let attributes = |n: usize| {
        let mut out = String::from("<div");
        for index in 0..n {
            write!(out, " a{index}=w{index}").unwrap();
        }
        out + ">w</div>"
    };
    let numbered = |n: usize, before: &str, after: &str| {
        let mut out = String::new();
        for index in 0..n {
            write!(out, "{before}{index}>w{index} {after}").unwrap();
        }
        out
    };
    vec![
        ("div", repeat(n, "<div>", "</div>")),
        ("blockquote", repeat(n, "<blockquote>", "</blockquote>")),
        ("ul li", repeat(n, "<ul><li>", "</li></ul>")),
        ("em", repeat(n, "<em>", "</em>")),
        ("span", repeat(n, "<span>", "</span>")),
        ("b", repeat(n, "<b>", "</b>")),
        ("a", repeat(n, "<a href=x>", "</a>")),
        ("unclosed div", repeat(n, "<div>", "")),
        ("unclosed p", repeat(n, "<p>", "")),
        ("unclosed b", repeat(n, "<b>", "")),
        ("unclosed font", numbered(n, "<font size=", "")),
        ("unclosed b in p", numbered(n, "<p><b id=", "</p>")),
        ("b over p", repeat(n, "<b><p>", "</b></p>")),
        ("a over div", repeat(n, "<a><div>", "</a>")),
        ("end tags", repeat(n, "</div></b></p>", "")),
        ("li", repeat(n, "<li>", "")),
        ("table", repeat(n / 10, "<table><tr><td>", "</td></tr></table>")),
        ("foster", repeat(n, "<table><b>", "")),
        ("svg", repeat(n, "<svg><g>", "")),
        ("svg p", repeat(n, "<svg><p>", "")),
        ("template", repeat(n, "<template>", "</template>")),
        ("button", repeat(n, "<button>", "</button>")),
        ("select", repeat(n, "<select><option>", "")),
        ("comment", repeat(n, "<!--", "")),
        ("bogus comment", repeat(n, "<!x", "")),
        ("less than", repeat(n, "<<<", "")),
        ("quotes", repeat(n, "<a b=\"", "")),
        ("script", repeat(n, "<script>", "")),
        ("entities", repeat(n, "&amp&notit;&#1;", "")),
        ("attributes", attributes(n.min(60_000))),
        ("long attribute", format!("<div title=\"{}\">w0</div>", "x".repeat(20 * n))),
        ("pre", repeat(n, "<pre>\n", "</pre>")),
        ("dl", repeat(n, "<dl><dt>", "")),
        ("headings", repeat(n, "<h1>", "")),
        ("ruby", repeat(n, "<ruby><rt>", "")),
        ("formatting and blocks", numbered(n, "<i id=", "<div>")),
    ]
}

#[test]
fn nothing_crashes_and_no_word_is_dropped() {
    for (name, html) in nested(many()) {
        let (document, _) = read(&html);
        assert!(depth(&document) <= MAX_DEPTH, "{name}: {} deep", depth(&document));
        // What the parser opens again in each block repeats no word.
        assert_eq!(words(&write(document)), words(&html), "{name}");
    }
}

#[test]
fn what_is_not_read_is_kept_where_it_stands_and_reported() {
    for (name, html) in nested(3_000) {
        let (document, report) = read(&html);
        let kept = document.walk().any(|step| match step {
            Step::Enter(NodeRef::Block(block)) => matches!(&block.kind, BlockKind::Raw(raw) if raw.text.len() > 20_000),
            Step::Enter(NodeRef::Inline(inline)) => {
                matches!(&inline.kind, InlineKind::Raw(raw) if raw.text.len() > 20_000)
            }
            _ => false,
        });
        if matches!(name, "div" | "blockquote" | "ul li" | "em" | "span" | "b") {
            assert!(kept && report.iter().any(|d| d.code.name == "nested-too-deep"), "{name}");
        }
        if matches!(name, "unclosed p" | "li" | "attributes" | "long attribute" | "end tags") {
            assert!(report.is_empty(), "{name}: {report:?}");
        }
    }
}

/// In the long run as many as the limits are named for.
fn many() -> usize {
    if std::env::var_os("POSTFERRY_LONG").is_some() { 100_000 } else { 3_000 }
}

#[test]
fn markdown_drops_no_word() {
    for (name, html) in nested(many()) {
        let start = processor_time();
        let markdown = to_markdown(&html);
        println!("measured: {name}: {} bytes in {:?}", html.len(), processor_time() - start);
        assert_eq!(words(&markdown), words(&html), "{name}");
    }
}

#[test]
fn the_time_for_markdown_grows_with_the_length() {
    let time = |html: &str| {
        let start = processor_time();
        drop(to_markdown(html));
        processor_time() - start
    };
    assert_linear(time);
}

/// Elements nested deeper than is read come back as the same HTML: the raw text closes what it opens.
#[test]
fn kept_text_stands_where_it_stood() {
    let html = repeat(1_000, "<div>", "</div>");
    let (document, _) = read(&html);
    let written = write(document);
    let squeezed = |text: &str| text.split_ascii_whitespace().collect::<String>();
    assert_eq!(squeezed(&written), squeezed(&html));
}

#[test]
fn time_grows_with_the_length() {
    let time = |html: &str| {
        let start = processor_time();
        for _ in 0..4 {
            drop(read(html));
        }
        processor_time() - start
    };
    assert_linear(time);
}

/// Holds that twice as much takes hardly more than twice the time.
fn assert_linear(time: impl Fn(&str) -> Duration) {
    let n = if std::env::var_os("POSTFERRY_LONG").is_some() { 50_000 } else { 2_500 };
    for ((name, small), (_, large)) in nested(n).into_iter().zip(nested(2 * n)) {
        if small.len() == large.len() {
            continue;
        }
        // Other programs share the machine's caches: the best of both over some rounds counts.
        let (mut short, mut long) = (Duration::MAX, Duration::MAX);
        let is_linear = (0..8).any(|_| {
            (short, long) = (short.min(time(&small)), long.min(time(&large)));
            // So little is too little to tell.
            long < short * 5 / 2 || long < Duration::from_millis(30)
        });
        println!("measured: {name}: {short:?}, twice as much {long:?}");
        assert!(is_linear, "{name}: {} bytes {short:?}, {} bytes {long:?}", small.len(), large.len());
    }
}
