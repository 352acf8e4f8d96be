//! Code, in blocks and in running text.

use super::super::goldmark::holds_broken_attributes;
use super::folds::Fold;
use super::writer::Writer;
use crate::ast::{Attrs, Block, CodeBlock};

impl<'a> Writer<'a> {
    pub(super) fn code(&mut self, block: &'a Block, code: &'a CodeBlock) {
        let attrs = block.attrs.as_deref();
        let is_styling = |attrs: &Attrs| attrs.iter().all(|(name, _)| crate::ast::same::is_styling(name));
        // Hugo builds no site with braces there that hold no attributes.
        let is_odd = code.info.contains('\n') || (self.setup.heading_attributes && holds_broken_attributes(&code.info));
        if is_odd || !attrs.is_none_or(|attrs| !self.setup.is_exact() && is_styling(attrs)) {
            return self.raw_block(block);
        }
        if attrs.is_some() {
            self.folds.add(Fold::Code);
        }
        self.fenced(code);
    }

    /// Fenced code. The fence is longer than any in the code.
    pub(super) fn fenced(&mut self, code: &CodeBlock) {
        let fence = code.fence.unwrap_or_default();
        let is_tilde = fence.character == '~' || code.info.contains('`');
        let character = if is_tilde { '~' } else { '`' };
        let runs = code.text.lines().map(|line| {
            let line = line.trim_start_matches(' ');
            line.len() - line.trim_start_matches(character).len()
        });
        let length = runs.max().map_or(3, |longest| (longest + 1).max(3)).max(fence.length);
        let marks: String = std::iter::repeat_n(character, length).collect();
        self.put(&marks);
        let mut info = String::new();
        info_string(code.info.trim(), &mut info);
        self.put(&info);
        self.newline();
        let text = code.text.strip_suffix('\n').unwrap_or(&code.text);
        if !code.text.is_empty() {
            self.put_lines(text);
            self.newline();
        }
        self.put(&marks);
    }

    /// Whether `<pre>` could be written as a code block: a fold.
    pub(super) fn folded_pre(&mut self, block: &Block, children: &[Block]) -> bool {
        if self.setup.is_exact() {
            return false;
        }
        let Some(code) = super::pre::code_block(block.attrs.as_deref(), children) else { return false };
        self.folds.add(Fold::Code);
        self.fenced(&code);
        true
    }
}

/// What stands behind a fence: escapes and references are resolved there.
fn info_string(info: &str, out: &mut String) {
    for (at, c) in info.char_indices() {
        let rest = &info[at..];
        match c {
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => out.push_str("\\\\"),
            '&' if super::escape::is_reference(rest) => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
}

/// Code in running text. Its fence equals no run of ticks in it.
pub(super) fn span(code: &str, in_cell: bool, out: &mut String) {
    let code = code.replace(['\n', '\r'], " ");
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let mut length = 1;
    if longest > 0 {
        // The shortest fence that no run inside equals.
        let runs: std::collections::BTreeSet<usize> = code.split(|c| c != '`').map(str::len).collect();
        length = (1..=longest + 1).find(|length| !runs.contains(length)).unwrap_or(longest + 1);
    }
    let is_padded = code.starts_with('`')
        || code.ends_with('`')
        || code.starts_with(' ') && code.ends_with(' ') && !code.trim_matches(' ').is_empty();
    let pad = if is_padded { " " } else { "" };
    out.extend(std::iter::repeat_n('`', length));
    out.push_str(pad);
    if in_cell {
        out.push_str(&code.replace('|', "\\|"));
    } else {
        out.push_str(&code);
    }
    out.push_str(pad);
    out.extend(std::iter::repeat_n('`', length));
}
