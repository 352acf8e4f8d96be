//! The one list of codes: every kind of diagnostic and error, with its explanation and an example.
//!
//! `postferry explain`, `docs/diagnostics.md` and the report are made from it. A code is never renamed or given another
//! meaning; later versions only add.

mod compare;
mod dialects;
mod formats;
mod front;
mod markup;
mod run;
mod site;
mod tags;

pub use compare::*;
pub use dialects::*;
pub use formats::*;
pub use front::*;
pub use markup::*;
pub use run::*;
pub use site::*;
pub use tags::*;

use super::Code;
use crate::nearest::nearest;

/// All built-in codes, sorted by name.
pub fn all() -> Vec<&'static Code> {
    let mut all: Vec<_> =
        [formats::ALL, front::ALL, markup::ALL, dialects::ALL, compare::ALL, run::ALL, site::ALL, tags::ALL]
            .into_iter()
            .flatten()
            .copied()
            .collect();
    all.sort_unstable_by_key(|code| code.name);
    all
}

/// The built-in code named `name`.
pub fn find(name: &str) -> Option<&'static Code> {
    all().into_iter().find(|code| code.name == name)
}

/// The built-in code whose name is nearest to `name`, if one is near enough to be meant.
pub fn suggest(name: &str) -> Option<&'static Code> {
    nearest(name, all().into_iter().map(|code| code.name)).and_then(find)
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_kebab_case_and_differ_and_each_is_explained() {
        let all = super::all();
        for pair in all.windows(2) {
            assert_ne!(pair[0].name, pair[1].name);
        }
        for code in all {
            assert!(code.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{code}");
            assert!(!code.explanation.is_empty(), "{code} has no explanation");
            assert!(!code.title.ends_with('.'), "{code}: a title is no sentence");
        }
    }
}
