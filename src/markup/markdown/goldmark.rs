//! Goldmark as Hugo 0.168 runs it: what it reads otherwise than pulldown-cmark. Each case was tried on the real program.

mod more;

pub(super) use more::{MORE, divide, take_marks};

use super::{attributes, passthrough, read};
use crate::ast::{Block, BlockKind, DefinitionItem, DefinitionKind, Inline, InlineKind, ListItem, NodeRef, Raw, Step};
use crate::diag::Span;
use crate::format::{Extensions, Limits};
use crate::markup::kramdown;

/// What Hugo itself puts in its place while Markdown is read.
const DIVIDER: &str = "HUGOMORE42";

/// Reads the part `span` of `text`. The first [`MORE`] divides blocks wherever it stands, and takes the white space behind
/// it away; it is no part of the result, nor is any other.
pub(super) fn read(text: &str, span: Span, extensions: &Extensions) -> Vec<Block> {
    let read = |text: &str| {
        let mut blocks = read_plain(text, span, extensions);
        if extensions.has(passthrough::NAME) {
            passthrough::mark(&mut blocks, text);
        }
        blocks
    };
    if extensions.has(attributes::NAME) { attributes::with_attributes(text, span, read) } else { read(text) }
}

fn read_plain(text: &str, span: Span, extensions: &Extensions) -> Vec<Block> {
    let body = span.slice(text).unwrap_or_default();
    let Some(at) = body.find(MORE) else {
        let mut blocks = read::parse(text, span, extensions, &Limits::default(), &mut ()).blocks;
        amend(&mut blocks, text);
        return blocks;
    };
    let (before, behind) = (&body[..at], body[at + MORE.len()..].trim_start());
    let from = body.len() - behind.len();
    let divided = format!("{before}\n\n{DIVIDER}\n\n{behind}");
    let mut blocks = read::parse(&divided, Span::new(0, divided.len()), extensions, &Limits::default(), &mut ()).blocks;
    amend(&mut blocks, &divided);
    let resumes = divided.len() - behind.len();
    let own = |offset: usize| match offset.checked_sub(resumes) {
        Some(offset) => span.start + from + offset,
        None => span.start + offset.min(at),
    };
    blocks.retain(|block| !is_divider(block));
    take_marks(&mut blocks);
    for block in &mut blocks {
        block.span = Span::new(own(block.span.start), own(block.span.end));
    }
    blocks
}

fn is_divider(block: &Block) -> bool {
    let BlockKind::Paragraph(inlines) = &block.kind else { return false };
    matches!(inlines.as_slice(), [Inline { kind: InlineKind::Text(text), .. }] if text == DIVIDER)
}

/// Where Hugo reads the part `range` of `text` otherwise than CommonMark, which finds `found` there.
pub(super) fn differences(text: &str, range: Span, found: &[Block], extensions: &Extensions) -> Vec<Span> {
    if !range.slice(text).is_some_and(|body| body.contains(MORE)) {
        let amended = found.iter().filter(|block| !block.span.is_empty() && is_amended(block, text, extensions));
        return amended.map(|block| block.span).collect();
    }
    let mut found = found.to_vec();
    take_marks(&mut found);
    kramdown::differences(range, &found, &read(text, range, extensions))
}

/// Whether Goldmark reads a block of pulldown-cmark's reading otherwise.
pub(super) fn is_amended(block: &Block, text: &str, extensions: &Extensions) -> bool {
    let source = block.span.slice(text).unwrap_or_default();
    let opens_formula = extensions.has(passthrough::NAME) && source.contains("\\(");
    if !opens_formula && !is_suspicious(source, matches!(block.kind, BlockKind::List(_))) {
        return false;
    }
    let mut amended = vec![block.clone()];
    amend_for(&mut amended, text, extensions);
    amended != std::slice::from_ref(block)
}

