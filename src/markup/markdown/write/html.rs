//! What Markdown cannot say, as HTML that Markdown passes through.
//!
//! An HTML block ends at a blank line: what is made here goes through [`without_blank_lines`] unless its block ends at a
//! marker.

use crate::ast::same::html::{Token, Tokens};
use crate::ast::same::{Notes, alert_class, is_flow, math_class, names};
use crate::ast::{
    Alignment, Attrs, Block, BlockKind, CodeBlock, DefinitionKind, Image, Inline, InlineKind, List, Row, Table,
};

/// A start tag. Values are quoted; nothing in it ends a line.
pub(super) fn start_tag<'a>(name: &str, attrs: impl IntoIterator<Item = (&'a str, &'a str)>, out: &mut String) {
    out.push('<');
    out.push_str(name);
    for (name, value) in attrs {
        out.push(' ');
        out.push_str(name);
        if !value.is_empty() {
            out.push_str("=\"");
            escape(value, true, out);
            out.push('"');
        }
    }
    out.push('>');
}

/// An end tag.
pub(super) fn end_tag(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Text or a value with what would be markup in it as character references.
fn escape(text: &str, in_attribute: bool, out: &mut String) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let (reference, length) = match byte {
            b'&' if text[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#') => ("&amp;", 1),
            b'<' if !in_attribute => ("&lt;", 1),
            b'"' if in_attribute => ("&quot;", 1),
            b'\n' if in_attribute => ("&#10;", 1),
            b'\r' => ("&#13;", 1),
            0xc2 if text.as_bytes().get(at + 1) == Some(&0xa0) => ("&nbsp;", 2),
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(reference);
        done = at + length;
    }
    out.push_str(&text[done..]);
}

/// An image with all its attributes.
pub(super) fn image(image: &Image, attrs: Option<&Attrs>, out: &mut String) {
    let own = [("src", image.url.as_str()), ("alt", image.alt.as_str())];
    out.push_str("<img");
    let title = image.title.as_deref().map(|title| ("title", title));
    for (name, value) in own.into_iter().chain(title).chain(attrs.into_iter().flat_map(Attrs::iter)) {
        out.push(' ');
        out.push_str(name);
        // A source or description that is empty is still one.
        out.push_str("=\"");
        escape(value, true, out);
        out.push('"');
    }
    out.push('>');
}

/// The box of a task.
pub(super) fn task(checked: bool, attrs: Option<&Attrs>, out: &mut String) {
    let own = [("type", "checkbox"), ("checked", ""), ("disabled", "")]
        .into_iter()
        .filter(|(name, _)| checked || *name != "checked");
    start_tag("input", own.chain(attrs.into_iter().flat_map(Attrs::iter)), out);
}

/// A reference to a footnote, as pulldown-cmark writes it.
pub(super) fn footnote_reference(label: &str, number: usize, out: &mut String) {
    start_tag("sup", [("class", "footnote-reference")], out);
    start_tag("a", [("href", format!("#{label}").as_str())], out);
    out.push_str(&number.to_string());
    out.push_str("</a></sup>");
}

/// Writes blocks and inlines as HTML.
#[derive(Debug)]
pub(super) struct Html<'n, 'o> {
    pub(super) notes: &'n mut Notes,
    pub(super) out: &'o mut String,
    /// Elements around that keep white space.
    keeps_space: usize,
    /// Where the start tag of such an element ends.
    kept_start: usize,
}

impl<'n, 'o> Html<'n, 'o> {
    pub(super) fn new(notes: &'n mut Notes, out: &'o mut String) -> Self {
        Html { notes, out, keeps_space: 0, kept_start: 0 }
    }

    /// A block.
    pub(super) fn block(&mut self, block: &Block) {
        let attrs = block.attrs.as_deref();
        match &block.kind {
            BlockKind::Paragraph(inlines) => self.leaf("p", attrs, inlines),
            BlockKind::Plain(inlines) => self.inlines(inlines),
            BlockKind::Heading(heading) => {
                let names = ["h1", "h2", "h3", "h4", "h5", "h6"];
                self.leaf(names[usize::from(heading.level.clamp(1, 6)) - 1], attrs, &heading.content);
            }
            BlockKind::BlockQuote(quote) => {
                let alert = quote.alert.map(|alert| alert_class(alert.as_str()));
                self.start("blockquote", attrs, alert.as_deref().map(|class| ("class", class)));
                self.blocks(&quote.blocks);
                self.end("blockquote");
            }
            BlockKind::List(list) => self.list(list, attrs),
            BlockKind::CodeBlock(code) => self.code_block(code, attrs),
            BlockKind::Table(table) => self.table(table, attrs),
            BlockKind::ThematicBreak => self.start("hr", attrs, None),
            BlockKind::DefinitionList(items) => {
                self.start("dl", attrs, None);
                for item in items {
                    self.line();
                    match &item.kind {
                        DefinitionKind::Term(inlines) => self.leaf("dt", item.attrs.as_deref(), inlines),
                        DefinitionKind::Definition(blocks) => {
                            self.start("dd", item.attrs.as_deref(), None);
                            self.blocks(blocks);
                            self.end("dd");
                        }
                    }
                }
                self.line();
                self.end("dl");
            }
            BlockKind::FootnoteDefinition(note) => {
                self.start("div", attrs, [("class", "footnote-definition"), ("id", note.label.as_str())]);
                self.footnote_label(&note.label);
                self.blocks(&note.blocks);
                self.end("div");
            }
            BlockKind::Element(element) => {
                self.start(&element.name, attrs, None);
                if !names::is_void(&element.name) {
                    let keeps_space = names::keeps_space(&element.name);
                    self.keeps_space += usize::from(keeps_space);
                    self.element_blocks(&element.name, &element.children);
                    self.keeps_space -= usize::from(keeps_space);
                    self.end(&element.name);
                }
            }
            BlockKind::Raw(raw) => self.raw(&raw.text),
            BlockKind::Template(tag) => self.out.push_str(&tag.text),
        }
    }

    /// The number of a footnote before its text, as pulldown-cmark writes it.
    pub(super) fn footnote_label(&mut self, label: &str) {
        start_tag("sup", [("class", "footnote-definition-label")], self.out);
        let number = self.notes.number(label).to_string();
        self.out.push_str(&number);
        self.end("sup");
    }

    fn start<'a>(&mut self, name: &str, attrs: Option<&'a Attrs>, own: impl IntoIterator<Item = (&'a str, &'a str)>) {
        start_tag(name, own.into_iter().chain(attrs.into_iter().flat_map(Attrs::iter)), self.out);
        if names::keeps_space(name) {
            self.kept_start = self.out.len();
        }
    }

    fn end(&mut self, name: &str) {
        end_tag(name, self.out);
    }

    fn line(&mut self) {
        if self.keeps_space == 0 {
            self.out.push('\n');
        }
    }

    fn leaf(&mut self, name: &str, attrs: Option<&Attrs>, inlines: &[Inline]) {
        self.start(name, attrs, None);
        self.inlines(inlines);
        self.end(name);
    }

    /// The content of an element: where white space between blocks is nothing, each block stands on a line of its own.
    fn element_blocks(&mut self, name: &str, blocks: &[Block]) {
        let is_inline = !names::is_block(name) || self.keeps_space > 0;
        if is_inline || matches!(blocks, [Block { kind: BlockKind::Plain(_), .. }]) {
            for block in blocks {
                self.block(block);
            }
        } else if !blocks.is_empty() {
            self.blocks(blocks);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        if let [Block { kind: BlockKind::Plain(inlines), .. }] = blocks {
            return self.inlines(inlines);
        }
        let mut previous: Option<&Block> = None;
        for block in blocks {
            // White space beside text would be a space.
            if !(is_flow(block) && previous.is_some_and(is_flow)) {
                self.line();
            }
            self.block(block);
            previous = Some(block);
        }
        self.line();
    }

    fn list(&mut self, list: &List, attrs: Option<&Attrs>) {
        let start = list.start.filter(|start| *start != 1).map(|start| start.to_string());
        let name = if list.start.is_some() { "ol" } else { "ul" };
        self.start(name, attrs, start.as_deref().map(|start| ("start", start)));
        for item in &list.items {
            self.line();
            self.item("li", item.attrs.as_deref(), &item.kind.blocks);
        }
        self.line();
        self.end(name);
    }

    /// An item.
    pub(super) fn item(&mut self, name: &str, attrs: Option<&Attrs>, blocks: &[Block]) {
        self.start(name, attrs, None);
        match blocks {
            // The text and what follows it on lines of their own.
            [Block { kind: BlockKind::Plain(inlines), .. }, rest @ ..] => {
                self.inlines(inlines);
                if !rest.is_empty() {
                    self.blocks(rest);
                }
            }
            blocks => self.blocks(blocks),
        }
        self.end(name);
    }

    fn code_block(&mut self, code: &CodeBlock, attrs: Option<&Attrs>) {
        self.start("pre", attrs, None);
        let class = code.language().map(|language| format!("language-{language}"));
        self.start("code", None, class.as_deref().map(|class| ("class", class)));
        self.kept(&code.text);
        self.out.push_str("</code></pre>");
    }

    fn table(&mut self, table: &Table, attrs: Option<&Attrs>) {
        self.start("table", attrs, None);
        self.line();
        self.out.push_str("<thead>");
        self.row(&table.head, "th", &table.alignments);
        self.line();
        self.out.push_str("</thead>");
        self.line();
        self.out.push_str("<tbody>");
        for row in &table.rows {
            self.row(row, "td", &table.alignments);
        }
        self.line();
        self.out.push_str("</tbody>");
        self.line();
        self.end("table");
    }

    fn row(&mut self, row: &Row, name: &str, alignments: &[Alignment]) {
        self.line();
        self.start("tr", row.attrs.as_deref(), None);
        for (index, cell) in row.kind.iter().enumerate() {
            let style = match alignments.get(index) {
                Some(Alignment::Left) => Some("text-align: left"),
                Some(Alignment::Center) => Some("text-align: center"),
                Some(Alignment::Right) => Some("text-align: right"),
                Some(Alignment::None) | None => None,
            };
            self.start(name, cell.attrs.as_deref(), style.map(|style| ("style", style)));
            self.inlines(&cell.kind);
            self.end(name);
        }
        self.end("tr");
    }

    /// Running text.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        let attrs = inline.attrs.as_deref();
        match &inline.kind {
            InlineKind::Text(text) => self.text(text),
            InlineKind::SoftBreak => self.text("\n"),
            InlineKind::HardBreak => self.start("br", attrs, None),
            InlineKind::Code(text) => {
                self.start("code", attrs, None);
                self.text(text);
                self.end("code");
            }
            InlineKind::Emphasis(children) => self.leaf("em", attrs, children),
            InlineKind::Strong(children) => self.leaf("strong", attrs, children),
            InlineKind::Strikethrough(children) => self.leaf("del", attrs, children),
            InlineKind::Link(link) => {
                link_tag(link, attrs, self.out);
                self.inlines(&link.content);
                self.end("a");
            }
            InlineKind::Image(picture) => image(picture, attrs, self.out),
            InlineKind::FootnoteReference(label) => {
                let number = self.notes.number(label);
                footnote_reference(label, number, self.out);
            }
            InlineKind::Math(math) => {
                self.start("span", None, Some(("class", math_class(math.display))));
                self.text(&math.text);
                self.end("span");
            }
            InlineKind::TaskMarker(checked) => {
                task(*checked, attrs, self.out);
                self.out.push(' ');
            }
            InlineKind::Element(element) => {
                self.start(&element.name, attrs, None);
                if !names::is_void(&element.name) {
                    let keeps_space = names::keeps_space(&element.name);
                    self.keeps_space += usize::from(keeps_space);
                    self.inlines(&element.children);
                    self.keeps_space -= usize::from(keeps_space);
                    self.end(&element.name);
                }
            }
            InlineKind::Raw(raw) => self.raw(&raw.text),
            InlineKind::Template(tag) => self.out.push_str(&tag.text),
        }
    }

    fn text(&mut self, text: &str) {
        if self.keeps_space > 0 {
            self.kept(text);
        } else {
            escape(text, false, self.out);
        }
    }

    /// Text whose white space counts.
    fn kept(&mut self, text: &str) {
        if text.starts_with('\n') && self.out.len() == self.kept_start {
            // The first newline behind `<pre>` is no part of the text.
            self.out.push('\n');
        }
        escape(text, false, self.out);
    }

    /// Raw HTML.
    fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }
}

