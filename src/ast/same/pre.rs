//! Code in a `<pre>`, with or without `<code>`, with or without a highlighter's spans: to a reader it is the same.

use std::ops::Range;

use super::marks::{put_end, put_start, put_text};
use super::names::Class;
use super::state::Frame;
use super::stream::Stream;

/// What is known of an open `<pre>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pre {
    /// Whether it holds nothing but text, spans and `code`.
    pub(super) is_code: bool,
    /// Where in the stream those spans' and codes' tags stand.
    pub(super) cuts: Vec<Range<usize>>,
    language: Option<String>,
}

impl Default for Pre {
    fn default() -> Self {
        Pre { is_code: true, cuts: Vec::new(), language: None }
    }
}

impl Pre {
    /// The attributes without those that say the language or style the code.
    pub(super) fn take_classes<'a>(&mut self, attrs: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        for (name, value) in attrs {
            if *name == "class" && self.language.is_none() {
                self.language = value.split_ascii_whitespace().find_map(language).map(str::to_owned);
            }
        }
        attrs.iter().filter(|(name, _)| !is_styling(name)).copied().collect()
    }

    /// Ends it: tags that do not count are taken out, the language is put in.
    pub(super) fn finish(self, out: &mut Vec<u8>) {
        if !self.is_code {
            return;
        }
        if let Some(first) = self.cuts.first().map(|cut| cut.start) {
            let tail = out.split_off(first.min(out.len()));
            let mut at = first;
            for cut in &self.cuts {
                out.extend_from_slice(tail.get(at - first..cut.start - first).unwrap_or_default());
                at = cut.end;
            }
            out.extend_from_slice(tail.get(at - first..).unwrap_or_default());
        }
        if let Some(language) = self.language {
            out.push(14);
            out.extend_from_slice(language.as_bytes());
            out.push(14);
        }
    }
}

/// Whether an attribute of `<pre>` or its `<code>` is only how highlighters style it.
pub(crate) fn is_styling(name: &str) -> bool {
    matches!(name, "class" | "data-lang" | "tabindex" | "translate")
}

/// The language that a class names.
pub(crate) fn language(class: &str) -> Option<&str> {
    class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-")).filter(|language| !language.is_empty())
}

impl Stream {
    /// A start tag in or of a `<pre>`, for readers; whether it is dealt with.
    pub(super) fn open_in_pre<'a>(&mut self, name: &str, attrs: &mut [(&'a str, &'a str)]) -> bool {
        if self.is_exact() {
            return false;
        }
        if name == "pre" && self.state.pre.is_none() {
            let mut pre = Pre::default();
            let mut kept = pre.take_classes(attrs);
            self.boundary();
            self.note_child(name);
            put_start(&mut self.out, name, &mut kept);
            self.state.frames.push(Frame::new(name, Class::Leaf, false));
            self.state.keeps_space += 1;
            self.state.newlines = 0;
            self.state.pre = Some(pre);
            return true;
        }
        if self.state.pre.is_none() {
            return false;
        }
        self.put_newlines(0);
        let Some(pre) = &mut self.state.pre else { return false };
        if !matches!(name, "span" | "code") {
            pre.is_code = false;
            return false;
        }
        let mut kept = pre.take_classes(attrs);
        let start = self.out.len();
        put_start(&mut self.out, name, if name == "code" { &mut kept } else { attrs });
        pre.cuts.push(start..self.out.len());
        true
    }

    /// An end tag in or of a `<pre>`, for readers; whether it is dealt with.
    pub(super) fn close_in_pre(&mut self, name: &str) -> bool {
        let Some(pre) = &mut self.state.pre else { return false };
        match name {
            "span" | "code" => {
                let start = self.out.len();
                put_end(&mut self.out, name);
                pre.cuts.push(start..self.out.len());
                true
            }
            "pre" => {
                self.put_newlines(1);
                if let Some(pre) = self.state.pre.take() {
                    pre.finish(&mut self.out);
                }
                self.state.newlines = 0;
                false
            }
            _ => false,
        }
    }

    pub(super) fn kept_text(&mut self, text: &str) {
        let content = text.trim_end_matches('\n');
        if !content.is_empty() {
            self.put_newlines(0);
            self.show();
            self.state.on_line = true;
            put_text(&mut self.out, content.as_bytes());
        }
        self.state.newlines += text.len() - content.len();
    }

    pub(super) fn put_newlines(&mut self, but: usize) {
        let count = std::mem::take(&mut self.state.newlines).saturating_sub(but);
        if count > 0 {
            self.show();
            self.out.resize(self.out.len() + count, b'\n');
        }
    }
}
