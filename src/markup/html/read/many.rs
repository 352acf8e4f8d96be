//! Tags with very many attributes. html5ever's tokenizer compares each attribute with all before it, so it gets some at a
//! time here, on tags of their own.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::{Attribute, LocalName, TokenizerResult};
use memchr::memchr;

use super::super::names;
use super::scan::{self, Piece, PieceKind};

/// From how many attributes on a tag is read here.
pub(super) const MANY: usize = 256;

/// Whether the piece is a start tag with so many, behind which the tokenizer need not go on in another way.
pub(super) fn is_one(text: &str, piece: &Piece) -> bool {
    // The shortest attribute is a letter and a space.
    let tag = &text[piece.range.clone()];
    piece.kind == PieceKind::StartTag
        && tag.len() > 2 * MANY
        && tag.ends_with('>')
        && scan::count_attributes(tag) > MANY
        && !names::has_raw_text(&scan::tag_name(text, piece).to_ascii_lowercase())
}

/// The start tag `source`, from `<` to `>`, whose name is `name`.
pub(super) fn tag(source: &str, name: &str) -> Tag {
    let (ranges, self_closing) = attributes(source, 1 + name.len());
    let collect = Collect::default();
    let tokenizer = Tokenizer::new(collect, TokenizerOpts::default());
    let queue = BufferQueue::default();
    for some in ranges.chunks(MANY) {
        let texts: Vec<&str> = some.iter().filter_map(|range| source.get(range.clone())).collect();
        queue.push_back(StrTendril::from(format!("<x {} >", texts.join(" "))));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    }
    let found = tokenizer.sink.0.into_inner();
    Tag {
        kind: StartTag,
        name: LocalName::from(name.to_ascii_lowercase()),
        self_closing,
        attrs: found.attrs,
        had_duplicate_attributes: found.had_duplicates,
    }
}

/// Where the attributes stand in the tag, its name being behind them, and whether it closes itself: by the states of the
/// HTML standard (13.2.5.32 to 13.2.5.40).
fn attributes(tag: &str, from: usize) -> (Vec<Range<usize>>, bool) {
    let bytes = tag.as_bytes();
    let end = bytes.len() - usize::from(bytes.last() == Some(&b'>'));
    let skip = |at: usize, is: fn(u8) -> bool| at + bytes[at..end].iter().take_while(|b| is(**b)).count();
    let (mut found, mut at) = (Vec::new(), from.min(end));
    loop {
        at = skip(at, |b| b.is_ascii_whitespace() || b == b'/');
        if at >= end {
            // A `/` may be part of the last value.
            let last = found.last().map_or(from, |range: &Range<usize>| range.end);
            return (found, last < end && bytes[end - 1] == b'/');
        }
        let start = at;
        // A name may begin with `=`.
        let name_end = skip(at + 1, |b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'='));
        let equals = skip(name_end, |b| b.is_ascii_whitespace());
        if bytes[..end].get(equals) != Some(&b'=') {
            found.push(start..name_end);
            at = name_end;
            continue;
        }
        let value = skip(equals + 1, |b| b.is_ascii_whitespace());
        at = match bytes[..end].get(value) {
            Some(&quote @ (b'"' | b'\'')) => {
                memchr(quote, &bytes[value + 1..end]).map_or(end, |length| value + 1 + length + 1)
            }
            _ => skip(value, |b| !b.is_ascii_whitespace()),
        };
        found.push(start..at);
    }
}

/// Takes the attributes of every tag, each name once.
#[derive(Default)]
struct Collect(RefCell<Found>);

#[derive(Default)]
struct Found {
    attrs: Vec<Attribute>,
    // hash: only asked whether a name is in it
    names: HashSet<LocalName>,
    had_duplicates: bool,
}

impl TokenSink for Collect {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        if let TagToken(tag) = token {
            let mut found = self.0.borrow_mut();
            found.had_duplicates |= tag.had_duplicate_attributes;
            for attr in tag.attrs {
                if found.names.insert(attr.name.local.clone()) {
                    found.attrs.push(attr);
                } else {
                    found.had_duplicates = true;
                }
            }
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the tokenizer makes of the tag when it gets it whole.
    fn whole(source: &str) -> Vec<(String, String)> {
        let tokenizer = Tokenizer::new(Collect::default(), TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from(source));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        pairs(tokenizer.sink.0.into_inner().attrs)
    }

    fn pairs(attrs: Vec<Attribute>) -> Vec<(String, String)> {
        attrs.into_iter().map(|attr| (attr.name.local.to_string(), attr.value.to_string())).collect()
    }

    #[test]
    fn attributes_are_those_of_the_tokenizer() {
        for attributes in [
            " a=1 b='2' c=\"3\" d",
            " A=1 a=2 B='x&amp;y&notit;' é=ü",
            " a = 1\n\tb= '2' c =\"3\" d ",
            "/a/b=1/c='2'/d=\"3\"/",
            " =a=b ==c a\"b='c d' 'e'=f",
            " a=b/ c=d/e f=/",
            " a=`x` b=x\"y c=x'y d=<e",
            " a='1'b=\"2\"c",
            " a=1&amp b=&#65;&#x42 c=\u{0}x \u{0}d\r\ne=\r\n'\r\n'",
        ] {
            for end in [">", "/>", " />", "//>"] {
                let source = format!("<p{attributes}{end}");
                let tag = tag(&source, "p");
                let queue = BufferQueue::default();
                queue.push_back(StrTendril::from(source.as_str()));
                assert_eq!(pairs(tag.attrs), whole(&source), "{source:?}");
                assert_eq!(tag.self_closing, closes_itself(&source), "{source:?}");
            }
        }
    }

    fn closes_itself(source: &str) -> bool {
        #[derive(Default)]
        struct Closes(RefCell<bool>);
        impl TokenSink for Closes {
            type Handle = ();
            fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
                if let TagToken(tag) = token {
                    *self.0.borrow_mut() = tag.self_closing;
                }
                TokenSinkResult::Continue
            }
        }
        let tokenizer = Tokenizer::new(Closes::default(), TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from(source));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        tokenizer.sink.0.into_inner()
    }

    #[test]
    fn a_hundred_thousand_are_read_in_time() {
        let source: String =
            (0..100_000).fold("<P".to_owned(), |text, n| text + &format!(" A{}=\"&lt;{n}\"", n % 99_999)) + ">";
        let tag = tag(&source, "P");
        assert_eq!((tag.attrs.len(), &*tag.name, tag.had_duplicate_attributes), (99_999, "p", true));
        assert_eq!((&*tag.attrs[99_998].name.local, &*tag.attrs[99_998].value), ("a99998", "<99998"));
    }
}
