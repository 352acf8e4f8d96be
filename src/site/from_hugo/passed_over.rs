//! Settings of a Hugo site that change what its pages show or where they are, and that are not followed.

use super::super::passed_over::{Known, is_off, is_on};
use super::config::Config;
use crate::error::Error;
use crate::meta::Value;

fn is_empty(value: &Value) -> bool {
    value.as_list().is_some_and(<[Value]>::is_empty) || value.as_map().is_some_and(crate::meta::Map::is_empty)
}

/// Whether nothing but front matter is asked for dates.
fn is_front_matter(value: &Value) -> bool {
    let sources = value.as_list().unwrap_or_default();
    !sources.iter().filter_map(Value::as_str).any(|source| matches!(source, ":filename" | ":fileModTime" | ":git"))
}

const ALL: [Known; 19] = [
    Known { name: "frontmatter.date", is_followed: is_front_matter, what: "dates are those of the front matter" },
    Known {
        name: "markup.defaultMarkdownHandler",
        is_followed: |value| value.as_str() == Some("goldmark"),
        what: "Markdown is read as Goldmark reads it",
    },
    Known { name: "disablePathToLower", is_followed: is_off, what: "addresses made of names are in lower case" },
    Known { name: "removePathAccents", is_followed: is_off, what: "addresses made of names keep their accents" },
    Known { name: "ignoreFiles", is_followed: is_empty, what: "the files that it leaves out are taken" },
    Known { name: "module.mounts", is_followed: is_empty, what: "only the usual folders are read" },
    Known { name: "module.imports", is_followed: is_empty, what: "nothing of its modules is read" },
    Known { name: "permalinks.section", is_followed: is_empty, what: "sections have the addresses of their folders" },
    Known { name: "enableEmoji", is_followed: is_off, what: "`:smile:` stays as it is written" },
    Known {
        name: "markup.goldmark.parser.autoHeadingIDType",
        is_followed: |value| value.as_str() == Some("github"),
        what: "headings have the ids of GitHub's kind",
    },
    Known {
        name: "markup.goldmark.parser.autoIDType",
        is_followed: |value| value.as_str() == Some("github"),
        what: "headings have the ids of GitHub's kind",
    },
    Known { name: "markup.goldmark.parser.autoHeadingID", is_followed: is_on, what: "headings have ids" },
    Known {
        name: "markup.goldmark.parser.attribute.block",
        is_followed: is_off,
        what: "attributes below blocks are text",
    },
    Known { name: "markup.goldmark.extensions.table", is_followed: is_on, what: "tables are tables" },
    Known { name: "markup.goldmark.extensions.strikethrough", is_followed: is_on, what: "`~~` strikes through" },
    Known { name: "markup.goldmark.extensions.footnote", is_followed: is_on, what: "footnotes are footnotes" },
    Known {
        name: "markup.goldmark.extensions.definitionList",
        is_followed: is_on,
        what: "lists of definitions are lists",
    },
    Known { name: "markup.goldmark.extensions.taskList", is_followed: is_on, what: "boxes are boxes" },
    Known {
        name: "markup.goldmark.extensions.passthrough.enable",
        is_followed: is_off,
        what: "formulas are read as Markdown",
    },
];

/// What there is to tell of the configuration.
pub(super) fn passed_over(config: &Config) -> impl Iterator<Item = Error> {
    ALL.iter().filter_map(|known| known.told(known.name, config.get(known.name)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meta::Map;

    #[test]
    fn only_what_is_not_followed_is_told() {
        let mut map = Map::new();
        map.insert("disablepathtolower", true);
        map.insert("enableEmoji", false);
        let told: Vec<String> = passed_over(&Config::of(map)).map(|error| error.message().to_owned()).collect();
        assert_eq!(
            told,
            ["the setting `disablePathToLower` is not followed: addresses made of names are in lower case"]
        );
    }
}
