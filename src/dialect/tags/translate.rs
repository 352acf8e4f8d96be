//! What becomes of tags in another dialect, and the text in which words stand for them.

use std::collections::BTreeSet;

use super::usual;
use super::words::Words;
use crate::ast::{Block, BlockKind, Document, Embed, Inline, InlineKind, Meaning, Place, PlacedTag};
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::format::{TagContext, TagLanguage, TagOptions, TagText};
use crate::meta::Meta;

/// What is to become of the tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Everything stays exactly as it was: the language is the same, and so is the markup.
    Keep,
    /// The language is the same, but the text around the tags is written anew.
    Requote,
    /// The language is another, or none.
    Translate,
}

/// For whom a body is rewritten.
#[derive(Clone, Copy)]
pub(crate) struct Job<'a> {
    pub(crate) mode: Mode,
    /// The name of the target's dialect.
    pub(crate) target: &'a str,
    /// Its template language, if it has one.
    pub(crate) language: Option<&'a dyn TagLanguage>,
    /// The markup of the text.
    pub(crate) markup: &'a str,
    /// The markup that is written.
    pub(crate) written_markup: &'a str,
    /// The front matter as it is written, unless everything is kept.
    pub(crate) meta: Option<&'a Meta>,
    pub(crate) options: &'a TagOptions,
    /// Numbers of words that got lost when they stood there as text: they stand there as comments.
    pub(crate) as_comments: &'a BTreeSet<usize>,
}

/// A part of what stands for a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text of the target's template language.
    Tag(String),
    /// Text in which nothing is a tag.
    Literal(String),
}

/// What stands for a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// These pieces, wherever it is.
    Pieces(Vec<Piece>),
    /// Text that nobody is to see: a comment of HTML.
    Comment(String),
    /// A tag that stays as it was, in this place.
    Kept(String, Place),
    /// What stands behind a fence: all of it in Markdown, the language alone in HTML.
    Info { info: String, language: String },
}

/// A rewritten text, with words in it.
#[derive(Debug)]
pub(crate) struct Rewritten {
    /// The text.
    pub(crate) text: String,
    pub(super) words: Words,
    pub(super) held: Vec<(Held, Span)>,
    /// What the words for edited blocks begin with.
    pub(super) blocks: Words,
    /// Where runs of the source stand in the text: the offset in the text, and the run.
    pub(super) runs: Vec<(usize, Span)>,
}

/// A tag that stands alone in a tree, said in the target's language.
#[derive(Debug)]
pub(crate) enum Said {
    /// Running text, words in it.
    Text(String),
    Html(String),
    /// What stands behind the fence, and the code.
    Code(String, String),
}

impl Rewritten {
    /// Nothing yet, with words that do not occur in `text`.
    pub(crate) fn new(text: &str) -> Self {
        let words = Words::new(text);
        let blocks = words.others(text);
        Rewritten { text: String::new(), words, held: Vec::new(), blocks, runs: Vec::new() }
    }

    /// Says a tag that no text stands around.
    pub(crate) fn say_alone(&mut self, tag: &PlacedTag, job: &Job<'_>, sink: &mut dyn Sink) -> Said {
        let is_own = job.language.is_some_and(|language| language.name() == tag.tag.dialect);
        let said = if is_own { Some(TagText::Tag(tag.tag.text.clone())) } else { say(tag, job, &mut None, sink) };
        let held = match said {
            Some(TagText::Markup(text)) => return Said::Text(text),
            Some(TagText::Html(html)) => return Said::Html(html),
            Some(TagText::Code(info)) => {
                let code = tag.tag.details.body.clone().unwrap_or_default();
                return Said::Code(info, format!("{}\n", code.trim_matches(['\n', '\r'])));
            }
            Some(TagText::Tag(text)) => Held::Pieces(vec![Piece::Tag(text)]),
            Some(TagText::Around(open, close)) => {
                let code = tag.tag.details.body.clone().unwrap_or_default();
                let code = Piece::Literal(code.trim_matches(['\n', '\r']).to_owned());
                Held::Pieces(vec![Piece::Tag(format!("{open}\n")), code, Piece::Tag(format!("\n{close}"))])
            }
            Some(TagText::Comment(text)) => Held::Comment(text),
            None => {
                sink.report(untranslated(tag, job.target));
                match tag.place {
                    Place::Block | Place::Text => Held::Comment(tag.tag.text.clone()),
                    place => Held::Kept(tag.tag.text.clone(), place),
                }
            }
        };
        let word = self.words.word(self.held.len());
        self.held.push((held, tag.span));
        Said::Text(word)
    }

    /// The span of the source that `span` of the text stands for.
    pub(crate) fn in_source(&self, span: Span) -> Span {
        let place = |offset: usize| {
            let run = self.runs.partition_point(|&(start, _)| start <= offset).checked_sub(1);
            let run = run.and_then(|run| self.runs.get(run));
            run.map_or(0, |&(start, source)| (source.start + (offset - start)).min(source.end))
        };
        Span::new(place(span.start), place(span.end))
    }

