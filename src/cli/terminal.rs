//! What standard output and standard error are.

use std::io::{self, IsTerminal, Write};

/// Whether messages are coloured: standard error is a terminal that can, and nobody objects (<https://no-color.org>).
pub(crate) fn is_styled() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stderr().is_terminal() && !is_set("NO_COLOR") && !is_dumb
}

/// Writes to standard error. Where nobody listens any more there is nobody to tell.
pub(crate) fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