/// The start tag of a link.
pub(super) fn link_tag(link: &crate::ast::Link, attrs: Option<&Attrs>, out: &mut String) {
    out.push_str("<a");
    let title = link.title.as_deref().map(|title| ("title", title));
    let own = [("href", link.url.as_str())].into_iter().chain(title);
    for (name, value) in own.chain(attrs.into_iter().flat_map(Attrs::iter)) {
        out.push(' ');
        out.push_str(name);
        if !value.is_empty() || name == "href" {
            out.push_str("=\"");
            escape(value, true, out);
            out.push('"');
        }
    }
    out.push('>');
}

/// The HTML without blank lines, which would end its block. Where white space counts the newline becomes a reference;
/// elsewhere an empty line is nothing.
pub(super) fn without_blank_lines(html: &str) -> std::borrow::Cow<'_, str> {
    if !has_blank_line(html) {
        return html.into();
    }
    let mut out = String::with_capacity(html.len());
    let mut tokens = Tokens::new(html);
    let mut keeps_space = 0_usize;
    let mut is_first = false;
    let mut at = 0;
    while let Some(token) = tokens.next() {
        let end = html.len() - tokens.left();
        let part = &html[at..end];
        at = end;
        match &token {
            Token::Text(_) if keeps_space > 0 => push_kept(part, is_first, &mut out),
            _ => {
                // What stands before the part ends in a newline, or the part has a blank line of its own.
                for (index, line) in part.split('\n').enumerate() {
                    let is_last = index + 1 == part.split('\n').count();
                    if index == 0 {
                        out.push_str(line);
                    } else if !line.trim().is_empty() || is_last {
                        while out.ends_with(['\n', ' ', '\t']) && out.trim_end_matches([' ', '\t']).ends_with('\n') {
                            out.pop();
                        }
                        out.push('\n');
                        out.push_str(line);
                    }
                }
            }
        }
        is_first = matches!(&token, Token::Start(tag) if names::keeps_space(&tag.name));
        match token {
            Token::Start(tag) if names::keeps_space(&tag.name) => keeps_space += 1,
            Token::End(name) if names::keeps_space(&name) => keeps_space = keeps_space.saturating_sub(1),
            _ => {}
        }
    }
    out.into()
}

