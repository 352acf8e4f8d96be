//! Code in a `<pre>`, with or without `<code>`, with or without a highlighter's spans: to a reader it is the same.

use std::ops::Range;

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
