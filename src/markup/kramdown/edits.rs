//! Small edits after which another Markdown reads a part as kramdown does.

use super::scan::{byte, open_tag, tag_name};
use crate::ast::{Block, BlockKind};
use crate::diag::Span;

/// Who is to read a part as it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// CommonMark.
    CommonMark,
    /// kramdown.
    Kramdown,
}

/// The definitions of links and footnotes in the part `range` of `text`, each on a line.
pub(super) fn definitions(text: &str, range: Span) -> String {
    let body = range.slice(text).unwrap_or_default();
    if !body.contains("]:") {
        return String::new();
    }
    let is_definition = |line: &&str| line.trim_start().starts_with('[') && line.contains("]:");
    body.lines().filter(is_definition).map(|line| format!("{}\n", line.trim_start())).collect()
}

/// What a part of a text might become, the smallest change first.
pub(super) fn candidates(text: &str, span: Span, meant: &[Block], target: Target) -> Vec<String> {
    let Some(source) = span.slice(text) else { return Vec::new() };
    let mut found = Vec::new();
    if let [first, ..] = meant
        && matches!(first.kind, BlockKind::Paragraph(_))
        && byte(source, 0) == b'<'
    {
        found.extend(join_lines(source));
        found.extend(break_tag(source));
    }
    if source.contains("\n<script") {
        found.push(source.replace("\n<script", " <script"));
    }
    if let [Block { kind: BlockKind::Heading(_), attrs: Some(attrs), .. }] = meant
        && let Some(id) = attrs.id()
    {
        found.push(with_id(source, id));
    }
    if target == Target::CommonMark && source.contains(MARKDOWN_INSIDE) {
        found.push(source.replace(MARKDOWN_INSIDE, ""));
    }
    if target == Target::CommonMark && source.contains("\\(") {
        found.push(source.replace("\\(", "(").replace("\\)", ")"));
    }
    if target == Target::CommonMark && source.contains('{') {
        found.push(with_braces_escaped(source));
    }
    if meant.len() > 1 {
        found.extend(apart(text, meant));
        if target == Target::Kramdown {
            found.extend(with_markdown_inside(source));
        }
    }
    if let [Block { kind: BlockKind::Raw(_), .. }] = meant {
        found.push(without_blank_lines(source));
        if target == Target::Kramdown {
            found.push(as_it_stands(source));
        }
    }
    found.retain(|candidate| candidate.trim_end() != source.trim_end());
    found
}

/// Where braces at the start of a line hold attributes.
fn with_braces_escaped(source: &str) -> String {
    let escaped = |line: &str| {
        let rest = line.trim_start_matches([' ', '\t', '>']);
        let is_brace = rest.strip_prefix('{').is_some_and(|rest| !rest.starts_with(['{', '%', ':']));
        let (before, rest) = line.split_at(line.len() - rest.len());
        if is_brace { format!("{before}\\{rest}") } else { line.to_owned() }
    };
    source.split_inclusive('\n').map(escaped).collect()
}

/// A part without the lists of attributes that kramdown reads before and behind it.
pub(super) fn without_attributes(source: &str) -> String {
    let is_list = |line: &str| line.trim().strip_prefix("{:").is_some_and(|rest| rest.ends_with('}'));
    source.split_inclusive('\n').filter(|line| !is_list(line)).collect()
}

/// kramdown puts a paragraph around a tag of running text that stands alone, unless it is told to leave it as it is.
fn as_it_stands(source: &str) -> String {
    format!("{{::nomarkdown}}\n{}\n{{:/nomarkdown}}\n", source.trim_end())
}

/// What tells kramdown to read Markdown in an element.
const MARKDOWN_INSIDE: &str = " markdown=\"1\"";

/// kramdown reads Markdown in an element of HTML only where it is told to.
fn with_markdown_inside(source: &str) -> Option<String> {
    let tag = open_tag(source, 0)?;
    let name_end = tag_name(source, 1)?;
    let (name, rest) = (source.get(..name_end)?, source.get(name_end..)?);
    (tag.attrs_end >= name_end).then(|| format!("{name}{MARKDOWN_INSIDE}{rest}"))
}

/// A heading with its id behind its text.
fn with_id(source: &str, id: &str) -> String {
    let (line, rest) = source.split_once('\n').unwrap_or((source, ""));
    let newline = if rest.is_empty() { "" } else { "\n" };
    format!("{} {{#{id}}}{newline}{rest}", line.trim_end())
}

/// A tag that is not alone on its line starts no HTML block: the next line joins it.
fn join_lines(source: &str) -> Option<String> {
    let (first, rest) = source.split_once('\n')?;
    (!rest.trim().is_empty()).then(|| format!("{} {}", first.trim_end(), rest.trim_start()))
}

/// Nor does a tag that does not end on its line.
fn break_tag(source: &str) -> Option<String> {
    let tag = open_tag(source, 0)?;
    let name_end = tag_name(source, 1)?;
    let rest = source.get(name_end..)?;
    (tag.attrs_end > name_end && rest.starts_with(' '))
        .then(|| format!("{}\n{}", source.get(..name_end).unwrap_or_default(), rest.trim_start_matches(' ')))
}

/// An empty line between blocks: HTML blocks end there.
fn apart(text: &str, meant: &[Block]) -> Option<String> {
    let slices: Option<Vec<&str>> = meant.iter().map(|block| block.span.slice(text)).collect();
    let slices = slices?;
    // Lines of their own, or what stands before them on the line is lost.
    let is_plain = |slice: &&str| !slice.trim().is_empty();
    slices.iter().all(is_plain).then(|| slices.iter().map(|slice| slice.trim_end()).collect::<Vec<_>>().join("\n\n"))
}

/// An HTML block ends at an empty line, but kramdown's does not.
fn without_blank_lines(source: &str) -> String {
    source.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}