fn has_blank_line(html: &str) -> bool {
    let bytes = html.as_bytes();
    memchr::memchr_iter(b'\n', bytes).any(|at| {
        let rest = &bytes[at + 1..];
        let spaces = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        rest.get(spaces) == Some(&b'\n')
    })
}

/// Text whose white space counts: the newline of a blank line becomes a reference. Right behind the start tag the first
/// newline is no part of the text and stays.
fn push_kept(text: &str, is_first: bool, out: &mut String) {
    let mut text = text;
    if is_first && let Some(rest) = text.strip_prefix('\n') {
        out.push('\n');
        text = rest;
        while let Some(rest) = text.strip_prefix('\n') {
            out.push_str("&#10;");
            text = rest;
        }
    }
    let mut lines = text.split('\n').peekable();
    if let Some(first) = lines.next() {
        out.push_str(first);
    }
    while let Some(line) = lines.next() {
        // What follows the last newline is a tag.
        let is_blank = line.trim().is_empty() && lines.peek().is_some();
        out.push_str(if is_blank { "&#10;" } else { "\n" });
        out.push_str(line);
    }
}

/// Whether the HTML may stand in running text: it is tags and comments that Markdown knows for such, and nothing between
/// them that could be anything but text.
pub(super) fn is_inline(html: &str) -> bool {
    !html.contains("\n\n")
        && Tokens::new(html).all(|token| match token {
            Token::Start(tag) => is_tag_name(&tag.name) && tag.attrs.iter().all(|(name, _)| is_attribute_name(name)),
            Token::End(name) => is_tag_name(&name),
            Token::Text(text) => text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '.')),
            Token::Comment(text) => !text.starts_with('>') && !text.starts_with("->") && !text.ends_with('-'),
            Token::Broken(_) => false,
        })
}

