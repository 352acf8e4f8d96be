//! Carries a body between kramdown and another Markdown: what both read alike keeps its bytes, the rest is mended.
//!
//! What the body means is cut where blocks of it and of the target's reading end together. A part that says the same in
//! both stays as it is; any other gets the smallest edit that will do, or is printed. Then the result is read once more:
//! a part that does not say what it should, for its neighbours changed what it means, is printed as well, and what
//! differs even then is told.
//!
//! Quotes and dashes are compared as they are written: both generators curl them when they show a page.

use std::borrow::Cow;

use super::agreed::Agreed;
use super::gap::push_gap;
use super::ids::{GfmIds, HugoIds, OldHugoIds};
use super::parts::{Fate, Part, Read, cut, loses_notes, same};
use super::{edits, formulas, shown};
use crate::ast::visit;
use crate::ast::{Attrs, Block, BlockKind, Equality};
use crate::diag::Span;

/// How often the result is read again.
const ROUNDS: usize = 4;

/// A body that was carried.
#[derive(Debug)]
pub(crate) struct Carried<'t> {
    /// Its text: the source's own if all of it stays.
    pub(crate) text: Cow<'t, str>,
    /// Places of the source whose meaning is another in the text.
    pub(crate) different: Vec<Span>,
}

/// Which ids of headings are written down, for the target would give others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeadingIds {
    /// None.
    Kept,
    /// Those that kramdown gives, for Hugo.
    ForHugo,
    /// The same, for Hugo 0.111.
    ForOldHugo,
    /// Those that Hugo gives, for kramdown.
    ForKramdown,
}

/// The other Markdown: how it is read, and how it is printed.
pub(crate) struct Other<'f> {
    /// Which ids of headings are to be written.
    pub(crate) ids: HeadingIds,
    /// Whether formulas stay as they are; else they become what Hugo passes through.
    pub(crate) reads_math: bool,
    /// Edits after which the target reads a part as it is meant.
    pub(crate) edits: edits::Target,
    /// Reads a part of a text, and tells what lies too deep in it.
    pub(crate) read: Read<'f>,
    /// Whether elements must be the same; else it is enough that a reader sees the same.
    pub(crate) is_exact: bool,
    /// The attributes of a block as they stand behind it, if they can.
    pub(crate) attributes: fn(&Attrs) -> Option<String>,
    /// Told what becomes of a part that no reading says.
    pub(crate) tell: &'f mut dyn FnMut(Told, Span),
    /// Prints blocks, the first way, or the second, as long as there are more.
    pub(crate) print: &'f mut dyn FnMut(&[Block], usize) -> Option<Printed>,
    /// What is known of the text in both readings, if it was read before.
    pub(crate) agreed: Option<Agreed<'f>>,
    /// A comment that counts wherever it stands, and may be moved: it is in neither reading.
    pub(crate) mark: Option<&'static str>,
}

/// What is told of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// Its bytes stay though its elements are others: a reader sees the same.
    Folded,
    /// The mark in it stands behind it now.
    MarkMoved,
}

/// Blocks as they were printed.
#[derive(Debug)]
pub(crate) struct Printed {
    pub(crate) text: String,
    /// Whether a reader sees the same in other elements, and has been told so.
    pub(crate) is_folded: bool,
}

