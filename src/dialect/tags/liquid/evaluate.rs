//! Working out Liquid that leans on nothing but constants and what it is given: text as Liquid 5.4 renders it.

mod known;

use std::collections::BTreeMap;

use super::scan::{Token, tokens};
use crate::diag::Span;
pub(crate) use known::Known;
use known::{condition, expression, split_outside_quotes};

/// What the text may ask for beside what it assigns itself.
pub(crate) trait Scope {
    /// The value of a variable such as `include.title`; `None` if it cannot be known here.
    fn value(&self, path: &str) -> Option<Known>;

    /// What another file comes to with these arguments; `None` if that cannot be known here.
    fn include(&self, file: &str, arguments: BTreeMap<String, Known>) -> Option<String>;
}

/// How deep blocks may lie in each other.
const DEEPEST: usize = 32;

/// The text that `text` comes to; `None` if any of it cannot be known.
pub(crate) fn evaluate(text: &str, scope: &dyn Scope) -> Option<String> {
    let found = tokens(text, Span::new(0, text.len()));
    if !found.unclosed.is_empty() {
        return None;
    }
    let mut run = Run { text, tokens: &found.found, at: 0, scope, own: BTreeMap::new(), out: String::new() };
    let mut start = 0;
    let end = run.block(&mut start, true, 0)?;
    end.is_none().then_some(run.out)
}

struct Run<'t, 's> {
    text: &'t str,
    tokens: &'s [Token<'t>],
    /// The token that comes next.
    at: usize,
    scope: &'s dyn Scope,
    own: BTreeMap<String, Known>,
    out: String,
}

/// What ends a branch.
const ENDS: [&str; 9] =
    ["endif", "endunless", "endcase", "endcapture", "endcomment", "endraw", "else", "elsif", "when"];

