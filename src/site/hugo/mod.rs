//! A Hugo site as Hugo 0.111 and later build it.

mod config;
mod layouts;
mod names;
mod template;

pub(crate) use config::config;
pub(crate) use layouts::LAYOUTS;
pub(crate) use names::{Names, branches, is_portable};
pub(crate) use template::{Around, Piece, surroundings, template};