/// Carries the part `range` of `text`, which means `meant`.
pub(crate) fn carry<'t>(text: &'t str, range: Span, meant: &[Block], other: &mut Other<'_>) -> Carried<'t> {
    let mut meant = Cow::Borrowed(meant);
    let (missing, ids) = match other.ids {
        HeadingIds::Kept => (Vec::new(), Vec::new()),
        HeadingIds::ForHugo => shown::write_ids(&mut meant, text, &mut GfmIds::default(), &mut HugoIds::default()),
        HeadingIds::ForOldHugo => {
            shown::write_ids(&mut meant, text, &mut GfmIds::default(), &mut OldHugoIds::default())
        }
        HeadingIds::ForKramdown => shown::write_ids(&mut meant, text, &mut HugoIds::default(), &mut GfmIds::default()),
    };
    let hidden = if other.reads_math { None } else { formulas::hide(text, range, &meant) };
    let Some((hidden, mut meant)) = hidden else {
        let cuts = other.agreed.as_ref().map(|agreed| agreed.parts(range, &meant, &missing));
        let mut carried = carry_parts(text, range, &meant, cuts, ids, other);
        if !other.reads_math && range.slice(text).is_some_and(|body| body.contains("$$")) {
            carried.different.extend(formulas::lost(&meant));
        }
        return carried;
    };
    let lost = formulas::lost(&meant);
    let ids = ids.into_iter().map(|(span, id)| (hidden.own_span(span), id)).collect();
    visit::each_block(&mut meant, &mut |block| block.span = hidden.own_span(block.span));
    let carried = carry_parts(&hidden.text, Span::new(0, hidden.text.len()), &meant, None, ids, other);
    let place =
        |span: Span| Span::new(hidden.source(span.start), hidden.source(span.end).max(hidden.source(span.start)));
    let shown = hidden.show(&carried.text);
    let own = range.slice(text).unwrap_or_default();
    Carried {
        text: if shown == own { Cow::Borrowed(own) } else { Cow::Owned(shown) },
        different: carried.different.into_iter().map(place).chain(lost).collect(),
    }
}

/// What parts stand in.
struct Context {
    /// The definitions that they may refer to.
    definitions: String,
    /// The id of each heading, by where it stands.
    ids: Vec<(Span, String)>,
    /// Whether there are formulas: where they are passed through, an escaped parenthesis opens one.
    has_math: bool,
}

impl Context {
    /// Whether what stands in the source opens a formula that is none.
    fn opens_math(&self, source: &str) -> bool {
        self.has_math && formulas::has_escaped_parenthesis(source)
    }

    /// The blocks with the ids of all headings on them.
    fn give_ids<'b>(&self, blocks: &'b [Block]) -> Cow<'b, [Block]> {
        let mut blocks = Cow::Borrowed(blocks);
        if !self.ids.is_empty() {
            shown::put_ids(&mut blocks, &self.ids);
        }
        blocks
    }
}

/// A part on its way.
#[derive(Debug)]
struct Carrying {
    part: Part,
    fate: Fate,
    /// What was printed for it.
    printed: Option<Printed>,
    /// Where it stands in the result.
    place: Span,
}

/// Carries a body that means `meant`.
fn carry_parts<'t>(
    text: &'t str,
    range: Span,
    meant: &[Block],
    cuts: Option<Vec<(Part, Fate)>>,
    ids: Vec<(Span, String)>,
    other: &mut Other<'_>,
) -> Carried<'t> {
    let own = range.slice(text).unwrap_or_default();
    // As a rule all of it stays.
    let Some(cuts) = cuts.or_else(|| cut(text, range, meant, other.read)) else {
        return Carried { text: Cow::Borrowed(own), different: Vec::new() };
    };
    if cuts.iter().all(|(_, fate)| *fate != Fate::Mended) {
        let left = cuts.iter().filter(|(_, fate)| *fate == Fate::Left).map(|(part, _)| part.span);
        return Carried { text: Cow::Borrowed(own), different: left.collect() };
    }
    let carrying = |(part, fate)| Carrying { part, fate, printed: None, place: Span::default() };
    let mut carrying: Vec<Carrying> = cuts.into_iter().map(carrying).collect();
    let has_math = formulas::has_words(own);
    let context = Context { definitions: edits::definitions(text, range), ids, has_math };
    for round in 1..=ROUNDS {
        let out = assemble(text, range, meant, &mut carrying, &context, other);
        let again = (other.read)(&out, Span::new(0, out.len()), &mut ());
        let places = differing(&out, meant, &again, &carrying);
        let to_mend: Vec<usize> = places.iter().copied().filter(|index| carrying[*index].fate == Fate::Kept).collect();
        if to_mend.is_empty() || round == ROUNDS {
            let different = places.iter().map(|index| carrying[*index].part.span).collect();
            return Carried { text: Cow::Owned(out), different };
        }
        for index in to_mend {
            carrying[index].fate = Fate::Mended;
        }
    }
    Carried { text: Cow::Borrowed(own), different: vec![range] }
}

