//! Which of Hugo's settings a written body leans on.

use crate::ast::{BlockKind, Document, Inline, InlineKind, NodeRef, Step};
use crate::diag::Setting;
use crate::format::Extensions;
use crate::post::Post;

/// The parts of Hugo's configuration without which it would show the body otherwise than meant; none if its defaults do. The
/// extensions say whether Hugo is to set quotes, and whether it is Hugo 0.111, which passes no formulas through.
pub(super) fn needed(post: &Post, written: &Document, extensions: &Extensions) -> Vec<Setting> {
    let (is_smart, is_old) = (extensions.has("smart"), extensions.has("hugo_0_111"));
    let has_attributes = extensions.has("block_attributes");
    let mut needs = Needs::default();
    // kramdown sets quotes and dashes as Goldmark does, and what was escaped is not set; any other source meant the characters
    // that it wrote.
    let has_typography = is_smart || post.origin.original().starts_with("jekyll+markdown");
    // Hugo reads a summary of the post's own as Markdown too.
    if let Some(summary) = post.meta.get_str("summary") {
        needs.raw_html |= summary.contains('<');
        needs.plain_typography |= !has_typography && has_typographic_marks(summary);
    }
    let mut links = 0;
    for step in written.walk() {
        match step {
            Step::Enter(NodeRef::Inline(Inline { kind: InlineKind::Link(_), .. })) => links += 1,
            Step::Leave(NodeRef::Inline(Inline { kind: InlineKind::Link(_), .. })) => links -= 1,
            Step::Enter(NodeRef::Block(block)) => {
                needs.raw_html |= matches!(&block.kind, BlockKind::Raw(raw) if !is_more_mark(&raw.text));
            }
            Step::Enter(NodeRef::Inline(inline)) => match &inline.kind {
                InlineKind::Raw(raw) => needs.raw_html |= !is_more_mark(&raw.text),
                InlineKind::Text(text) => {
                    needs.attributes |= has_attributes && text.starts_with('{');
                    needs.plain_typography = needs.plain_typography || !has_typography && has_typographic_marks(text);
                    needs.no_links = needs.no_links || links == 0 && has_bare_address(text);
                }
                _ => {}
            },
            _ => {}
        }
    }
    if has_typography && !is_old {
        needs.look_for_formulas(post.body.document());
    }
    needs.settings()
}

#[derive(Default)]
#[allow(clippy::struct_excessive_bools)] // each is a setting
struct Needs {
    /// Raw HTML is there; Hugo leaves it out unless told.
    raw_html: bool,
    /// Straight quotes, double hyphens or three dots are there and are meant.
    plain_typography: bool,
    /// An address is there that is no link.
    no_links: bool,
    /// Attributes stand behind a block.
    attributes: bool,
    /// Formulas stand between blocks.
    formulas: bool,
    /// Formulas stand in running text.
    formulas_in_text: bool,
}

impl Needs {
    /// Formulas of kramdown, which Goldmark reads as Markdown unless it passes them through.
    fn look_for_formulas(&mut self, meant: &Document) {
        for step in meant.walk() {
            if let Step::Enter(NodeRef::Inline(Inline { kind: InlineKind::Math(math), .. })) = step {
                self.formulas |= math.display;
                self.formulas_in_text |= !math.display;
            }
        }
    }

    fn settings(&self) -> Vec<Setting> {
        let mut out = Vec::new();
        if self.no_links {
            out.push(Setting::new("markup.goldmark.extensions", "linkify = false"));
        }
        if self.plain_typography {
            // A table `typographer` with `disable` stops Hugo before 0.112; the word alone is understood by all.
            out.push(Setting::new("markup.goldmark.extensions", "typographer = false"));
        }
        if self.attributes {
            out.push(Setting::new("markup.goldmark.parser.attribute", "block = true"));
        }
        const PASSTHROUGH: &str = "markup.goldmark.extensions.passthrough";
        const DELIMITERS: &str = "markup.goldmark.extensions.passthrough.delimiters";
        if self.formulas || self.formulas_in_text {
            out.push(Setting::new(PASSTHROUGH, "enable = true"));
        }
        if self.formulas {
            out.push(Setting::new(DELIMITERS, "block = [['$$', '$$']]"));
        }
        if self.formulas_in_text {
            // Only where they are needed: with them an escaped parenthesis opens a formula.
            out.push(Setting::new(DELIMITERS, "inline = [['\\(', '\\)']]"));
        }
        if self.raw_html {
            out.push(Setting::new("markup.goldmark.renderer", "unsafe = true"));
        }
        out
    }
}

/// Hugo takes the mark of a summary out by itself.
fn is_more_mark(html: &str) -> bool {
    html.trim() == "<!--more-->"
}

/// What Goldmark's typographer replaces.
fn has_typographic_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2(b'"', b'\'', bytes).is_some()
        || bytes.windows(2).any(|two| two[0] == two[1] && matches!(two[0], b'-' | b'.' | b'<' | b'>'))
            && ["--", "...", "<<", ">>"].iter().any(|marks| text.contains(marks))
}

/// What Goldmark's linkify makes a link of.
fn has_bare_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_mail = |word: &str| word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    (memchr::memchr(b':', bytes).is_some()
        && ["http://", "https://", "ftp://"].iter().any(|start| text.contains(start)))
        || bytes.windows(4).any(|four| four == b"www.")
        || (memchr::memchr(b'@', bytes).is_some() && text.split_whitespace().any(is_mail))
}