    /// Puts blocks into the places that words were left for.
    pub(crate) fn put_blocks(&self, document: &mut Document, edited: Vec<Vec<Block>>) {
        if edited.is_empty() {
            return;
        }
        let index_of = |block: &Block| match &block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => match inlines.as_slice() {
                [Inline { kind: InlineKind::Text(text), .. }] => self.blocks.find(text).next().map(|(_, index)| index),
                _ => None,
            },
            _ => None,
        };
        let mut edited: Vec<Option<Vec<Block>>> = edited.into_iter().map(Some).collect();
        let mut out = Vec::with_capacity(document.blocks.len());
        for block in std::mem::take(&mut document.blocks) {
            match index_of(&block).and_then(|index| edited.get_mut(index)?.take()) {
                Some(blocks) => out.extend(blocks.into_iter().map(|block| block.at(Span::default()))),
                None => out.push(block),
            }
        }
        document.blocks = out;
    }

    /// The numbers of the words that do not stand in `text` exactly once.
    pub(crate) fn missing(&self, text: &str) -> BTreeSet<usize> {
        let mut missing: BTreeSet<usize> = (0..self.held.len()).collect();
        let twice: Vec<usize> =
            self.words.find(text).map(|(_, index)| index).filter(|index| !missing.remove(index)).collect();
        missing.extend(twice);
        missing
    }

    /// Reports that the tag behind the word numbered `index` is not in the output.
    pub(crate) fn report_missing(&self, index: usize, sink: &mut dyn Sink) {
        let Some((held, span)) = self.held.get(index) else { return };
        let text = match held {
            Held::Comment(text) | Held::Kept(text, _) => text.clone(),
            Held::Info { info, .. } => info.clone(),
            Held::Pieces(pieces) => {
                pieces.iter().map(|(Piece::Tag(text) | Piece::Literal(text))| text.as_str()).collect()
            }
        };
        let message = format!("the tag `{}` has no place in the target's markup", short(&text));
        sink.report(Diagnostic::new(&codes::TAG_DROPPED, message).at(*span));
    }
}

/// What stands for a tag; `None` if it stays as it is.
pub(super) fn say(
    tag: &PlacedTag,
    job: &Job<'_>,
    addresses: &mut Option<(usize, Span)>,
    sink: &mut dyn Sink,
) -> Option<TagText> {
    let exact = || Some(TagText::Tag(tag.tag.text.clone()));
    let meaning = &tag.tag.details.meaning;
    let options = job.options;
    let Some(meta) = job.meta.filter(|_| job.mode != Mode::Keep) else { return exact() };
    if let Some(said) = options.converters.iter().find_map(|converter| converter.convert(&tag.tag, job.target)) {
        return Some(said);
    }
    let mut context = TagContext::new(job.markup, meta, options);
    context.written_markup = job.written_markup;
    context.place = tag.place;
    context.is_whole = tag.is_whole;
    if job.mode == Mode::Requote {
        return match meaning {
            Meaning::RawMark => usual::say(tag, &context),
            Meaning::Text(_) if is_escape(tag) => usual::say(tag, &context),
            _ => exact(),
        };
    }
    let said = job.language.and_then(|language| language.say(tag, &context)).or_else(|| usual::say(tag, &context));
    match (&said, meaning) {
        (Some(TagText::Markup(_)), Meaning::Address(address))
            if (address.has_base && options.base_path.is_none())
                || (address.has_host && options.site_url.is_none()) =>
        {
            let (count, span) = addresses.unwrap_or((0, tag.span));
            *addresses = Some((count + 1, span));
        }
        (Some(TagText::Tag(text)), Meaning::PageLink(link)) => {
            let message = format!("`{}` is found by `{text}`: that page must be there", link.page);
            sink.report(Diagnostic::new(&codes::TAG_PAGE_LINK, message).at(tag.span));
        }
        (Some(TagText::Html(_)), Meaning::Embed(Embed::Tweet { .. } | Embed::Instagram { .. })) => {
            let message = format!("`{}` is written as HTML, with the other site's script", short(&tag.tag.text));
            sink.report(Diagnostic::new(&codes::TAG_EMBED, message).at(tag.span));
        }
        _ => {}
    }
    if is_bare(tag) && matches!(&said, Some(TagText::Tag(_) | TagText::Markup(_))) {
        let message = format!("what `{}` shows is in a paragraph now: Hugo gives it none", short(&tag.tag.text));
        sink.report(Diagnostic::new(&codes::TAG_PARAGRAPH, message).at(tag.span));
    }
    said
}

/// Whether a tag is only there so that its text is none: a quoted string, or what Hugo has for that.
fn is_escape(tag: &PlacedTag) -> bool {
    let inside = tag.tag.text.trim_start_matches(['{', '-']).trim_start();
    tag.tag.name.is_empty()
        && (tag.tag.dialect == "hugo" || inside.starts_with(['"', '\'']) && !tag.tag.text.contains('|'))
}

/// Whether Hugo shows the text of a tag in the place of the paragraph that it stands in.
fn is_bare(tag: &PlacedTag) -> bool {
    tag.place == Place::Block
        && tag.tag.text.starts_with("{{<")
        && matches!(tag.tag.details.meaning, Meaning::Param { .. } | Meaning::PageLink(_) | Meaning::SiteValue(_))
}

pub(super) fn untranslated(tag: &PlacedTag, target: &str) -> Diagnostic {
    let message = format!("`{}` has no form in {target}: kept as it is", short(&tag.tag.text));
    let help = match tag.place {
        Place::Block | Place::Text => "it is there as a comment: put in its place what it stood for",
        _ => "put in its place what it stood for",
    };
    Diagnostic::new(&codes::TAG_UNTRANSLATED, message).at(tag.span).help(help)
}

pub(super) fn dropped_comment(tag: &PlacedTag) -> Diagnostic {
    let message = format!("the comment `{}` was left out: no comment can stand there", short(&tag.tag.text));
    Diagnostic::new(&codes::TAG_DROPPED, message).at(tag.span)
}

/// A tag's text for a message of one line.
fn short(text: &str) -> String {
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 60 {
        let end = line.char_indices().nth(57).map_or(line.len(), |(at, _)| at);
        line.truncate(end);
        line.push_str("...");
    }
    line
}