impl<'t> Run<'t, '_> {
    /// Renders up to the tag that ends the block, and gives that; nothing at the end of the text. `start` is where the text
    /// goes on, and `shows` whether the block is rendered or passed over.
    fn block(&mut self, start: &mut usize, shows: bool, depth: usize) -> Option<Option<Token<'t>>> {
        if depth > DEEPEST {
            return None;
        }
        loop {
            let Some(token) = self.tokens.get(self.at).copied() else {
                self.push(*start, self.text.len(), false, shows)?;
                *start = self.text.len();
                return Some(None);
            };
            self.push(*start, token.span.start, token.trims.0, shows)?;
            *start = token.span.end;
            self.at += 1;
            if token.trims.1 {
                let rest = self.text.get(*start..)?;
                *start += rest.len() - rest.trim_start().len();
            }
            if ENDS.contains(&token.name) {
                return Some(Some(token));
            }
            self.tag(token, start, shows, depth)?;
        }
    }

    fn push(&mut self, start: usize, end: usize, trims: bool, shows: bool) -> Option<()> {
        // White space that a tag takes away may reach past the next tag.
        let text = if start < end { self.text.get(start..end)? } else { "" };
        if shows {
            self.out.push_str(if trims { text.trim_end() } else { text });
        }
        Some(())
    }

    fn tag(&mut self, token: Token<'t>, start: &mut usize, shows: bool, depth: usize) -> Option<()> {
        match token.name {
            "" if shows => {
                let value = self.expression(token.markup)?;
                self.out.push_str(&value.shown()?);
            }
            "assign" if shows => {
                let (name, value) = token.markup.split_once('=')?;
                let value = self.expression(value)?;
                self.own.insert(name.trim().to_owned(), value);
            }
            "include" if shows => self.include(token.markup)?,
            "" | "assign" | "include" | "#" => {}
            "comment" => self.skip_to("endcomment", start)?,
            "raw" => {
                let end = self.tokens.get(self.at).copied().filter(|end| end.name == "endraw")?;
                self.push(*start, end.span.start, end.trims.0, shows)?;
                *start = end.span.end;
                self.at += 1;
            }
            "capture" => {
                let whole = std::mem::take(&mut self.out);
                let end = self.block(start, shows, depth + 1)??;
                let captured = std::mem::replace(&mut self.out, whole);
                (end.name == "endcapture").then_some(())?;
                self.own.insert(token.markup.trim_matches(['\'', '"']).to_owned(), Known::Text(captured));
            }
            "if" | "unless" => self.branches(token, start, shows, depth)?,
            "case" => self.case(token, start, shows, depth)?,
            _ => return None,
        }
        Some(())
    }

    fn skip_to(&mut self, name: &str, start: &mut usize) -> Option<()> {
        loop {
            let token = self.tokens.get(self.at)?;
            self.at += 1;
            if token.name == name {
                *start = token.span.end;
                if token.trims.1 {
                    let rest = self.text.get(*start..)?;
                    *start += rest.len() - rest.trim_start().len();
                }
                return Some(());
            }
        }
    }

    fn branches(&mut self, open: Token<'t>, start: &mut usize, shows: bool, depth: usize) -> Option<()> {
        let is_true =
            |run: &Self, markup: &str| if shows { condition(markup, &|path| run.value(path)) } else { Some(false) };
        let mut holds = is_true(self, open.markup)? != (open.name == "unless");
        let mut is_done = false;
        loop {
            let end = self.block(start, shows && holds && !is_done, depth + 1)??;
            is_done |= holds;
            holds = match end.name {
                "elsif" if is_done => false,
                "elsif" => is_true(self, end.markup)?,
                "else" => true,
                "endif" | "endunless" => return Some(()),
                _ => return None,
            };
        }
    }

    fn case(&mut self, open: Token<'t>, start: &mut usize, shows: bool, depth: usize) -> Option<()> {
        let subject = if shows { self.expression(open.markup)? } else { Known::Nothing };
        let (mut holds, mut is_done) = (false, true);
        let mut is_first = true;
        loop {
            let end = self.block(start, shows && holds && !is_done, depth + 1)??;
            is_done = !is_first && (is_done || holds);
            is_first = false;
            holds = match end.name {
                "when" if shows => {
                    let mut any = false;
                    for choice in split_outside_quotes(end.markup, &[",", " or "]) {
                        any |= self.expression(choice)? == subject;
                    }
                    any
                }
                "when" => false,
                "else" => true,
                "endcase" => return Some(()),
                _ => return None,
            };
        }
    }

    /// `{% include file.html name="value" other=variable %}`.
    fn include(&mut self, markup: &str) -> Option<()> {
        let words = split_outside_quotes(markup, &[" ", "\n", "\t"]);
        let mut words = words.into_iter().map(str::trim).filter(|word| !word.is_empty());
        let file = words.next().filter(|file| !file.contains(['{', '"', '\'']))?;
        let mut arguments = BTreeMap::new();
        for word in words {
            let (name, value) = word.split_once('=')?;
            arguments.insert(name.to_owned(), self.expression(value)?);
        }
        let text = self.scope.include(file, arguments)?;
        self.out.push_str(&text);
        Some(())
    }

    fn expression(&self, markup: &str) -> Option<Known> {
        expression(markup, &|path| self.value(path))
    }

    fn value(&self, path: &str) -> Option<Known> {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        match self.own.get(first) {
            Some(value) if rest.is_empty() => Some(value.clone()),
            Some(Known::List(_)) | None => self.scope.value(path),
            Some(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Given;

    impl Scope for Given {
        fn value(&self, path: &str) -> Option<Known> {
            match path {
                "include.title" => Some(Known::Text("A b".to_owned())),
                path if path.starts_with("include.") => Some(Known::Nothing),
                _ => None,
            }
        }

        fn include(&self, file: &str, arguments: BTreeMap<String, Known>) -> Option<String> {
            (file == "x.html").then(|| format!("[{}]", arguments.values().filter_map(Known::shown).collect::<String>()))
        }
    }

    fn shown(text: &str) -> Option<String> {
        evaluate(text, &Given)
    }

    #[test]
    fn what_is_known_is_worked_out() {
        for (text, expected) in [
            ("a {{ include.title | downcase }} {{ include.no }}b", "a a b b"),
            ("{% assign v = \"1.2\" %}v{{ v }}", "v1.2"),
            (
                "{%- assign p = include.title | slice: 0, 1 -%} {% if p == 'A' or p == 'B' %}yes{% else %}no{% endif %}",
                "yes",
            ),
            ("{% if include.no %}a{% elsif include.title contains 'b' %}b{% else %}c{% endif %}", "b"),
            ("{% unless include.no %}a{% endunless %}", "a"),
            ("{% case include.title %}{% when 'x', 'A b' %}1{% when 'A b' %}2{% else %}3{% endcase %}", "1"),
            ("{% case include.no %}{% when 'x' %}1{% else %}3{% endcase %}", "3"),
            ("{% capture x %}<{{ include.title }}>{% endcapture %}{{ x }}{{ x }}", "<A b><A b>"),
            ("a{% comment %}{{ never }}{% endcomment %}b{% raw %}{{ x }}{% endraw %}", "ab{{ x }}"),
            ("a  {{- include.title -}}  b", "aA bb"),
            ("{% include x.html a=\"1\" b=include.title %}", "[1A b]"),
            ("{{ include.no | default: \"d\" | append: '!' | upcase }}", "D!"),
            ("{% if include.no %}{{ unknown }}{% endif %}x", "x"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_known_is_nothing_at_all() {
        for text in [
            "{{ page.title }}",
            "{% for x in include.list %}{% endfor %}",
            "{% if site.a %}{% endif %}",
            "{{ 'a' | date: '%Y' }}",
            "{% if include.no %}",
            "{% endif %}",
            "{% assign x %}",
            "{{ a",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
