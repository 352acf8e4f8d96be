//! Code blocks.

use super::super::arena::{Data, Id, NONE};
use super::Convert;
use crate::ast::{Attrs, Block, BlockKind, CodeBlock, Element, Inline, InlineKind};

impl Convert<'_> {
    pub(super) fn pre(&mut self, id: Id, depth: usize) -> Block {
        if let Some(code) = self.plain_code(id) {
            return self.block_at(id, BlockKind::CodeBlock(code), self.attrs(id));
        }
        if self.node(id).has_block {
            // White space counts in it, and blocks would lose theirs.
            return self.block_at(id, BlockKind::Raw(self.raw(id)), Attrs::new());
        }
        let inlines = self.exact(id, depth + 2);
        let span = self.node(id).span();
        let text = Block::new(BlockKind::Plain(inlines)).at(span);
        self.block_at(id, BlockKind::Element(Element::new("pre", vec![text])), self.attrs(id))
    }

    /// The code of `<pre><code class="language-x">` that holds nothing but text.
    fn plain_code(&self, pre: Id) -> Option<CodeBlock> {
        let code = self.node(pre).first;
        if code == NONE || self.node(code).next != NONE || self.node(code).name() != "code" {
            return None;
        }
        let (_, attrs) = self.node(code).element()?;
        let language = match attrs {
            [] => "",
            [class] if &*class.name.local == "class" => class.value.strip_prefix("language-")?,
            _ => return None,
        };
        if language.contains(|c: char| c.is_whitespace()) || language.is_empty() && !attrs.is_empty() {
            return None;
        }
        let mut text = String::new();
        for child in self.children(code) {
            match &self.node(child).data {
                Data::Text(part) => text.push_str(part),
                _ => return None,
            }
        }
        Some(CodeBlock::new(language, text))
    }
}

/// The code that a reader sees in a `pre` that is no plain code block: all of its text, if nothing but `code` and `span`
/// stands in it. The language is that of the usual class names on `pre` or `code`.
#[allow(dead_code)] // for the Markdown writer
pub(in crate::markup) fn code_block(block: &Block) -> Option<CodeBlock> {
    let BlockKind::Element(element) = &block.kind else { return None };
    let [Block { kind: BlockKind::Plain(inlines), .. }] = element.children.as_slice() else { return None };
    if element.name != "pre" {
        return None;
    }
    let mut text = String::new();
    let mut language = block.attr("class").and_then(language_of);
    push_code(inlines, &mut text, &mut language)?;
    Some(CodeBlock::new(language.unwrap_or_default(), text))
}

fn push_code<'a>(inlines: &'a [Inline], out: &mut String, language: &mut Option<&'a str>) -> Option<()> {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
            InlineKind::Element(element) if matches!(element.name.as_str(), "code" | "span") => {
                push_code(&element.children, out, language)?;
            }
            _ => return None,
        }
        let is_code = match &inline.kind {
            InlineKind::Code(_) => true,
            InlineKind::Element(element) => element.name == "code",
            _ => false,
        };
        if is_code {
            *language = language.or_else(|| inline.attr("class").and_then(language_of));
        }
    }
    Some(())
}

/// The language that class names say: `language-x`, `lang-x`, `highlight-source-x` (GitHub) and `brush: x` (SyntaxHighlighter).
pub(in crate::markup) fn language_of(class: &str) -> Option<&str> {
    let mut words = class.split_ascii_whitespace();
    while let Some(word) = words.next() {
        for prefix in ["language-", "lang-", "highlight-source-"] {
            if let Some(language) = word.strip_prefix(prefix).filter(|language| !language.is_empty()) {
                return Some(language);
            }
        }
        if let Some(language) = word.strip_prefix("brush:") {
            let language = if language.is_empty() { words.next()? } else { language };
            return Some(language.trim_end_matches(';')).filter(|language| !language.is_empty());
        }
    }
    None
}
