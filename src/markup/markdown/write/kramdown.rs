//! Between kramdown and CommonMark: a text keeps its bytes where both read it alike, and is mended where they do not.

use std::borrow::Cow;

use super::super::{AS_SHOWN, Flavor, kramdown_settings, read};
use super::setup::Setup;
use super::write;
use crate::ast::Block;
use crate::diag::{Diagnostic, Report, Sink, Span, codes};
use crate::format::{Extensions, WriteOptions};
use crate::markup::html;
use crate::markup::kramdown::{HeadingIds, Other, Target, carry, fill_cells, read_as_written};
use crate::post::SourceText;

/// The part `range` of a text in the other flavour, which means `meant`, for this one.
pub(super) fn carried<'t>(
    source: &'t SourceText,
    range: Span,
    meant: &[Block],
    options: &WriteOptions,
    flavor: Flavor,
    sink: &mut dyn Sink,
) -> Cow<'t, str> {
    let mut meant = Cow::Borrowed(meant);
    let mut options = options.clone();
    if source.extensions.has(AS_SHOWN) {
        fill_cells(&mut meant);
        options.extensions.switch_on("exact");
    }
    let ids = match flavor {
        Flavor::CommonMark if options.extensions.has("heading_attributes") => HeadingIds::ForHugo,
        Flavor::Kramdown if source.extensions.has("heading_attributes") => HeadingIds::ForKramdown,
        _ => HeadingIds::Kept,
    };
    mended(&source.text, range, &meant, &Way { options: &options, flavor, ids }, sink)
}

/// A text that was written as CommonMark, with kramdown in mind: it is mended where kramdown reads it otherwise.
pub(super) fn proved(text: String, options: &WriteOptions, sink: &mut dyn Sink) -> String {
    let range = Span::new(0, text.len());
    let meant = read::parse(&text, range, &options.extensions, &mut ());
    let way = Way { options, flavor: Flavor::Kramdown, ids: HeadingIds::Kept };
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
}

fn mended<'t>(text: &'t str, range: Span, meant: &[Block], way: &Way<'_>, sink: &mut dyn Sink) -> Cow<'t, str> {
    let Way { options, flavor, ids } = *way;
    let extensions = &options.extensions;
    let setup = Setup::new(extensions, flavor);
    let mut reports: Vec<Diagnostic> = Vec::new();
    let mut first = 0;
    let mut print = |blocks: &[Block], round: usize| {
        if round == 0 {
            first = reports.len();
            return Some(write(blocks, &setup, options, 0, &mut reports));
        }
        reports.truncate(first);
        (round == 1 && flavor == Flavor::Kramdown).then(|| html::printed(blocks))
    };
    let read = |text: &str, span: Span| reading(text, span, flavor, extensions);
    let mut other = Other {
        ids,
        reads_math: flavor == Flavor::Kramdown || extensions.has("math"),
        is_exact: setup.is_exact(),
        edits: if flavor == Flavor::Kramdown { Target::Kramdown } else { Target::CommonMark },
        read: &read,
        print: &mut print,
    };
    let carried = carry(text, range, meant, &mut other);
    for place in carried.different {
        let message = match flavor {
            Flavor::CommonMark => "this part is read otherwise by the target than by kramdown",
            Flavor::Kramdown => "this part is read otherwise by kramdown",
        };
        reports.push(Diagnostic::new(&codes::UNPROVED, message).at(place));
    }
    reports.into_iter().for_each(|diagnostic| sink.report(diagnostic));
    carried.text
}

/// How a flavour reads a part of a text.
fn reading(text: &str, span: Span, flavor: Flavor, extensions: &Extensions) -> Vec<Block> {
    match flavor {
        Flavor::CommonMark => read::parse(text, span, extensions, &mut ()).blocks,
        Flavor::Kramdown => read_as_written(text, span, &kramdown_settings(extensions), &mut ()).blocks,
    }
}
