//! Running text.

use super::super::names;
use super::Writer;
use super::escape::{push_quoted, push_text, push_url};
use crate::ast::{Attrs, Image, Inline, InlineKind, Link, Math, Raw};

impl<'a> Writer<'a> {
    pub(super) fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        let attrs = inline.attrs.as_deref();
        match &inline.kind {
            InlineKind::Text(text) => push_text(text, &mut self.out),
            // A break that shows has ended the line already.
            InlineKind::SoftBreak if self.out.ends_with("<br />\n") => {}
            InlineKind::SoftBreak => self.out.push('\n'),
            InlineKind::HardBreak => {
                self.void("br", attrs);
                if !self.is_exact {
                    self.out.push('\n');
                }
            }
            InlineKind::Code(text) => {
                self.open("code", attrs);
                push_text(text, &mut self.out);
                self.out.push_str("</code>");
            }
            InlineKind::Emphasis(inlines) => self.span("em", inlines, attrs),
            InlineKind::Strong(inlines) => self.span("strong", inlines, attrs),
            InlineKind::Strikethrough(inlines) => self.span("del", inlines, attrs),
            InlineKind::Link(link) => self.link(link, attrs),
            InlineKind::Image(image) => self.image(image, attrs),
            InlineKind::FootnoteReference(label) => self.footnote_reference(label),
            InlineKind::Math(math) => self.math(math),
            InlineKind::TaskMarker(checked) => self.task(*checked, attrs),
            InlineKind::Element(element) if names::is_void(&element.name) => self.void(&element.name, attrs),
            InlineKind::Element(element) => self.span(&element.name, &element.children, attrs),
            InlineKind::Raw(raw) => self.inline_raw(raw),
            InlineKind::Template(tag) => self.out.push_str(&tag.text),
        }
    }

    fn span(&mut self, name: &str, inlines: &'a [Inline], attrs: Option<&Attrs>) {
        self.open(name, attrs);
        self.inlines(inlines);
        self.close(name);
    }

    fn link(&mut self, link: &'a Link, attrs: Option<&Attrs>) {
        self.out.push_str("<a href=\"");
        push_url(&link.url, &mut self.out);
        self.out.push('"');
        self.title(link.title.as_deref());
        self.attrs(attrs);
        self.out.push('>');
        self.inlines(&link.content);
        self.out.push_str("</a>");
    }

    fn image(&mut self, image: &Image, attrs: Option<&Attrs>) {
        self.out.push_str("<img src=\"");
        push_url(&image.url, &mut self.out);
        self.out.push_str("\" alt=\"");
        push_quoted(&image.alt, &mut self.out);
        self.out.push('"');
        self.title(image.title.as_deref());
        self.attrs(attrs);
        self.out.push_str(" />");
    }

    fn title(&mut self, title: Option<&str>) {
        if let Some(title) = title {
            self.out.push_str(" title=\"");
            push_quoted(title, &mut self.out);
            self.out.push('"');
        }
    }

    fn footnote_reference(&mut self, label: &'a str) {
        let number = self.footnote(label).to_string();
        self.out.push_str("<sup class=\"footnote-reference\"><a href=\"#");
        push_quoted(label, &mut self.out);
        self.out.push_str("\">");
        self.out.push_str(&number);
        self.out.push_str("</a></sup>");
    }

    fn math(&mut self, math: &Math) {
        let kind = if math.display { "display" } else { "inline" };
        self.out.push_str("<span class=\"math math-");
        self.out.push_str(kind);
        self.out.push_str("\">");
        push_quoted(&math.text, &mut self.out);
        self.out.push_str("</span>");
    }

    fn task(&mut self, checked: bool, attrs: Option<&Attrs>) {
        self.out.push_str("<input");
        let is_written = |name: &str| attrs.is_some_and(|attrs| attrs.get(name).is_some());
        if !is_written("disabled") {
            self.out.push_str(" disabled=\"\"");
        }
        self.out.push_str(" type=\"checkbox\"");
        if checked && !is_written("checked") {
            self.out.push_str(" checked=\"\"");
        }
        self.attrs(attrs);
        self.out.push_str("/>\n");
    }

    fn inline_raw(&mut self, raw: &Raw) {
        if raw.markup == "html" {
            self.out.push_str(&raw.text);
        } else {
            self.open("code", None);
            push_text(&raw.text, &mut self.out);
            self.close("code");
        }
    }
}
