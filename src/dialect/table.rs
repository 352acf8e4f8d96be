//! The one table of keys: what each generator calls what the canonical post has, and what comes back.
//!
//! Both directions of both dialects and `docs/keys.md` are made from it.

/// One canonical key and its names elsewhere.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct KeyRow {
    /// The name in a canonical post, in JSON and in plain Markdown.
    pub canonical: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// In Jekyll.
    pub jekyll: Cell,
    /// In Hugo.
    pub hugo: Cell,
    /// What a post that goes there and comes back has, where it is spelt otherwise than it was.
    pub back: &'static str,
}

/// What one dialect calls a canonical key.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_enums)] // a name, or a rule
pub enum Cell {
    /// One of these names; the first is written. The value is as its kind says.
    Names(&'static [&'static str]),
    /// These names, by a rule of the dialect's own: this one, in a few words.
    Rule(&'static [&'static str], &'static str),
    /// The generator has no such key, but themes do, under these names: the one that the source has stays.
    Themes(&'static [&'static str]),
    /// The canonical name: so plain Markdown.
    Canonical,
}

impl Cell {
    /// The names, the one that is written first.
    pub const fn names(&self) -> &'static [&'static str] {
        match self {
            Cell::Names(names) | Cell::Rule(names, _) | Cell::Themes(names) => names,
            Cell::Canonical => &[],
        }
    }
}

/// What the value of a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums)] // matched by the two dialects only
pub enum Kind {
    /// Text: numbers, truths and dates that the syntax made of it become text again.
    Text,
    /// A day, or a day and time.
    Date,
    /// True or false.
    Truth,
    /// The path of a file on the site.
    Address,
    /// Several of them.
    Addresses,
    /// Names, each once or more.
    Terms,
    /// Whatever it is.
    Any,
}

impl Kind {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Date => "date",
            Kind::Truth => "true or false",
            Kind::Address => "address",
            Kind::Addresses => "list of addresses",
            Kind::Terms => "list of texts",
            Kind::Any => "any",
        }
    }
}

use Cell::{Names, Rule, Themes};

/// The table, in the order of [`CANONICAL_KEYS`](crate::meta::CANONICAL_KEYS).
pub const KEYS: &[KeyRow] = &[
    KeyRow {
        canonical: "title",
        kind: Kind::Text,
        jekyll: Rule(&["title"], "without one: the file name's slug, each word with a capital"),
        hugo: Names(&["title"]),
        back: "the title that Jekyll made of the file name, written down; numbers and truths as text",
    },
    KeyRow {
        canonical: "date",
        kind: Kind::Date,
        jekyll: Rule(&["date"], "without one: the file name's day; a time without a zone is UTC, as text the site's"),
        hugo: Names(&["date"]),
        back: "the same instant, with its offset",
    },
    KeyRow {
        canonical: "updated",
        kind: Kind::Date,
        jekyll: Names(&["last_modified_at"]),
        hugo: Names(&["lastmod", "modified"]),
        back: "the same instant, with its offset",
    },
    KeyRow {
        canonical: "publish_date",
        kind: Kind::Date,
        jekyll: Names(&["publishDate"]),
        hugo: Names(&["publishDate", "pubdate"]),
        back: "",
    },
    KeyRow {
        canonical: "expiry_date",
        kind: Kind::Date,
        jekyll: Names(&["expiryDate"]),
        hugo: Names(&["expiryDate", "unpublishdate"]),
        back: "",
    },
    KeyRow {
        canonical: "draft",
        kind: Kind::Truth,
        jekyll: Rule(&["published"], "turned round: `published: false`, or none, hides; so does the folder `_drafts`"),
        hugo: Names(&["draft"]),
        back: "`published: false` for a post in `_drafts`",
    },
    KeyRow { canonical: "slug", kind: Kind::Text, jekyll: Names(&["slug"]), hugo: Names(&["slug"]), back: "" },
    KeyRow {
        canonical: "url",
        kind: Kind::Address,
        jekyll: Rule(&["permalink"], "without one: what the site's permalink style makes of date, categories and name"),
        hugo: Rule(&["url"], "without one, in a folder `content`: what the site's permalinks make of the path"),
        back: "the file's address, placeholders filled in; nothing where the generator finds the same address by itself",
    },
    KeyRow {
        canonical: "aliases",
        kind: Kind::Addresses,
        jekyll: Names(&["redirect_from", "alias", "aliases"]),
        hugo: Names(&["aliases"]),
        back: "`redirect_from`, a list, each with its extension or slash",
    },
    KeyRow {
        canonical: "categories",
        kind: Kind::Terms,
        jekyll: Rule(
            &["categories", "category"],
            "folders above `_posts`, then the plural (text split at spaces), then the singular (never split)",
        ),
        hugo: Names(&["categories"]),
        back: "`categories`, a list",
    },
    KeyRow {
        canonical: "tags",
        kind: Kind::Terms,
        jekyll: Rule(&["tags", "tag"], "the singular (never split), else the plural (text split at spaces)"),
        hugo: Names(&["tags"]),
        back: "`tags`, a list",
    },
    KeyRow {
        canonical: "authors",
        kind: Kind::Terms,
        jekyll: Themes(&["authors", "author"]),
        hugo: Themes(&["authors", "author"]),
        back: "",
    },
    KeyRow {
        canonical: "description",
        kind: Kind::Any,
        jekyll: Names(&["description"]),
        hugo: Names(&["description"]),
        back: "",
    },
    KeyRow {
        canonical: "summary",
        kind: Kind::Text,
        jekyll: Rule(&["excerpt"], "where it is text"),
        hugo: Names(&["summary"]),
        back: "",
    },
    KeyRow {
        canonical: "keywords",
        kind: Kind::Any,
        jekyll: Names(&["keywords"]),
        hugo: Names(&["keywords"]),
        back: "",
    },
    KeyRow { canonical: "image", kind: Kind::Any, jekyll: Names(&["image"]), hugo: Names(&["image"]), back: "" },
    KeyRow { canonical: "lang", kind: Kind::Any, jekyll: Names(&["lang"]), hugo: Names(&["lang"]), back: "" },
    KeyRow { canonical: "layout", kind: Kind::Any, jekyll: Names(&["layout"]), hugo: Names(&["layout"]), back: "" },
    KeyRow { canonical: "weight", kind: Kind::Any, jekyll: Names(&["weight"]), hugo: Names(&["weight"]), back: "" },
];

#[cfg(test)]
mod tests {
    use super::KEYS;
    use crate::meta::CANONICAL_KEYS;

    #[test]
    fn the_table_has_the_canonical_keys_in_their_order() {
        let keys: Vec<_> = KEYS.iter().map(|row| row.canonical).collect();
        assert_eq!(keys, CANONICAL_KEYS);
    }

    #[test]
    fn no_dialect_has_a_name_twice() {
        for column in [|row: &super::KeyRow| row.jekyll.names(), |row: &super::KeyRow| row.hugo.names()] {
            let mut all: Vec<_> = KEYS.iter().flat_map(column).collect();
            all.sort_unstable();
            let before = all.len();
            all.dedup();
            assert_eq!(all.len(), before);
        }
    }
}
