//! Writing a brace as an entity where the target's language has no other way: in code, that takes HTML.

use super::fill::entity;
use super::usual::{escape, open};
use crate::ast::{BlockKind, Document, InlineKind, NodeRef, Step};
use crate::diag::{Sink, Span};

/// The Markdown `text`, whose tree is `document`, with an entity for the brace at each of `places`. Code around one
/// becomes HTML.
pub(crate) fn with_entities(text: &str, document: &Document, places: &[usize], sink: &mut dyn Sink) -> String {
    let mut edits: Vec<(Span, String)> = Vec::new();
    let is_hit = |span: Span| {
        let first = places.partition_point(|&place| place < span.start);
        places.get(first).is_some_and(|&place| place < span.end)
    };
    for step in document.walk() {
        match step {
            Step::Enter(NodeRef::Block(block)) if is_hit(block.span) => {
                if let BlockKind::CodeBlock(code) = &block.kind {
                    let class = code.language().map(|language| format!("language-{language}"));
                    let class: Vec<_> = class.iter().map(|class| ("class", class.as_str())).collect();
                    let html = format!("<pre>{}{}</code></pre>", open("code", &class), braces(&code.text));
                    // On one line it stays in whatever list it stands in.
                    let trailing =
                        if block.span.slice(text).is_some_and(|text| text.ends_with('\n')) { "\n" } else { "" };
                    let start =
                        block.span.start - if code.fence.is_some() { 0 } else { indent(text, block.span.start) };
                    edits.push((Span::new(start, block.span.end), html.replace('\n', "&#10;") + trailing));
                }
            }
            Step::Enter(NodeRef::Inline(inline)) if is_hit(inline.span) => {
                if let InlineKind::Code(code) = &inline.kind {
                    edits.push((inline.span, format!("<code>{}</code>", plain(code))));
                }
            }
            _ => {}
        }
    }
    let mut out = String::with_capacity(text.len());
    let (mut at, mut edits) = (0, edits.into_iter().peekable());
    for &place in places {
        while let Some((span, html)) = edits.next_if(|(span, _)| span.start <= place) {
            out.push_str(text.get(at..span.start).unwrap_or_default());
            out.push_str(&html);
            at = span.end;
            sink.report(entity());
        }
        if place >= at {
            out.push_str(text.get(at..place).unwrap_or_default());
            out.push_str("&#123;");
            at = place + 1;
            sink.report(entity());
        }
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// How much of the white space in front of `at` makes what follows code.
fn indent(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    if before.ends_with('\t') { 1 } else { (before.len() - before.trim_end_matches(' ').len()).min(4) }
}

/// Code as HTML in running text: nothing in it is Markdown either.
fn plain(code: &str) -> String {
    let mut out = String::new();
    for c in code.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '|' | '!' | '$' | '^' | '=' | ':' => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            // No brace stands beside another.
            '{' if out.ends_with('{') => out.push_str("&#123;"),
            c => out.push(c),
        }
    }
    out
}

/// Code as HTML in which no brace stands beside another.
fn braces(code: &str) -> String {
    escape(code).replace("{{", "&#123;{")
}
