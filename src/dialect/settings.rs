//! Which of Hugo's settings a written body leans on.

use crate::ast::same::scan::Set;
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
    let has_typography = has_typography(post, is_smart);
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

/// Whether something in the text, once it is read, may need a setting; many a text says by its signs that nothing does.
pub(super) fn may_lean_on_some(post: &Post, text: &str, extensions: &Extensions) -> bool {
    // Tags, references, escapes, addresses of mail: what they are is for a reader to say.
    let bytes = text.as_bytes();
    let may_be_one = |at: usize| match (bytes[at], bytes.get(at + 1)) {
        (b'<', next) => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?')),
        (b'&', next) => next.is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'#'),
        _ => true,
    };
    memchr::memchr3_iter(b'<', b'&', b'\\', bytes).any(may_be_one)
        || memchr::memchr(b'@', bytes).is_some()
        || has_bare_address(text)
        || extensions.has("block_attributes") && memchr::memchr(b'{', bytes).is_some()
        || !has_typography(post, extensions.has("smart")) && has_typographic_marks(text)
}

/// kramdown sets quotes and dashes as Goldmark does, and what was escaped is not set; any other source meant the characters
/// that it wrote.
fn has_typography(post: &Post, is_smart: bool) -> bool {
    is_smart || post.origin.original().starts_with("jekyll+markdown")
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
    memchr::memchr2(b'"', b'\'', text.as_bytes()).is_some()
        || has_doubled_sign(text.as_bytes()) && ["--", "...", "<<", ">>"].iter().any(|marks| text.contains(marks))
}

fn has_doubled_sign(bytes: &[u8]) -> bool {
    static SIGNS: Set = Set::of(b"-.<>");
    let mut rest = bytes;
    while let Some((first, behind)) = rest.get(SIGNS.find(rest)..).and_then(<[u8]>::split_first) {
        if behind.first() == Some(first) {
            return true;
        }
        rest = behind;
    }
    false
}

/// What Goldmark's linkify makes a link of.
fn has_bare_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_mail = |word: &str| word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    (memchr::memchr(b':', bytes).is_some()
        && ["http://", "https://", "ftp://"].iter().any(|start| text.contains(start)))
        || memchr::memchr_iter(b'.', bytes).any(|at| bytes[..at].ends_with(b"www"))
        || (memchr::memchr(b'@', bytes).is_some() && text.split_whitespace().any(is_mail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;
    use crate::format::{Extensions, Markup};
    use crate::markup::Markdown;

    /// Where the signs of a text say that no setting is needed, reading it finds none.
    #[test]
    fn signs_tell_what_reading_would_find() {
        const PIECES: [&str; 21] = [
            "a", " ", "{", "\n\n", "*", "<", "<b>", "<!--x-->", "&", "lt;", "\\", "\"", "'", "-", "..", ">", "www.b.c",
            "http:", "//b.c", "@", "b.c",
        ];
        let post = Post::new(crate::meta::Meta::new(), Document::default());
        let mut passed_by = 0;
        for index in 0..PIECES.len().pow(4) {
            let piece = |place: u32| PIECES[index / PIECES.len().pow(place) % PIECES.len()];
            let text = [piece(0), piece(1), piece(2), piece(3)].concat();
            let words = ["smart", "block_attributes"].into_iter().enumerate();
            let extensions: Extensions = words.filter(|(bit, _)| index >> bit & 1 == 1).map(|(_, word)| word).collect();
            if may_lean_on_some(&post, &text, &extensions) {
                continue;
            }
            passed_by += 1;
            let read = Markdown::commonmark().parse(&text, Span::new(0, text.len()), &Extensions::new(), &mut ());
            assert!(needed(&post, &read.unwrap(), &extensions).is_empty(), "{text:?}");
        }
        assert!(passed_by > 5_000, "{passed_by}");
    }
}
