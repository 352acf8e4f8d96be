//! Code: indented and fenced.

use super::{El, Kind, Level, Parser, Source};
use crate::ast::Fence;
use crate::markup::kramdown::scan::{blank_lines, blanks, byte, is_space, line_end, rest_blank, spaces};

impl<'a> Parser<'a> {
    /// Code that is indented by a tab or four spaces.
    pub(super) fn indented_code(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let start = src.at;
        if indent(src.text, start) == start {
            return false;
        }
        let end = self.indented_end(src);
        // A line of white space that is no space or tab: kramdown never gets past it.
        src.at = if end == start { line_end(src.text, start) } else { end };
        let text = dedent(src.text.get(start..src.at).unwrap_or_default());
        level.push(El::new(Kind::Code { text, fence: None }, src.span_from(start)));
        true
    }

    /// Behind indented lines, the blank lines between them, and the lines that follow them lazily.
    pub(super) fn indented_end(&mut self, src: &Source<'_, 'a>) -> usize {
        let text = src.text;
        let mut end = src.at;
        loop {
            let mut at = blank_lines(text, end).unwrap_or(end);
            let from = at;
            while indent(text, at) > at && has_content(text, at) {
                at = line_end(text, at);
            }
            if at == from {
                return end;
            }
            let mut here = Source { buffer: src.buffer, text, at };
            while has_content(text, here.at) && !self.ends_lazily(&here) {
                here.at = line_end(text, here.at);
            }
            end = here.at;
        }
    }

    /// Code between fences.
    pub(super) fn fenced_code(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let start = src.at;
        let Some(found) = self.fence(src) else { return false };
        src.at = found.end;
        let mark = src.text.get(found.mark.0..found.mark.1).unwrap_or_default();
        let fence = Fence::new(mark.chars().next().unwrap_or('~'), mark.len());
        let text = src.text.get(found.body.0..found.body.1).unwrap_or_default().to_owned();
        let mut el = El::new(Kind::Code { text, fence: Some(fence) }, src.span_from(start));
        let info = src.text.get(found.info.0..found.info.1).unwrap_or_default();
        if !info.is_empty() {
            let cut = info.char_indices().skip(1).find(|(_, c)| *c == '?').map_or(info.len(), |(i, _)| i);
            let language = info.get(..cut).unwrap_or_default();
            el.attrs.push(("class".to_owned(), format!("language-{language}")));
        }
        level.push(el);
        true
    }

    /// The whole fenced block here.
    fn fence(&mut self, src: &Source<'_, 'a>) -> Option<Fenced> {
        let text = src.text;
        let start = if self.settings.gfm { spaces(text, src.at, 3) } else { src.at };
        let run = if self.settings.gfm {
            fence_run(text, start)
        } else {
            text.as_bytes().get(start..)?.iter().take_while(|b| **b == b'~').count()
        };
        if run < 3 {
            return None;
        }
        let line = line_end(text, start);
        let indent = if self.settings.gfm { 3 } else { 0 };
        // kramdown tries the whole run first, then each shorter one; what is left of the run belongs to the name.
        let mut length = run;
        loop {
            let info = info(text, start + length, line);
            let mark = text.get(start..start + length)?;
            let most = info.and_then(|_| longest_close(src, line, mark, indent));
            match (info, most) {
                (Some(info), Some(Close::Found { start: close, end })) => {
                    return Some(Fenced { mark: (start, start + length), info, body: (line, close), end });
                }
                (Some(_), Some(Close::Longest(most))) if most >= 3 && most < length => length = most,
                (Some(_), _) => return None,
                (None, _) => length -= 1,
            }
            if length < 3 {
                return None;
            }
        }
    }
}

struct Fenced {
    mark: (usize, usize),
    info: (usize, usize),
    body: (usize, usize),
    end: usize,
}

/// What was found of a closing fence.
enum Close {
    Found {
        start: usize,
        end: usize,
    },
    /// None; a fence of this length would have been closed.
    Longest(usize),
}

/// The first line from `at` on that closes a fence.
fn longest_close(src: &Source<'_, '_>, at: usize, mark: &str, indent: usize) -> Option<Close> {
    let text = src.text;
    let last = *mark.as_bytes().last()?;
    let is_mixed = mark.bytes().any(|b| b != last);
    let known = &src.buffer.unclosed[usize::from(last == b'~')];
    let (from, above) = known.get();
    if !is_mixed && above > 0 && at >= from && mark.len() >= above {
        return Some(Close::Longest(above - 1));
    }
    if is_mixed && !src.buffer.spend(text.len() - at) {
        return None;
    }
    let mut longest = 0;
    let mut line = at;
    while line < text.len() {
        let from = spaces(text, line, indent);
        if byte(text, from) == *mark.as_bytes().first()? {
            let run = text.as_bytes().get(from..)?.iter().take_while(|b| **b == last).count();
            let run = if is_mixed && text.get(from..)?.starts_with(mark) { mark.len() } else { run };
            let behind = text.as_bytes().get(from + run..)?.iter().take_while(|b| **b == last).count();
            if let Some(end) = rest_blank(text, from + run + behind) {
                if run >= mark.len() {
                    return Some(Close::Found { start: line, end });
                }
                longest = longest.max(run);
            }
        }
        line = line_end(text, line);
    }
    if is_mixed {
        return Some(Close::Longest(mark.len() - 1));
    }
    known.set((at, longest + 1));
    Some(Close::Longest(longest))
}

/// The one word behind a fence, which may be empty.
fn info(text: &str, at: usize, line: usize) -> Option<(usize, usize)> {
    let raw = text.get(at..line)?;
    let word = raw.trim_matches(|c: char| c.is_ascii() && is_space(c as u8));
    let start = at + (word.as_ptr() as usize - raw.as_ptr() as usize);
    let is_one = !word.bytes().any(is_space);
    (is_one && raw.ends_with('\n')).then_some((start, start + word.len()))
}

/// How many characters of a fence stand at `at`; GFM takes any mixture.
pub(super) fn fence_run(text: &str, at: usize) -> usize {
    text.as_bytes().get(at..).unwrap_or_default().iter().take_while(|b| matches!(b, b'`' | b'~')).count()
}

/// Behind a tab or four spaces.
pub(super) fn indent(text: &str, at: usize) -> usize {
    if byte(text, at) == b'\t' {
        return at + 1;
    }
    let end = spaces(text, at, 4);
    if end - at == 4 { end } else { at }
}

/// Whether the line has something behind spaces and tabs, and ends.
fn has_content(text: &str, at: usize) -> bool {
    let from = blanks(text, at);
    from < text.len() && !is_space(byte(text, from))
}

/// Code without its indentation; lazy lines are joined to the line before them.
fn dedent(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    for line in code.split_inclusive('\n') {
        let from = spaces(line, 0, 4);
        let is_lazy = from < 4 && !is_space(byte(line, from));
        if is_lazy && out.ends_with('\n') {
            out.pop();
            out.push(' ');
            out.push_str(line);
        } else {
            out.push_str(line.get(indent(line, 0)..).unwrap_or_default());
        }
    }
    out
}
