//! Blocks that are HTML.

use super::html::Html;
use super::lines;
use super::starts;
use super::writer::Writer;
use crate::ast::Block;

impl<'a> Writer<'a> {
    /// A block that is HTML already.
    pub(super) fn raw_html(&mut self, text: &str) {
        let text = text.trim_matches(['\n', '\r']);
        let is_alone = || starts::is_one_tag(text.lines().next().unwrap_or_default());
        let is_cut = match starts::start_of(text) {
            // A line break behind its first tag would be a space in it.
            starts::Start::Tag => !is_alone(),
            starts::Start::Marked => starts::ends_early(text),
            starts::Start::Block | starts::Start::Nothing => false,
        };
        if is_cut {
            return self.put_html_line(text);
        }
        self.put_lines(text);
    }

    /// A block as HTML.
    pub(super) fn raw_block(&mut self, block: &'a Block) {
        let mut out = String::new();
        Html::new(&mut self.notes, &mut out).block(block);
        self.put_html(out);
    }

    /// HTML as a block. What only starts a block alone on its line gets a line of its own.
    pub(super) fn put_html(&mut self, mut html: String) {
        if starts::start_of(&html) == starts::Start::Nothing || !starts::is_sayable_start(&html) {
            // No line that begins like this starts an HTML block.
            return self.put_html_line(&html);
        }
        if starts::ends_early(&html) {
            return self.put_html_line(&html);
        }
        if starts::start_of(&html) == starts::Start::Tag
            && let Some(end) = starts::first_tag_end(&html)
            && !html[end..].is_empty()
            && !html[end..].starts_with('\n')
        {
            html.insert(end, '\n');
        }
        let html = html.trim_matches('\n');
        if starts::start_of(html) == starts::Start::Marked && starts::ends_at_its_marker(html) {
            self.put_lines(html);
        } else {
            let html = lines::without_blank_lines(html).into_owned();
            self.put_lines(&html);
            self.in_html = true;
        }
    }

    /// HTML as a block of one line: after a comment anything is HTML to the end of the line.
    fn put_html_line(&mut self, html: &str) {
        let line = lines::in_one_line(html);
        self.put("<!-- -->");
        self.put(&line);
    }
}
