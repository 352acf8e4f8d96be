//! Reading and printing the body of a post: the markup with the template language around it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::ast::{Block, Place, PlacedTag};
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::dialect::tags::entity::with_entities;
use crate::dialect::tags::fill::Filling;
use crate::dialect::tags::lift::{constant, lift};
use crate::dialect::tags::rewrite::rewrite;
use crate::dialect::tags::translate::{Job, Mode, Rewritten};
use crate::dialect::tags::tree::{first_tag, from_tree, in_tree};
use crate::error::Error;
use crate::format::{Limits, Markup, TagLanguage, WriteOptions};
use crate::meta::Meta;
use crate::post::{Body, Parser, SourceText};

/// Reads the part `span` of the text of `source` as a body over which `language` runs. Spans of diagnostics count from
/// the start of the text.
pub(crate) fn read_body(
    markup: &Arc<dyn Markup>,
    mut source: SourceText,
    span: Span,
    language: Option<&dyn TagLanguage>,
    meta: &Meta,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<Body, Error> {
    let mut decided = Vec::new();
    // What a body means that is not what its generator shows is of no moment as long as its text stays.
    let sink = &mut |diagnostic: Diagnostic| {
        if diagnostic.code == &codes::READ_AS_MEANT {
            decided.push(diagnostic);
        } else {
            sink.report(diagnostic);
        }
    };
    let lifted = language.and_then(|language| lift(language, &source.text, span, meta, sink));
    let (document, mut tags) = match lifted {
        None => (markup.parse_within(limits, &source.text, span, &source.extensions, sink)?, Vec::new()),
        Some(lifted) => {
            let (text, range) = (&lifted.text, lifted.range);
            let parsed = markup.parse_within(limits, text, range, &source.extensions, &mut lifted.placed(sink));
            let mut document = parsed.map_err(|error| match error.span() {
                Some(span) => error.at(lifted.in_source(span)),
                None => error,
            })?;
            let tags = lifted.put_back(&mut document);
            (document, tags)
        }
    };
    if let Some(language) = language {
        language.name().clone_into(&mut source.tag_dialect);
        let mut fences = language.fences(&document);
        if !fences.is_empty() {
            for fence in &mut fences {
                fence.inner = inside(fence, &tags);
            }
            tags.append(&mut fences);
            tags.sort_by_key(|tag| tag.span.start);
        }
    }
    source.parser = Some(Parser(markup.clone()));
    Ok(Body::read_from(document, source, span).with_tags(tags).with_decided(decided))
}

/// The tags that stand in a fence, with spans in its code.
fn inside(fence: &PlacedTag, tags: &[PlacedTag]) -> Vec<PlacedTag> {
    let code = fence.tag.details.body.as_deref().unwrap_or_default();
    let first = tags.partition_point(|tag| tag.span.start < fence.span.start);
    let within = tags.iter().skip(first).take_while(|tag| tag.span.end <= fence.span.end);
    let mut at = 0;
    // What is only an escape is text in the code by now.
    let found = within.filter(|tag| constant(tag).is_none()).filter_map(|tag| {
        let start = at + code.get(at..)?.find(&tag.tag.text)?;
        at = start + tag.tag.text.len();
        Some(PlacedTag { span: Span::new(start, at), ..tag.clone() })
    });
    found.collect()
}

/// What a body is printed for.
#[derive(Clone, Copy)]
pub(crate) struct Target<'a> {
    pub(crate) markup: &'a dyn Markup,
    pub(crate) options: &'a WriteOptions,
    /// The dialect whose tags may stand in it; `None` if it has none.
    pub(crate) dialect: Option<TargetDialect<'a>>,
}

/// The dialect that a body is printed for.
#[derive(Clone, Copy)]
pub(crate) struct TargetDialect<'a> {
    pub(crate) name: &'a str,
    /// Its template language, if it has one.
    pub(crate) language: Option<&'a dyn TagLanguage>,
    /// The front matter as it is written.
    pub(crate) meta: &'a Meta,
}

