//! The tags that ask for other files.

use std::collections::BTreeMap;

use super::super::scan::tokens;
use super::Scope;
use super::known::{Known, expression, split_outside_quotes};
use crate::diag::Span;

/// A file, and what it is given.
type Call<'t> = (&'t str, BTreeMap<String, Known>);

/// The includes of a text, each with its arguments, as far as they can be known.
pub(crate) fn calls<'t>(text: &'t str, scope: &dyn Scope) -> Vec<Call<'t>> {
    let found = tokens(text, Span::new(0, text.len())).found;
    let includes = found.into_iter().filter(|token| token.name == "include");
    includes.filter_map(|token| parsed(token.markup, &|markup| expression(markup, &|path| scope.value(path)))).collect()
}

/// `file.html name="value" other=variable`.
pub(super) fn parsed<'m>(markup: &'m str, value_of: &dyn Fn(&str) -> Option<Known>) -> Option<Call<'m>> {
    let words = split_outside_quotes(markup, &[" ", "\n", "\t"]);
    let mut words = words.into_iter().map(str::trim).filter(|word| !word.is_empty());
    let file = words.next().filter(|file| !file.contains(['{', '"', '\'']))?;
    let mut arguments = BTreeMap::new();
    for word in words {
        let (name, value) = word.split_once('=')?;
        arguments.insert(name.to_owned(), value_of(value)?);
    }
    Some((file, arguments))
}