/// The names that CommonMark takes for tags (0.31, raw HTML).
pub(super) fn is_tag_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// The names that CommonMark takes for attributes (0.31, raw HTML).
pub(super) fn is_attribute_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':'))
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '.' | '-'))
}

/// Where the first tag ends.
pub(super) fn first_tag_end(html: &str) -> Option<usize> {
    let mut tokens = Tokens::new(html);
    matches!(tokens.next(), Some(Token::Start(_) | Token::End(_))).then(|| html.len() - tokens.left())
}

/// Whether the line is one tag and nothing else.
pub(super) fn is_one_tag(line: &str) -> bool {
    let line = line.trim_end();
    let mut tokens = Tokens::new(line);
    let is_tag = matches!(tokens.next(), Some(Token::Start(_) | Token::End(_)));
    is_tag && tokens.left() == 0
}

/// Whether the first tag is one to CommonMark too, if that matters for what it starts.
pub(super) fn is_sayable_start(html: &str) -> bool {
    if start_of(html) != Start::Tag {
        return true;
    }
    match Tokens::new(html).next() {
        Some(Token::Start(tag)) => is_tag_name(&tag.name) && tag.attrs.iter().all(|(name, _)| is_attribute_name(name)),
        Some(Token::End(name)) => is_tag_name(&name),
        _ => false,
    }
}