/// The dialect whose tags a body holds, if it holds any.
pub(crate) fn tag_dialect(body: &Body) -> Option<&str> {
    let read = body.tags().iter().find(|tag| tag.place != Place::Fence).map(|tag| &tag.tag);
    read.or_else(|| first_tag(body.document())).map(|tag| &*tag.dialect)
}

/// Prints a body, with diagnostics placed in the file that its text came from.
pub(crate) fn print_body(body: &Body, target: &Target<'_>, sink: &mut dyn Sink) -> Result<String, Error> {
    let source = body.source().map(|(source, _)| source);
    let mut placed = |mut diagnostic: Diagnostic| {
        if let (Some(span), Some(source)) = (diagnostic.span, source) {
            diagnostic.span = Some(source.in_file(span));
        }
        sink.report(diagnostic);
    };
    if source.is_none_or(|source| source.markup != target.markup.name()) {
        body.decided().iter().for_each(|diagnostic| placed.report(diagnostic.clone()));
    }
    let is_akin = source.is_some_and(|source| target.markup.is_akin(&source.markup));
    let language = target.dialect.and_then(|dialect| dialect.language);
    let from = source.map_or("", |source| source.tag_dialect.as_str());
    // Blocks that were written since the reading hold text as it is, not as the language wants it.
    let is_edited = body.document().blocks.iter().any(|block| block.span.is_empty());
    let mode = match language.map_or("", TagLanguage::name) {
        to if to == from && is_akin && (to.is_empty() || !is_edited) => Mode::Keep,
        to if to == from && !to.is_empty() => Mode::Requote,
        _ => Mode::Translate,
    };
    let (printed, rewritten) = print_words(body, target, mode, &mut placed)?;
    let filling = Filling {
        rewritten: rewritten.as_ref(),
        language: language.filter(|_| mode != Mode::Keep),
        is_html: target.markup.name() == "html",
    };
    if !filling.is_needed(&printed) {
        return Ok(printed);
    }
    let entities = if filling.is_html { Vec::new() } else { filling.needs_entity(&printed) };
    if entities.is_empty() {
        return Ok(filling.fill(&printed, &mut placed));
    }
    let document = target.markup.parse(&printed, Span::new(0, printed.len()), &target.options.extensions, &mut ())?;
    Ok(filling.fill(&with_entities(&printed, &document, &entities, &mut placed), &mut placed))
}

/// Prints a body with words for its tags.
fn print_words(
    body: &Body,
    target: &Target<'_>,
    mode: Mode,
    sink: &mut dyn Sink,
) -> Result<(String, Option<Rewritten>), Error> {
    let Some((source, range)) = body.source().filter(|_| !body.tags().is_empty()) else {
        if !body.tags().is_empty() || first_tag(body.document()).is_some() {
            return print_tree(body, target, mode, sink);
        }
        let mut printed = String::new();
        target.markup.print(body, target.options, &mut printed, sink)?;
        return Ok((printed, None));
    };
    let Some(Parser(parser)) = &source.parser else {
        return print_tree(body, target, mode, sink);
    };
    // Blocks in front of all others are put there again; for others a word keeps the place.
    let put_in = body.document().blocks.iter().take_while(|block| block.span.is_empty()).count();
    let (put_in, read) = body.document().blocks.split_at(put_in);
    let edits = edits(read, range);
    let mut as_comments = BTreeSet::new();
    loop {
        let job = job(target, mode, &source.markup, &as_comments);
        let mut reports: Vec<Diagnostic> = Vec::new();
        let regions: Vec<Span> = edits.iter().map(|(region, _)| *region).collect();
        let mut rewritten = rewrite(&source.text, range, body.tags(), &regions, &job, &mut reports);
        let blocks = Edited {
            first: in_tree(put_in, body.tags(), &mut rewritten, &job, &mut reports),
            others: edits
                .iter()
                .map(|(_, blocks)| in_tree(blocks, body.tags(), &mut rewritten, &job, &mut reports))
                .collect(),
        };
        let printed = print_rewritten(parser, source, &rewritten, blocks, target, &mut reports)?;
        let missing = rewritten.missing(&printed);
        // What HTML throws out as text it may keep as a comment: between the rows of a table, say.
        if !missing.is_empty() && as_comments.is_empty() && source.markup == "html" {
            as_comments = missing;
            continue;
        }
        for report in reports {
            sink.report(report);
        }
        for index in missing {
            rewritten.report_missing(index, sink);
        }
        return Ok((printed, Some(rewritten)));
    }
}

