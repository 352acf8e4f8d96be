//! Running text as Markdown.

use super::code;
use super::escape::{self, Inert, Place};
use super::flank;
use super::line::{self, Line};
use super::link;
use super::mark::{Mark, MarkKind, Notation};
use super::setup::Setup;
use super::starts::{self, Start};
use super::tags;
use super::tokens::{Token, Tokens};

/// What running text is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// A paragraph, or the text of a tight item.
    Paragraph,
    /// A heading in one line.
    Heading,
    /// A cell of a table.
    Cell,
    /// A term of a definition list.
    Term,
}

/// The text has no form in Markdown: its block must be raw HTML.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unsayable;

/// Writes `tokens` to `out`; lines end in `\n`, without the prefix of the block around.
pub(super) fn write(
    tokens: &mut Tokens<'_>,
    within: Within,
    line: Line,
    setup: &Setup,
    out: &mut String,
) -> Result<(), Unsayable> {
    settle_breaks(tokens, within);
    flank::settle(tokens);
    if tokens.unsayable || tokens.marks.iter().any(|mark| !is_sayable(mark)) {
        return Err(Unsayable);
    }
    let mut writer =
        Writer { tokens, within, line, setup, inert: inert(tokens, setup), out, line_start: 0, brackets: 0 };
    writer.run()
}

/// Breaks that must be tags: where a line cannot end, and where a backslash at its end would be one, as at the end of a
/// paragraph or of a link's text.
fn settle_breaks(tokens: &mut Tokens<'_>, within: Within) {
    let mut is_last = true;
    for at in (0..tokens.list.len()).rev() {
        match tokens.list.get(at) {
            Some(Token::HardBreak) => {
                if is_last || within != Within::Paragraph {
                    let start = tokens.text.len();
                    tokens.text.push_str("<br>");
                    tokens.list[at] = Token::Html(start, tokens.text.len());
                }
                is_last = false;
            }
            Some(Token::Close(index)) => {
                is_last |= tokens.marks.get(*index).is_some_and(|mark| mark.notation == Notation::Brackets);
            }
            _ => is_last = false,
        }
    }
}

/// Tags that CommonMark does not take for such cannot stand in running text.
fn is_sayable(mark: &Mark<'_>) -> bool {
    mark.notation != Notation::Html
        || starts::is_tag_name(mark.name())
            && mark.attrs.is_none_or(|attrs| attrs.iter().all(|(name, _)| starts::is_attribute_name(name)))
}

fn inert(tokens: &Tokens<'_>, setup: &Setup) -> Inert {
    let texts = tokens.list.iter().filter_map(|token| match token {
        Token::Text(start, end) => tokens.text.get(*start..*end),
        _ => None,
    });
    let found = escape::inert(texts, setup.strikethrough);
    let uses = |sign: char| tokens.marks.iter().any(|mark| mark.delimiter().is_some_and(|(c, _)| c == sign));
    Inert {
        star: found.star && !uses('*'),
        underscore: found.underscore && !uses('_'),
        tilde: found.tilde && !uses('~'),
    }
}

struct Writer<'w, 'a> {
    tokens: &'w Tokens<'a>,
    within: Within,
    line: Line,
    setup: &'w Setup,
    inert: Inert,
    out: &'w mut String,
    /// Where in `out` the line begins.
    line_start: usize,
    /// Links that are open.
    brackets: usize,
}

impl Writer<'_, '_> {
    fn run(&mut self) -> Result<(), Unsayable> {
        self.line_start = self.out.len();
        let mut first = 0;
        for at in 0..self.tokens.list.len() {
            let ends_line = self.token(at)?;
            if ends_line {
                self.end_line(first);
                self.out.push('\n');
                self.line_start = self.out.len();
                first = at + 1;
            }
        }
        self.end_line(first);
        self.check_html_at_start()
    }

    /// Writes the token at `at`; whether the line ends with it.
    fn token(&mut self, at: usize) -> Result<bool, Unsayable> {
        let Some(token) = self.tokens.list.get(at).copied() else { return Ok(false) };
        match token {
            Token::Text(start, end) => self.text(start, end, at),
            Token::Space => self.out.push(' '),
            Token::SoftBreak => {
                if self.within != Within::Paragraph || self.is_block_start(at + 1) {
                    self.out.push(' ');
                } else {
                    return Ok(true);
                }
            }
            Token::HardBreak => return Ok(self.hard_break(at)),
            Token::Open(index) => self.open(index),
            Token::Close(index) => self.close(index),
            Token::Code(code) => code::span(code, self.within == Within::Cell, self.out),
            Token::Image(image) => {
                self.out.push_str("![");
                let place = Place { in_brackets: true, in_cell: self.within == Within::Cell, ..Place::default() };
                alt(&image.alt, place, self.setup, self.out);
                self.out.push(']');
                self.target(&image.url, image.title.as_deref());
            }
            Token::Html(start, end) => {
                let html = self.tokens.text.get(start..end).unwrap_or_default();
                push_in_cell(html, self.within == Within::Cell, self.out);
            }
            Token::Autolink(url) => {
                self.out.push('<');
                self.out.push_str(url);
                self.out.push('>');
            }
            Token::Note(label) => {
                self.out.push_str("[^");
                self.out.push_str(label);
                self.out.push(']');
            }
            Token::Math(math) => {
                let fence = if math.display { "$$" } else { "$" };
                self.out.push_str(fence);
                push_in_cell(&math.text, self.within == Within::Cell, self.out);
                self.out.push_str(fence);
            }
            Token::Task(checked) => self.out.push_str(if checked { "[x] " } else { "[ ] " }),
            Token::Verbatim(text) => self.out.push_str(text),
        }
        Ok(false)
    }

