//! Settings of a Hugo site that change what its pages show or where they are, and that are not followed.

use super::config::Config;
use crate::diag::codes;
use crate::error::Error;
use crate::meta::Value;

/// A setting, the values that are followed, and what comes of it that it is not.
struct Known {
    path: &'static str,
    is_followed: fn(&Value) -> bool,
    what: &'static str,
}

fn is_off(value: &Value) -> bool {
    matches!(value, Value::Bool(false) | Value::Null)
}

fn is_on(value: &Value) -> bool {
    *value == Value::Bool(true)
}

fn is_empty(value: &Value) -> bool {
    value.as_list().is_some_and(<[Value]>::is_empty) || value.as_map().is_some_and(crate::meta::Map::is_empty)
}

/// Whether nothing but front matter is asked for dates.
fn is_front_matter(value: &Value) -> bool {
    let sources = value.as_list().unwrap_or_default();
    !sources.iter().filter_map(Value::as_str).any(|source| matches!(source, ":filename" | ":fileModTime" | ":git"))
}

const ALL: [Known; 19] = [
    Known { path: "frontmatter.date", is_followed: is_front_matter, what: "dates are those of the front matter" },
    Known {
        path: "markup.defaultMarkdownHandler",
        is_followed: |value| value.as_str() == Some("goldmark"),
        what: "Markdown is read as Goldmark reads it",
    },
    Known { path: "disablePathToLower", is_followed: is_off, what: "addresses made of names are in lower case" },
    Known { path: "removePathAccents", is_followed: is_off, what: "addresses made of names keep their accents" },
    Known { path: "ignoreFiles", is_followed: is_empty, what: "the files that it leaves out are taken" },
    Known { path: "module.mounts", is_followed: is_empty, what: "only the usual folders are read" },
    Known { path: "module.imports", is_followed: is_empty, what: "nothing of its modules is read" },
    Known { path: "permalinks.section", is_followed: is_empty, what: "sections have the addresses of their folders" },
    Known { path: "enableEmoji", is_followed: is_off, what: "`:smile:` stays as it is written" },
    Known {
        path: "markup.goldmark.parser.autoHeadingIDType",
        is_followed: |value| value.as_str() == Some("github"),
        what: "headings have the ids of GitHub's kind",
    },
    Known {
        path: "markup.goldmark.parser.autoIDType",
        is_followed: |value| value.as_str() == Some("github"),
        what: "headings have the ids of GitHub's kind",
    },
    Known { path: "markup.goldmark.parser.autoHeadingID", is_followed: is_on, what: "headings have ids" },
    Known {
        path: "markup.goldmark.parser.attribute.block",
        is_followed: is_off,
        what: "attributes below blocks are text",
    },
    Known { path: "markup.goldmark.extensions.table", is_followed: is_on, what: "tables are tables" },
    Known { path: "markup.goldmark.extensions.strikethrough", is_followed: is_on, what: "`~~` strikes through" },
    Known { path: "markup.goldmark.extensions.footnote", is_followed: is_on, what: "footnotes are footnotes" },
    Known {
        path: "markup.goldmark.extensions.definitionList",
        is_followed: is_on,
        what: "lists of definitions are lists",
    },
    Known { path: "markup.goldmark.extensions.taskList", is_followed: is_on, what: "boxes are boxes" },
    Known {
        path: "markup.goldmark.extensions.passthrough.enable",
        is_followed: is_off,
        what: "formulas are read as Markdown",
    },
];

/// What there is to tell of the configuration.
pub(super) fn passed_over(config: &Config) -> impl Iterator<Item = Error> {
    let found = ALL.iter().filter(|known| config.get(known.path).is_some_and(|value| !(known.is_followed)(value)));
    found.map(|known| {
        let message = format!("the setting `{}` is not followed: {}", known.path, known.what);
        Error::new(&codes::SETTING_PASSED_OVER, message)
    })
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
