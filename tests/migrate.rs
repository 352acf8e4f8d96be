//! `postferry migrate`: small sites of our own, and the corpus' sites built by the real Jekyll before and by both Hugos after.
//!
//! `POSTFERRY_SITES=all` takes every site of the corpus; a short run takes three.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/dom.rs"]
mod dom;
#[allow(dead_code)]
#[path = "support/generators.rs"]
mod generators;
#[path = "tags/normal.rs"]
mod normal;
#[path = "kramdown/real.rs"]
mod real;

#[path = "migrate/compare.rs"]
mod compare;
#[path = "migrate/corpus.rs"]
mod corpus;
#[path = "migrate/from_hugo.rs"]
mod from_hugo;
#[path = "migrate/hugo_corpus.rs"]
mod hugo_corpus;
#[path = "migrate/kinds.rs"]
mod kinds;
#[path = "migrate/own.rs"]
mod own;
#[path = "migrate/proof.rs"]
mod proof;
#[path = "migrate/safe.rs"]
mod safe;
#[path = "migrate/site.rs"]
mod site;
