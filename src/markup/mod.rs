//! The markups.
mod scaffold;
pub use scaffold::*;
