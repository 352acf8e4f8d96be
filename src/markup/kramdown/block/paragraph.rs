//! Paragraphs and headings.

use super::{El, Kind, Level, Paragraph, Parser, Source};
use crate::ast::HeadingStyle;
use crate::markup::kramdown::attrs;
use crate::markup::kramdown::scan::{
    blank_lines, blanks, byte, char_at, close_tag, is_strippable, is_word_char, line_end, rest_blank, spaces, tag_name,
    white,
};
use crate::markup::kramdown::tables;
use crate::markup::kramdown::text::Piece;

impl<'a> Parser<'a> {
    /// What nothing else is.
    pub(super) fn paragraph(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) {
        let start = src.at;
        if byte(src.text, spaces(src.text, start, 3)) == b'\t' {
            return bare_text(src, level);
        }
        loop {
            src.at = line_end(src.text, src.at);
            if self.ends_paragraph(src) {
                break;
            }
        }
        let raw = src.text.get(start..src.at).unwrap_or_default();
        let end = start + raw.trim_end_matches(is_strippable).len();
        if let Some(El { kind: Kind::Paragraph(last), span, .. }) = level.tree.kids.last_mut() {
            let breaks = start >= 3 && src.text.get(start - 3..start) == Some("  \n");
            let more = src.piece(start, end.max(start));
            *span = span.cover(more.span());
            last.text.join(if breaks { "  \n" } else { "\n" }, &more);
            return;
        }
        let from = start + (raw.len() - raw.trim_start_matches(is_strippable).len());
        let text = src.piece(from.min(end), end);
        let span = text.span();
        level.push(El::new(Kind::Paragraph(Paragraph { text, is_plain: false, task: None }), span));
    }

    /// Whether the line here is no part of the paragraph before it.
    fn ends_paragraph(&self, src: &Source<'_, 'a>) -> bool {
        if self.ends_lazily(src) {
            return true;
        }
        let (text, at) = (src.text, src.at);
        let start = spaces(text, at, 3);
        let gfm = self.settings.gfm && self.settings.paragraph_end;
        match byte(text, start) {
            b':' => super::list::tail(text, start + 1),
            b'*' | b'+' | b'-' | b'0'..=b'9' => gfm && super::list::any_start(text, at),
            b'#' => gfm && start == at && gfm_heading(text, at).is_some(),
            b'>' => gfm,
            b'`' | b'~' => gfm && super::code::fence_run(text, start) >= 3,
            _ => false,
        }
    }

    /// Whether lines that belong to what stands before them without being marked so end here.
    pub(super) fn ends_lazily(&self, src: &Source<'_, 'a>) -> bool {
        let (text, at) = (src.text, src.at);
        if at >= text.len() || blank_lines(text, at).is_some() {
            return true;
        }
        let start = spaces(text, at, 3);
        match byte(text, start) {
            b'{' => super::extension::attr_list_line(src.buffer, start).is_some(),
            b'^' => start == at && super::end_marker(text, at).is_some(),
            b'<' => lazy_html(text, start),
            _ => false,
        }
    }

    /// `## A`.
    pub(super) fn atx_heading(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let quirk = self.settings.gfm && self.settings.paragraph_end;
        if !quirk && !level.is_after_boundary() {
            return false;
        }
        let found = if self.settings.gfm { gfm_heading(src.text, src.at) } else { native_heading(src.text, src.at) };
        let Some((depth, from, end)) = found else { return false };
        let (mut text, id) = heading_contents(src.piece(from, end - 1));
        let content = text.as_str();
        let bare = content.trim_end_matches('#');
        let closes = if quirk { bare.ends_with(['\t', ' ']) } else { !bare.ends_with('\\') };
        if closes && bare.len() < content.len() {
            text.end = text.start + bare.trim_end_matches(is_strippable).len();
        } else if !quirk && bare.len() + 1 < content.len() {
            // An escaped mark stays, those behind it go.
            text.end = text.start + bare.len() + 1;
        }
        self.add_heading(src, level, (depth, HeadingStyle::Atx, end), text, id)
    }

    /// A line with `=` or `-` below it.
    pub(super) fn setext_heading(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let line = line_end(src.text, src.at);
        let mark = byte(src.text, line);
        if !matches!(mark, b'=' | b'-') || !level.is_after_boundary() {
            return false;
        }
        let mut end = line;
        while matches!(byte(src.text, end), b'=' | b'-') {
            end += 1;
        }
        while matches!(byte(src.text, end), b' ' | b'\t' | b'\r' | 0x0b | 0x0c) {
            end += 1;
        }
        let from = spaces(src.text, src.at, 3);
        if byte(src.text, end) != b'\n' || matches!(byte(src.text, from), b' ' | b'\t') {
            return false;
        }
        let (text, id) = heading_contents(src.piece(from, line - 1));
        let depth = if mark == b'-' { 2 } else { 1 };
        self.add_heading(src, level, (depth, HeadingStyle::Setext, end + 1), text, id)
    }

