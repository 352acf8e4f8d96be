//! A Jekyll site as Jekyll 4.3 reads it.

mod address;
mod config;
mod defaults;
mod filter;
mod glob;
mod include;
mod walk;

pub(crate) use address::{Output, of_other_page, of_static, output};
pub use config::{Collection, Config};
pub(crate) use include::{IncludeTags, Includes, shortcode_name};
pub use walk::{Kind, Left};
pub(crate) use walk::{SourceFile, Tree, walk};
