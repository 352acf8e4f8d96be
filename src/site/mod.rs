//! Whole sites: reading one as its generator does, planning where everything goes, writing another.
//!
//! The rest of the library converts single posts and touches nothing; here files are read and written.

mod folders;
mod from_hugo;
mod groups;
mod head;
mod hugo;
mod jekyll;
mod links;
mod page;
mod passed_over;
mod placing;
mod plan;
mod reading;
mod route;
mod shortcodes;
mod to_jekyll;
mod urls;
mod workers;
mod write;

pub use folders::Left;
pub use jekyll::{Collection, Config, Kind};
pub use plan::{Fate, Item, Plan, Problem, Wishes};
pub use workers::{OneByOne, Workers};
pub use write::{Done, Writing};
