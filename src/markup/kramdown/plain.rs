//! Blocks that kramdown and CommonMark read alike by their letters alone: most of what people write.
//!
//! A block is plain if it begins and ends at an empty line and holds nothing on which the two could differ: paragraphs,
//! headings, tight lists and fences of the simplest kind, with links, code and emphasis of the simplest kind in them.
//! What is not plain for certain is not plain. Whether a reading begins a block there at all is for the readings to say.

use std::ops::Range;

use memchr::memmem;

/// The plain blocks of a body: where each begins, and where its last line ends.
pub(super) fn blocks(body: &str) -> Vec<Range<usize>> {
    let bytes = body.as_bytes();
    let mut found = Vec::new();
    // What changes how any text is read.
    let is_odd = |needle: &str| memmem::find(bytes, needle.as_bytes()).is_some();
    if memchr::memchr(b'\r', bytes).is_some() || is_odd("*[") || is_odd("{::") {
        return found;
    }
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'\n' {
            at += 1;
            continue;
        }
        if let Some(end) = block(bytes, at).filter(|end| is_apart(bytes, *end)) {
            found.push(at..end);
            at = end;
        }
        // The next block begins behind an empty line.
        match memmem::find(bytes.get(at..).unwrap_or_default(), b"\n\n") {
            Some(gap) => at += gap + 2,
            None => break,
        }
    }
    found
}

/// Whether an empty line or nothing follows, and behind it nothing that belongs to what stands before.
fn is_apart(bytes: &[u8], end: usize) -> bool {
    let rest = bytes.get(end..).unwrap_or_default();
    if !(rest.is_empty() || rest == b"\n" || rest.starts_with(b"\n\n")) {
        return false;
    }
    let next = rest.iter().find(|byte| !matches!(byte, b'\n' | b' '));
    !matches!(next, Some(b':' | b'{' | b'^'))
}

/// Where the plain block that begins here ends.
fn block(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes[at] {
        b'#' => heading(bytes, at),
        b'`' if bytes[at..].starts_with(b"```") => fence(bytes, at),
        b'-' | b'*' if bytes.get(at + 1) == Some(&b' ') => list(bytes, at, &bytes[at..at + 1]),
        b'1' if bytes[at..].starts_with(b"1. ") => list(bytes, at, b"1."),
        _ => paragraph(bytes, at),
    }
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', bytes.get(at..).unwrap_or_default()).map_or(bytes.len(), |length| at + length)
}

fn heading(bytes: &[u8], at: usize) -> Option<usize> {
    let level = bytes[at..].iter().take_while(|byte| **byte == b'#').count();
    let end = line_end(bytes, at);
    let text = bytes.get(at + level + 1..end)?;
    let is_heading = level <= 6 && bytes.get(at + level) == Some(&b' ') && !text.ends_with(b"#");
    (is_heading && !text.iter().any(|byte| matches!(byte, b'{' | b'}')) && is_line(text)).then_some(end)
}

fn paragraph(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let end = line_end(bytes, at);
        if !is_line(&bytes[at..end]) {
            return None;
        }
        if matches!(bytes.get(end + 1), None | Some(b'\n')) {
            return Some(end);
        }
        at = end + 1;
    }
}

/// A fence whose code ends at the next fence, with a word behind it or none.
fn fence(bytes: &[u8], at: usize) -> Option<usize> {
    let first = line_end(bytes, at);
    let info = bytes.get(at + 3..first)?;
    if !info.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
        return None;
    }
    let mut line = first + 1;
    while line < bytes.len() {
        let end = line_end(bytes, line);
        let text = &bytes[line..end];
        let trimmed = text.trim_ascii_start();
        if trimmed.starts_with(b"```") || trimmed.starts_with(b"~~~") {
            return (text == b"```" && line > first + 1).then_some(end);
        }
        if memmem::find(text, b"<!--more").is_some() {
            return None;
        }
        line = end + 1;
    }
    None
}

/// A tight list of one level. Lines that go on stand below the text of their item.
fn list(bytes: &[u8], mut at: usize, marker: &[u8]) -> Option<usize> {
    let width = marker.len() + 1;
    let mut number = b'1';
    loop {
        let end = line_end(bytes, at);
        let line = &bytes[at..end];
        let text = line.get(width..)?;
        let is_item = match marker {
            b"1." => {
                let is_next = line.starts_with(&[number, b'.', b' ']);
                number += u8::from(is_next);
                is_next && number <= b'9' + 1
            }
            marker => line.starts_with(marker) && line[1] == b' ',
        };
        let goes_on = line.iter().take(width).all(|byte| *byte == b' ');
        let is_odd = text.starts_with(b"*") && marker == b"*" || is_box(text);
        if !(is_item || goes_on) || is_odd || !is_line(text) {
            return None;
        }
        match bytes.get(end + 1) {
            None | Some(b'\n') => {
                let next = bytes[end..].iter().position(|byte| *byte != b'\n').map(|next| bytes[end + next]);
                return (!matches!(next, Some(b' ' | b'\t' | b'-' | b'*' | b'+' | b'0'..=b'9'))).then_some(end);
            }
            Some(_) => at = end + 1,
        }
    }
}

