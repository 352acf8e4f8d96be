//! Whole sites: reading one as its generator does, planning where everything goes, writing another.
//!
//! The rest of the library converts single posts and touches nothing; here files are read and written.

mod groups;
mod head;
mod hugo;
mod jekyll;
mod links;
mod page;
mod placing;
mod plan;
mod shortcodes;
mod urls;
mod workers;
mod write;

pub use jekyll::{Collection, Config, Kind, Left};
pub use plan::{Fate, Item, Plan, Problem, Wishes};
pub use workers::{OneByOne, Workers};
pub use write::{Done, Writing};
