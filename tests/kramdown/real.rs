//! Bodies carried between kramdown and Hugo, and what the real Hugo shows of them.

#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

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
pub(crate) fn carried_to_hugo(text: &str, mode: &[&str]) -> (String, bool) {
    carried(text, (Markdown::kramdown(), Markdown::commonmark()), mode)
}

/// A body carried to Jekyll, and whether the report says that something of it differs.
pub(crate) fn carried_to_jekyll(text: &str, mode: &[&str]) -> (String, bool) {
    carried(text, (Markdown::commonmark(), Markdown::kramdown()), mode)
}

fn carried(text: &str, (from, to): (Markdown, Markdown), mode: &[&str]) -> (String, bool) {
    let names = ["tables", "strikethrough", "task_lists", "footnotes", "definition_lists", "heading_attributes"];
    let extensions: Extensions = names.iter().chain(mode).copied().collect();
    let span = Span::new(0, text.len());
    let mut report: Vec<Diagnostic> = Vec::new();
    let document = from.parse(text, span, &extensions, &mut report).unwrap();
    let body = Body::read_from(document, SourceText::new(from.name(), extensions.clone(), text), span);
    let mut out = String::new();
    to.print(&body, &WriteOptions::new(extensions), &mut out, &mut report).unwrap();
    (out, !report.is_empty())
}

/// What a Hugo that knows no formulas, as it does by default, shows of the bodies.
pub(crate) fn shown_without_formulas(program: &Path, bodies: &[&str]) -> Vec<String> {
    hugo(program, bodies, CONFIG.split("[markup.goldmark.extensions.passthrough]").next().unwrap_or_default())
}

/// What Hugo makes of each body.
pub(crate) fn hugo(program: &Path, bodies: &[&str], config: &str) -> Vec<String> {
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
pub(crate) fn folded(html: &str) -> String {
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
        ("%5E", "^"),
        ("role=\"doc-endnotes\">\n<hr>", "role=\"doc-endnotes\">"),
    ] {
        html = html.replace(from, to);
    }
    // White space at the inner edge of a formula, and between two.
    let mut out = String::new();
    for (index, part) in html.split("$$").enumerate() {
        if index > 0 {
            out.push_str("$$");
        }
        out.push_str(if index % 2 == 1 || part.trim().is_empty() { part.trim() } else { part });
    }
    out
}

/// The ids of the headings.
pub(crate) fn ids(html: &str) -> Vec<&str> {
    let tags = html.split("<h").skip(1).filter(|tag| tag.starts_with(|c: char| c.is_ascii_digit()));
    let head = tags.filter_map(|tag| tag.split('>').next());
    head.map(|tag| tag.split("id=\"").nth(1).and_then(|id| id.split('"').next()).unwrap_or_default()).collect()
}

/// What Hugo shows of the bodies; those that were made of texts with formulas with the delimiter that they want.
pub(crate) fn shown_by_hugo(program: &Path, bodies: &[&str], texts: &[&str]) -> Vec<String> {
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
