//! The front matter syntaxes: YAML, TOML and JSON, none at all, a comment at the end, and the head of an HTML page.
//!
//! Each reads into a [`Meta`](crate::meta::Meta) with the type of every value, the comments and the places of entries,
//! and writes one so that every generator reads the same values from it.

mod document;
mod edit;
mod fence;
mod head;
mod json;
mod limits;
mod map;
mod meta_comment;
mod none;
mod print;
mod toml;
mod trivia;
mod yaml;

pub use document::{FrontDocument, value_text};
pub use head::HtmlHead;
pub use json::Json;
pub(crate) use json::value_to_json;
pub use meta_comment::MetaComment;
pub use none::NoFrontMatter;
pub use toml::Toml;
pub(crate) use toml::toml_text;
pub use yaml::Yaml;
pub(crate) use yaml::{yaml_file, yaml_text};
