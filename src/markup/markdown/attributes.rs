//! Attributes of blocks as Hugo has them where `markup.goldmark.parser.attribute.block` is on: `{.class #id name="value"}` on
//! the line behind a block. Tried on Hugo 0.111 and 0.168.

use crate::ast::{Attrs, Block, BlockKind, Inline, InlineKind, Raw};
use crate::diag::Span;

/// The extension of formats.
pub(crate) const NAME: &str = "block_attributes";

/// The attributes in these words, if Hugo can show all of them.
pub(crate) fn written(attrs: &Attrs) -> Option<String> {
    const SHOWN: [&str; 4] = ["title", "style", "lang", "dir"];
    let is_word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
    };
    let mut words = Vec::new();
    for (name, value) in attrs.iter() {
        match name {
            "id" if is_word(value) => words.push(format!("#{value}")),
            "class" if !value.is_empty() && value.split(' ').all(is_word) => {
                words.extend(value.split(' ').map(|class| format!(".{class}")));
            }
            name if SHOWN.contains(&name) || (name.starts_with("data-") && is_word(name)) => {
                let is_plain = !value.contains(['"', '\\', '<', '>', '&', '\n']);
                words.push(is_plain.then(|| format!("{name}=\"{value}\""))?);
            }
            _ => return None,
        }
    }
    (!words.is_empty()).then(|| format!("{{{}}}", words.join(" ")))
}

/// What a line written so says; `None` for anything else.
fn read(line: &str) -> Option<Attrs> {
    let mut rest = line.strip_prefix('{')?.trim_end().strip_suffix('}')?;
    let mut attrs = Attrs::new();
    let mut classes: Vec<&str> = Vec::new();
    while !rest.is_empty() {
        if let Some((name, behind)) = rest.split_once("=\"").filter(|(name, _)| !name.contains([' ', '.', '#'])) {
            let (value, behind) = behind.split_once('"')?;
            attrs.set(name, value);
            rest = behind.trim_start();
            continue;
        }
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        match word.split_at_checked(1)? {
            (".", class) => classes.push(class),
            ("#", id) => attrs.set("id", id),
            _ => return None,
        }
        rest = behind.trim_start();
    }
    if !classes.is_empty() {
        attrs.set("class", classes.join(" "));
    }
    // Only what would be written so.
    written(&attrs).is_some_and(|text| text.len() == line.trim_end().len()).then_some(attrs)
}

/// Whether Hugo may take the start of a line for attributes, and what follows on the line for nothing.
fn is_like(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let Some(inside) = line.strip_prefix('{') else { return false };
    let inside = inside.trim_start();
    inside.contains('}') && inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '#' | '_' | '}'))
}

/// A line that may be attributes.
struct Line {
    span: Span,
    /// If it stands where they are written, behind a block and before an empty line.
    attrs: Option<Attrs>,
}

fn lines(text: &str, range: Span) -> Vec<Line> {
    let Some(body) = range.slice(text).filter(|body| body.contains('{')) else { return Vec::new() };
    let (mut found, mut at, mut is_behind) = (Vec::new(), range.start, false);
    let mut lines = body.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        if is_like(line) {
            let is_last = lines.peek().is_none_or(|next| next.trim().is_empty());
            let attrs = if is_behind && is_last { read(line.trim_end()) } else { None };
            found.push(Line { span: Span::new(at, at + line.trim_end().len()), attrs });
        }
        is_behind = !line.trim().is_empty();
        at += line.len();
    }
    found
}

/// Reads the part `range` of `text` by `read`, with the attributes of blocks.
pub(super) fn with_attributes(text: &str, range: Span, read: impl Fn(&str) -> Vec<Block>) -> Vec<Block> {
    let mut blocks = read(text);
    let mut lines = lines(text, range);
    let is_text = |line: &Line| !blocks.iter().any(|block| is_literal(block) && holds(block, line.span));
    lines.retain(is_text);
    if lines.is_empty() {
        return blocks;
    }
    if lines.iter().any(|line| line.attrs.is_some()) {
        let mut covered = text.to_owned();
        for line in lines.iter().filter(|line| line.attrs.is_some()) {
            covered.replace_range(line.span.start..line.span.end, &" ".repeat(line.span.len()));
        }
        blocks = read(&covered);
    }
    for line in lines {
        let before = blocks.partition_point(|block| block.span.start <= line.span.start);
        let Some(block) = before.checked_sub(1).and_then(|index| blocks.get_mut(index)) else { continue };
        match line.attrs {
            Some(attrs) if takes(block) => {
                let mut attrs = attrs;
                for (name, value) in block.attrs.iter().flat_map(|own| own.iter()) {
                    attrs.set(name, value);
                }
                block.attrs = Some(Box::new(attrs));
                block.span.end = line.span.end;
            }
            _ => block.kind = otherwise(),
        }
    }
    blocks
}

/// Marks blocks in which Hugo may find attributes, for nothing was meant to be any.
pub(super) fn mark(blocks: &mut [Block], text: &str) {
    for block in blocks.iter_mut().filter(|block| !is_literal(block)) {
        if block.span.slice(text).is_some_and(|source| source.contains('{') && source.lines().any(is_like)) {
            block.kind = otherwise();
        }
    }
}

fn is_literal(block: &Block) -> bool {
    matches!(block.kind, BlockKind::CodeBlock(_) | BlockKind::Raw(_))
}

fn holds(block: &Block, span: Span) -> bool {
    block.span.start <= span.start && span.end <= block.span.end
}

fn takes(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::Paragraph(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::List(_)
            | BlockKind::Table(_)
            | BlockKind::Heading(_)
            | BlockKind::ThematicBreak
    )
}

/// What nobody means.
fn otherwise() -> BlockKind {
    BlockKind::Paragraph(vec![Inline::new(InlineKind::Raw(Raw::html("<otherwise></otherwise>")))])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attrs(pairs: &[(&str, &str)]) -> Attrs {
        Attrs::from_unique(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn what_is_written_is_read() {
        for (pairs, expected) in [
            (&[("class", "note info")][..], Some("{.note .info}")),
            (&[("id", "a"), ("class", "b"), ("style", "color: red")], Some("{#a .b style=\"color: red\"}")),
            (&[("target", "_blank")], None),
            (&[("title", "a \"b\"")], None),
            (&[("class", "é")], None),
            (&[], None),
        ] {
            let attrs = attrs(pairs);
            let text = written(&attrs);
            assert_eq!(text.as_deref(), expected);
            if let Some(text) = text {
                let again = read(&text).unwrap();
                assert_eq!(again.get("class"), attrs.get("class"));
                assert_eq!((again.id(), again.get("style")), (attrs.id(), attrs.get("style")));
            }
        }
        for text in ["{a=1}", "{.a} b", "{: .a}", "{}", "{{ a }}", "{.a .}"] {
            assert!(read(text).is_none(), "{text}");
        }
        assert!(is_like("> {a=1} b") && is_like("{.a} b") && is_like("{}"));
        assert!(!is_like("{{ a }}") && !is_like("{% a %}") && !is_like("{ \"a\": 1 }") && !is_like("\\{.a}"));
    }
}
