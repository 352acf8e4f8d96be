//! Where kramdown showed its readers something that nobody meant: another Markdown's reading is the better one there.
//!
//! Each sign is one that the writer of a post could see on the page: a tag printed as text, a fence that made no code, a
//! year that became the number of a list.

use super::scan::is_word;
use crate::ast::{Block, BlockKind, InlineKind, NodeRef, Step, Walk};
use crate::diag::Span;

/// What is broken in a part that kramdown reads as `shown`, and another Markdown as `found`.
pub(super) fn sign(text: &str, span: Span, shown: &[Block], found: &[Block]) -> Option<&'static str> {
    let source = span.slice(text)?;
    let (of_shown, of_found) = (Marks::of(shown), Marks::of(found));
    // Where the other reading prints what is kramdown's own it is none that anybody meant.
    if of_found.attribute_lists > of_shown.attribute_lists {
        return None;
    }
    let signs = [
        (of_shown.printed_tags > of_found.printed_tags, "prints a tag as text"),
        (of_shown.fences < of_found.fences, "takes a fence for text"),
        (is_number_lost(source, &of_shown, &of_found), "takes a number at the start of a line for a list"),
        (of_shown.starts < of_found.starts, "counts a list from 1"),
        (of_shown.tables > of_found.tables && !is_table(source), "takes a `|` in a line for a table"),
        (of_shown.escapes_in_links > of_found.escapes_in_links, "keeps a backslash in the address or title of a link"),
    ];
    signs.into_iter().find_map(|(is_broken, what)| is_broken.then_some(what))
}

/// How often each thing stands in some blocks that may be a sign.
#[derive(Debug, Default)]
struct Marks {
    /// Tags as text.
    printed_tags: usize,
    /// `{:` as text.
    attribute_lists: usize,
    fences: usize,
    numbered: usize,
    /// Numbered lists that do not begin with 1.
    starts: usize,
    tables: usize,
    escapes_in_links: usize,
}

impl Marks {
    fn of(blocks: &[Block]) -> Marks {
        let mut marks = Marks::default();
        for step in Walk::new(blocks) {
            match step {
                Step::Enter(NodeRef::Block(block)) => marks.block(block),
                Step::Enter(NodeRef::Inline(inline)) => marks.inline(&inline.kind),
                _ => {}
            }
        }
        marks
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::CodeBlock(code) => self.fences += usize::from(code.fence.is_some()),
            BlockKind::List(list) => {
                self.numbered += usize::from(list.start.is_some());
                self.starts += usize::from(list.start.is_some_and(|start| start != 1));
            }
            BlockKind::Table(_) => self.tables += 1,
            BlockKind::Element(element) => self.tables += usize::from(element.name == "table"),
            BlockKind::Raw(raw) => self.printed_tags += raw.text.matches("&lt;/").count(),
            _ => {}
        }
    }

    fn inline(&mut self, inline: &InlineKind) {
        match inline {
            InlineKind::Text(text) => {
                let tags = text.match_indices('<').filter(|(at, _)| starts_tag(&text[at + 1..]));
                self.printed_tags += tags.count();
                self.attribute_lists += text.matches("{:").count();
            }
            InlineKind::Link(link) => self.address(&link.url, link.title.as_deref()),
            InlineKind::Image(image) => self.address(&image.url, image.title.as_deref()),
            _ => {}
        }
    }
}

impl Marks {
    fn address(&mut self, url: &str, title: Option<&str>) {
        self.escapes_in_links += usize::from(url.contains('\\') || url.contains("%5C"));
        self.escapes_in_links += usize::from(title.is_some_and(|title| title.contains('\\')));
    }
}

/// Whether what stands behind a `<` makes a tag of it.
fn starts_tag(rest: &str) -> bool {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    rest.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Whether kramdown makes a list where a line begins with a number that is no list's first.
fn is_number_lost(source: &str, shown: &Marks, found: &Marks) -> bool {
    let is_number = |line: &str| {
        let line = line.trim_start();
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && line[digits..].starts_with('.') && line[..digits].trim_start_matches('0') != "1"
    };
    shown.numbered > found.numbered && source.lines().any(is_number)
}

/// Whether somebody drew a table: its lines begin with a bar, or a line is drawn between its rows, or several rows have
/// as many cells.
fn is_table(source: &str) -> bool {
    let bars = |line: &str| line.matches('|').count();
    let lines = || source.lines().map(|line| line.trim_start_matches(['>', ' ', '\t'])).filter(|line| bars(line) > 0);
    let is_drawn = |line: &str| line.contains("--") && !line.bytes().any(is_word);
    if lines().any(|line| line.starts_with('|') || is_drawn(line)) {
        return true;
    }
    let mut counts = lines().map(bars);
    let first = counts.next();
    lines().count() > 1 && counts.all(|count| Some(count) == first)
}
