//! Between kramdown and CommonMark: a text keeps its bytes where both read it alike, and is mended where they do not.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::{AS_SHOWN, Flavor, HUGO_0_111, attributes, goldmark, read};
use super::setup::Setup;
use super::{old_hugo, write};
use crate::ast::{Block, BlockKind, Inline, InlineKind, NodeRef, Readings, Step, Walk};
use crate::diag::{Diagnostic, Report, Sink, Span, codes};
use crate::format::{Limits, WriteOptions};
use crate::markup::html;
use crate::markup::kramdown::{
    Agreed, HeadingIds, Other, Printed, Settings, Target, Told, as_written, carry, empty_cell, fill_cells,
    heading_without_id,
};
use crate::post::SourceText;

/// The part `range` of a text in the other flavour, which means `meant`, for this one.
pub(super) fn carried<'t>(
    source: &'t SourceText,
    range: Span,
    (meant, readings): (&[Block], Option<&Readings>),
    options: &WriteOptions,
    flavor: Flavor,
    sink: &mut dyn Sink,
) -> Cow<'t, str> {
    let is_read_alike = source.extensions.only(read::EXTENSIONS) == options.extensions.only(read::EXTENSIONS);
    let is_filled = source.extensions.has(AS_SHOWN) && empty_cell(meant).is_some();
    let readings = readings.filter(|_| flavor == Flavor::CommonMark && is_read_alike && !is_filled);
    let mut meant = Cow::Borrowed(meant);
    let mut options = options.clone();
    if source.extensions.has(AS_SHOWN) {
        fill_cells(&mut meant);
        options.extensions.switch_on("exact");
    }
    let ids = match flavor {
        Flavor::CommonMark if options.extensions.has(HUGO_0_111) => HeadingIds::ForOldHugo,
        Flavor::CommonMark if options.extensions.has("heading_attributes") => HeadingIds::ForHugo,
        Flavor::Kramdown if source.extensions.has("heading_attributes") => HeadingIds::ForKramdown,
        _ => HeadingIds::Kept,
    };
    if ids == HeadingIds::ForKramdown {
        for place in goldmark::differences(&source.text, range, &meant, &source.extensions) {
            let message = "Hugo reads this otherwise than CommonMark does: look at it";
            sink.report(Diagnostic::new(&codes::SHOWN_OTHERWISE, message).at(place));
        }
    }
    if ids != HeadingIds::Kept {
        report_otherwise(&meant, range.slice(&source.text).unwrap_or_default(), sink);
    }
    mended(&source.text, range, &meant, &Way { options: &options, flavor, ids, readings }, sink)
}

/// Says what Hugo and Jekyll show in ways of their own, whatever is written for `source`.
fn report_otherwise(meant: &[Block], source: &str, sink: &mut dyn Sink) {
    let has = |part: &str| memchr::memmem::find(source.as_bytes(), part.as_bytes()).is_some();
    let mut report =
        |message: &str, place| sink.report(Diagnostic::new(&codes::SHOWN_OTHERWISE, message.to_owned()).at(place));
    if (has("|") || has("<t"))
        && let Some(block) = empty_cell(meant)
    {
        report("kramdown fills the empty cells of tables with a space, Hugo leaves them empty", block.span);
    }
    if let Some(block) = heading_without_id(meant) {
        report("Jekyll gives a heading without letters no id, Hugo gives it one", block.span);
    }
    let is_box = |at| source.as_bytes().get(at + 2) == Some(&b']');
    if memchr::memchr_iter(b'[', source.as_bytes()).any(is_box)
        && let Some(place) = inline_place(meant, |kind| matches!(kind, InlineKind::TaskMarker(_)))
    {
        report("Hugo shows a space behind the box of a task, Jekyll none", place);
    }
    if (has("```") || has("~~~"))
        && let Some(place) = code_with_empty_end(meant)
    {
        report("Hugo leaves out empty lines at the end of code, Jekyll shows them", place);
    }
    if has("<pre")
        && let Some(place) = open_pre(meant)
    {
        report("a `<pre>` that never ends: it goes on, and how it ends is another matter in each", place);
    }
    if !has("[^") {
        return;
    }
    if let Some(place) = unreached_note(meant) {
        report("Hugo shows a footnote that only footnotes refer to, Jekyll does not", place);
    }
    let mut numbers: BTreeSet<&str> = BTreeSet::new();
    for step in Walk::new(meant) {
        let Step::Enter(NodeRef::Inline(inline)) = step else { continue };
        let InlineKind::FootnoteReference(label) = &inline.kind else { continue };
        if numbers.insert(label) && numbers.len().to_string() != *label {
            let (own, hugos) = (label, numbers.len());
            let message = format!("footnote `{own}` is at `#fn:{hugos}` in Hugo, at `#fn:{own}` in Jekyll");
            return report(&message, inline.span);
        }
    }
}