    fn add_heading(
        &mut self,
        src: &mut Source<'_, 'a>,
        level: &mut Level<'_, 'a>,
        (depth, style, end): (u8, HeadingStyle, usize),
        text: Piece<'a>,
        id: Option<String>,
    ) -> bool {
        if text.as_str().is_empty() {
            return false;
        }
        let start = src.at;
        src.at = end;
        let mut el = El::new(Kind::Heading { level: depth, style, text }, src.span_from(start));
        if let Some(id) = id {
            attrs::set(&mut el.attrs, "id", &id);
        }
        level.push(el);
        true
    }
}

/// A line with a tab behind one to three spaces: kramdown knows no block for it, and shows its text bare.
fn bare_text<'a>(src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) {
    let start = src.at;
    src.at = line_end(src.text, start);
    let piece = src.piece(start, src.at);
    let span = src.span_from(start);
    match level.tree.kids.last_mut() {
        Some(El { kind: Kind::Spans(last), span: place, .. }) => {
            last.join("", &piece);
            *place = place.cover(span);
        }
        _ => level.tree.kids.push(El::new(Kind::Spans(piece), span)),
    }
}

/// The heading at `at` as GFM has it: its level, where its text starts, where it ends itself.
fn gfm_heading(text: &str, at: usize) -> Option<(u8, usize, usize)> {
    let level = (at..at + 6).take_while(|&i| byte(text, i) == b'#').count();
    let from = blanks(text, at + level);
    let end = line_end(text, at);
    let ends = text.get(..end)?.ends_with('\n');
    (level > 0 && from > at + level && ends).then_some((u8::try_from(level).ok()?, from, end))
}

/// The same as kramdown itself has it: no space is needed, and the text may even stand on the next line.
fn native_heading(text: &str, at: usize) -> Option<(u8, usize, usize)> {
    let marks = (at..at + 6).take_while(|&i| byte(text, i) == b'#').count();
    let from = blanks(text, at + marks);
    let is_alone = byte(text, from) == b'\n';
    let (level, from, end) = match marks {
        0 => return None,
        _ if is_alone && from + 1 < text.len() => (marks, from, line_end(text, from + 1)),
        _ if !is_alone => (marks, from, line_end(text, from)),
        1 => return None,
        // The last mark is the text.
        _ => (marks - 1, at + marks - 1, line_end(text, at)),
    };
    text.get(..end)?.ends_with('\n').then_some((u8::try_from(level).ok()?, from, end))
}

/// The text of a heading without the `{#id}` at its end.
fn heading_contents(mut text: Piece<'_>) -> (Piece<'_>, Option<String>) {
    text.end = text.start + text.as_str().trim_end_matches(is_strippable).len();
    let (content, id) = split_id(text.as_str());
    let (length, id) = (content.len(), id.map(str::to_owned));
    text.end = text.start + length;
    (text, id)
}

/// The text of a heading and the id behind it.
pub(in super::super) fn split_id(content: &str) -> (&str, Option<&str>) {
    let Some(open) = content.rfind("{#") else { return (content, None) };
    let Some(id) = content.get(open + 2..).and_then(|rest| rest.strip_suffix('}')) else { return (content, None) };
    let fits = id.chars().enumerate().all(|(i, c)| is_id_start(c) || (i > 0 && is_id_part(c)));
    let before = content.get(..open).unwrap_or_default();
    if id.is_empty() || !fits || !before.ends_with(['\t', ' ']) {
        return (content, None);
    }
    (before.trim_end_matches(is_strippable), Some(id))
}

/// A character that an XML name may start with.
fn is_id_start(c: char) -> bool {
    matches!(c, ':' | 'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

/// A character that an XML name may have behind its first.
fn is_id_part(c: char) -> bool {
    matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// Whether the tag at `at` ends what stands before it: the tag of an element that does not stand in running text.
pub(super) fn lazy_html(text: &str, at: usize) -> bool {
    if byte(text, at) != b'<' {
        return false;
    }
    let name = at + 1 + usize::from(byte(text, at + 1) == b'/');
    if tag_name(text, name).is_none() {
        return false;
    }
    let mut end = name;
    while let Some(c) = char_at(text, end)
        && is_word_char(c)
    {
        end += c.len_utf8();
    }
    let word = text.get(name..end).unwrap_or_default();
    !(tables::is_span(word) || word == "script") && (name == at + 1 || close_tag(text, at).is_some())
}

/// Whether a block ends here as far as what follows is concerned.
pub(super) fn is_before_boundary(src: &Source<'_, '_>) -> bool {
    let (text, at) = (src.text, src.at);
    let rest_is_white = || white(text, at) == text.len();
    at >= text.len()
        || rest_blank(text, at).is_some()
        || super::end_marker(text, at).is_some()
        || super::extension::attr_list_line(src.buffer, spaces(text, at, 3)).is_some()
        || (text.len() - at == 1 && rest_is_white())
}
