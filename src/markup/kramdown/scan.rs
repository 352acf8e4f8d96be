//! What a text holds at a place: white space, names, tags. Offsets are bytes; `None` is no match.

/// White space as Ruby's `\s` has it.
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// Ruby's `\w`: ASCII only.
pub(super) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// White space as Ruby's `strip` takes it off.
pub(super) fn is_strippable(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\0')
}

/// The byte at `at`, 0 behind the end.
pub(super) fn byte(s: &str, at: usize) -> u8 {
    s.as_bytes().get(at).copied().unwrap_or(0)
}

/// The character at `at`.
pub(super) fn char_at(s: &str, at: usize) -> Option<char> {
    let first = byte(s, at);
    if first.is_ascii() && at < s.len() {
        return Some(first as char);
    }
    s.get(at..)?.chars().next()
}

/// Behind the newline that ends the line `at` stands in.
pub(super) fn line_end(s: &str, at: usize) -> usize {
    s.as_bytes().get(at..).and_then(|rest| memchr::memchr(b'\n', rest)).map_or(s.len(), |n| at + n + 1)
}

/// Behind up to `most` spaces.
pub(super) fn spaces(s: &str, at: usize, most: usize) -> usize {
    let mut end = at;
    while end - at < most && byte(s, end) == b' ' {
        end += 1;
    }
    end
}

/// Behind spaces and tabs.
pub(super) fn blanks(s: &str, at: usize) -> usize {
    let mut end = at;
    while matches!(byte(s, end), b' ' | b'\t') {
        end += 1;
    }
    end
}

/// Behind any white space.
pub(super) fn white(s: &str, at: usize) -> usize {
    let mut end = at;
    while is_space(byte(s, end)) {
        end += 1;
    }
    end
}

/// Behind a newline with nothing but white space before it.
pub(super) fn rest_blank(s: &str, at: usize) -> Option<usize> {
    let mut end = at;
    while is_space(byte(s, end)) {
        end += 1;
        if byte(s, end - 1) == b'\n' {
            return Some(end);
        }
    }
    None
}

/// Behind a newline with nothing but spaces and tabs before it.
pub(super) fn trailing(s: &str, at: usize) -> Option<usize> {
    let end = blanks(s, at);
    (byte(s, end) == b'\n').then_some(end + 1)
}

/// Behind blank lines.
pub(super) fn blank_lines(s: &str, at: usize) -> Option<usize> {
    let mut end = None;
    let mut here = at;
    while is_space(byte(s, here)) {
        here += 1;
        if byte(s, here - 1) == b'\n' {
            end = Some(here);
        }
    }
    end
}

/// A letter, Ruby's `[[:alpha:]]`.
pub(super) fn is_alpha(c: char) -> bool {
    c.is_alphabetic()
}

/// A letter or decimal digit, Ruby's `[[:alnum:]]`.
pub(super) fn is_alnum(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphabetic() || (c.is_numeric() && is_word_char(c))))
}

/// Ruby's `\p{Word}`: letters, marks, decimal digits, connectors.
pub(super) fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return is_word(c as u8);
    }
    c.is_alphabetic() || super::tables::is_mark_or_digit(c)
}

/// Behind a name without a colon.
fn simple_name(s: &str, at: usize) -> Option<usize> {
    let first = char_at(s, at)?;
    if !(is_alpha(first) || first == '_') {
        return None;
    }
    let mut end = at + first.len_utf8();
    while let Some(c) = char_at(s, end) {
        if !(is_alnum(c) || matches!(c, '-' | '.' | '_')) {
            break;
        }
        end += c.len_utf8();
    }
    Some(end)
}

/// Behind the name of a tag or attribute.
pub(super) fn tag_name(s: &str, at: usize) -> Option<usize> {
    let end = simple_name(s, at)?;
    if byte(s, end) == b':' {
        return Some(simple_name(s, end + 1).unwrap_or(end));
    }
    Some(end)
}

