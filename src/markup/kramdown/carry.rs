//! Carries a body from kramdown to another Markdown: what both read alike keeps its bytes, the rest is written anew.
//!
//! Both readings are cut where blocks of both end together. A part that says the same in both stays as it is; any other
//! is printed from kramdown's reading. Then the result is read once more: a part that does not say what it should, for
//! its neighbours changed what it means, is printed as well, and what differs even then is told.
//!
//! Quotes and dashes are compared as they are written: both generators curl them when they show a page.

use std::ops::Range;

use super::ids::{GfmIds, HugoIds};
use super::settings::{Settings, Symbols, Typography};
use super::{edits, formulas, read, shown};
use crate::ast::{Block, BlockKind, Document, Equality};
use crate::diag::Span;

/// How often the result is read again.
const ROUNDS: usize = 4;

/// A body that was carried.
#[derive(Debug)]
pub(crate) struct Carried {
    /// Its text.
    pub(crate) text: String,
    /// Places of the source whose meaning is another in the text.
    pub(crate) different: Vec<Span>,
}

/// The other Markdown: how it is read, and how it is printed.
pub(crate) struct Other<'f> {
    /// Whether ids of headings are to be written where Hugo would give others.
    pub(crate) writes_ids: bool,
    /// Reads a part of a text.
    pub(crate) read: &'f dyn Fn(&str, Span) -> Document,
    /// Prints blocks.
    pub(crate) print: &'f mut dyn FnMut(&[Block]) -> String,
}

/// Carries the part `range` of `text`. Formulas become what Hugo passes through, unless the other reads them itself.
pub(crate) fn carry(text: &str, range: Span, settings: &Settings, reads_math: bool, other: &mut Other<'_>) -> Carried {
    let settings = as_written(settings);
    let mut meant = shown::with_filled_cells(read(text, range, &settings, &mut ()));
    if other.writes_ids {
        shown::write_ids(&mut meant.blocks, &mut GfmIds::default(), &mut HugoIds::default());
    }
    let hidden = if reads_math { None } else { formulas::hide(text, range, &meant) };
    let Some(hidden) = hidden else { return carry_parts(text, range, &meant, false, other) };
    let inside = Span::new(0, hidden.text.len());
    let ids = heading_ids(&meant.blocks);
    let mut meant = shown::with_filled_cells(read(&hidden.text, inside, &settings, &mut ()));
    give_ids(&mut meant.blocks, &ids);
    let carried = carry_parts(&hidden.text, inside, &meant, true, other);
    let place =
        |span: Span| Span::new(hidden.source(span.start), hidden.source(span.end).max(hidden.source(span.start)));
    Carried { text: hidden.show(&carried.text), different: carried.different.into_iter().map(place).collect() }
}

/// The ids that stand on the headings between other blocks.
fn heading_ids(blocks: &[Block]) -> Vec<Option<String>> {
    let headings = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    headings.map(|block| block.attr("id").map(str::to_owned)).collect()
}

/// Puts ids on the headings again.
fn give_ids(blocks: &mut [Block], ids: &[Option<String>]) {
    let headings = blocks.iter_mut().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    for (block, id) in headings.zip(ids) {
        if let Some(id) = id {
            block.attrs.get_or_insert_default().set("id", id.as_str());
        }
    }
}

/// Carries a body that means `meant`.
fn carry_parts(text: &str, range: Span, meant: &Document, has_math: bool, other: &mut Other<'_>) -> Carried {
    let found = (other.read)(text, range);
    let opens_math = |span: Span| has_math && span.slice(text).is_some_and(|text| text.contains("\\("));
    // As a rule all of it stays: then one comparison does.
    if !opens_math(range)
        && !edits::is_bare(&meant.blocks, &found.blocks)
        && meant.same_meaning_as(&found, Equality::Exact)
    {
        return Carried { text: range.slice(text).unwrap_or_default().to_owned(), different: Vec::new() };
    }
    let mut parts = parts(range, &meant.blocks, &found.blocks);
    // Where formulas are passed through, an escaped parenthesis opens one.
    for part in parts.iter_mut().filter(|part| opens_math(part.span)) {
        part.is_kept = false;
    }
    for round in 1..=ROUNDS {
        let out = assemble(text, range, &meant.blocks, &mut parts, other);
        let again = (other.read)(&out, Span::new(0, out.len()));
        let places = differing(&out, &meant.blocks, &again.blocks, &parts);
        let to_mend: Vec<usize> = places.iter().copied().filter(|index| parts[*index].is_kept).collect();
        if to_mend.is_empty() || round == ROUNDS {
            let different = places.iter().map(|index| parts[*index].span).collect();
            return Carried { text: out, different };
        }
        for index in to_mend {
            parts[index].is_kept = false;
        }
    }
    Carried { text: range.slice(text).unwrap_or_default().to_owned(), different: vec![range] }
}

