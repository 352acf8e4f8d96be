//! Working out Liquid that leans on nothing but constants and what it is given: text as Liquid 5.4 renders it.

mod calls;
mod known;
mod partly;

use std::collections::BTreeMap;

use super::scan::{Token, tokens};
pub(crate) use super::value::Known;
use crate::diag::Span;
pub(crate) use calls::calls;
use known::{condition, expression, split_outside_quotes};
pub(crate) use partly::{Partly, evaluate_partly};

/// What the text may ask for beside what it assigns itself.
pub(crate) trait Scope {
    /// The value of a variable such as `include.title`; `None` if it cannot be known here.
    fn value(&self, path: &str) -> Option<Known>;

    /// What another file comes to with these arguments, and with the variables of `own`, which are its as well; `None` if
    /// that cannot be known here.
    fn include(&self, file: &str, arguments: BTreeMap<String, Known>, own: &mut Variables) -> Option<String>;

    /// The same for a file that is named from the page's own folder.
    fn include_relative(&self, _: &str, _: BTreeMap<String, Known>, _: &mut Variables) -> Option<String> {
        None
    }

    /// Whether what the file comes to leans on where it is included, or changes it: on the page, or variables.
    fn leans(&self, file: &str, own: &Variables) -> bool;
}

/// What a text assigned.
pub(crate) type Variables = BTreeMap<String, Known>;

/// How deep blocks may lie in each other.
const DEEPEST: usize = 32;

/// The text that `text` comes to with the variables that there are already, and may be more then; `None` if any of it cannot
/// be known.
pub(crate) fn evaluate_with(text: &str, scope: &dyn Scope, own: &mut Variables) -> Option<String> {
    run(text, scope, own).map(|(text, _)| text)
}

/// The same, and where in it stands what an output shows.
pub(crate) fn evaluate_marked(text: &str, scope: &dyn Scope) -> Option<(String, Vec<Mark>)> {
    run(text, scope, &mut Variables::new())
}

fn run(text: &str, scope: &dyn Scope, own: &mut Variables) -> Option<(String, Vec<Mark>)> {
    let found = tokens(text, Span::new(0, text.len()));
    if !found.unclosed.is_empty() {
        return None;
    }
    let mut run = Run::new(text, &found.found, scope, own.clone());
    let mut start = 0;
    let end = run.block(&mut start, true, 0)?;
    *own = run.own;
    end.is_none().then_some((run.out, run.marks))
}

/// A part of a result that one output shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Where it stands.
    pub(crate) span: Span,
    /// The variable that is shown, perhaps after filters.
    pub(crate) path: String,
}

struct Run<'t, 's> {
    text: &'t str,
    tokens: &'s [Token<'t>],
    /// The token that comes next.
    at: usize,
    scope: &'s dyn Scope,
    own: Variables,
    out: String,
    marks: Vec<Mark>,
}

/// What ends a branch.
const ENDS: [&str; 9] =
    ["endif", "endunless", "endcase", "endcapture", "endcomment", "endraw", "else", "elsif", "when"];

impl<'t, 's> Run<'t, 's> {
    fn new(text: &'t str, tokens: &'s [Token<'t>], scope: &'s dyn Scope, own: Variables) -> Self {
        Run { text, tokens, at: 0, scope, own, out: String::new(), marks: Vec::new() }
    }

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
                let start = self.out.len();
                self.out.push_str(&value.shown()?);
                let path = token.markup.split('|').next().unwrap_or_default().trim().to_owned();
                self.marks.push(Mark { span: Span::new(start, self.out.len()), path });
            }
            "assign" if shows => {
                let (name, value) = token.markup.split_once('=')?;
                let value = self.expression(value)?;
                self.own.insert(name.trim().to_owned(), value);
            }
            "include" | "include_relative" if shows => self.include(token.name, token.markup)?,
            "" | "assign" | "include" | "include_relative" | "#" => {}
            "comment" => self.skip_to("endcomment", start)?,
            "raw" => {
                let end = self.tokens.get(self.at).copied().filter(|end| end.name == "endraw")?;
                self.push(*start, end.span.start, end.trims.0, shows)?;
                *start = end.span.end;
                self.at += 1;
            }
            "capture" => {
                let whole = (std::mem::take(&mut self.out), std::mem::take(&mut self.marks));
                let end = self.block(start, shows, depth + 1)??;
                let captured = std::mem::replace(&mut self.out, whole.0);
                self.marks = whole.1;
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
    fn include(&mut self, tag: &str, markup: &str) -> Option<()> {
        let (file, arguments) = calls::parsed(markup, &|markup| self.expression(markup))?;
        let text = match tag {
            "include" => self.scope.include(file, arguments, &mut self.own)?,
            _ => self.scope.include_relative(file, arguments, &mut self.own)?,
        };
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

        fn include(&self, file: &str, arguments: BTreeMap<String, Known>, own: &mut Variables) -> Option<String> {
            own.insert("from_x".to_owned(), Known::Whole(1));
            (file == "x.html").then(|| format!("[{}]", arguments.values().filter_map(Known::shown).collect::<String>()))
        }

        fn leans(&self, _: &str, own: &Variables) -> bool {
            own.contains_key("leans")
        }
    }

    #[test]
    fn what_cannot_be_known_stays() {
        for (text, expected) in [
            (
                "{% assign a = \"x\" %}\n{{ a }}{{ b }} {{ page.c }}{{ site.d }}",
                Some("\nx{{ b }} {{ page.c }}{{ site.d }}"),
            ),
            ("{% if include.title %}yes{% endif %} {{ b }}", Some("yes {{ b }}")),
            ("a {%- assign a = 1 -%} b{% raw %}{{ a }}{% endraw %}", Some("ab{% raw %}{{ a }}{% endraw %}")),
            (
                "{% assign a = 1 %}{% for x in y %}{% assign a = x %}{% endfor %}{{ a }}",
                Some("{% for x in y %}{% assign a = x %}{% endfor %}{{ a }}"),
            ),
            ("{% assign a = 1 %}{% assign a = site.posts %}{{ a }}", Some("{% assign a = site.posts %}{{ a }}")),
            ("{% assign leans = 1 %}{% include x.html a='b' %}{{ from_x }}", Some("[b]1")),
            ("{% if include.no %}{% else %}{% raw %}{{ x }}{% endraw %}{% endif %}", None),
            ("{% include x.html %}{{ site.a }}", None),
            ("{% highlight c %}{{ b }}{% endhighlight %}", None),
        ] {
            assert_eq!(evaluate_partly(text, &Given).map(|partly| partly.text).as_deref(), expected, "{text}");
        }
        let partly = evaluate_partly("{% assign a = 'long' %}ab {{ a }} c", &Given).unwrap();
        assert_eq!(partly.text, "ab long c");
        assert_eq!([0, 1, 3, 8].map(|at| partly.source(at)), [23, 24, 26, 34]);
    }

    fn shown(text: &str) -> Option<String> {
        evaluate_with(text, &Given, &mut Variables::new())
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
