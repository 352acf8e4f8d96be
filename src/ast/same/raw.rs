//! What raw HTML puts into the [`Stream`].

use super::super::Raw;
use super::Stream;
use super::html::{StartTag, Token, Tokens, find_end_tag};
use super::names::{self, Class};

impl Stream {
    pub(super) fn raw(&mut self, raw: &Raw) {
        if raw.markup == "html" {
            self.html(&raw.text);
        } else {
            self.broken(&raw.text);
        }
    }

    /// Raw HTML.
    pub(crate) fn html(&mut self, text: &str) {
        let mut text = text;
        if let Some(name) = self.state.script {
            let end = find_end_tag(text, name);
            let (script, rest) = text.split_at(end.unwrap_or(text.len()));
            self.hidden_text(script);
            if end.is_none() {
                return;
            }
            text = rest;
        }
        let mut script = None;
        for token in Tokens::new(text) {
            match token {
                Token::Start(StartTag { name, attrs, closes_itself }) => {
                    let mut attrs: Vec<(&str, &str)> =
                        attrs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
                    self.start(&name, &mut attrs);
                    let foreign = usize::from(matches!(&*name, "svg" | "math"));
                    self.state.foreign += foreign;
                    script = ["script", "style", "title"].into_iter().find(|known| *known == name);
                    if closes_itself && self.state.foreign > 0 {
                        self.state.foreign -= foreign;
                        self.close(&name);
                        script = None;
                    }
                }
                Token::End(name) => {
                    self.close(&name);
                    let foreign = usize::from(matches!(&*name, "svg" | "math"));
                    self.state.foreign = self.state.foreign.saturating_sub(foreign);
                    script = None;
                }
                Token::Text(text) if script.is_some() => self.hidden_text(&text),
                Token::Text(text) => self.text(&text),
                Token::Comment(text) => self.comment(text),
                Token::Broken(text) => self.broken(text),
            }
        }
        self.state.script = script;
    }
}

/// Whether HTML begins with what shows nothing: a comment, a script.
pub(crate) fn is_hidden(html: &str) -> bool {
    match Tokens::new(html.trim_start()).next() {
        Some(Token::Comment(_)) => true,
        Some(Token::Start(tag)) => names::class(&tag.name) == Class::Hidden,
        _ => false,
    }
}
