//! What names stand for in a Liquid template: the front matter, and variables that are given one value for the whole post.

use std::collections::{BTreeMap, BTreeSet};

use super::expression;
use super::scan::Token;
use super::value::Known;
use crate::ast::PlacedTag;
use crate::meta::Meta;

/// The names that are known at one place of a template.
pub(super) struct Scope<'t> {
    pub(super) meta: &'t Meta,
    /// Variables that have their value by now.
    variables: BTreeMap<&'t str, Known>,
    /// How often each name is given a value, anywhere.
    bound: BTreeMap<&'t str, usize>,
    /// The blocks that are closed somewhere.
    blocks: BTreeSet<&'t str>,
    /// In how many blocks the place is.
    depth: usize,
}

impl<'t> Scope<'t> {
    /// What is known before the first of `tokens`.
    pub(super) fn new(meta: &'t Meta, tokens: &[Token<'t>]) -> Self {
        let mut bound = BTreeMap::new();
        for name in tokens.iter().filter_map(binds) {
            *bound.entry(name).or_insert(0) += 1;
        }
        let blocks = tokens.iter().filter_map(|token| token.name.strip_prefix("end")).collect();
        Scope { meta, variables: BTreeMap::new(), bound, blocks, depth: 0 }
    }

    /// A scope in which only the front matter is known.
    #[cfg(test)]
    pub(super) fn of(meta: &'t Meta) -> Self {
        Scope::new(meta, &[])
    }

    /// The value of the variable `name`.
    pub(super) fn variable(&self, name: &str) -> Option<Known> {
        self.variables.get(name).cloned()
    }

    /// Goes past a token. Gives the name that it gives its only value to, if that is known.
    pub(super) fn pass(&mut self, token: &Token<'t>) -> Option<&'t str> {
        if token.name.starts_with("end") {
            self.depth = self.depth.saturating_sub(1);
        } else if self.blocks.contains(token.name) {
            self.depth += 1;
        }
        // In a block it may not happen, or more than once.
        let name = binds(token)
            .filter(|name| token.name == "assign" && self.depth == 0 && self.bound.get(name) == Some(&1))?;
        let value = expression::value(token.markup.split_once('=')?.1.trim(), self)?;
        self.variables.insert(name, value);
        Some(name)
    }
}

/// The name that a tag gives a value to.
fn binds<'t>(token: &Token<'t>) -> Option<&'t str> {
    let name = match token.name {
        "assign" => token.markup.split_once('=')?.0,
        "capture" | "increment" | "decrement" | "for" | "tablerow" => token.markup,
        _ => return None,
    };
    name.split_whitespace().next()
}

/// Of the variables that `assigned` tells of, each with the number of its tag, the tags that nobody needs: all places that
/// name the variable are worked out.
pub(super) fn unneeded(assigned: &[(usize, &str)], tags: &[PlacedTag]) -> Vec<usize> {
    if assigned.is_empty() {
        return Vec::new();
    }
    let mut named = BTreeSet::new();
    let is_assign = |index: usize| assigned.binary_search_by_key(&index, |&(index, _)| index).is_ok();
    for (_, tag) in tags.iter().enumerate().filter(|(index, _)| !is_assign(*index)) {
        for tag in std::iter::once(tag).chain(&tag.inner) {
            if tag.tag.details.meaning == crate::ast::Meaning::Unknown {
                named.extend(tag.tag.text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))));
            }
        }
    }
    // A file that is included sees every variable.
    let has_include = tags.iter().any(|tag| tag.tag.name.starts_with("include"));
    assigned.iter().filter(|(_, name)| !has_include && !named.contains(name)).map(|&(index, _)| index).collect()
}
