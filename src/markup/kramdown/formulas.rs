//! Formulas for a target that passes them through: Goldmark as Hugo has it, with the passthrough delimiters `$$` between
//! blocks and `\(` … `\)` in text.
//!
//! Neither Markdown may read what is in a formula, so it is a word for as long as the body is carried.

use crate::ast::same::html::decode;
use crate::ast::visit;
use crate::ast::{Block, BlockKind, Element, Inline, InlineKind, Math, NodeRef, Step, Walk};
use crate::diag::Span;

/// Private characters around the number of a formula.
const MARKS: (char, char) = ('\u{f8f0}', '\u{f8f1}');

/// A text whose formulas are words, and what they stand for.
#[derive(Debug)]
pub(super) struct Hidden {
    pub(super) text: String,
    formulas: Vec<String>,
    /// Where the text and the source run alike: pairs of offsets.
    places: Vec<(usize, usize)>,
}

/// Hides the formulas of the part `range` of `text`, which means `meant`; gives what the text means then too. `None` if
/// there is none, or if the text has such words already.
pub(super) fn hide(text: &str, range: Span, meant: &[Block]) -> Option<(Hidden, Vec<Block>)> {
    let body = range.slice(text)?;
    if !body.contains("$$") || body.contains(MARKS.0) {
        return None;
    }
    let mut hidden = Hidden { text: String::with_capacity(body.len()), formulas: Vec::new(), places: Vec::new() };
    let mut from = range.start;
    let mut blocks = meant.to_vec();
    blocks.iter_mut().for_each(with_attributes_around);
    visit::each_inline(&mut blocks, &mut |inline| {
        let InlineKind::Math(math) = &inline.kind else { return };
        if inline.span.start < from || inline.span.is_empty() {
            return;
        }
        hidden.push(text, Span::new(from, inline.span.start));
        // A `<` before a letter would start a tag in a browser, and an `&` a reference: only references are safe there.
        let is_safe = !math.text.contains('<') && decode(&math.text, false) == math.text;
        let formula =
            if decode(&math.text, false) == math.text { math.text.clone() } else { math.text.replace('&', "&amp;") };
        let mut formula = formula.replace('<', "&lt;");
        let is_cut = has_empty_line(&formula) || begins_block(&formula) || formula.trim().is_empty();
        if is_cut {
            formula = on_one_line(&formula);
        }
        let written = match (math.display, formula.is_empty()) {
            (true, _) if is_cut => format!("$$ {formula} $$"),
            (true, _) => format!("$$\n{formula}\n$$"),
            // Nothing between delimiters is no formula, and MathJax leaves it alone too.
            (false, true) => "&#92;(&#92;)".to_owned(),
            (false, false) => format!("\\({formula}\\)"),
        };
        let source = inline.span.slice(text).unwrap_or_default();
        let is_fine = math.display && !is_cut && is_safe && source.starts_with("$$");
        let word = format!("{}{}{}", MARKS.0, hidden.formulas.len(), MARKS.1);
        hidden.text.push_str(&word);
        hidden.formulas.push(if is_fine { source.to_owned() } else { written });
        from = inline.span.end;
        inline.kind = InlineKind::Text(word);
    });
    hidden.push(text, Span::new(from, range.end));
    if hidden.formulas.is_empty() {
        return None;
    }
    Some((hidden, blocks))
}

/// Where formulas stand that did not become words, and those with attributes, which nothing passes through.
pub(super) fn lost(meant: &[Block]) -> Vec<Span> {
    let lost = Walk::new(meant).filter_map(|step| match step {
        Step::Enter(NodeRef::Inline(inline)) => {
            let is_word = matches!(&inline.kind, InlineKind::Text(text) if text.starts_with(MARKS.0));
            let is_lost = matches!(inline.kind, InlineKind::Math(_)) || is_word && inline.attrs.is_some();
            is_lost.then_some(inline.span)
        }
        _ => None,
    });
    lost.collect()
}

