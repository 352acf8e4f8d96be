//! What holds for the whole of one writing.

use super::super::{Flavor, attributes};
use crate::ast::Equality;
use crate::format::Extensions;

/// The target.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // each is an extension of the format
pub(super) struct Setup {
    pub(super) flavor: Flavor,
    pub(super) equality: Equality,
    pub(super) tables: bool,
    pub(super) strikethrough: bool,
    pub(super) task_lists: bool,
    pub(super) footnotes: bool,
    pub(super) definition_lists: bool,
    pub(super) heading_attributes: bool,
    pub(super) block_attributes: bool,
    pub(super) math: bool,
    pub(super) alerts: bool,
    /// Whether readers of what is written set quotes, dashes and the like.
    pub(super) smart: bool,
    /// Set for a block whose usual form did not come back: every mark becomes tags, every sign is escaped.
    pub(super) is_careful: bool,
}

impl Setup {
    pub(super) fn new(extensions: &Extensions, flavor: Flavor) -> Self {
        Setup {
            flavor,
            equality: if extensions.has("exact") { Equality::Exact } else { Equality::Reader },
            tables: extensions.has("tables"),
            strikethrough: extensions.has("strikethrough"),
            task_lists: extensions.has("task_lists"),
            footnotes: extensions.has("footnotes"),
            definition_lists: extensions.has("definition_lists"),
            heading_attributes: extensions.has("heading_attributes"),
            block_attributes: extensions.has(attributes::NAME),
            math: extensions.has("math"),
            alerts: extensions.has("alerts"),
            smart: extensions.has("smart"),
            is_careful: false,
        }
    }

    pub(super) fn is_exact(&self) -> bool {
        self.equality == Equality::Exact
    }

    pub(super) fn is_kramdown(&self) -> bool {
        self.flavor == Flavor::Kramdown
    }
}