/// Whether any of what [`amend`] looks for may be there.
fn is_suspicious(source: &str, is_list: bool) -> bool {
    let bytes = source.as_bytes();
    if memchr::memchr3(b'|', b'~', b'<', bytes).is_some() || memchr::memchr(b'{', bytes).is_some() {
        return true;
    }
    if is_list && memchr::memchr(b'[', bytes).is_some() {
        return true;
    }
    let begins_line = |at: &usize| {
        let before = bytes.get(..*at).unwrap_or_default();
        matches!(before.iter().rev().find(|byte| !matches!(byte, b' ' | b'\t' | b'>')), None | Some(b'\n'))
    };
    if memchr::memchr_iter(b':', bytes).any(|at| begins_line(&at)) {
        return true;
    }
    // Code that goes on behind the end of a line.
    let mut in_code = false;
    memchr::memchr2_iter(b'`', b'\n', bytes).any(|at| {
        in_code ^= bytes.get(at) == Some(&b'`');
        in_code && bytes.get(at) == Some(&b'\n')
    })
}

/// The same as [`amend`], and what a site with these extensions reads otherwise.
pub(super) fn amend_for(blocks: &mut [Block], text: &str, extensions: &Extensions) {
    amend(blocks, text);
    if extensions.has(attributes::NAME) {
        attributes::mark(blocks, text);
    }
    if extensions.has(passthrough::NAME) {
        passthrough::mark(blocks, text);
    }
}

/// Makes of pulldown-cmark's reading of `text` Goldmark's.
fn amend(blocks: &mut [Block], text: &str) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading(heading) => {
                amend_inlines(&mut heading.content, text);
                amend_heading(block, text);
            }
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
                amend_inlines(inlines, text);
                if holds_table(block.span.slice(text).unwrap_or_default()) {
                    inlines.push(otherwise());
                }
            }
            BlockKind::Table(_) if !is_table(block.span.slice(text).unwrap_or_default()) => {
                block.kind = BlockKind::Paragraph(vec![otherwise()]);
            }
            // Hugo builds no site with braces there that hold no attributes.
            BlockKind::CodeBlock(code) if holds_broken_attributes(&code.info) => {
                block.kind = BlockKind::Paragraph(vec![otherwise()]);
            }
            BlockKind::Raw(raw) if ends_early(&raw.text) || is_closing_tag_of_code(&raw.text) => {
                block.kind = BlockKind::Paragraph(vec![otherwise()]);
            }
            BlockKind::BlockQuote(quote) => amend(&mut quote.blocks, text),
            BlockKind::DefinitionList(items) => {
                for item in items {
                    amend_definition(item, text);
                }
            }
            BlockKind::FootnoteDefinition(note) => amend(&mut note.blocks, text),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    amend_item(item, text);
                    amend(&mut item.kind.blocks, text);
                }
            }
            _ => {}
        }
    }
}

/// White space at the start of a line is none in code that goes over lines; and a tilde on each side makes a pair within
/// words too.
fn amend_inlines(inlines: &mut Vec<Inline>, text: &str) {
    let (mut tildes, mut is_other) = (0, false);
    for inline in inlines.iter_mut() {
        let source = inline.span.slice(text).unwrap_or_default();
        match &mut inline.kind {
            InlineKind::Code(code) if source.contains('\n') => {
                let inside = code.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
                let written = source.trim_matches('`');
                let is_padded = written.starts_with([' ', '\n']) && written.ends_with([' ', '\n']);
                let at_edge = |is_there: bool| if is_there && !is_padded { " " } else { "" };
                *code = format!("{}{inside}{}", at_edge(code.starts_with(' ')), at_edge(code.ends_with(' ')));
            }
            InlineKind::Image(image) if image.alt.contains('<') => is_other |= has_tag_in_alt(source),
            InlineKind::Text(_) => {
                tildes += tildes_in_words(source, inline.span.start, text);
                // Behind an escaped one none strikes through.
                is_other |= ends_in_escaped_tilde(text, inline.span);
            }
            InlineKind::Emphasis(kids) | InlineKind::Strong(kids) | InlineKind::Strikethrough(kids) => {
                amend_inlines(kids, text);
            }
            InlineKind::Link(link) => {
                amend_inlines(&mut link.content, text);
                is_other |= link.url.starts_with('<');
            }
            _ => {}
        }
    }
    if tildes > 1 || is_other {
        inlines.push(otherwise());
    }
}

