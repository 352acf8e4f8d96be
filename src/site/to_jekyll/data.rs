//! Data: Jekyll reads YAML and JSON and tables, and no TOML.

use crate::convert::decode;
use crate::diag::Span;
use crate::error::Error;
use crate::format::{FrontMatter, Schema};
use crate::front::{Toml, yaml_file};

/// The name that the data has in the new site.
pub(super) fn renamed(path: &str) -> String {
    path.strip_suffix(".toml").map_or_else(|| path.to_owned(), |stem| format!("{stem}.yml"))
}

/// The data as Jekyll reads it; `None` if that is as it is.
///
/// # Errors
/// If it is broken.
pub(super) fn converted(path: &str, bytes: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    if !path.ends_with(".toml") {
        return Ok(None);
    }
    let text = decode(bytes, Some(path))?;
    let span = Span::new(0, text.len());
    let meta = Toml.parse(text, span, Schema::Jekyll, &mut ()).map_err(|error| error.locate(text))?;
    Ok(Some(yaml_file(&meta.map).into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_becomes_yaml() {
        let text = b"# teas\n[green]\nname = 'Sencha'\nsteep = 2\n";
        let yaml = converted("data/tea.toml", text).unwrap().unwrap();
        assert_eq!(String::from_utf8(yaml).unwrap(), "green:\n  name: Sencha\n  steep: 2\n");
        assert_eq!(converted("data/tea.yaml", text).unwrap(), None);
        assert_eq!(renamed("/tea.toml"), "/tea.yml");
    }
}
