//! Putting the tags into a text that was printed with words for them, and writing what the target would take for a tag
//! so that it does not.

use super::block::Line;
use super::translate::{Held, Piece, Rewritten};
use crate::ast::Place;
use crate::diag::{Diagnostic, Sink, codes};
use crate::format::TagLanguage;

/// A printed text, and what it takes to finish it.
#[derive(Clone, Copy)]
pub(crate) struct Filling<'a> {
    /// What the words stand for; `None` if there are none.
    pub(crate) rewritten: Option<&'a Rewritten>,
    /// The language that would take text for tags, where the text was not written in it already.
    pub(crate) language: Option<&'a dyn TagLanguage>,
    /// Whether the text is HTML rather than Markdown.
    pub(crate) is_html: bool,
}

/// Text between two words.
struct Segment<'t> {
    text: &'t str,
    /// Where it starts.
    start: usize,
    /// The number of the word behind it, and where that ends.
    word: Option<(usize, usize)>,
}

impl Filling<'_> {
    /// Whether there is anything to do for `text`.
    pub(crate) fn is_needed(&self, text: &str) -> bool {
        self.rewritten.is_some() || self.language.is_some_and(|language| !language.literals(text, false).is_empty())
    }

    /// The spans of `text` that hold what the language cannot write as it is: they need an entity.
    pub(crate) fn needs_entity(&self, text: &str) -> Vec<usize> {
        let Some(language) = self.language else { return Vec::new() };
        let mut found = Vec::new();
        for Segment { text, start, .. } in self.segments(text) {
            let literals = language.literals(text, false).into_iter().filter(|literal| literal.written.is_none());
            found.extend(literals.map(|literal| start + literal.span.start));
        }
        found
    }

    /// The text between the words.
    fn segments<'t>(&self, text: &'t str) -> Vec<Segment<'t>> {
        let (mut segments, mut at) = (Vec::new(), 0);
        if let Some(rewritten) = self.rewritten {
            for (word, index) in rewritten.words.find(text) {
                let before = text.get(at..word.start).unwrap_or_default();
                segments.push(Segment { text: before, start: at, word: Some((index, word.end)) });
                at = word.end;
            }
        }
        segments.push(Segment { text: text.get(at..).unwrap_or_default(), start: at, word: None });
        segments
    }

    /// The finished text.
    pub(crate) fn fill(&self, text: &str, sink: &mut dyn Sink) -> String {
        let mut filler = Filler { filling: self, out: String::with_capacity(text.len()), skip: 0 };
        for Segment { text: segment, word, .. } in self.segments(text) {
            let segment = segment.get(filler.skip..).unwrap_or_default();
            filler.skip = 0;
            let held = word.and_then(|(index, end)| Some((self.rewritten?.held.get(index)?, end)));
            let before_tag = held.is_some_and(|((held, _), _)| held.begins_with_brace());
            filler.literal(segment, before_tag, sink);
            if let Some(((held, _), end)) = held {
                filler.word(held, text.get(end..).unwrap_or_default(), sink);
            }
        }
        filler.out
    }
}

impl Held {
    fn begins_with_brace(&self) -> bool {
        matches!(self, Held::Pieces(pieces) if matches!(pieces.first(), Some(Piece::Tag(tag)) if tag.starts_with('{')))
    }
}

struct Filler<'f> {
    filling: &'f Filling<'f>,
    out: String,
    /// How much of what follows is written already.
    skip: usize,
}

