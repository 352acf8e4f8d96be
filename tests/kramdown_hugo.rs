//! Jekyll to Hugo on real posts: what the real Hugo shows of the body that we write is what the real kramdown shows of
//! the body that was read; what is not is in the report.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/dom.rs"]
mod dom;
#[allow(dead_code)]
#[path = "support/generators.rs"]
mod generators;
#[path = "kramdown/support.rs"]
mod support;

use std::path::Path;
use std::process::Command;

use postferry::format::{Extensions, Markup, WriteOptions};
use postferry::markup::Markdown;
use postferry::{Body, Diagnostic, SourceText, Span};

/// The settings that the result relies on; formulas in text want a delimiter of their own where there are some.
const CONFIG: &str = "baseURL = 'https://example.org/'\n\
    disableKinds = ['home', 'section', 'taxonomy', 'term', 'RSS', 'sitemap', 'robotsTXT', '404']\n\
    [markup.highlight]\ncodeFences = false\n\
    [markup.goldmark.renderer]\nunsafe = true\n\
    [markup.goldmark.extensions]\nlinkify = false\n\
    [markup.goldmark.extensions.passthrough]\nenable = true\n\
    [markup.goldmark.extensions.passthrough.delimiters]\nblock = [['$$', '$$']]\n";
const INLINE: &str = "inline = [['\\(', '\\)']]\n";

/// A body carried to Hugo, and whether the report says that something of it differs.
fn carried(text: &str, mode: &[&str]) -> (String, bool) {
    let names = ["tables", "strikethrough", "task_lists", "footnotes", "definition_lists", "heading_attributes"];
    let extensions: Extensions = names.iter().chain(mode).copied().collect();
    let span = Span::new(0, text.len());
    let mut report: Vec<Diagnostic> = Vec::new();
    let document = Markdown::kramdown().parse(text, span, &extensions, &mut report).unwrap();
    let body = Body::read_from(document, SourceText::new("kramdown", extensions.clone(), text), span);
    let mut options = WriteOptions::default();
    options.extensions = extensions;
    let mut out = String::new();
    Markdown::commonmark().print(&body, &options, &mut out, &mut report).unwrap();
    (out, !report.is_empty())
}