/// Where the first block of HTML stands whose `<pre>` does not end in it.
fn open_pre(blocks: &[Block]) -> Option<Span> {
    Walk::new(blocks).find_map(|step| match step {
        Step::Enter(NodeRef::Block(Block { kind: BlockKind::Raw(raw), span, .. })) => {
            let is_open = raw.text.rfind("<pre").is_some_and(|at| !raw.text[at..].contains("</pre"));
            is_open.then_some(*span)
        }
        _ => None,
    })
}

/// Where the first reference stands to a footnote that nothing outside of footnotes leads to.
fn unreached_note(blocks: &[Block]) -> Option<Span> {
    let mut inside: Vec<&str> = Vec::new();
    let mut references: Vec<(&str, Span)> = Vec::new();
    // What the text refers to, and what each footnote does.
    let mut leads: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
    for step in Walk::new(blocks) {
        match step {
            Step::Enter(NodeRef::Block(Block { kind: BlockKind::FootnoteDefinition(note), .. })) => {
                inside.push(note.label.as_str());
            }
            Step::Leave(NodeRef::Block(Block { kind: BlockKind::FootnoteDefinition(_), .. })) => {
                inside.pop();
            }
            Step::Enter(NodeRef::Inline(Inline { kind: InlineKind::FootnoteReference(label), span, .. })) => {
                references.push((label, *span));
                leads.entry(inside.last().copied()).or_default().push(label);
            }
            _ => {}
        }
    }
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut waiting: Vec<&str> = leads.remove(&None).unwrap_or_default();
    while let Some(label) = waiting.pop() {
        if reached.insert(label) {
            waiting.extend(leads.remove(&Some(label)).unwrap_or_default());
        }
    }
    references.iter().find(|(label, _)| !reached.contains(label)).map(|(_, span)| *span)
}

/// Where the first block of code stands that ends in an empty line.
fn code_with_empty_end(blocks: &[Block]) -> Option<Span> {
    Walk::new(blocks).find_map(|step| match step {
        Step::Enter(NodeRef::Block(block)) => match &block.kind {
            BlockKind::CodeBlock(code) if code.text == "\n" || code.text.ends_with("\n\n") => Some(block.span),
            _ => None,
        },
        _ => None,
    })
}

/// Where the first inline of a kind stands.
fn inline_place(blocks: &[Block], is_it: impl Fn(&InlineKind) -> bool) -> Option<Span> {
    Walk::new(blocks).find_map(|step| match step {
        Step::Enter(NodeRef::Inline(inline)) if is_it(&inline.kind) => Some(inline.span),
        _ => None,
    })
}

/// `markdown="1"` is no attribute to kramdown, but what makes it read Markdown in an element.
fn without_markdown_attribute(blocks: &mut Cow<'_, [Block]>) {
    const ATTRIBUTE: &str = " markdown=\"1\"";
    let has = |block: &Block| matches!(&block.kind, BlockKind::Raw(raw) if raw.text.contains(ATTRIBUTE));
    if blocks.iter().any(has) {
        for block in blocks.to_mut() {
            if let BlockKind::Raw(raw) = &mut block.kind {
                raw.text = raw.text.replace(ATTRIBUTE, "");
            }
        }
    }
}

/// A text that was written as CommonMark, with kramdown in mind: it is mended where kramdown reads it otherwise.
pub(super) fn proved(text: String, options: &WriteOptions, sink: &mut dyn Sink) -> String {
    let range = Span::new(0, text.len());
    let meant = read::parse(&text, range, &options.extensions, &Limits::default(), &mut ());
    let way = Way { options, flavor: Flavor::Kramdown, ids: HeadingIds::Kept, readings: None };
    // Places of this text are none of the post's.
    let mut report = Report::new();
    let mended = match mended(&text, range, &meant.blocks, &way, &mut report) {
        Cow::Borrowed(_) => None,
        Cow::Owned(mended) => Some(mended),
    };
    for diagnostic in report.diagnostics() {
        sink.report(Diagnostic { span: None, ..diagnostic.clone() });
    }
    mended.unwrap_or(text)
}

