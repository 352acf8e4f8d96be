//! Writes Markdown.

use std::fmt;

use super::Flavor;
use crate::diag::{Sink, codes};
use crate::error::Error;
use crate::format::Extensions;
use crate::post::Body;

/// Writes a body.
pub(super) fn print(
    body: &Body,
    _extensions: &Extensions,
    _flavor: Flavor,
    out: &mut dyn fmt::Write,
    _sink: &mut dyn Sink,
) -> Result<(), Error> {
    let text = body.text().map(|(_, text)| text).unwrap_or_default();
    out.write_str(text)
        .map_err(|error| Error::new(&codes::WRITE_FAILED, "the output could not be written").caused_by(error))
}
