//! Rewriting the text of a body for the template language of another dialect, before its markup is read: what is
//! constant stands there as text, and words stand for the tags of the target.

use super::translate::{Held, Job, Mode, Piece, Rewritten, dropped_comment, say, untranslated};
use super::{block, usual};
use crate::ast::{Highlight, Meaning, Place, PlacedTag};
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::format::TagText;

/// Rewrites the part `range` of `text`. `tags` are those of the text, in order; `edited` are the parts in whose places
/// other blocks are to be [put](Rewritten::put_blocks).
pub(crate) fn rewrite(
    text: &str,
    range: Span,
    tags: &[PlacedTag],
    edited: &[Span],
    job: &Job<'_>,
    sink: &mut dyn Sink,
) -> Rewritten {
    let mut rewriter = Rewriter {
        text: text.get(..range.end).unwrap_or(text),
        job,
        out: Rewritten::new(text),
        at: range.start,
        addresses: None,
        between: 0,
        fences: block::FencesOfText::default(),
    };
    let mut edited = edited.iter().enumerate().peekable();
    for tag in tags.iter().filter(|tag| range.start <= tag.span.start && tag.span.end <= range.end) {
        while let Some((index, region)) = edited.next_if(|(_, region)| region.start <= tag.span.start) {
            rewriter.block(index, *region);
        }
        rewriter.tag(tag, sink);
    }
    for (index, region) in edited {
        rewriter.block(index, *region);
    }
    rewriter.copy(range.end);
    if let Some((count, span)) = rewriter.addresses {
        let links = if count == 1 { "a link".to_owned() } else { format!("{count} links") };
        let message = format!("the site's own address was left out of {links}");
        let help = "if the site lives in a folder of its host, name the folder as the base path";
        sink.report(Diagnostic::new(&codes::TAG_ADDRESS, message).at(span).help(help));
    }
    rewriter.out
}

struct Rewriter<'a, 't> {
    /// The source, up to the end of the body.
    text: &'t str,
    job: &'a Job<'a>,
    out: Rewritten,
    /// How far the source is copied or replaced.
    at: usize,
    /// How many addresses of the site were left out, and where first.
    addresses: Option<(usize, Span)>,
    /// The end of the last word that stands between the parts of a table; 0 if there is none.
    between: usize,
    fences: block::FencesOfText,
}