/// The same settings with quotes and symbols as they are written; the space that kramdown keeps from breaking stays so.
fn as_written(settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    let symbols = Symbols {
        mdash: "---".to_owned(),
        ndash: "--".to_owned(),
        hellip: "...".to_owned(),
        laquo: "<<".to_owned(),
        raquo: ">>".to_owned(),
        laquo_space: "<<\u{a0}".to_owned(),
        raquo_space: "\u{a0}>>".to_owned(),
    };
    settings.typography = Typography { quotes: ["'", "'", "\"", "\""].map(str::to_owned), symbols: Some(symbols) };
    settings
}

/// A part of the body that neither reading cuts through.
#[derive(Debug)]
struct Part {
    span: Span,
    /// kramdown's blocks in it.
    meant: Range<usize>,
    /// Whether its bytes stay.
    is_kept: bool,
    /// What was printed for it.
    printed: Option<String>,
    /// Where it stands in the result.
    place: Span,
}

/// Cuts both readings where blocks of both end together.
fn parts(range: Span, meant: &[Block], found: &[Block]) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < meant.len() || j < found.len() {
        let (from_i, from_j) = (i, j);
        let starts = [meant.get(i), found.get(j)];
        let Some(start) = starts.iter().flatten().map(|block| block.span.start).min() else { break };
        let mut end = start;
        loop {
            let before = (i, j);
            while let Some(block) = meant.get(i).filter(|block| block.span.start < end || block.span.start == start) {
                end = end.max(block.span.end);
                i += 1;
            }
            while let Some(block) = found.get(j).filter(|block| block.span.start < end || block.span.start == start) {
                end = end.max(block.span.end);
                j += 1;
            }
            if before == (i, j) {
                break;
            }
        }
        let same = same(meant.get(from_i..i), found.get(from_j..j));
        let span = Span::new(start.max(range.start), end.min(range.end));
        parts.push(Part { span, meant: from_i..i, is_kept: same, printed: None, place: Span::default() });
    }
    parts
}

fn same(meant: Option<&[Block]>, found: Option<&[Block]>) -> bool {
    let (meant, found) = (meant.unwrap_or_default(), found.unwrap_or_default());
    let document = |blocks: &[Block]| Document::new(blocks.to_vec());
    !edits::is_bare(meant, found) && document(meant).same_meaning_as(&document(found), Equality::Exact)
}

/// Puts the result together: parts as they were written or printed, and between them what stood there.
fn assemble(text: &str, range: Span, meant: &[Block], parts: &mut [Part], other: &mut Other<'_>) -> String {
    let mut out = String::with_capacity(range.len() + range.len() / 8);
    let mut from = range.start;
    let mut after_printed = false;
    for part in parts {
        let gap = Span::new(from.min(part.span.start), part.span.start).slice(text).unwrap_or_default();
        let needs_gap = after_printed || !part.is_kept;
        push_gap(&mut out, gap, needs_gap);
        from = part.span.end.max(from);
        let start = out.len();
        if part.is_kept {
            out.push_str(part.span.slice(text).unwrap_or_default());
            after_printed = false;
        } else {
            let blocks = meant.get(part.meant.clone()).unwrap_or_default();
            let printed = part.printed.get_or_insert_with(|| written(text, part.span, blocks, other));
            out.push_str(printed.trim_end_matches('\n'));
            after_printed = !printed.trim().is_empty();
            if after_printed && part.span.slice(text).is_some_and(|part| part.ends_with('\n')) {
                out.push('\n');
            }
        }
        part.place = Span::new(start, out.len());
    }
    let rest = Span::new(from.min(range.end), range.end).slice(text).unwrap_or_default();
    push_gap(&mut out, rest, after_printed && !rest.trim().is_empty());
    out
}

/// A part that does not stay: after the smallest edit that will do, else printed anew.
fn written(text: &str, span: Span, blocks: &[Block], other: &mut Other<'_>) -> String {
    let reads_so = |candidate: &String| {
        let found = (other.read)(candidate, Span::new(0, candidate.len()));
        same(Some(blocks), Some(&found.blocks))
    };
    match edits::candidates(text, span, blocks).into_iter().find(reads_so) {
        Some(edited) => edited,
        None => (other.print)(blocks),
    }
}

/// Adds what stands between two parts; an empty line where something that was printed begins or ends.
fn push_gap(out: &mut String, gap: &str, needs_line: bool) {
    if !needs_line || out.trim_end_matches(' ').is_empty() {
        out.push_str(gap);
        return;
    }
    // White space at the start of the line belongs to what stood there before.
    let gap = match gap.rfind('\n') {
        Some(at) => gap.get(..=at).unwrap_or_default(),
        None => "",
    };
    out.push_str(gap);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    if !out.ends_with("\n\n") && !out.ends_with("\r\n\r\n") && !out.ends_with("\n\r\n") {
        out.push('\n');
    }
}

/// The parts that do not say in the result what they should.
fn differing(out: &str, meant: &[Block], again: &[Block], parts: &[Part]) -> Vec<usize> {
    let mut different = Vec::new();
    let mut at = 0;
    for (index, part) in parts.iter().enumerate() {
        let first = at;
        let limit = parts.get(index + 1).map_or(out.len(), |next| next.place.start);
        while again.get(at).is_some_and(|block| block.span.start < limit) {
            at += 1;
        }
        if !same(meant.get(part.meant.clone()), again.get(first..at)) {
            different.push(index);
        }
    }
    different
}