/// Puts the result together: parts as they were written or printed, and between them what stood there.
fn assemble(
    text: &str,
    range: Span,
    meant: &[Block],
    carrying: &mut [Carrying],
    context: &Context,
    other: &mut Other<'_>,
) -> String {
    let mut out = String::with_capacity(range.len() + range.len() / 8);
    let mut from = range.start;
    let mut after_printed = false;
    for carried in carrying {
        let span = carried.part.span;
        let gap = Span::new(from.min(span.start), span.start).slice(text).unwrap_or_default();
        let needs_gap = after_printed || carried.fate == Fate::Mended;
        push_gap(&mut out, gap, needs_gap);
        from = span.end.max(from);
        let start = out.len();
        if carried.fate != Fate::Mended {
            out.push_str(span.slice(text).unwrap_or_default());
            after_printed = false;
        } else {
            let blocks = meant.get(carried.part.left.clone()).unwrap_or_default();
            let printed = carried.printed.get_or_insert_with(|| written(text, span, blocks, context, other));
            out.push_str(printed.text.trim_end_matches('\n'));
            after_printed = !printed.text.trim().is_empty();
            if after_printed && span.slice(text).is_some_and(|part| part.ends_with('\n')) {
                out.push('\n');
            }
        }
        carried.place = Span::new(start, out.len());
    }
    let rest = Span::new(from.min(range.end), range.end).slice(text).unwrap_or_default();
    push_gap(&mut out, rest, after_printed && !rest.trim().is_empty());
    out
}

/// A part that does not stay. The mark that was in it stands behind it, if it is lost.
fn written(text: &str, span: Span, blocks: &[Block], context: &Context, other: &mut Other<'_>) -> Printed {
    let mut printed = mended(text, span, blocks, context, other);
    if let Some(mark) = other.mark
        && span.slice(text).is_some_and(|source| source.contains(mark))
        && !printed.text.contains(mark.trim_matches(['<', '>']))
    {
        (other.tell)(Told::MarkMoved, span);
        let gap = if printed.text.is_empty() { "" } else { "\n\n" };
        printed.text = format!("{}{gap}{mark}\n", printed.text.trim_end());
    }
    printed
}

/// A part after the smallest edit that will do, else block by block, else printed anew.
fn mended(text: &str, span: Span, blocks: &[Block], context: &Context, other: &mut Other<'_>) -> Printed {
    let read = other.read;
    let reads_so = |candidate: &str, is_exact: bool| says(blocks, &read_in_context(candidate, context, read), is_exact);
    let as_it_is = |text: String| Printed { text, is_folded: false };
    let mut edited = edits::candidates(text, span, blocks, other.edits).into_iter();
    if let Some(edited) = edited.find(|candidate| !context.opens_math(candidate) && reads_so(candidate, true)) {
        return as_it_is(edited);
    }
    if let [block] = blocks
        && let Some(with) = with_attributes(text, span, block, context, other)
        && reads_so(&with.text, !with.is_folded)
    {
        return with;
    }
    // A tag that stands alone is better without a comment before it that keeps a paragraph away.
    if !other.is_exact
        && matches!(blocks, [Block { kind: BlockKind::Raw(_), .. }])
        && let Some(source) = span.slice(text)
        && reads_so(source, false)
    {
        (other.tell)(Told::Folded, span);
        return Printed { text: source.to_owned(), is_folded: true };
    }
    if blocks.len() > 1
        && let Some(pieces) = piecewise(text, span, blocks, context, other)
        && reads_so(&pieces.text, !pieces.is_folded)
    {
        return pieces;
    }
    let Some(mut first) = (other.print)(blocks, 0) else { return as_it_is(String::new()) };
    // A heading of HTML gets no id by itself, and an old Hugo makes ids of how a heading is written.
    let with_ids = context.give_ids(blocks);
    if (first.text.contains("<h") || other.ids == HeadingIds::ForOldHugo)
        && let Cow::Owned(blocks) = &with_ids
        && let Some(again) = (other.print)(blocks, 0)
    {
        first = again;
    }
    if reads_so(&first.text, !first.is_folded) {
        return first;
    }
    let more = (1..).map_while(|way| (other.print)(&with_ids, way));
    let found = { more }.find(|printed| reads_so(&printed.text, !printed.is_folded));
    found.unwrap_or(first)
}