impl<'t> Rewriter<'_, 't> {
    /// Copies the source up to `end`.
    fn copy(&mut self, end: usize) {
        let run = Span::new(self.at, end);
        if let Some(text) = run.slice(self.text) {
            self.out.runs.push((self.out.text.len(), run));
            self.out.text.push_str(text);
            self.at = end;
        }
    }

    /// What follows the part of the source that is done with.
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Leaves a word, apart from everything else, for blocks that stand in the place of `region`.
    fn block(&mut self, index: usize, region: Span) {
        self.copy(region.start.max(self.at));
        self.out.text.push_str(&format!("\n\n{}\n\n", self.out.blocks.word(index)));
        self.at = self.at.max(region.end);
    }

    fn tag(&mut self, tag: &PlacedTag, sink: &mut dyn Sink) {
        // A fence that was written anew holds the tags inside it.
        if tag.span.start < self.at {
            return;
        }
        let said = say(tag, self.job, &mut self.addresses, sink);
        if tag.place == Place::Fence && !matches!(said, Some(TagText::Around(..))) {
            return;
        }
        self.copy(tag.span.start);
        self.out.runs.push((self.out.text.len(), Span::new(tag.span.start, tag.span.start)));
        self.at = tag.span.end;
        if self.job.mode == Mode::Translate && said.is_some() {
            self.trim(tag.trims);
        }
        match said {
            None => self.keep(tag, sink),
            Some(TagText::Tag(text)) => self.hold(Held::Pieces(vec![Piece::Tag(text)]), tag.span),
            Some(TagText::Markup(text)) if text.is_empty() => self.nothing(tag.place),
            Some(TagText::Markup(text)) => self.out.text.push_str(&text),
            Some(TagText::Html(html)) => self.html(tag, &html),
            Some(TagText::Comment(text)) => self.comment(tag, text, sink),
            Some(TagText::Code(info)) => self.code(tag, &info, sink),
            Some(TagText::Around(open, close)) => self.around(tag, &open, &close, sink),
        }
    }

    /// Puts a word for `held` into the text.
    fn hold(&mut self, held: Held, span: Span) {
        let index = self.out.held.len();
        let word = self.out.words.word(index);
        self.out.held.push((held, span));
        let follows_another = || self.out.text.get(self.between..).is_some_and(|text| text.trim().is_empty());
        let is_between = self.job.markup == "html"
            && ((self.between > 0 && follows_another()) || block::is_between_parts(&self.out.text));
        if is_between || self.job.as_comments.contains(&index) {
            self.out.text.push_str(&format!("<!--{word}-->"));
            self.between = if is_between { self.out.text.len() } else { 0 };
        } else {
            self.out.text.push_str(&word);
        }
    }

    /// Leaves a tag as it was, where no reader sees it if that can be.
    fn keep(&mut self, tag: &PlacedTag, sink: &mut dyn Sink) {
        let text = self.in_cell(tag, &tag.tag.text);
        sink.report(untranslated(tag, self.job.target));
        match tag.place {
            Place::Block | Place::Text => self.hold(Held::Comment(text), tag.span),
            place => self.hold(Held::Kept(text, place), tag.span),
        }
    }

    /// Text that stays where the tag is: a bar would end a cell of a table in Markdown.
    fn in_cell(&self, tag: &PlacedTag, text: &str) -> String {
        if tag.is_in_cell && self.job.written_markup != "html" { text.replace('|', "\\|") } else { text.to_owned() }
    }

    fn comment(&mut self, tag: &PlacedTag, text: String, sink: &mut dyn Sink) {
        match tag.place {
            Place::Block | Place::Text => {
                let message = "what was a comment for those who write is now in the page's source";
                sink.report(Diagnostic::new(&codes::TAG_COMMENT, message).at(tag.span));
                let text = self.in_cell(tag, text.trim());
                self.hold(Held::Comment(text), tag.span);
            }
            _ => sink.report(dropped_comment(tag)),
        }
    }

    /// White space that a tag's marks take away.
    fn trim(&mut self, (left, right): (bool, bool)) {
        if left {
            let length = self.out.text.trim_end().len();
            self.out.text.truncate(length);
        }
        if right {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
        }
    }

    /// A tag that shows nothing goes, and its line with it if that makes no difference.
    fn nothing(&mut self, place: Place) {
        if self.job.markup == "html" || !matches!(place, Place::Block | Place::Text) {
            return;
        }
        let line = block::Line::of(&self.out.text, self.rest());
        if !line.is_alone() || !line.prefix.trim().is_empty() {
            return;
        }
        let start = self.out.text.len() - line.prefix.len();
        let before = self.out.text.get(..start).unwrap_or_default();
        let (is_blank_before, before_is_empty) = (ends_blank(before), before.is_empty());
        let behind = self.rest().get(line.to_line_end..).unwrap_or_default();
        let is_blank_behind = behind.lines().next().is_none_or(|line| line.trim().is_empty());
        if is_blank_before || is_blank_behind {
            self.out.text.truncate(start);
            self.at += line.to_line_end;
        }
        // Two blank lines say no more than one.
        if is_blank_before && is_blank_behind && !before_is_empty {
            self.at += block::Line::of("", self.rest()).to_line_end;
        }
    }

    /// HTML stands on lines of its own if the tag did; else within the line.
    fn html(&mut self, tag: &PlacedTag, html: &str) {
        let wraps = matches!(
            tag.tag.details.meaning,
            Meaning::DetailsStart(_) | Meaning::DetailsEnd | Meaning::FigureStart { .. } | Meaning::FigureEnd { .. }
        );
        if self.job.markup == "html" {
            self.out.text.push_str(html);
        } else if wraps || block::Line::of(&self.out.text, self.rest()).is_alone() {
            self.lines(html, wraps);
        } else {
            self.out.text.push_str(&html.replace('\n', " "));
        }
    }

    /// Writes a block on lines of its own; `apart` asks for blank lines around it wherever it stands.
    fn lines(&mut self, block: &str, apart: bool) {
        let line = block::Line::of(&self.out.text, self.rest());
        let continuation = line.continuation();
        if line.is_start() {
            let blank = continuation.trim_end();
            let before = self.out.text.len() - line.prefix.len();
            let is_marker = line.prefix != continuation;
            let is_nested = !continuation.is_empty();
            let needs_blank =
                !is_marker && (apart || !is_nested) && !ends_blank(self.out.text.get(..before).unwrap_or_default());
            if needs_blank && before > 0 {
                self.out.text.insert_str(before, &format!("{blank}\n"));
            }
        } else {
            let length = self.out.text.trim_end_matches([' ', '\t']).len();
            self.out.text.truncate(length);
            self.out.text.push_str("\n\n");
        }
        for (index, text) in block.split('\n').enumerate() {
            if index > 0 {
                self.out.text.push('\n');
                self.out.text.push_str(if text.is_empty() { continuation.trim_end() } else { &continuation });
            }
            self.out.text.push_str(text);
        }
        // What followed on the line goes on below.
        if !line.is_end() {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
            self.out.text.push_str(&format!("\n{}\n{continuation}", continuation.trim_end()));
            return;
        }
        let behind = self.rest().get(line.to_line_end..).unwrap_or_default();
        let is_nested = !continuation.is_empty();
        let next = behind.lines().next().unwrap_or_default();
        if !next.trim_matches([' ', '\t', '>']).is_empty() && (apart || !is_nested) {
            self.at += line.to_line_end;
            self.out.text.push_str(&format!("\n{}\n", continuation.trim_end()));
        }
    }

    /// Code, in the markup's own form.
    fn code(&mut self, tag: &PlacedTag, info: &str, sink: &mut dyn Sink) {
        let language = match &tag.tag.details.meaning {
            Meaning::Highlight(Highlight { language, .. }) => language.clone(),
            _ => info.split_whitespace().next().unwrap_or_default().to_owned(),
        };
        let info = self.info(info, language, tag.span);
        let code = self.code_text(tag, sink);
        let code = code.trim_matches(['\n', '\r']);
        if self.job.markup == "html" {
            let class = if info.is_empty() { info } else { format!(" class=\"language-{info}\"") };
            self.out.text.push_str(&format!("<pre><code{class}>{}</code></pre>", usual::escape(code)));
            return;
        }
        let line = block::Line::of(&self.out.text, self.rest());
        let code = if line.is_start() { block::dedent(code, &line.continuation()) } else { code.to_owned() };
        // The white space before a closing tag that is indented.
        let code = code.trim_end_matches('\n');
        // Four spaces that are no list's are code to Markdown, but not what Jekyll makes of them.
        if tag.place == Place::IndentedCode && line.is_start() {
            let start = self.out.text.len() - line.prefix.len();
            self.out.text.truncate(start);
        }
        let line = block::Line::of(&self.out.text, self.rest());
        let continuation = line.continuation();
        if !continuation.is_empty() && (tag.tag.dialect == "jekyll" || continuation.contains('>')) {
            let message = match &*tag.tag.dialect {
                "jekyll" => "code stays where it is written, though Jekyll shows it after what it stands in",
                _ => "the marks of a quotation were left out of code in it, though Hugo shows them",
            };
            sink.report(Diagnostic::new(&codes::TAG_CODE_NESTED, message).at(tag.span));
        }
        // Behind a fence that kramdown takes for text, the next one of its kind would end it.
        let sign = if self.job.markup == "kramdown" && self.fences.is_one_in(&self.out.text) { '~' } else { '`' };
        let fence = String::from(sign).repeat(block::longest_run(code, sign).max(2) + 1);
        let newline = if code.is_empty() { "" } else { "\n" };
        self.lines(&format!("{fence}{info}\n{code}{newline}{fence}"), false);
    }

    /// What stands behind a fence; more than a language is none of the source markup's business.
    fn info(&mut self, info: &str, language: String, span: Span) -> String {
        if info == language {
            return language;
        }
        let start = self.out.text.len();
        self.hold(Held::Info { info: info.to_owned(), language }, span);
        self.out.text.split_off(start)
    }

    /// The code that a tag holds, with words for the tags in it.
    fn code_text(&mut self, tag: &PlacedTag, sink: &mut dyn Sink) -> String {
        let mut out = String::new();
        for part in self.parts(tag, sink) {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Constant(text) => out.push_str(&text),
                Part::Tag(held) => {
                    let before = self.out.text.len();
                    self.hold(held, tag.span);
                    out.push_str(&self.out.text.split_off(before));
                }
            }
        }
        out
    }

    /// Two tags of the target around the code. Nested, where Jekyll would break out, a fence says it.
    fn around(&mut self, tag: &PlacedTag, open: &str, close: &str, sink: &mut dyn Sink) {
        let line = block::Line::of(&self.out.text, self.rest());
        // A fence keeps blank lines at the ends of its code, the tag does not.
        let is_fence = tag.place == Place::Fence;
        let body = tag.tag.details.body.as_deref().filter(|_| is_fence).unwrap_or_default();
        let has_blank_ends = body.starts_with('\n') || body.ends_with("\n\n");
        if self.job.markup != "html" && (!line.prefix.is_empty() || has_blank_ends) {
            let language = match &tag.tag.details.meaning {
                Meaning::Highlight(highlight) => highlight.language.clone(),
                _ => String::new(),
            };
            let loss = if has_blank_ends { "lose blank lines of the code" } else { "end what the code stands in" };
            let message = format!("`{open}` would {loss}: only its language was kept");
            sink.report(Diagnostic::new(&codes::TAG_SETTING_DROPPED, message).at(tag.span));
            self.code(tag, &language, sink);
            return;
        }
        let mut pieces = vec![Piece::Tag(format!("{open}\n"))];
        for part in self.parts(tag, sink) {
            pieces.push(match part {
                Part::Text(text) => Piece::Literal(text.to_owned()),
                Part::Constant(text) => Piece::Literal(text),
                Part::Tag(Held::Pieces(mut inner)) => inner.pop().unwrap_or(Piece::Literal(String::new())),
                Part::Tag(Held::Comment(text) | Held::Kept(text, _) | Held::Info { info: text, .. }) => {
                    Piece::Literal(text)
                }
            });
        }
        trim_newlines(&mut pieces);
        pieces.push(Piece::Tag(format!("\n{close}")));
        self.hold(Held::Pieces(pieces), tag.span);
    }

    /// The code that a tag holds, the tags in it said in the target's language.
    fn parts<'c>(&mut self, tag: &'c PlacedTag, sink: &mut dyn Sink) -> Vec<Part<'c>> {
        let code = tag.tag.details.body.as_deref().unwrap_or_default();
        let (mut parts, mut at) = (Vec::new(), 0);
        for inner in &tag.inner {
            parts.push(Part::Text(code.get(at..inner.span.start).unwrap_or_default()));
            at = inner.span.end;
            let mut inner = inner.clone();
            inner.place = Place::Code;
            let said = say(&inner, self.job, &mut self.addresses, sink);
            inner.span = tag.span;
            match said {
                Some(TagText::Tag(text)) => parts.push(Part::Tag(Held::Pieces(vec![Piece::Tag(text)]))),
                Some(TagText::Markup(text)) => parts.push(Part::Constant(text)),
                Some(TagText::Comment(_)) => sink.report(dropped_comment(&inner)),
                _ => {
                    sink.report(untranslated(&inner, self.job.target));
                    parts.push(Part::Tag(Held::Kept(inner.tag.text, Place::Code)));
                }
            }
        }
        parts.push(Part::Text(code.get(at..).unwrap_or_default()));
        parts
    }
}

enum Part<'c> {
    Text(&'c str),
    Constant(String),
    Tag(Held),
}

/// Line ends at both ends of code are not part of it, neither for Jekyll nor for Hugo.
fn trim_newlines(pieces: &mut [Piece]) {
    if let Some(Piece::Literal(first)) = pieces.get_mut(1) {
        *first = first.trim_start_matches(['\n', '\r']).to_owned();
    }
    if let Some(Piece::Literal(last)) = pieces.last_mut() {
        *last = last.trim_end_matches(['\n', '\r']).to_owned();
    }
}

/// Whether the last line of `text` is blank, or there is none.
fn ends_blank(text: &str) -> bool {
    let Some(text) = text.strip_suffix('\n') else { return text.is_empty() };
    text.rsplit('\n').next().unwrap_or_default().trim_matches([' ', '\t', '\r', '>']).is_empty()
}