/// Whether a line of it but the first may begin a list, a quotation or another block: Goldmark looks for blocks before it looks
/// for formulas.
fn begins_block(formula: &str) -> bool {
    formula.trim().lines().skip(1).any(|line| {
        let line = line.trim();
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_marker = |rest: &str, signs: &[char]| {
            rest.strip_prefix(signs).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        };
        line.starts_with(['>', '#', ':', '`', '~', '|'])
            || line.starts_with("[^")
            || is_marker(line, &['-', '+', '*'])
            || rest.len() < line.len() && is_marker(rest, &['.', ')'])
            || ['=', '-', '*', '_'].iter().any(|sign| line.chars().all(|c| c == *sign || c == ' '))
    })
}

/// The formula on one line, where TeX sees the same: white space is white space, and a comment goes.
fn on_one_line(formula: &str) -> String {
    let without_comment = |line: &str| {
        let is_escaped = |at: usize| {
            let before = line.get(..at).unwrap_or_default();
            (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
        };
        let end = line.match_indices('%').map(|(at, _)| at).find(|at| !is_escaped(*at));
        line.get(..end.unwrap_or(line.len())).unwrap_or_default().trim().to_owned()
    };
    formula.lines().map(without_comment).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// An empty line ends what Hugo passes through.
fn has_empty_line(formula: &str) -> bool {
    formula.contains('\n') && formula.trim_matches('\n').lines().any(|line| line.trim().is_empty())
}

/// Attributes of a formula between blocks stand on a `div` around it.
fn with_attributes_around(block: &mut Block) {
    if let BlockKind::Paragraph(inlines) = &mut block.kind
        && block.attrs.is_some()
        && let [Inline { kind: InlineKind::Math(Math { display: true, .. }), .. }] = inlines.as_slice()
    {
        let inside = Block::new(BlockKind::Plain(std::mem::take(inlines)));
        block.kind = BlockKind::Element(Element::new("div", vec![inside]));
    }
}

/// Whether a parenthesis stands behind a backslash that is none itself.
pub(super) fn has_escaped_parenthesis(text: &str) -> bool {
    let is_escape = |(at, _): (usize, &str)| {
        let before = text.get(..=at).unwrap_or_default();
        (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
    };
    text.match_indices("\\(").any(is_escape)
}

/// Whether formulas are words in a text.
pub(super) fn has_words(text: &str) -> bool {
    text.contains(MARKS.0)
}

impl Hidden {
    /// The span of what stands at `span` in the source.
    pub(super) fn own_span(&self, span: Span) -> Span {
        Span::new(self.own(span.start), self.own(span.end))
    }

    fn push(&mut self, text: &str, span: Span) {
        self.places.push((self.text.len(), span.start));
        self.text.push_str(span.slice(text).unwrap_or_default());
    }

    /// The place of what stands at `at` in the source.
    fn own(&self, at: usize) -> usize {
        let index = self.places.partition_point(|(_, source)| *source <= at).saturating_sub(1);
        let next = self.places.get(index + 1).map_or(self.text.len(), |(own, _)| *own);
        self.places.get(index).map_or(at, |(own, source)| (own + at.saturating_sub(*source)).min(next))
    }

    /// The place in the source of what stands at `at`.
    pub(super) fn source(&self, at: usize) -> usize {
        let index = self.places.partition_point(|(own, _)| *own <= at).saturating_sub(1);
        let next = self.places.get(index + 1).map_or(usize::MAX, |(_, source)| *source);
        self.places.get(index).map_or(at, |(own, source)| (source + at.saturating_sub(*own)).min(next))
    }

    /// The text with its formulas again.
    pub(super) fn show(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + text.len() / 4);
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once(MARKS.0) {
            out.push_str(before);
            let Some((number, behind)) = behind.split_once(MARKS.1) else {
                rest = behind;
                continue;
            };
            let formula = number.parse().ok().and_then(|index: usize| self.formulas.get(index));
            let formula = formula.map_or("", String::as_str);
            rest = behind;
            // One between blocks stands in no paragraph, in HTML neither.
            if formula.starts_with("$$") && out.ends_with("<p>") && behind.starts_with("</p>") {
                out.truncate(out.len() - "<p>".len());
                rest = behind.get("</p>".len()..).unwrap_or_default();
            }
            out.push_str(formula);
        }
        out.push_str(rest);
        out
    }
}
