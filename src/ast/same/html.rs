//! A small tokenizer of HTML: enough to read what stands as raw HTML in a document, tags balanced or not.
//!
//! It builds no tree and mends nothing: two texts that give the same tokens are taken for the same.

use std::borrow::Cow;

use super::names;

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    /// A start tag.
    Start(StartTag<'a>),
    /// An end tag: its name in lower case.
    End(Cow<'a, str>),
    /// Text, character references resolved; as it stands where the element around it holds raw text.
    Text(Cow<'a, str>),
    /// A comment, and everything that HTML takes for one: a declaration, a processing instruction.
    Comment(&'a str),
    /// A tag that the text ends in.
    Broken(&'a str),
}

/// A start tag.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StartTag<'a> {
    /// Its name in lower case.
    pub(crate) name: Cow<'a, str>,
    /// Its attributes in order, names in lower case, values with character references resolved; the first of two with
    /// one name counts.
    pub(crate) attrs: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// Written `<a/>`. It counts in SVG and MathML only.
    pub(crate) closes_itself: bool,
}

/// The tokens of a text.
#[derive(Clone, Debug)]
pub(crate) struct Tokens<'a> {
    rest: &'a str,
    /// The element whose raw text follows.
    raw_text: Option<Cow<'a, str>>,
    /// A newline right behind `<pre>` is no part of its text.
    skips_newline: bool,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Tokens { rest: text, raw_text: None, skips_newline: false }
    }

    /// How many bytes are left.
    pub(crate) fn left(&self) -> usize {
        self.rest.len()
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn text(&mut self, length: usize) -> Token<'a> {
        Token::Text(decode(self.take(length), false))
    }

    fn raw_text(&mut self, name: &str) -> Option<Token<'a>> {
        let end = find_end_tag(self.rest, name).unwrap_or(self.rest.len());
        if end == 0 {
            return None;
        }
        let text = self.take(end);
        let is_decoded = matches!(name, "textarea" | "title");
        Some(Token::Text(if is_decoded { decode(text, false) } else { Cow::Borrowed(text) }))
    }

    fn markup(&mut self) -> Token<'a> {
        let bytes = self.rest.as_bytes();
        match bytes.get(1) {
            Some(b'!' | b'?') => self.comment(),
            Some(b'/') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                let name_end = name_end(self.rest, 2);
                let name = lower(&self.rest[2..name_end]);
                match memchr::memchr(b'>', &bytes[name_end..]) {
                    Some(end) => {
                        self.take(name_end + end + 1);
                        Token::End(name)
                    }
                    None => Token::Broken(self.take(bytes.len())),
                }
            }
            // As in HTML, `</` before anything but a letter begins a comment.
            Some(b'/') if bytes.len() > 2 => self.comment(),
            Some(byte) if byte.is_ascii_alphabetic() => self.start_tag(),
            _ => self.text_from(1),
        }
    }

    /// Text whose first bytes, a lone `<`, are no markup.
    fn text_from(&mut self, from: usize) -> Token<'a> {
        let end = memchr::memchr(b'<', &self.rest.as_bytes()[from..]).map_or(self.rest.len(), |end| from + end);
        self.text(end)
    }

    fn comment(&mut self) -> Token<'a> {
        let rest = self.rest;
        if let Some(body) = rest.strip_prefix("<!--") {
            // `<!-->` and `<!--->` are whole comments.
            if body.starts_with('>') || body.starts_with("->") {
                self.take(4 + body.find('>').unwrap_or(0) + 1);
                return Token::Comment("");
            }
            let dashes = body.find("-->").map(|end| (end, 3));
            let bang = body.find("--!>").map(|end| (end, 4));
            let (end, closer) = [dashes, bang].into_iter().flatten().min().unwrap_or((body.len(), 0));
            self.take(4 + end + closer);
            return Token::Comment(&body[..end]);
        }
        let start = if rest.starts_with("<?") { 1 } else { 2 };
        let end = rest.find('>').unwrap_or(rest.len());
        self.take(end + 1);
        Token::Comment(rest.get(start..end).unwrap_or_default())
    }

    fn start_tag(&mut self) -> Token<'a> {
        let whole = self.rest;
        let bytes = whole.as_bytes();
        let mut at = name_end(whole, 1);
        let name = lower(&whole[1..at]);
        let mut attrs = Attributes::default();
        loop {
            at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == b'/').count();
            match bytes.get(at) {
                None => return Token::Broken(self.take(bytes.len())),
                Some(b'>') => break,
                Some(_) => match attribute(whole, at) {
                    Some((name, value, next)) => {
                        attrs.push(name, value);
                        at = next;
                    }
                    None => return Token::Broken(self.take(bytes.len())),
                },
            }
        }
        let closes_itself = bytes[..at].ends_with(b"/");
        self.take(at + 1);
        if names::is_raw_text(&name) {
            self.raw_text = Some(name.clone());
        }
        self.skips_newline = names::keeps_space(&name);
        Token::Start(StartTag { name, attrs: attrs.pairs, closes_itself })
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if std::mem::take(&mut self.skips_newline) {
            let newline = ["\n", "\r\n", "&#10;"].iter().find_map(|newline| self.rest.strip_prefix(newline));
            self.rest = newline.unwrap_or(self.rest);
        }
        if let Some(name) = self.raw_text.take()
            && let Some(text) = self.raw_text(&name)
        {
            return Some(text);
        }
        match memchr::memchr(b'<', self.rest.as_bytes()) {
            _ if self.rest.is_empty() => None,
            Some(0) => Some(self.markup()),
            Some(length) => Some(self.text(length)),
            None => Some(self.text(self.rest.len())),
        }
    }
}

