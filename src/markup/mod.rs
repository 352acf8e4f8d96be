//! The markups.