/// Whether tildes follow an escaped one in a text or right behind it.
fn ends_in_escaped_tilde(text: &str, span: Span) -> bool {
    let bytes = text.as_bytes();
    let window = bytes.get(span.start.saturating_sub(1)..(span.end + 1).min(bytes.len())).unwrap_or_default();
    memchr::memmem::find(window, b"\\~~").is_some()
}

/// Whether a tag stands in the description of an image: Hugo leaves it out.
fn has_tag_in_alt(source: &str) -> bool {
    let Some(inside) = source.strip_prefix("![") else { return false };
    let end = inside.rfind("](").or_else(|| inside.rfind("][")).or_else(|| inside.rfind(']')).unwrap_or(0);
    let alt = read::parse(inside, Span::new(0, end), &Extensions::new(), &Limits::default(), &mut ());
    let is_tag = |step: Step<'_>| match step {
        Step::Enter(NodeRef::Inline(inline)) => matches!(inline.kind, InlineKind::Raw(_)),
        Step::Enter(NodeRef::Block(block)) => matches!(block.kind, BlockKind::Raw(_)),
        _ => false,
    };
    alt.walk().any(is_tag)
}

/// Whether braces behind a fence hold what are no attributes, such as `{r}`.
pub(super) fn holds_broken_attributes(info: &str) -> bool {
    let Some((_, inside)) = info.split_once('{') else { return false };
    let is_value = |value: &str| matches!(value, "true" | "false") || value.parse::<f64>().is_ok();
    let is_attribute =
        |word: &str| word.starts_with(['.', '#']) || word.split_once('=').is_some_and(|(_, value)| is_value(value));
    match inside.rsplit_once('}') {
        Some((inside, _)) if inside.contains(['"', '[']) => false,
        Some((inside, _)) => !inside.split([' ', ',']).filter(|word| !word.is_empty()).all(is_attribute),
        None => true,
    }
}

/// Elements in which nothing is Markdown.
const CODE_TAGS: [&str; 4] = ["pre", "script", "style", "textarea"];