impl Filler<'_> {
    /// Text in which nothing is a tag.
    fn literal(&mut self, text: &str, before_tag: bool, sink: &mut dyn Sink) {
        let Some(language) = self.filling.language else {
            self.out.push_str(text);
            return;
        };
        let mut at = 0;
        for literal in language.literals(text, before_tag) {
            self.out.push_str(text.get(at..literal.span.start).unwrap_or_default());
            match literal.written {
                Some(written) => self.out.push_str(&written),
                None => {
                    sink.report(entity());
                    self.out.push_str("&#123;");
                    self.out.push_str(text.get(literal.span.start + 1..literal.span.end).unwrap_or_default());
                }
            }
            at = literal.span.end;
        }
        self.out.push_str(text.get(at..).unwrap_or_default());
    }

    fn word(&mut self, held: &Held, behind: &str, sink: &mut dyn Sink) {
        let is_comment = self.out.ends_with("<!--") && behind.starts_with("-->");
        if is_comment {
            self.out.truncate(self.out.len() - "<!--".len());
            self.skip = "-->".len();
        }
        let behind = behind.get(self.skip..).unwrap_or_default();
        match held {
            Held::Pieces(pieces) => {
                let is_block = matches!(pieces.as_slice(), [_, _, ..]);
                if is_block || pieces.iter().any(is_block_tag) {
                    self.unwrap_paragraph(behind);
                }
                self.eat_value(behind);
                for piece in pieces {
                    match piece {
                        Piece::Tag(text) => self.out.push_str(text),
                        Piece::Literal(text) => self.literal(text, false, sink),
                    }
                }
            }
            Held::Comment(text) => self.comment(text, behind, sink),
            Held::Kept(text, Place::Url) => self.url(text, behind, sink),
            Held::Kept(text, Place::Markup) => {
                self.eat_value(behind);
                let is_quoted = self.out.ends_with('"') || in_quotes(&self.out);
                let text = if is_quoted { text.replace('"', "&quot;") } else { text.clone() };
                self.literal(&text, false, sink);
            }
            Held::Kept(text, _) => {
                let text = if self.filling.is_html { super::usual::escape(text) } else { text.clone() };
                self.literal(&text, false, sink);
            }
            Held::Info { info, language } => {
                let text = if self.filling.is_html || self.out.ends_with("language-") { language } else { info };
                self.out.push_str(text);
            }
        }
    }

    /// A tag in the place of an attribute was printed as one with an empty value.
    fn eat_value(&mut self, behind: &str) {
        if behind.starts_with("=\"\"") && self.out.ends_with([' ', '\n']) {
            self.skip += "=\"\"".len();
        }
    }

    /// A tag that stands for a block needs no paragraph around it.
    fn unwrap_paragraph(&mut self, behind: &str) {
        if self.filling.is_html && self.out.ends_with("<p>") && behind.starts_with("</p>") {
            self.out.truncate(self.out.len() - "<p>".len());
            self.skip += "</p>".len();
        }
    }

    /// Puts `text` into a comment of HTML. In Markdown one at the start of a line takes the line, so it stands where it
    /// takes nothing else with it.
    fn comment(&mut self, text: &str, behind: &str, sink: &mut dyn Sink) {
        self.unwrap_paragraph(behind);
        let line = Line::of(&self.out, behind);
        let text = text.trim();
        let text = text.replace("-->", "--&gt;").replace("--!>", "--!&gt;");
        if self.filling.is_html {
            return self.literal(&format!("<!-- {text} -->"), false, sink);
        }
        if !line.is_start() {
            let text = one_line(&text);
            return self.literal(&format!("<!-- {text} -->"), false, sink);
        }
        let continuation = line.continuation();
        if line.is_end() {
            let text = text.replace('\n', &format!("\n{continuation}"));
            return self.literal(&format!("<!-- {text} -->"), false, sink);
        }
        let prefix = line.prefix;
        let start = self.out.len() - prefix.len();
        let above = self.out.get(..start).unwrap_or_default();
        let goes_above = prefix == continuation && is_text(above.strip_suffix('\n').unwrap_or_default());
        self.skip += behind.len() - behind.trim_start_matches([' ', '\t']).len();
        if goes_above {
            self.out.truncate(start - 1);
            self.out.push(' ');
            self.literal(&format!("<!-- {} -->", one_line(&text)), false, sink);
            self.out.push('\n');
            self.out.push_str(&prefix);
        } else {
            let text = text.replace('\n', &format!("\n{continuation}"));
            self.literal(&format!("<!-- {text} -->"), false, sink);
            self.out.push('\n');
            self.out.push_str(&continuation);
        }
    }

    /// A tag that stays in an address. In Markdown an address with spaces needs brackets.
    fn url(&mut self, text: &str, behind: &str, sink: &mut dyn Sink) {
        let destination = if self.filling.is_html { None } else { destination(&self.out) };
        let needs_brackets = |start: &usize| {
            self.out.get(*start..).is_some_and(|inside| inside.starts_with('<'))
                || text.contains([' ', '(', ')', '\n', '<'])
        };
        let Some(start) = destination.filter(needs_brackets) else {
            let text = if self.filling.is_html {
                super::usual::escape(text)
            } else if in_quotes(&self.out) {
                text.replace('"', "&quot;")
            } else {
                text.to_owned()
            };
            return self.literal(&text, false, sink);
        };
        let end = behind.find([')', ' ', '\n', '\t']).unwrap_or(behind.len());
        if !self.out.get(start..).is_some_and(|inside| inside.starts_with('<')) {
            self.out.insert(start, '<');
        }
        // A bracket inside would end it.
        let text = text.replace('\n', " ").replace('<', "%3C").replace('>', "%3E");
        self.literal(&text, false, sink);
        // Another word may follow in the same address; then it closes the bracket.
        let rest = behind.get(..end).unwrap_or_default();
        let has_word = self.filling.rewritten.is_some_and(|rewritten| rewritten.words.are_in(rest));
        if !has_word {
            self.out.push_str(rest);
            self.skip += end;
            self.out.push('>');
        }
    }
}

