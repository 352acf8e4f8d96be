//! A file of what a user wants done with keys and tags: [`MapFile`].

use serde::Deserialize;

use crate::diag::{Span, codes};
use crate::dialect::TagMap;
use crate::error::Error;
use crate::key_map::KeyMap;
use crate::meta::Map;

/// What the file says that `--map` names: wishes about keys, under `[tags]` about template tags, and under `[site]` the
/// values of the source site's configuration that tags may show.
///
/// ```
/// use postferry::MapFile;
///
/// let map = MapFile::parse("drop = ['status']\n[tags]\ngallery = { shortcode = 'gallery' }\n")?;
/// assert_eq!(map.keys.drop, ["status"]);
/// assert!(!map.tags.is_empty());
/// # Ok::<(), postferry::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MapFile {
    /// What is to be done with keys of the front matter.
    pub keys: KeyMap,
    /// What stands for which template tag.
    pub tags: TagMap,
    /// Values of the source site's configuration: `url` and `baseurl` are its address, what else posts show stands beside.
    pub site: Map,
}

/// The part about tags; the rest is the keys'.
#[derive(Deserialize)]
struct Tags {
    #[serde(default)]
    tags: TagMap,
    #[serde(default)]
    site: Map,
}

impl MapFile {
    /// Reads the TOML.
    ///
    /// # Errors
    /// If it is not TOML, has a word that means nothing, or a value of the wrong type; the error has line and column.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let keys = KeyMap::parse(text)?;
        let Tags { tags, site } = toml::from_str(text).map_err(|error| {
            let span = error.span().map(|span| Span::new(span.start, span.end)).unwrap_or_default();
            Error::new(&codes::TAG_MAP, error.message().to_owned()).at(span).locate(text)
        })?;
        tags.check()?;
        Ok(MapFile { keys, tags, site })
    }
}

#[cfg(test)]
mod tests {
    use super::MapFile;

    #[test]
    fn errors_have_a_place() {
        let error = |text| {
            let error = MapFile::parse(text).unwrap_err();
            (error.code().name, error.position().map(|position| position.to_string()))
        };
        assert_eq!(error("drops = []\n"), ("key-map-field", Some("1:1".to_owned())));
        assert_eq!(error("[tags]\nx = { shortcode = 5 }\n"), ("tag-map", Some("2:19".to_owned())));
        assert_eq!(error("[tags]\nx = {}\n").0, "tag-map");
    }
}
