//! What the integration tests share.

#![allow(dead_code)] // each test program uses a part of it
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on fails

pub(crate) mod arbitrary;
pub(crate) mod carry;
pub(crate) mod dom;
pub(crate) mod fixtures;
pub(crate) mod generators;
pub(crate) mod independent;
pub(crate) mod laws;
pub(crate) mod shared;
pub(crate) mod show;
