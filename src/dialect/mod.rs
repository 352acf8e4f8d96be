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

pub(crate) use address::decode as decode_address;
pub(crate) use clock::{local_in, seconds as seconds_since_1970};
pub use hugo::Hugo;
pub(crate) use hugo::clean_part;
pub use jekyll::Jekyll;
pub(crate) use jekyll::permalink as jekyll_address;
pub use plain::Plain;
pub use table::{Cell, KEYS, KeyRow, Kind};
pub use tags::TagMap;