/// Attributes as they come in; names that came already are skipped, in linear time for any number of them.
#[derive(Default)]
struct Attributes<'a> {
    pairs: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    seen: std::collections::BTreeSet<Cow<'a, str>>,
}

impl<'a> Attributes<'a> {
    /// So many attributes are compared one by one.
    const FEW: usize = 16;

    fn push(&mut self, name: Cow<'a, str>, value: Cow<'a, str>) {
        if self.pairs.len() < Self::FEW {
            if self.pairs.iter().all(|(known, _)| *known != name) {
                self.pairs.push((name, value));
            }
            return;
        }
        if self.seen.is_empty() {
            self.seen.extend(self.pairs.iter().map(|(name, _)| name.clone()));
        }
        if self.seen.insert(name.clone()) {
            self.pairs.push((name, value));
        }
    }
}

/// Name, value and end of the attribute at `at`.
fn attribute(text: &str, at: usize) -> Option<(Cow<'_, str>, Cow<'_, str>, usize)> {
    let bytes = text.as_bytes();
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=');
    // A name may begin with `=`.
    let length = 1 + bytes.get(at + 1..)?.iter().take_while(|byte| !is_end(byte)).count();
    let name_end = at + length;
    let name = lower(text.get(at..name_end)?);
    let skip = |from: usize| from + bytes[from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let equals = skip(name_end);
    if bytes.get(equals) != Some(&b'=') {
        return Some((name, Cow::Borrowed(""), name_end));
    }
    let start = skip(equals + 1);
    let quoted = |quote: u8| {
        let end = start + 1 + memchr::memchr(quote, bytes.get(start + 1..)?)?;
        Some((text.get(start + 1..end)?, end + 1))
    };
    let (value, next) = match bytes.get(start)? {
        b'"' => quoted(b'"')?,
        b'\'' => quoted(b'\'')?,
        _ => {
            let length = bytes[start..].iter().take_while(|byte| !byte.is_ascii_whitespace() && **byte != b'>').count();
            (text.get(start..start + length)?, start + length)
        }
    };
    Some((name, decode(value, true), next))
}

fn name_end(text: &str, from: usize) -> usize {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    text.as_bytes()[from..].iter().position(is_end).map_or(text.len(), |end| from + end)
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Where the end tag of the raw text element `name` begins.
pub(super) fn find_end_tag(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, b"</").find(|&at| {
        let after = at + 2 + name.len();
        bytes.get(at + 2..after).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && bytes.get(after).is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
    })
}

/// Resolves character references (HTML, section 13.2.5.72 and following).
pub(crate) fn decode(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut next = Some(first);
    while let Some(at) = next {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = reference(rest, in_attribute, &mut out).unwrap_or_else(|| {
            out.push('&');
            1
        });
        rest = &rest[length..];
        next = memchr::memchr(b'&', rest.as_bytes());
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Puts out what the reference at the start of `text` stands for; its length.
fn reference(text: &str, in_attribute: bool, out: &mut String) -> Option<usize> {
    let body = text.get(1..)?;
    if let Some(digits) = body.strip_prefix('#') {
        return numeric(digits, out).map(|length| length + 2);
    }
    let length = body.bytes().take(40).take_while(u8::is_ascii_alphanumeric).count();
    let with_semicolon = length + usize::from(body.as_bytes().get(length) == Some(&b';'));
    // The longest name counts; few may stand without their semicolon.
    for end in (2..=with_semicolon).rev() {
        let Some(&(first, second)) = html5ever::data::NAMED_ENTITIES.get(&body[..end]) else { continue };
        if first == 0 {
            continue;
        }
        let follows = body.as_bytes().get(end);
        let is_ended = body[..end].ends_with(';');
        if in_attribute && !is_ended && follows.is_some_and(|byte| *byte == b'=' || byte.is_ascii_alphanumeric()) {
            return None;
        }
        out.extend([first, second].into_iter().filter(|code| *code != 0).filter_map(char::from_u32));
        return Some(end + 1);
    }
    None
}

/// Behind `&#`: puts out the character; the length of digits and semicolon.
fn numeric(text: &str, out: &mut String) -> Option<usize> {
    let (digits, radix, prefix) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    if length == 0 {
        return None;
    }
    let code = u32::from_str_radix(&digits[..length], radix).unwrap_or(u32::MAX);
    let replaced = code.checked_sub(0x80).and_then(|index| *html5ever::data::C1_REPLACEMENTS.get(index as usize)?);
    let character = replaced.or(char::from_u32(code)).filter(|c| *c != '\0').unwrap_or('\u{fffd}');
    out.push(character);
    Some(prefix + length + usize::from(digits.as_bytes().get(length) == Some(&b';')))
}

/// Where the tag that begins at `from` ends, by the states of HTML (13.2.5.8, 13.2.5.32 to 13.2.5.40): a quote opens a value
/// only behind the `=` that follows an attribute's name.
pub(crate) fn tag_end(bytes: &[u8], from: usize) -> Option<usize> {
    let skip = |at: usize, is: fn(u8) -> bool| {
        at + bytes.get(at..).map_or(0, |rest| rest.iter().take_while(|byte| is(**byte)).count())
    };
    let slash = usize::from(bytes.get(from + 1) == Some(&b'/'));
    let mut at = skip(from + 1 + slash, |b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>'));
    loop {
        at = skip(at, |b| b.is_ascii_whitespace() || b == b'/');
        if *bytes.get(at)? == b'>' {
            return Some(at + 1);
        }
        // A name may begin with `=`.
        at = skip(at + 1, |b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'=' | b'>'));
        let equals = skip(at, |b| b.is_ascii_whitespace());
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        let value = skip(equals + 1, |b| b.is_ascii_whitespace());
        at = match bytes.get(value) {
            Some(&quote @ (b'"' | b'\'')) => value + 1 + memchr::memchr(quote, &bytes[value + 1..])? + 1,
            _ => skip(value, |b| !b.is_ascii_whitespace() && b != b'>'),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        Tokens::new(text)
            .map(|token| match token {
                Token::Start(tag) => {
                    let attrs: String = tag.attrs.iter().map(|(name, value)| format!(" {name}={value:?}")).collect();
                    format!("<{}{attrs}>", tag.name)
                }
                Token::End(name) => format!("</{name}>"),
                Token::Text(text) => text.into_owned(),
                Token::Comment(text) => format!("!{text}!"),
                Token::Broken(text) => format!("broken {text}"),
            })
            .collect()
    }

    #[test]
    fn tags_text_and_comments() {
        assert_eq!(
            tokens("<A HREF='/u?a=1&amp;b' hidden x=y>t &lt; u</A >v<br/>"),
            [r#"<a href="/u?a=1&b" hidden="" x="y">"#, "t < u", "</a>", "v", "<br>"]
        );
        assert_eq!(
            tokens("a<!-- b --> c<?php x ?><![CDATA[ d ]]>"),
            ["a", "! b !", " c", "!?php x ?!", "![CDATA[ d ]]!"]
        );
        assert_eq!(tokens("a < b << c"), ["a ", "< b ", "<", "< c"]);
        assert_eq!(tokens("<div class"), ["broken <div class"]);
    }

    #[test]
    fn raw_text_holds_no_tags() {
        assert_eq!(
            tokens("<script>if (a < b) '<p>&amp;'</script><pre>\n\nx</pre>"),
            ["<script>", "if (a < b) '<p>&amp;'", "</script>", "<pre>", "\nx", "</pre>"]
        );
    }

    #[test]
    fn references() {
        assert_eq!(
            decode("&copy;&copy &notit; &#65;&#x42; &#128; &nope; &", false),
            "\u{a9}\u{a9} \u{ac}it; AB \u{20ac} &nope; &"
        );
        assert_eq!(decode("/u?a=1&copy=2&lt;", true), "/u?a=1&copy=2<");
    }
}