/// A block as it stands or is printed without its attributes, and those on the line behind it.
fn with_attributes(text: &str, span: Span, block: &Block, context: &Context, other: &mut Other<'_>) -> Option<Printed> {
    let line = (other.attributes)(block.attrs.as_deref()?)?;
    let mut plain = block.clone();
    plain.attrs = None;
    let plain = std::slice::from_ref(&plain);
    let source = edits::without_attributes(span.slice(text)?);
    let mut printed = if says(plain, &read_in_context(&source, context, other.read), true) {
        Printed { text: source, is_folded: false }
    } else {
        (other.print)(plain, 0)?
    };
    printed.text = format!("{}\n{line}\n", printed.text.trim_end());
    Some(printed)
}

/// The blocks of a part one by one, each as it stands or mended, empty lines between them; `None` if they cannot be told
/// apart in the text.
fn piecewise(text: &str, span: Span, blocks: &[Block], context: &Context, other: &mut Other<'_>) -> Option<Printed> {
    let mut out = Printed { text: String::with_capacity(span.len() + 8), is_folded: false };
    let mut from = span.start;
    for block in blocks {
        let source = block.span.slice(text)?;
        let between = Span::new(from.min(block.span.start), block.span.start).slice(text)?;
        if block.span.start < from || source.trim().is_empty() || !between.trim().is_empty() {
            return None;
        }
        from = block.span.end;
        let alone = std::slice::from_ref(block);
        if !out.text.is_empty() {
            out.text.truncate(out.text.trim_end().len());
            out.text.push_str("\n\n");
        }
        if !context.opens_math(source) && says(alone, &read_in_context(source, context, other.read), true) {
            out.text.push_str(source);
        } else {
            let piece = mended(text, block.span, alone, context, other);
            out.text.push_str(&piece.text);
            out.is_folded |= piece.is_folded;
        }
    }
    let rest = Span::new(from.min(span.end), span.end).slice(text)?;
    rest.trim().is_empty().then_some(out)
}

/// Reads a part of a body with the definitions that it may refer to.
fn read_in_context(candidate: &str, context: &Context, read: Read<'_>) -> Vec<Block> {
    let definitions = context.definitions.as_str();
    if definitions.is_empty() || !candidate.contains('[') {
        return read(candidate, Span::new(0, candidate.len()), &mut ());
    }
    let whole = format!("{}\n\n{definitions}", candidate.trim_end());
    let mut found = read(&whole, Span::new(0, whole.len()), &mut ());
    found.retain(|block| block.span.start < candidate.len());
    found
}

fn says(meant: &[Block], found: &[Block], is_exact: bool) -> bool {
    same(meant, found) || !is_exact && crate::ast::same::blocks(meant, found, Equality::Reader)
}

/// The parts that do not say in the result what they should. What was printed may say it in other elements, unless the
/// elements must be the same: whoever printed it has told so.
fn differing(out: &str, meant: &[Block], again: &[Block], carrying: &[Carrying]) -> Vec<usize> {
    let mut different = Vec::new();
    let mut at = 0;
    for (index, carried) in carrying.iter().enumerate() {
        let first = at;
        let limit = carrying.get(index + 1).map_or(out.len(), |next| next.place.start);
        while again.get(at).is_some_and(|block| block.span.start < limit) {
            at += 1;
        }
        let blocks = meant.get(carried.part.left.clone()).unwrap_or_default();
        let found = again.get(first..at).unwrap_or_default();
        let printed = carried.printed.as_ref().filter(|_| carried.fate == Fate::Mended);
        let is_exact = printed.is_none_or(|printed| !printed.is_folded);
        if !says(blocks, found, is_exact) || printed.is_some_and(|printed| loses_notes(blocks, &printed.text)) {
            different.push(index);
        }
    }
    different
}
