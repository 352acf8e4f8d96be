//! A Jekyll site as Jekyll 4.3 reads it.

mod address;
mod config;
mod defaults;
mod filter;
mod glob;
mod include;
mod passed_over;
mod walk;

pub(crate) use address::{Output, of_other_page, of_static, output};
pub(crate) use config::read_config;
pub use config::{Collection, Config};
pub(crate) use glob::glob;
pub(crate) use include::{IncludeTags, Includes, shortcode_name};
pub(crate) use passed_over::has_plain_typography;
pub use walk::Kind;
pub(crate) use walk::{SourceFile, Tree, walk};
