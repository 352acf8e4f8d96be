//! Template tags, against the real programs: what Jekyll renders of a post and what Hugo renders of our conversion, and
//! the other way round.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "tags/corpus.rs"]
mod corpus;
#[path = "tags/hostile.rs"]
mod hostile;
#[path = "tags/normal.rs"]
mod normal;
#[path = "tags/pages.rs"]
mod pages;
mod support;
#[path = "tags/text.rs"]
mod text;
