//! Front matter in one invisible comment at the end of a Markdown or HTML file.

use std::fmt;

use super::print;
use super::yaml::{self, Rules};
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::error::Error;
use crate::format::{FrontMatter, Schema, Split};
use crate::meta::Meta;

const OPEN: &str = "<!-- postferry\n";
const CLOSE: &str = "-->";

/// YAML in a comment `<!-- postferry … -->` behind the body.
///
/// The title stands in the body, as its first heading. In the comment, `\` stands in front of what could end it: `-` and
/// `>` are written `\-` and `\>` wherever `--` or `->` would come about, and `\` itself is `\\`.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct MetaComment;

impl FrontMatter for MetaComment {
    fn name(&self) -> &str {
        "meta"
    }

    fn holds_title(&self) -> bool {
        false
    }

    fn split(&self, text: &str, _: Schema) -> Result<Option<Split>, Error> {
        let start = super::fence::after_byte_order_mark(text);
        let Some(front_start) = find_open(text) else { return Ok(None) };
        let rest = &text[front_start..];
        let open_start = text[..front_start].rfind("<!--").unwrap_or(start);
        let Some(close) = rest.find(CLOSE) else {
            let message = "the comment `<!-- postferry` at the end is never closed";
            return Err(Error::new(&codes::FRONT_UNCLOSED, message)
                .at(Span::new(open_start, front_start))
                .help("put `-->` on the last line"));
        };
        // A comment in the middle of the body is the body's own.
        if !rest[close + CLOSE.len()..].trim().is_empty() {
            return Ok(None);
        }
        // The line feed that ends the body is the body's; an empty line behind it is not.
        let body = text[start..open_start].trim_end_matches(['\n', '\r']).len();
        let end = match &text[start + body..open_start] {
            gap if gap.starts_with("\r\n") => start + body + 2,
            gap if gap.starts_with('\n') => start + body + 1,
            _ => start + body,
        };
        let front = Span::new(front_start, front_start + close);
        Ok(Some(Split::new(front, Span::new(start, if body == 0 { start } else { end }))))
    }

    fn parse(&self, text: &str, front: Span, _: Schema, sink: &mut dyn Sink) -> Result<Meta, Error> {
        let written = front.slice(text).unwrap_or_default();
        let (yaml, places) = unescape(written);
        let whole = Span::new(0, yaml.len());
        let place = |span: Span| {
            let at = |offset: usize| front.start + offset + places.partition_point(|&escape| escape < offset);
            Span::new(at(span.start), at(span.end))
        };
        let mut placed = |mut diagnostic: Diagnostic| {
            diagnostic.span = diagnostic.span.map(place);
            sink.report(diagnostic);
        };
        let mut meta = yaml::parse(&yaml, whole, Rules::Own, &mut placed).map_err(|error| match error.span() {
            Some(span) => error.at(place(span)),
            None => error,
        })?;
        let entries = std::mem::take(&mut meta.map).into_iter().map(|entry| {
            let span = place(entry.span);
            entry.at(span)
        });
        meta.map = crate::meta::Map::from_unique(entries.collect());
        Ok(meta)
    }

    fn print(&self, meta: &Meta, body: &str, out: &mut dyn fmt::Write, sink: &mut dyn Sink) -> Result<(), Error> {
        print::text(body, out)?;
        // An empty comment, where the body would be taken to end in one of its own.
        if meta.is_empty() && (find_open(body).is_none() || matches!(self.split(body, Schema::Core), Ok(None))) {
            return Ok(());
        }
        let gap = if body.trim_matches(['\n', '\r']).is_empty() { "" } else { "\n" };
        print::write(out, format_args!("{gap}{OPEN}{}{CLOSE}\n", escape(&yaml::emit(meta, sink))))
    }
}

/// Where the text of the last comment of ours begins.
fn find_open(text: &str) -> Option<usize> {
    let at = text.rfind("<!-- postferry")?;
    let rest = text[at..].strip_prefix("<!-- postferry")?;
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
    let begins_line = at == 0 || text[..at].ends_with(['\n', '\u{feff}']);
    (begins_line && rest[blank..].starts_with('\n')).then(|| at + "<!-- postferry".len() + blank + 1)
}

/// In the text of a comment `-->`, `--!>` and, to the letter of XML, `--` must not stand, nor may `>` or `->` begin it.
fn escape(yaml: &str) -> String {
    let mut out = String::with_capacity(yaml.len());
    let mut last = '\n';
    for c in yaml.chars() {
        let ends_comment = matches!((last, c), ('-' | '!' | '\n', '>') | ('-', '-'));
        if c == '\\' || ends_comment {
            out.push('\\');
        }
        out.push(c);
        last = c;
    }
    out
}

/// The text without escapes, and the offsets in it behind each escape that was taken out.
fn unescape(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::new();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => {
                places.push(out.len());
                out.extend(characters.next());
            }
            c => out.push(c),
        }
    }
    (out, places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meta::{Comment, CommentPlace, Value};

    fn print(meta: &Meta, body: &str) -> String {
        let mut out = String::new();
        MetaComment.print(meta, body, &mut out, &mut ()).unwrap();
        out
    }

    fn read(text: &str) -> (Meta, String) {
        let split = MetaComment.split(text, Schema::Core).unwrap().unwrap();
        let meta = MetaComment.parse(text, split.front, Schema::Core, &mut ()).unwrap();
        (meta, split.body.slice(text).unwrap().to_owned())
    }

    #[test]
    fn nothing_ends_the_comment_early_and_all_comes_back() {
        let mut meta = Meta::new();
        for (index, text) in
            ["-->", "--!>", "<!-- -->", "a -- b --- c", "\\-\\>", "> x\n--> y\n", "->", "\\"].iter().enumerate()
        {
            meta.insert(format!("k{index}"), Value::from(*text));
        }
        meta.insert("-->", Value::Null);
        meta.comments.push(Comment::new(Vec::new(), CommentPlace::End, " --> -- >"));
        let text = print(&meta, "# Title\n\nBody\n");
        assert_eq!(text.matches("-->").count(), 1, "{text}");
        let (read, body) = read(&text);
        assert_eq!(read, meta, "{text}");
        assert_eq!(body, "# Title\n\nBody\n");
    }

    #[test]
    fn a_comment_in_the_middle_is_the_bodys_own() {
        assert_eq!(MetaComment.split("a\n\n<!-- postferry\nx: 1\n-->\n\nb\n", Schema::Core).unwrap(), None);
        assert_eq!(MetaComment.split("<!-- postferry is fine -->\n", Schema::Core).unwrap(), None);
        assert!(MetaComment.split("a\n\n<!-- postferry\nx: 1\n", Schema::Core).is_err());
    }

    #[test]
    fn a_body_that_ends_like_front_matter_is_none() {
        for body in ["a\n\n<!-- postferry\nx: 1\n-->\n", "a\n\n<!-- postferry\nx: 1\n"] {
            let text = print(&Meta::new(), body);
            assert_eq!(read(&text), (Meta::new(), body.to_owned()), "{text}");
        }
    }

    #[test]
    fn an_empty_body_and_empty_front_matter() {
        let mut meta = Meta::new();
        assert_eq!(print(&meta, "Body"), "Body\n");
        meta.insert("a", Value::from(1_i64));
        assert_eq!(print(&meta, ""), "<!-- postferry\na: 1\n-->\n");
        assert_eq!(read("<!-- postferry\na: 1\n-->\n").1, "");
    }
}
