//! `html2md` plugged in as a reader, to show what it loses: the words of a post that are gone, and the links.
//!
//! `cargo run --example html2md_reader [FILE]`

use std::collections::BTreeMap;
use std::sync::Arc;

use postferry::ast::{Document, InlineKind, NodeRef, Step};
use postferry::format::{Extensions, Input, Markup, ReadOptions, Reader};
use postferry::markup::Markdown;
use postferry::meta::Meta;
use postferry::{Converter, Error, FormatSpec, Post, Registry, Sink, Span, WholeFormat};

/// HTML, made Markdown by `html2md` and read from there.
struct Html2md;

impl Reader for Html2md {
    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<Post, Error> {
        let markdown = html2md::parse_html(input.text);
        let extensions: Extensions = ["tables", "strikethrough"].into_iter().collect();
        let _ = options;
        let document = Markdown::commonmark().parse(&markdown, Span::new(0, markdown.len()), &extensions, sink)?;
        Ok(Post::new(Meta::new(), document))
    }
}

const POST: &str = "<p>Press <kbd>Ctrl</kbd>+<kbd>C</kbd> to stop, <abbr title=\"please\">pls</abbr>.</p>\n\
    <ol start=\"7\"><li>x<sup>2</sup> &lt; 3 * 4</li><li><p>a</p><p>b</p></li></ol>\n\
    <pre><code class=\"language-sh\">echo '```'\n</code></pre>\n\
    <p id=\"end\">See <a href=\"/a (1).html\">this</a>.</p>\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = match std::env::args().nth(1) {
        Some(path) => std::fs::read_to_string(path)?,
        None => POST.to_owned(),
    };
    let mut registry = Registry::builtin();
    registry.register_whole("html2md", WholeFormat::new("HTML by way of html2md", &[]).reader(Html2md))?;
    let registry = Arc::new(registry);

    let mut contents = Vec::new();
    for name in ["html", "html2md"] {
        let converter = Converter::new(registry.clone(), Some(&FormatSpec::new(name)), &"markdown".parse()?)?;
        println!("--- read by {name}\n{}", converter.convert(Input::new(&text))?.text);
        contents.push(content(converter.read(Input::new(&text))?.post.body.document()));
    }
    let (all, kept) = (&contents[0], &contents[1]);
    for (piece, count) in all {
        let missing = count - kept.get(piece).copied().unwrap_or_default().min(*count);
        if missing > 0 {
            println!("lost: {piece}");
        }
    }
    Ok(())
}

/// The words, code, links and elements of a document, each with how often it occurs.
fn content(document: &Document) -> BTreeMap<String, usize> {
    let mut pieces = BTreeMap::new();
    let mut count = |piece: String| *pieces.entry(piece).or_default() += 1;
    for step in document.walk() {
        let Step::Enter(node) = step else { continue };
        if let Some(attrs) = node.attrs() {
            attrs.iter().for_each(|(name, value)| count(format!("{name}=\"{value}\"")));
        }
        let NodeRef::Inline(inline) = node else { continue };
        match &inline.kind {
            InlineKind::Text(text) => text.split_whitespace().for_each(|word| count(word.to_owned())),
            InlineKind::Code(code) => count(format!("`{code}`")),
            InlineKind::Link(link) => count(format!("a link to {}", link.url)),
            InlineKind::Element(element) => count(format!("<{}>", element.name)),
            _ => {}
        }
    }
    pieces
}
