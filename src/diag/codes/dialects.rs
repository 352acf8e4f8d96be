//! Codes.

use crate::diag::Code;

/// Every code of this file.
pub(super) const ALL: &[&Code] = &[];
