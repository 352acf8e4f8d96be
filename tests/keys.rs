//! Front matter from one generator to the other: what the real programs make of it.
//!
//! `tests/keys/cases.txt` holds front matters of Jekyll posts, each with the path it stands at; `tests/keys/jekyll-*.jsonl`
//! what the real Jekyll 4.3 made of them. `tests/keys/hugo.txt` holds posts of Hugo's. With POSTFERRY_UPDATE set, the
//! generated files are written anew. The real programs
//! are looked for in the folder that POSTFERRY_GENERATORS names, else on the PATH; without them those tests say that they
//! skipped, unless POSTFERRY_NO_SKIP is set.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "keys/back.rs"]
mod back;
#[path = "keys/cases.rs"]
mod cases;
#[path = "keys/corpus.rs"]
mod corpus;
#[path = "keys/docs.rs"]
mod docs;
#[path = "keys/facts.rs"]
mod facts;
#[path = "keys/map.rs"]
mod map;
#[path = "keys/programs.rs"]
mod programs;
mod support;
#[path = "keys/table.rs"]
mod table;
#[path = "keys/tokens.rs"]
mod tokens;
#[path = "keys/trace.rs"]
mod trace;
