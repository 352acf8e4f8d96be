//! The oracle that the other tests lean on, tested.

#[path = "support/dom.rs"]
mod dom;