    fn text(&mut self, start: usize, end: usize, at: usize) {
        let Some(text) = self.tokens.text.get(start..end) else { return };
        let before = self.out.chars().next_back().filter(|_| self.out.len() > self.line_start);
        let first = self.tokens.list.first();
        let starts_with_bracket =
            matches!(first, Some(Token::Text(start, _)) if self.tokens.text[*start..].starts_with('['));
        let place = Place {
            in_brackets: self.brackets > 0,
            in_cell: self.within == Within::Cell,
            after_bracket: starts_with_bracket && self.within == Within::Paragraph,
            inert: self.inert,
        };
        escape::text(text, (before, self.first_character(at + 1)), place, self.setup, self.out);
    }

    /// The first character that the token at `at` is written with; none at the end.
    fn first_character(&self, at: usize) -> Option<char> {
        Some(match self.tokens.list.get(at)? {
            Token::Text(start, _) => self.tokens.text.get(*start..)?.chars().next()?,
            Token::Space => ' ',
            Token::SoftBreak => '\n',
            // Two spaces, a backslash or a tag.
            Token::HardBreak if self.setup.is_kramdown() => ' ',
            Token::HardBreak => '\\',
            Token::Open(index) | Token::Close(index) => {
                let mark = self.tokens.marks.get(*index)?;
                let opens = matches!(self.tokens.list.get(at), Some(Token::Open(_)));
                match mark.notation {
                    Notation::Html => '<',
                    Notation::Brackets => {
                        if opens {
                            '['
                        } else {
                            ']'
                        }
                    }
                    Notation::Usual | Notation::Underscore => mark.delimiter()?.0,
                }
            }
            Token::Code(_) => '`',
            Token::Image(_) => '!',
            Token::Html(..) | Token::Autolink(_) => '<',
            Token::Note(_) | Token::Task(_) => '[',
            Token::Math(_) => '$',
            Token::Verbatim(text) => text.chars().next()?,
        })
    }

    fn open(&mut self, index: usize) {
        let Some(mark) = self.tokens.marks.get(index) else { return };
        match (mark.notation, mark.kind) {
            (Notation::Brackets, _) => {
                self.out.push('[');
                self.brackets += 1;
            }
            (Notation::Html, MarkKind::Link(link)) => {
                let mut tag = String::new();
                tags::link_tag(link, mark.attrs, &mut tag);
                push_in_cell(&tag, self.within == Within::Cell, self.out);
            }
            (Notation::Html, _) => {
                let mut tag = String::new();
                tags::start_tag(mark.name(), mark.attrs.into_iter().flat_map(crate::ast::Attrs::iter), &mut tag);
                push_in_cell(&tag, self.within == Within::Cell, self.out);
            }
            _ => self.delimiter(mark),
        }
    }

    fn close(&mut self, index: usize) {
        let Some(mark) = self.tokens.marks.get(index) else { return };
        match (mark.notation, mark.kind) {
            (Notation::Brackets, MarkKind::Link(link)) => {
                self.out.push(']');
                self.brackets = self.brackets.saturating_sub(1);
                self.target(&link.url, link.title.as_deref());
            }
            (Notation::Html, _) => tags::end_tag(mark.name(), self.out),
            _ => self.delimiter(mark),
        }
    }

    fn delimiter(&mut self, mark: &Mark<'_>) {
        if let Some((character, length)) = mark.delimiter() {
            self.out.extend(std::iter::repeat_n(character, length));
        }
    }

    /// A line break that shows; whether the line ends with it.
    fn hard_break(&mut self, at: usize) -> bool {
        if self.is_block_start(at + 1) {
            self.out.push_str("<br>");
            return false;
        }
        // kramdown takes one backslash for itself and two spaces for a break; CommonMark takes both, and Goldmark none behind
        // a backslash that shows.
        if !self.setup.is_kramdown() && !self.out.ends_with('\\') {
            self.out.push('\\');
        } else if self.out.len() == self.line_start {
            self.out.push_str("<br>");
            return false;
        } else {
            self.out.push_str("  ");
        }
        true
    }