fn begins(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// Whether a block begins with the closing tag of such an element: Goldmark makes a paragraph of it.
fn is_closing_tag_of_code(text: &str) -> bool {
    let name = text.trim_start().strip_prefix("</").unwrap_or_default();
    CODE_TAGS.iter().any(|tag| begins(name, tag) && !name[tag.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Whether code or a script holds the closing tag of another of the kind: the block ends there.
fn ends_early(text: &str) -> bool {
    let Some(inside) = text.trim_start().strip_prefix('<') else { return false };
    let Some(name) = CODE_TAGS.into_iter().find(|name| begins(inside, name)) else { return false };
    let closing = text.match_indices("</").filter_map(|(at, _)| {
        let rest = text.get(at + 2..)?;
        let name = CODE_TAGS.into_iter().find(|name| begins(rest, name))?;
        rest.get(name.len()..)?.starts_with('>').then_some((name, rest))
    });
    let mut closing = closing.take_while(|(closed, _)| *closed != name);
    closing.any(|(_, rest)| rest.lines().nth(1).is_some())
}

/// The paragraphs of a definition are bare unless an empty line stands before it.
fn amend_definition(item: &mut DefinitionItem, text: &str) {
    let before = text.get(..item.span.start).unwrap_or_default();
    let is_loose = before.trim_end_matches([' ', '\t', '>']).ends_with("\n\n");
    match &mut item.kind {
        DefinitionKind::Term(inlines) => {
            amend_inlines(inlines, text);
            // Each line is a term, whatever ends it.
            if item.span.slice(text).is_some_and(|source| source.trim_ascii().contains('\n')) {
                inlines.push(otherwise());
            }
        }
        DefinitionKind::Definition(blocks) => {
            for block in blocks.iter_mut() {
                if let BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) = &mut block.kind {
                    let inlines = std::mem::take(inlines);
                    block.kind = if is_loose { BlockKind::Paragraph(inlines) } else { BlockKind::Plain(inlines) };
                }
            }
            amend(blocks, text);
            // Goldmark wants a space behind the colon.
            let source = item.span.slice(text).unwrap_or_default().trim_start();
            if source.strip_prefix(':').is_some_and(|rest| !rest.starts_with([' ', '\t'])) {
                blocks.push(Block::new(BlockKind::Paragraph(vec![otherwise()])));
            }
        }
    }
}

/// What makes a reading unlike any that was meant: Goldmark's is another here, be it what it may.
fn otherwise() -> Inline {
    Inline::new(InlineKind::Raw(Raw::html("<otherwise></otherwise>")))
}

/// Whether lines of a paragraph are a table to Goldmark: a row of bars and dashes under one of as many cells.
fn holds_table(source: &str) -> bool {
    if !source.contains('|') || !source.contains("-") || !source.contains('\n') {
        return false;
    }
    let lines = || source.lines().map(|line| line.trim_start_matches(['>', ' ', '\t']));
    // The first row of dashes decides. Cells that its head lacks are filled in.
    let found = lines().zip(lines().skip(1)).find(|(_, line)| is_delimiter_row(line));
    found.is_some_and(|(head, line)| cells(head) <= cells(line))
}

fn is_table(source: &str) -> bool {
    source.lines().nth(1).is_none_or(|line| is_delimiter_row(line.trim_start_matches(['>', ' ', '\t'])))
}

fn is_delimiter_row(line: &str) -> bool {
    let is_cell = |cell: &str| {
        let cell = cell.trim();
        let dashes = cell.strip_prefix(':').unwrap_or(cell);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
    };
    inside_bars(line).split('|').all(is_cell)
}

fn cells(line: &str) -> usize {
    inside_bars(line).matches('|').count() - inside_bars(line).matches("\\|").count()
}

fn inside_bars(line: &str) -> &str {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    line.strip_suffix('|').unwrap_or(line)
}

/// How many single tildes stand between letters, without a backslash in front.
fn tildes_in_words(source: &str, start: usize, text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_letter = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    let is_single = |(at, _): &(usize, &str)| {
        let at = start + at;
        at > 0 && is_letter(at - 1) && is_letter(at + 1)
    };
    source.match_indices('~').filter(is_single).count()
}

/// What stands in braces behind a heading is text unless each word of it is an id, a class or a name with a value.
fn amend_heading(block: &mut Block, text: &str) {
    if block.attrs.is_none() {
        return;
    }
    let source = block.span.slice(text).unwrap_or_default();
    let line = source.lines().next().unwrap_or_default().trim_end().trim_end_matches('#').trim_end();
    let Some((_, inside)) = line.strip_suffix('}').and_then(|line| line.rsplit_once('{')) else { return };
    let is_attribute = |word: &str| word.starts_with(['#', '.']) || word.contains('=');
    if inside.contains(['"', '\'']) || inside.split_ascii_whitespace().all(is_attribute) {
        return;
    }
    if let BlockKind::Heading(heading) = &mut block.kind {
        heading.content.push(Inline::new(InlineKind::Text(format!(" {{{inside}}}"))));
        block.attrs = None;
    }
}

/// The box of a task needs no space behind it, and be it a link; and a list of definitions has no empty line before it, which
/// would make the list loose.
fn amend_item(item: &mut ListItem, text: &str) {
    let is_definitions = |block: &Block| matches!(block.kind, BlockKind::DefinitionList(_));
    if item.kind.blocks.iter().skip(1).any(is_definitions) {
        item.kind.blocks.push(Block::new(BlockKind::Paragraph(vec![otherwise()])));
    }
    let Some(first) = item.kind.blocks.first_mut() else { return };
    let source = first.span.slice(text).unwrap_or_default();
    let (BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines)) = &mut first.kind else { return };
    let is_task = matches!(inlines.first(), Some(Inline { kind: InlineKind::TaskMarker(_), .. }));
    if let [b'[', mark @ (b' ' | b'x' | b'X'), b']', ..] = source.as_bytes()
        && !is_task
    {
        inlines.insert(0, Inline::new(InlineKind::TaskMarker(*mark != b' ')));
    }
}
