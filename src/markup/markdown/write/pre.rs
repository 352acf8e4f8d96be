//! `<pre>` as a code block.

use crate::ast::same::{is_styling, language};
use crate::ast::{Attrs, Block, BlockKind, CodeBlock, Inline, InlineKind};

/// The code block that a reader sees in a `<pre>` of these blocks; `None` if it holds more than text in spans and
/// `<code>`.
pub(super) fn code_block(attrs: Option<&Attrs>, children: &[Block]) -> Option<CodeBlock> {
    let mut found = Found::default();
    found.attrs(attrs)?;
    for child in children {
        match &child.kind {
            BlockKind::Plain(inlines) => found.inlines(inlines, true)?,
            _ => return None,
        }
    }
    let mut text = found.text;
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    Some(CodeBlock::new(found.language, text))
}

#[derive(Default)]
struct Found {
    language: String,
    text: String,
    /// There was a `<code>` already.
    has_code: bool,
}

impl Found {
    /// Attributes that only style the code.
    fn attrs(&mut self, attrs: Option<&Attrs>) -> Option<()> {
        let Some(attrs) = attrs else { return Some(()) };
        if let (true, Some(language)) = (self.language.is_empty(), attrs.classes().find_map(language)) {
            self.language = language.to_owned();
        }
        attrs.iter().all(|(name, _)| is_styling(name)).then_some(())
    }

    /// The attributes of a `<code>`. Only the first one right in the `<pre>` names the language of all.
    fn code_attrs(&mut self, code: &Inline, is_outermost: bool) -> Option<()> {
        let attrs = code.attrs.as_deref();
        let is_first = is_outermost && !std::mem::replace(&mut self.has_code, true);
        if !is_first && attrs.is_some_and(|attrs| attrs.classes().any(|class| language(class).is_some())) {
            return None;
        }
        self.attrs(attrs)
    }

    fn inlines(&mut self, inlines: &[Inline], is_outermost: bool) -> Option<()> {
        inlines.iter().try_for_each(|inline| self.inline(inline, is_outermost))
    }

    fn inline(&mut self, inline: &Inline, is_outermost: bool) -> Option<()> {
        match &inline.kind {
            InlineKind::Text(text) => self.text.push_str(text),
            InlineKind::SoftBreak => self.text.push('\n'),
            InlineKind::Code(text) => {
                self.code_attrs(inline, is_outermost)?;
                self.text.push_str(text);
            }
            InlineKind::Element(element) if element.name == "code" => {
                self.code_attrs(inline, is_outermost)?;
                self.inlines(&element.children, false)?;
            }
            InlineKind::Element(element) if element.name == "span" => {
                self.inlines(&element.children, false)?;
            }
            _ => return None,
        }
        Some(())
    }
}
