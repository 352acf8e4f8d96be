//! The dialects: what Jekyll, Hugo and plain Markdown mean by their front matter.

mod hugo;
mod jekyll;
mod keys;
mod plain;
mod settings;
mod spelling;
pub(crate) mod tags;

pub use hugo::Hugo;
pub use jekyll::Jekyll;
pub use plain::Plain;
pub use tags::TagMap;