    /// Whether a line that begins with the token at `at` would end the paragraph.
    fn is_block_start(&self, at: usize) -> bool {
        let starts = |html: &str| matches!(starts::start_of(html), Start::Marked | Start::Block);
        match self.tokens.list.get(at) {
            Some(Token::Html(start, end)) => self.tokens.text.get(*start..*end).is_some_and(starts),
            Some(Token::Open(index)) | Some(Token::Close(index)) => {
                let mark = self.tokens.marks.get(*index).filter(|mark| mark.notation == Notation::Html);
                mark.is_some_and(|mark| starts(&format!("<{}", mark.name())))
            }
            _ => false,
        }
    }

    /// `(address "title")`
    fn target(&mut self, url: &str, title: Option<&str>) {
        self.out.push('(');
        let start = self.out.len();
        link::destination(url, title.is_some(), self.out);
        if let Some(title) = title {
            self.out.push(' ');
            let quote = if title.contains('"') && !title.contains('\'') { '\'' } else { '"' };
            self.out.push(quote);
            link::title_text(title, quote, self.out);
            self.out.push(quote);
        }
        if self.within == Within::Cell && self.out[start..].contains('|') {
            let target = self.out.split_off(start);
            self.out.push_str(&target.replace('|', "\\|"));
        }
        self.out.push(')');
    }

    /// The line is complete: what would be markup at its start is escaped.
    fn end_line(&mut self, first: usize) {
        if first == 0 && self.line.in_item && self.setup.task_lists {
            self.part_from_box();
        }
        if !matches!(self.tokens.list.get(first), Some(Token::Text(..))) || self.within == Within::Cell {
            return;
        }
        let Some(text) = self.out.get(self.line_start..) else { return };
        let is_first = first == 0;
        let line = Line {
            is_first,
            in_item: self.line.in_item && is_first,
            in_quote: self.line.in_quote && is_first,
            in_body: self.line.in_body && is_first,
        };
        if self.within == Within::Heading {
            return;
        }
        if let Some(at) = line::escape_at(text, line, self.setup) {
            // What is left of a run of delimiters would be one still.
            let run = text.get(at..).map_or(0, |rest| {
                let sign = rest.chars().next().filter(|c| matches!(c, '*' | '_' | '~'));
                sign.map_or(1, |sign| rest.len() - rest.trim_start_matches(sign).len())
            });
            for index in (0..run).rev() {
                self.out.insert(self.line_start + at + index, '\\');
            }
        }
    }

    /// A link `[x](y)` at the start of an item: Goldmark sees the box of a task in it, and the link is none (Hugo 0.111 and
    /// 0.168). Its letter becomes a reference.
    fn part_from_box(&mut self) {
        let text = self.out.get(self.line_start..).unwrap_or_default();
        let is_link = matches!(self.tokens.list.first(), Some(Token::Open(_)));
        if let Some(sign) = line::sign_in_box(text).filter(|_| is_link) {
            let at = self.line_start + 1;
            self.out.replace_range(at..at + 1, &format!("&#{};", u32::from(sign)));
        }
    }

    /// A paragraph must not begin with what starts an HTML block.
    fn check_html_at_start(&mut self) -> Result<(), Unsayable> {
        if self.within != Within::Paragraph || !self.out.starts_with('<') {
            return Ok(());
        }
        if matches!(self.tokens.list.first(), Some(Token::Autolink(_) | Token::Verbatim(_))) {
            return Ok(());
        }
        let first_line = self.out.lines().next().unwrap_or_default();
        match starts::start_of(first_line) {
            Start::Marked | Start::Block => Err(Unsayable),
            Start::Tag => {
                let is_alone = starts::is_one_tag(first_line);
                if is_alone && first_line.len() < self.out.len() {
                    // The next line joins it: a tag alone on its line would not begin a paragraph.
                    let end = first_line.len();
                    self.out.replace_range(end..=end, " ");
                    return self.check_html_at_start();
                }
                if is_alone { Err(Unsayable) } else { Ok(()) }
            }
            Start::Nothing => Ok(()),
        }
    }
}

fn push_in_cell(html: &str, in_cell: bool, out: &mut String) {
    if in_cell && html.contains('|') {
        out.push_str(&html.replace('|', "&#124;"));
    } else {
        out.push_str(html);
    }
}

/// What an image shows. Line breaks in it are references.
fn alt(text: &str, place: Place, setup: &Setup, out: &mut String) {
    for (index, part) in text.split('\n').enumerate() {
        if index > 0 {
            out.push_str("&#10;");
        }
        escape::text(part, (out.chars().next_back(), Some(']')), place, setup, out);
    }
}
