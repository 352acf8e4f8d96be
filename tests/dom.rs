//! The oracle that the other tests lean on, tested.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/dom.rs"]
mod dom;