/// Which way a text goes.
struct Way<'a> {
    options: &'a WriteOptions,
    flavor: Flavor,
    ids: HeadingIds,
    /// Both readings of the text, where it was read as CommonMark too.
    readings: Option<&'a Readings>,
}

fn mended<'t>(text: &'t str, range: Span, meant: &[Block], way: &Way<'_>, sink: &mut dyn Sink) -> Cow<'t, str> {
    let Way { options, flavor, ids, readings } = *way;
    let extensions = &options.extensions;
    let setup = Setup::new(extensions, flavor);
    let mut reports: Vec<Diagnostic> = Vec::new();
    let mut first = 0;
    let mut print = |blocks: &[Block], round: usize| {
        if round == 0 {
            first = reports.len();
            let text = write(blocks, &setup, options, 0, &mut reports);
            return Some(Printed { text, is_folded: reports.len() > first });
        }
        reports.truncate(first);
        (round == 1).then(|| Printed { text: html::printed(blocks), is_folded: false })
    };
    let is_hugo = matches!(ids, HeadingIds::ForHugo | HeadingIds::ForOldHugo);
    let settings = Settings::of(extensions, &Limits::default());
    let read = |text: &str, span: Span, sink: &mut dyn Sink| match flavor {
        Flavor::CommonMark if is_hugo => goldmark::read(text, span, extensions),
        Flavor::CommonMark => read::parse(text, span, extensions, &Limits::default(), sink).blocks,
        Flavor::Kramdown => as_written(text, span, &settings, sink).blocks,
    };
    let mut meant = Cow::Borrowed(meant);
    if flavor == Flavor::Kramdown {
        without_markdown_attribute(&mut meant);
    }
    if ids == HeadingIds::ForOldHugo {
        for (place, what) in old_hugo::suit(&mut meant, text) {
            sink.report(Diagnostic::new(&codes::SHOWN_OTHERWISE, what).at(place));
        }
    }
    let mark = range.slice(text).filter(|_| is_hugo).and_then(|text| text.find(goldmark::MORE));
    let has_mark = mark.is_some();
    if let Some(at) = mark {
        if let Some((place, what)) = goldmark::divide(meant.to_mut(), range.start + at) {
            let message = format!("Hugo {what} `<!--more-->`, Jekyll shows it whole");
            sink.report(Diagnostic::new(&codes::SHOWN_OTHERWISE, message).at(place));
        }
        goldmark::take_marks(meant.to_mut());
    }
    let is_amended = |block: &Block| is_hugo && goldmark::is_amended(block, text, extensions);
    let amend = |blocks: &mut Vec<Block>| {
        if is_hugo {
            goldmark::amend_for(blocks, text, extensions);
        }
    };
    // The mark divides the text before it is read.
    let agreed = readings.filter(|_| !has_mark);
    let agreed = agreed.map(|readings| Agreed { readings, is_amended: &is_amended, amend: &amend });
    let mut told: Vec<(Told, Span)> = Vec::new();
    let mut other = Other {
        ids,
        reads_math: flavor == Flavor::Kramdown || ids == HeadingIds::ForOldHugo || extensions.has("math"),
        edits: if flavor == Flavor::Kramdown { Target::Kramdown } else { Target::CommonMark },
        read: &read,
        agreed,
        is_exact: options.extensions.has("exact"),
        attributes: if is_hugo && extensions.has(attributes::NAME) { attributes::written } else { |_| None },
        tell: &mut |what, place| told.push((what, place)),
        print: &mut print,
        mark: has_mark.then_some(goldmark::MORE),
    };
    let carried = carry(text, range, &meant, &mut other);
    for place in carried.different {
        let message = match flavor {
            Flavor::CommonMark => "this part is read otherwise by the target than by kramdown",
            Flavor::Kramdown => "this part is read otherwise by kramdown",
        };
        reports.push(Diagnostic::new(&codes::UNPROVED, message).at(place));
    }
    for (what, place) in told {
        let message = match what {
            Told::Folded => "the target has a paragraph, or none, where there was the other: the text is the same",
            Told::MarkMoved => "`<!--more-->` stands behind this now: the summary is longer",
        };
        sink.report(Diagnostic::new(&codes::SHOWN_OTHERWISE, message).at(place));
    }
    reports.into_iter().for_each(|diagnostic| sink.report(diagnostic));
    carried.text
}