/// What Hugo makes of each body.
fn hugo(program: &Path, bodies: &[&str], config: &str) -> Vec<String> {
    let site = tempfile::TempDir::new().unwrap();
    let path = |name: String| site.path().join(name);
    std::fs::create_dir_all(path("content".into())).unwrap();
    std::fs::create_dir_all(path("layouts/_default".into())).unwrap();
    std::fs::write(path("hugo.toml".into()), config).unwrap();
    std::fs::write(path("layouts/_default/single.html".into()), "<main>{{ .Content }}</main>").unwrap();
    for (index, body) in bodies.iter().enumerate() {
        std::fs::write(path(format!("content/p{index}.md")), format!("---\ntitle: x\n---\n{body}")).unwrap();
    }
    let output = Command::new(program).args(["--quiet", "-s"]).arg(site.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = |index: usize| path(format!("public/p{index}/index.html"));
    let read = |index: usize| {
        std::fs::read_to_string(page(index)).unwrap_or_else(|_| panic!("no page of {:?}", bodies[index]))
    };
    let inside = |html: String| html.trim().trim_start_matches("<main>").trim_end_matches("</main>").to_owned();
    (0..bodies.len()).map(read).map(inside).collect()
}

/// HTML without what the generators say each in their own way: curled quotes and dashes, marks around formulas, the rule
/// above footnotes, the arrow behind them.
fn folded(html: &str) -> String {
    let mut html = html.to_owned();
    for (from, to) in [
        ("&lsquo;", "'"),
        ("&rsquo;", "'"),
        ("‘", "'"),
        ("’", "'"),
        ("&ldquo;", "\""),
        ("&rdquo;", "\""),
        ("“", "\""),
        ("”", "\""),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&ndash;", "--"),
        ("–", "--"),
        ("&mdash;", "---"),
        ("—", "---"),
        ("&hellip;", "..."),
        ("…", "..."),
        ("&laquo;", "&lt;&lt;"),
        ("«", "&lt;&lt;"),
        ("&raquo;", "&gt;&gt;"),
        ("»", "&gt;&gt;"),
        ("\\[", "$$"),
        ("\\]", "$$"),
        ("&#x21a9;&#xfe0e;", "&#8617;"),
        ("%E2%80%93", "--"),
        ("role=\"doc-endnotes\">\n<hr>", "role=\"doc-endnotes\">"),
    ] {
        html = html.replace(from, to);
    }
    // White space at the inner edge of a formula.
    let mut out = String::new();
    for (index, part) in html.split("$$").enumerate() {
        if index > 0 {
            out.push_str("$$");
        }
        out.push_str(if index % 2 == 1 { part.trim() } else { part });
    }
    out
}

/// The ids of the headings.
fn ids(html: &str) -> Vec<&str> {
    let tags = html.split("<h").skip(1).filter(|tag| tag.starts_with(|c: char| c.is_ascii_digit()));
    let head = tags.filter_map(|tag| tag.split('>').next());
    head.map(|tag| tag.split("id=\"").nth(1).and_then(|id| id.split('"').next()).unwrap_or_default()).collect()
}

/// What became of the posts in one mode.
#[derive(Debug, Default)]
struct Outcome {
    count: usize,
    dom: usize,
    text: usize,
    ids: usize,
    /// Bodies that show the same as they were, and of them those that kept every byte.
    equal_as_they_were: usize,
    untouched: usize,
    /// Bodies that differ and say so.
    told: usize,
    /// Bodies that differ and do not.
    silent: Vec<String>,
}

fn measure(mode: &[&str], test: &str) -> Option<Outcome> {
    let program = generators::program("hugo", test)?;
    let posts = support::shared_posts(test)?;
    // A body that looks like a shortcode is the dialect's affair.
    let texts: Vec<&str> = posts
        .iter()
        .map(|(_, body)| body.as_str())
        .filter(|body| !body.contains("{{<") && !body.contains("{{%"))
        .collect();
    let expected = support::real(&texts, &serde_json::json!({}), test)?;
    let results: Vec<(String, bool)> = texts.iter().map(|text| carried(text, mode)).collect();
    let written: Vec<&str> = results.iter().map(|(text, _)| text.as_str()).collect();
    let shown = shown_by_hugo(&program, &written, &texts);
    let shown_before = shown_by_hugo(&program, &texts, &texts);
    let mut outcome = Outcome { count: texts.len(), ..Outcome::default() };
    for (index, text) in texts.iter().enumerate() {
        let (left, right) = (folded(&expected[index]), folded(&shown[index]));
        let same_ids = |html: &str| ids(&expected[index]) == ids(html);
        outcome.text += usize::from(dom::visible_text(&left) == dom::visible_text(&right));
        outcome.ids += usize::from(same_ids(&shown[index]));
        if dom::strict_equal(&left, &folded(&shown_before[index])).is_ok() && same_ids(&shown_before[index]) {
            outcome.equal_as_they_were += 1;
            outcome.untouched += usize::from(results[index].0 == *text);
            if results[index].0 != *text {
                println!("changed without need: {}", &text[..text.len().min(60)].escape_debug());
            }
        }
        match dom::strict_equal(&left, &right) {
            Ok(()) => outcome.dom += 1,
            Err(_) if results[index].1 => outcome.told += 1,
            Err(difference) => {
                outcome.silent.push(format!("{}: {difference}", &text[..text.len().min(60)].escape_debug()));
            }
        }
    }
    println!("measured {mode:?}: {outcome:#?}");
    Some(outcome)
}

/// What Hugo shows of the bodies; those that were made of texts with formulas with the delimiter that they want.
fn shown_by_hugo(program: &Path, bodies: &[&str], texts: &[&str]) -> Vec<String> {
    let mut shown = vec![String::new(); bodies.len()];
    for with_math in [false, true] {
        let of_kind: Vec<usize> = (0..bodies.len()).filter(|i| texts[*i].contains("$$") == with_math).collect();
        let chosen: Vec<&str> = of_kind.iter().map(|i| bodies[*i]).collect();
        let config = format!("{CONFIG}{}", if with_math { INLINE } else { "" });
        for (index, html) in of_kind.iter().zip(hugo(program, &chosen, &config)) {
            shown[*index] = html;
        }
    }
    shown
}

#[test]
fn as_shown_hugo_shows_jekylls_posts_as_jekyll_did() {
    let Some(outcome) = measure(&["as_shown"], "as_shown_hugo_shows_jekylls_posts_as_jekyll_did") else { return };
    let Outcome { count, dom, text, ids, .. } = outcome;
    assert!(dom * 100 >= count * 97, "DOM {dom} of {count}");
    assert!(text * 100 >= count * 99, "text {text} of {count}");
    assert_eq!(ids, count, "ids");
    assert!(outcome.silent.is_empty(), "these differ and nothing says so");
    assert_eq!(outcome.untouched, outcome.equal_as_they_were, "bodies that need no change keep every byte");
}

#[test]
fn as_meant_whatever_differs_is_told() {
    let Some(outcome) = measure(&[], "as_meant_whatever_differs_is_told") else { return };
    assert!(outcome.silent.is_empty(), "these differ and nothing says so");
    assert_eq!(outcome.untouched, outcome.equal_as_they_were, "bodies that need no change keep every byte");
}