/// Whether this might be the box of a task.
fn is_box(text: &[u8]) -> bool {
    matches!(text, [b'[', _, b']', ..])
}

/// Whether a line of running text is plain.
fn is_line(line: &[u8]) -> bool {
    let starts = match line.first() {
        Some(b'*' | b'_' | b'[' | b'`' | b'"' | b'\'' | b'(' | b'!' | 0x80..) => true,
        Some(b'0'..=b'9') => {
            let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
            !matches!(line.get(digits), Some(b'.' | b')'))
        }
        Some(byte) => byte.is_ascii_alphabetic(),
        None => false,
    };
    starts && !line.ends_with(b" ") && is_text(line)
}

/// Whether running text is plain: each mark in it is of the simplest kind.
fn is_text(line: &[u8]) -> bool {
    let mut at = 0;
    loop {
        at += line[at..].iter().take_while(|byte| HARMLESS[usize::from(**byte)]).count();
        let Some(byte) = line.get(at) else { return true };
        let next = line.get(at + 1).copied().unwrap_or(b'\n');
        let length = match byte {
            b'!' if next != b'[' => 1,
            b'&' | b'<' if next == b' ' => 1,
            b'>' if next != b'>' => 1,
            b'$' if next != b'$' => 1,
            b'{' if next != b':' => 1,
            b'}' => 1,
            b'_' if is_within_word(line, at) => 1,
            b'*' | b'_' => emphasis(line, at),
            b'`' => code(line, at),
            b'!' => link(line, at + 1).map_or(0, |length| length + 1),
            b'[' => link(line, at).unwrap_or(0),
            _ => 0,
        };
        if length == 0 {
            return false;
        }
        at += length;
    }
}

/// Bytes that are harmless whatever stands around them.
const HARMLESS: [bool; 256] = {
    let mut harmless = [false; 256];
    let mut byte: u8 = 0;
    loop {
        harmless[byte as usize] = byte.is_ascii_alphanumeric()
            || byte >= 0x80
            || matches!(
                byte,
                b' ' | b','
                    | b'.'
                    | b';'
                    | b':'
                    | b'?'
                    | b'\''
                    | b'"'
                    | b'('
                    | b')'
                    | b'-'
                    | b'/'
                    | b'+'
                    | b'='
                    | b'%'
                    | b'#'
                    | b'@'
            );
        if byte == u8::MAX {
            break harmless;
        }
        byte += 1;
    }
};

fn is_within_word(line: &[u8], at: usize) -> bool {
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    at > 0 && is_word(line.get(at - 1)) && is_word(line.get(at + 1))
}

/// Bytes that are no mark anywhere.
fn is_simple(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b' ' | b',' | b'.' | b'\'' | b'-' | b'/' | b':' | b';' | b'?' | b'+' | b'%' | b'#' | b'@')
}

/// How long the emphasis is that begins here: behind a space, at a letter, up to a space or the end of a sentence.
fn emphasis(line: &[u8], at: usize) -> usize {
    let mark = line[at];
    let run = line[at..].iter().take_while(|byte| **byte == mark).count();
    let begins = at == 0 || matches!(line[at - 1], b' ' | b'(');
    if run > 2 || !begins || !line.get(at + run).is_some_and(u8::is_ascii_alphanumeric) {
        return 0;
    }
    let Some(inside) = line[at + run..].iter().position(|byte| !is_simple(*byte)) else { return 0 };
    let close = at + run + inside;
    let end = close + run;
    let is_closed = line[close..].iter().take_while(|byte| **byte == mark).count() == run;
    let is_tight = line[close - 1] != b' ';
    let ends = matches!(line.get(end), None | Some(b' ' | b',' | b'.' | b';' | b':' | b'?' | b')'));
    if is_closed && is_tight && ends { end - at } else { 0 }
}

/// How long the code is that begins here: between single ticks, without white space at its ends.
fn code(line: &[u8], at: usize) -> usize {
    let Some(length) = memchr::memchr(b'`', &line[at + 1..]) else { return 0 };
    let inside = &line[at + 1..at + 1 + length];
    let is_fine = !inside.is_empty()
        && !inside.starts_with(b" ")
        && !inside.ends_with(b" ")
        && !inside.contains(&b'|')
        && memmem::find(inside, b"<!--more").is_none();
    if is_fine && line.get(at + length + 2) != Some(&b'`') { length + 2 } else { 0 }
}

/// How long the link is that begins here: text without marks, and an address of usual characters.
fn link(line: &[u8], at: usize) -> Option<usize> {
    let inside = line.get(at + 1..)?;
    let text = inside.iter().position(|byte| !(is_simple(*byte) || *byte >= 0x80))?;
    if text == 0 || inside.get(text) != Some(&b']') || inside.get(text + 1) != Some(&b'(') {
        return None;
    }
    if inside.starts_with(b" ") || inside[text - 1] == b' ' {
        return None;
    }
    let address = inside.get(text + 2..)?;
    let is_usual = |byte: &u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b':' | b'/' | b'.' | b'?' | b'#' | b'=' | b'&' | b'%' | b'_' | b'+' | b',' | b'@' | b'-')
    };
    let length = address.iter().position(|byte| !is_usual(byte))?;
    (length > 0 && address[length] == b')').then_some(1 + text + 2 + length + 1)
}
