//! The laws of ARCHITECTURE.md, for every fixture and every format.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::carry::{Cargo, TARGETS, builtin};
use support::{fixtures, laws};

macro_rules! laws_hold_for {
    ($($name:ident: $to:literal;)*) => {
        $(
            #[test]
            fn $name() {
                hold_for($to);
            }
        )*

        #[test]
        fn no_format_is_left_out() {
            assert_eq!([$($to),*], TARGETS);
        }
    };
}

laws_hold_for! {
    jekyll: "jekyll";
    jekyll_markdown: "jekyll+markdown";
    markdown: "markdown";
    markdown_meta: "markdown+meta";
    hugo: "hugo";
    hugo_yaml: "hugo+yaml";
    hugo_json: "hugo+json";
    json: "json";
    html: "html";
}

fn hold_for(to: &str) {
    let registry = builtin();
    let broken: Vec<String> =
        fixtures::all().iter().flat_map(|fixture| laws::broken(&registry, &Cargo::from(fixture), to)).collect();
    assert!(broken.is_empty(), "{} laws broken:\n{}", broken.len(), broken.join("\n"));
}
