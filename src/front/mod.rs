//! The front matter syntaxes.
mod scaffold;
pub use scaffold::*;