/// Where the destination of a Markdown link begins that `out` ends in, if it does: at its bracket, if it has one.
fn destination(out: &str) -> Option<usize> {
    let mut start = out.len().saturating_sub(2000);
    while !out.is_char_boundary(start) {
        start += 1;
    }
    let near = out.get(start..)?;
    let open = near.rfind("](")? + 2;
    let inside = near.get(open..)?;
    let is_open = match inside.strip_prefix('<') {
        Some(inside) => !inside.contains(['>', '\n']),
        None => !inside.contains([' ', '\n', '<', ')']),
    };
    is_open.then_some(start + open)
}

/// Whether `out` ends inside a quoted attribute, on its last line.
fn in_quotes(out: &str) -> bool {
    let mut start = out.len().saturating_sub(2000);
    while !out.is_char_boundary(start) {
        start += 1;
    }
    let near = out.get(start..).unwrap_or_default();
    let tag = near.rfind(['<', '>']).and_then(|at| near.get(at..)).filter(|tag| tag.starts_with('<'));
    tag.is_some_and(|tag| tag.matches('"').count() % 2 == 1)
}

/// Whether the last line of `above` is running text, to whose end something can be put.
fn is_text(above: &str) -> bool {
    let line = above.rsplit('\n').next().unwrap_or_default().trim();
    !line.is_empty() && !line.ends_with("-->") && !line.starts_with(['#', '<', '`', '~', '|', '=', '-'])
}

/// Text of a comment within a line: no line may be blank, and CommonMark before 0.31 takes no two hyphens.
fn one_line(text: &str) -> String {
    text.split('\n').map(str::trim).collect::<Vec<_>>().join(" ").replace("--", "-&#45;")
}

/// Tags of the target that are blocks by themselves.
fn is_block_tag(piece: &Piece) -> bool {
    matches!(piece, Piece::Tag(text) if text.starts_with("{% highlight") || text.starts_with("{% comment"))
}

pub(crate) fn entity() -> Diagnostic {
    let message = "an opening brace is written as `&#123;`, for the target would take what follows for a tag";
    Diagnostic::new(&codes::LITERAL_AS_ENTITY, message)
}
