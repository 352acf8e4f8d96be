//! The dialects: what Jekyll, Hugo and plain Markdown mean by their front matter.

mod address;
mod aliases;
mod clock;
mod excerpt;
mod file_name;
mod hugo;
mod jekyll;
mod keys;
mod leap;
mod names;
mod plain;
mod reserved;
mod ruby_time;
mod settings;
mod slug;
mod spelling;
mod table;
pub(crate) mod tags;

pub use hugo::Hugo;
pub use jekyll::Jekyll;
pub use plain::Plain;
pub use table::{Cell, KEYS, KeyRow, Kind};
pub use tags::TagMap;