/// Blocks that do not stand in the text of a body, ready to be printed with it.
struct Edited {
    /// In front of all others.
    first: Vec<Block>,
    /// Elsewhere, each run for one word.
    others: Vec<Vec<Block>>,
}

/// The runs of blocks that do not stand in the text, each with the part of the text in whose place it stands.
fn edits(blocks: &[Block], range: Span) -> Vec<(Span, Vec<Block>)> {
    let (mut edits, mut run, mut at) = (Vec::new(), Vec::new(), range.start);
    for block in blocks {
        if block.span.is_empty() {
            run.push(block.clone());
            continue;
        }
        if !run.is_empty() {
            edits.push((Span::new(at, block.span.start.max(at)), std::mem::take(&mut run)));
        }
        at = block.span.end;
    }
    if !run.is_empty() {
        edits.push((Span::new(at, range.end.max(at)), run));
    }
    edits
}

fn job<'a>(target: &Target<'a>, mode: Mode, markup: &'a str, as_comments: &'a BTreeSet<usize>) -> Job<'a> {
    Job {
        mode,
        target: target.dialect.map_or("", |dialect| dialect.name),
        language: target.dialect.and_then(|dialect| dialect.language),
        markup,
        written_markup: target.markup.name(),
        meta: target.dialect.map(|dialect| dialect.meta),
        options: &target.options.tags,
        as_comments,
    }
}

/// Reads a rewritten text and prints it in the target's markup.
fn print_rewritten(
    parser: &Arc<dyn Markup>,
    source: &SourceText,
    rewritten: &Rewritten,
    edited: Edited,
    target: &Target<'_>,
    reports: &mut Vec<Diagnostic>,
) -> Result<String, Error> {
    let range = Span::new(0, rewritten.text.len());
    let mut document = parser.parse(&rewritten.text, range, &source.extensions, &mut ())?;
    rewritten.put_blocks(&mut document, edited.others);
    let text = SourceText::new(source.markup.clone(), source.extensions.clone(), rewritten.text.clone());
    let mut body = Body::read_from(document, text, range);
    for block in edited.first.into_iter().rev() {
        body.insert_first(block);
    }
    let mut placed = |mut diagnostic: Diagnostic| {
        diagnostic.span = diagnostic.span.map(|span| rewritten.in_source(span));
        reports.push(diagnostic);
    };
    let mut printed = String::new();
    target.markup.print(&body, target.options, &mut printed, &mut placed)?;
    Ok(printed)
}

/// Prints a tree that has tags and no text that it was read from.
fn print_tree(
    body: &Body,
    target: &Target<'_>,
    mode: Mode,
    sink: &mut dyn Sink,
) -> Result<(String, Option<Rewritten>), Error> {
    let none = BTreeSet::new();
    let job = job(target, mode, target.markup.name(), &none);
    let (document, rewritten) = from_tree(body.document(), body.tags(), &job, sink);
    let mut printed = String::new();
    target.markup.print(&Body::new(document), target.options, &mut printed, sink)?;
    for index in rewritten.missing(&printed) {
        rewritten.report_missing(index, sink);
    }
    Ok((printed, Some(rewritten)))
}
