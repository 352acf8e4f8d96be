//! Working out what can be of a text, the rest left as it stands.

use super::super::scan::{Token, tokens};
use super::{Run, Scope, Variables};
use crate::diag::Span;

/// A text of which some tags were worked out.
pub(crate) struct Partly {
    /// What it comes to.
    pub(crate) text: String,
    /// Where text that was left as it stands goes on: in the result, and in the source.
    places: Vec<(usize, usize)>,
}

impl Partly {
    /// The same with `head`, which stays as it is, in front.
    pub(crate) fn behind(mut self, head: &str) -> Self {
        self.text.insert_str(0, head);
        for (own, source) in &mut self.places {
            *own += head.len();
            *source += head.len();
        }
        self
    }

    /// Where in the source stood what stands at `at`.
    pub(crate) fn source(&self, at: usize) -> usize {
        let before = self.places.partition_point(|(own, _)| *own <= at);
        match before.checked_sub(1).and_then(|index| self.places.get(index)) {
            Some((own, source)) => source + (at - own),
            None => at,
        }
    }
}

/// Blocks whose text is not looked into once it is not known whether it is shown.
const BLOCKS: [(&str, &str); 8] = [
    ("if", "endif"),
    ("unless", "endunless"),
    ("case", "endcase"),
    ("for", "endfor"),
    ("tablerow", "endtablerow"),
    ("capture", "endcapture"),
    ("raw", "endraw"),
    ("comment", "endcomment"),
];

/// Works out what leans on the page and on variables of the text's own; `None` if there is nothing of the kind.
pub(crate) fn evaluate_partly(text: &str, scope: &dyn Scope) -> Option<Partly> {
    let found = tokens(text, Span::new(0, text.len()));
    let mut run = Run::new(text, &found.found, scope, Variables::new());
    let mut partly = Partly { text: String::new(), places: Vec::new() };
    let mut copied = 0;
    while let Some(token) = run.tokens.get(run.at).copied() {
        let Some(end) = run.try_one(token) else {
            run.leave(token);
            continue;
        };
        let before = text.get(copied..token.span.start).unwrap_or_default();
        partly.text.push_str(if token.trims.0 { before.trim_end() } else { before });
        partly.text.push_str(&run.out);
        copied = end.max(copied);
        partly.places.push((partly.text.len(), copied));
    }
    partly.text.push_str(text.get(copied..).unwrap_or_default());
    (!partly.places.is_empty()).then_some(partly)
}

impl<'t> Run<'t, '_> {
    /// Works out the tag that comes next, with the block that it opens; gives where the text goes on, or nothing if it is to
    /// stay.
    fn try_one(&mut self, token: Token<'t>) -> Option<usize> {
        if !self.is_wanted(token) {
            return None;
        }
        let (at, own) = (self.at, self.own.clone());
        self.out.clear();
        self.at += 1;
        let mut start = token.span.end;
        let done = self.tag(token, &mut start, true, 0);
        // What looks like a tag now would be one.
        if done.is_none() || self.out.contains("{{") || self.out.contains("{%") {
            (self.at, self.own) = (at, own);
            return None;
        }
        let last = self.tokens.get(self.at.checked_sub(1)?)?;
        if last.trims.1 && start == last.span.end {
            let rest = self.text.get(start..)?;
            start += rest.len() - rest.trim_start().len();
        }
        Some(start)
    }

    fn is_wanted(&self, token: Token<'t>) -> bool {
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        match token.name {
            "assign" | "capture" | "if" | "unless" | "case" => true,
            "" => token.markup.split(|c| !is_word(c)).any(|word| word == "page" || self.own.contains_key(word)),
            "include" => {
                let is_variable =
                    |word: &str| word.split_once('=').is_some_and(|(_, value)| !value.starts_with(['"', '\'']));
                let mut words = token.markup.split_whitespace();
                words.next().is_some_and(|file| self.scope.leans(file, &self.own)) || words.any(is_variable)
            }
            "include_relative" => true,
            _ => false,
        }
    }

    /// Goes behind a tag that stays. What it may assign is not known any more.
    fn leave(&mut self, token: Token<'t>) {
        self.at += 1;
        if token.name == "include" && self.is_wanted(token) {
            self.own.clear();
        }
        self.forget(token);
        let Some((open, close)) = BLOCKS.into_iter().find(|(open, _)| *open == token.name) else { return };
        let mut depth = 1;
        while let Some(inner) = self.tokens.get(self.at).copied() {
            self.at += 1;
            self.forget(inner);
            depth += usize::from(inner.name == open);
            depth -= usize::from(inner.name == close);
            if depth == 0 {
                return;
            }
        }
    }

    fn forget(&mut self, token: Token<'t>) {
        let name = token.markup.split(['=', ' ']).next().unwrap_or_default().trim_matches(['\'', '"']);
        match token.name {
            "assign" | "capture" | "increment" | "decrement" => drop(self.own.remove(name)),
            "for" | "tablerow" => self.own.retain(|known, _| known != name),
            _ => {}
        }
    }
}