/// The HTML without line ends.
pub(super) fn in_one_line(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut tokens = Tokens::new(html);
    let mut keeps_space = 0_usize;
    let mut at = 0;
    while let Some(token) = tokens.next() {
        let end = html.len() - tokens.left();
        out.push_str(&html[at..end].replace('\n', if keeps_space > 0 { "&#10;" } else { " " }));
        at = end;
        match token {
            Token::Start(tag) if names::keeps_space(&tag.name) => keeps_space += 1,
            Token::End(name) if names::keeps_space(&name) => keeps_space = keeps_space.saturating_sub(1),
            _ => {}
        }
    }
    out
}

/// Whether a block of kinds 1 to 5 that this HTML starts ends where the HTML ends, and not before.
pub(super) fn ends_at_its_marker(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    let marker = if lower.starts_with("<!--") {
        "-->"
    } else if lower.starts_with("<?") {
        "?>"
    } else if lower.starts_with("<![cdata[") {
        "]]>"
    } else if lower.starts_with("<!") {
        ">"
    } else {
        // Any of the four end tags ends the block.
        let first = ["</pre>", "</script>", "</style>", "</textarea>"].iter().filter_map(|tag| lower.find(tag)).min();
        return first.is_some_and(|at| !lower[at..].contains('\n'));
    };
    lower[2..].find(marker).is_some_and(|at| !lower[2 + at..].contains('\n'))
}

/// What a line that begins with this HTML starts (CommonMark 0.31, HTML blocks).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// Kinds 1 to 5: a block up to the line of its marker.
    Marked,
    /// Kind 6: a block up to a blank line.
    Block,
    /// Kind 7 if the tag stands alone on the line.
    Tag,
    /// No block.
    Nothing,
}

/// What a line that begins with this HTML starts.
pub(super) fn start_of(html: &str) -> Start {
    let Some(body) = html.strip_prefix('<') else { return Start::Nothing };
    if body.starts_with(['!', '?']) {
        return Start::Marked;
    }
    let is_end = body.starts_with('/');
    let name: String = body
        .trim_start_matches('/')
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let behind = body.trim_start_matches('/').get(name.len()..).and_then(|rest| rest.chars().next());
    match name.as_str() {
        "" => Start::Nothing,
        // `<o:p>` is no tag to CommonMark.
        _ if behind.is_some_and(|c| !c.is_ascii_whitespace() && !matches!(c, '/' | '>')) => Start::Nothing,
        name if names::starts_verbatim_block(name) && !is_end => Start::Marked,
        name if names::starts_html_block(name) => Start::Block,
        _ => Start::Tag,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_blank_line_is_written() {
        let mut out = String::new();
        let code = Block::new(BlockKind::CodeBlock(CodeBlock::new("", "a\n\n\nb\n")));
        Html::new(&mut Notes::default(), &mut out).block(&code);
        assert_eq!(without_blank_lines(&out), "<pre><code>a&#10;&#10;\nb\n</code></pre>");
        assert_eq!(
            without_blank_lines("<p>a\n\n \nb<script>\n\nc\n\n</script>\n\n</p>"),
            "<p>a\nb<script>\nc\n</script>\n</p>"
        );
    }

    #[test]
    fn values_are_quoted() {
        let mut out = String::new();
        start_tag("a", [("href", "/?a=1&b=\"2\"\n"), ("hidden", "")], &mut out);
        assert_eq!(out, "<a href=\"/?a=1&amp;b=&quot;2&quot;&#10;\" hidden>");
    }
}
