//! Codes about what front matter means: dates, addresses, keys.

use crate::diag::{Code, Severity};

/// Every code of this file.
pub(super) const ALL: &[&Code] = &[
    &DATE_UNREADABLE,
    &DATE_WITHOUT_ZONE,
    &TIMEZONE_UNKNOWN,
    &PUBLISHED_NOT_BOOL,
    &PERMALINK_TEMPLATE,
    &KEY_MOVED,
    &URL_ELSEWHERE,
    &HUGO_CONFIG,
    &LEAP_SECOND,
    &HEADING_AS_TITLE,
    &TITLE_CHANGED,
    &JSON_POST_SHAPE,
    &JSON_POST_KEY,
];

/// A date key whose value is no date.
pub static DATE_UNREADABLE: Code = Code::new("date-unreadable", Severity::Warning, "a date could not be read")
    .explain(
        "The value of a date key is in no form that is read alike everywhere: the order of day and month is open, or it is \
         no date at all. It is kept as text. Hugo does not build a site with such a date: write it as `2019-05-01` or \
         `2019-05-01 12:09:07 +0200`.",
    )
    .example("---\ndate: 11-9-2017\n---");

/// A time that does not say where.
pub static DATE_WITHOUT_ZONE: Code = Code::new("date-without-zone", Severity::Note, "a time names no zone")
    .explain(
        "A time without a zone is another instant in each zone. Jekyll reads it as UTC, or in the site's zone if it is \
         quoted; Hugo reads it in the site's zone. postferry reads it as the source's generator does, and writes the \
         offset down so that no reader has to guess. Name the site's zone with `--timezone`; without it, UTC is taken.",
    )
    .example("---\ndate: 2019-05-01 12:09:07\n---\n# to Hugo: date = 2019-05-01T12:09:07Z");

/// A zone that no database has.
pub static TIMEZONE_UNKNOWN: Code = Code::new("timezone-unknown", Severity::Error, "there is no such time zone").explain(
    "A zone is a name of the IANA time zone database, such as `Europe/Amsterdam`, or an offset from UTC, such as `+02:00`.",
);

/// `published` that is neither true nor false.
pub static PUBLISHED_NOT_BOOL: Code = Code::new(
    "published-not-bool",
    Severity::Warning,
    "`published` is neither true nor false",
)
.explain(
    "Jekyll hides a post only if `published` is exactly `false`; the text \"false\" and everything else publishes it. \
         The post is converted as published. If you meant to hide it, write `published: false` without quotes.",
)
.example("---\npublished: \"false\"\n---");

/// An address with placeholders.
pub static PERMALINK_TEMPLATE: Code =
    Code::new("permalink-template", Severity::Warning, "an address is a template").explain(
        "The post's `permalink` has placeholders such as `:year` or `:title`. They are not filled in: the key is kept as it \
         is, and the target gives the post the address of its own rules.",
    ).example("---\npermalink: /:year/:title/\n---");

/// A key that the target keeps for itself.
pub static KEY_MOVED: Code = Code::new("key-moved", Severity::Note, "a key was moved because its name is reserved").explain(
    "The key means something to the target generator that it did not mean to the source: Hugo would take `type`, `sitemap` \
     or `outputs` for settings of its own. It is written under `params`, where templates find it as `.Params.type`, as \
     before; Hugo before 0.123 has it as `.Params.params.type`.",
).example("---\ntype: photo\n---\n# to Hugo: [params] type = 'photo'");

/// An address on another site.
pub static URL_ELSEWHERE: Code = Code::new("url-elsewhere", Severity::Loss, "the address of the post lies elsewhere").explain(
    "The post's own address has a scheme, as in `https://example.org/a`. Hugo stops with an error at such a `url`, so it \
     was left out. If it is a link that the post is about, give the key another name.",
);

/// A second that Go does not know.
pub static LEAP_SECOND: Code = Code::new("leap-second", Severity::Loss, "a leap second became the second before").explain(
    "The time is in a leap second, `23:59:60`. Hugo stops at such a time; it is written as `23:59:59`. Every other target keeps \
     it.",
);

/// Settings that the result leans on.
pub static HUGO_CONFIG: Code = Code::new("hugo-config", Severity::Note, "Hugo needs settings to show this as meant").explain(
    "Hugo's defaults would show the converted body otherwise than the source did: it leaves raw HTML out, makes links of \
     bare addresses and sets straight quotes as curly ones. The help names the settings that this post needs, and no others; \
     put them in `hugo.toml`.",
).example("<p>He said \"no\".</p>\n# [markup.goldmark.extensions]\n# typographer = false");

/// A first heading that will be taken for the title.
pub static HEADING_AS_TITLE: Code =
    Code::new("heading-as-title", Severity::Warning, "the first heading will be read as the title").explain(
        "In plain Markdown the level-1 heading that a body begins with is the post's title. This post has no title and begins \
         with such a heading, so reading the result gives it one. `markdown+meta` notes in its comment that there is none.",
    );

/// A title that a heading does not say exactly.
pub static TITLE_CHANGED: Code = Code::new("title-changed", Severity::Loss, "a title is not quite the same as a heading").explain(
    "A heading cannot begin or end with a space, nor hold a line break or two spaces on end. The title's white space was \
     folded. `markdown+meta` keeps such a title in its comment.",
);

/// JSON that is no post.
pub static JSON_POST_SHAPE: Code = Code::new("json-post-shape", Severity::Error, "the JSON is not a post").explain(
    "A JSON post is one object with `version` (1) and `body` (`markup`: `html` or `markdown`, and `text`); everything else is \
     optional. `postferry schema` prints the JSON Schema that it follows.",
).example("{\"version\": 1, \"title\": \"Hello\", \"body\": {\"markup\": \"html\", \"text\": \"<p>Hi.</p>\"}}");

/// A key at the root of a JSON post that no schema names.
pub static JSON_POST_KEY: Code = Code::new("json-post-key", Severity::Warning, "a key stands at the wrong place in a JSON post").explain(
    "The root of a JSON post holds the keys that the schema names; a post's own keys stand under `extra`. The key was read as \
     if it stood there.",
);