/// Behind the name of an attribute list, a footnote: `\w[\w-]*`.
pub(super) fn id_name(s: &str, at: usize) -> Option<usize> {
    let mut end = at;
    while is_word(byte(s, end)) || (end > at && byte(s, end) == b'-') {
        end += 1;
    }
    (end > at).then_some(end)
}

/// An opening tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenTag {
    /// Where its name ends; it starts one byte behind the tag.
    pub(super) name_end: usize,
    /// Where its attributes end.
    pub(super) attrs_end: usize,
    /// Whether it ends in `/>`.
    pub(super) is_closed: bool,
    pub(super) end: usize,
}

/// The opening tag at `at`, if it is one that kramdown accepts: a value without quotes has word characters only.
pub(super) fn open_tag(s: &str, at: usize) -> Option<OpenTag> {
    if byte(s, at) != b'<' {
        return None;
    }
    let name_end = tag_name(s, at + 1)?;
    let mut attrs_end = name_end;
    loop {
        let start = white(s, attrs_end);
        if start == attrs_end {
            break;
        }
        match attribute(s, start) {
            Some(attribute) => attrs_end = attribute.end,
            None => break,
        }
    }
    let mut end = white(s, attrs_end);
    let is_closed = byte(s, end) == b'/';
    end += usize::from(is_closed);
    (byte(s, end) == b'>').then_some(OpenTag { name_end, attrs_end, is_closed, end: end + 1 })
}

/// An attribute of a tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribute {
    pub(super) name_end: usize,
    pub(super) value: Option<(usize, usize)>,
    pub(super) end: usize,
}

/// The attribute whose name starts at `at`.
pub(super) fn attribute(s: &str, at: usize) -> Option<Attribute> {
    let name_end = tag_name(s, at)?;
    let none = Attribute { name_end, value: None, end: name_end };
    let equals = white(s, name_end);
    if byte(s, equals) != b'=' {
        return Some(none);
    }
    let start = white(s, equals + 1);
    let quote = byte(s, start);
    if matches!(quote, b'"' | b'\'') {
        let Some(len) = s.as_bytes().get(start + 1..).and_then(|rest| memchr::memchr(quote, rest)) else {
            return Some(none);
        };
        return Some(Attribute { name_end, value: Some((start + 1, start + 1 + len)), end: start + len + 2 });
    }
    let mut end = start;
    while let Some(c) = char_at(s, end)
        && is_word_char(c)
    {
        end += c.len_utf8();
    }
    Some(if end == start { none } else { Attribute { name_end, value: Some((start, end)), end } })
}

/// A closing tag: where its name ends and where it ends itself.
pub(super) fn close_tag(s: &str, at: usize) -> Option<(usize, usize)> {
    if byte(s, at) != b'<' || byte(s, at + 1) != b'/' {
        return None;
    }
    let name_end = tag_name(s, at + 2)?;
    let end = white(s, name_end);
    (byte(s, end) == b'>').then_some((name_end, end + 1))
}

/// Where the attribute list ends whose `{:` ends at `from`: `accept` is given the offset behind each brace that may
/// close it, the likeliest first, and says whether what follows fits.
pub(super) fn list_close<R>(
    buffer: &super::text::Buffer<'_>,
    from: usize,
    accept: impl Fn(usize) -> Option<R>,
) -> Option<(usize, R)> {
    let s = &*buffer.text;
    let mut escaped = Vec::new();
    let mut at = from;
    loop {
        let close = buffer.find(super::text::Needle::Brace, at)?;
        if close > from && byte(s, close - 1) != b'\\' {
            if let Some(found) = accept(close + 1) {
                return Some((close, found));
            }
            break;
        }
        if close == from {
            return None;
        }
        escaped.push(close);
        at = close + 1;
        if !buffer.spend(1) || escaped.len() > 64 {
            break;
        }
    }
    escaped.into_iter().rev().find_map(|close| (close > from).then(|| Some((close, accept(close + 1)?)))?)
}
