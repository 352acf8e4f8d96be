//! Codes.

use crate::diag::{Code, Severity};

/// Every code of this file.
pub(super) const ALL: &[&Code] = &[&KEY_DROPPED];

/// A key that has no place.
pub static KEY_DROPPED: Code = Code::new("key-dropped", Severity::Loss, "a key was left out").explain("x");
