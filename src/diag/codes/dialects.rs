//! Codes about what front matter means: dates, addresses, keys.

use crate::diag::{Code, Severity};

/// Every code of this file.
pub(super) const ALL: &[&Code] = &[
    &DATE_UNREADABLE,
    &DATE_WITHOUT_ZONE,
    &DATE_DAY_FIRST,
    &TIMEZONE_UNKNOWN,
    &PUBLISHED_NOT_BOOL,
    &TERMS_IGNORED,
    &PERMALINK_TEMPLATE,
    &KEY_MOVED,
    &TIME_IGNORED,
    &ADDRESS_ASSUMED,
    &URL_IMPOSSIBLE,
    &JEKYLL_CONFIG,
    &KEY_MAP_SYNTAX,
    &KEY_MAP_FIELD,
    &KEY_MAP_UNDONE,
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
         no date at all. (In a post of Jekyll's the day stands first, `date-day-first`.) It is kept as text. Hugo does not build a site with such a date: write it as `2019-05-01` or \
         `2019-05-01 12:09:07 +0200`.",
    )
    .example("---\ndate: the 11th, in the evening\n---");

/// A date whose day and month only Jekyll tells apart.
pub static DATE_DAY_FIRST: Code = Code::new("date-day-first", Severity::Note, "a date was read day first")
    .explain(
        "In a date such as `01/05/2019` either number may be the month. Jekyll takes the first for the day, so that is the \
         date that the post has always had; if its author meant the other, the post has been under the wrong date.",
    )
    .example("---\ndate: 01/05/2019\n---\n# to Hugo: date = 2019-05-01");

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
).example("$ echo '<p>Tea.' | postferry convert -f jekyll -t hugo --timezone Europe/Amsterdm");

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

/// Tags that are none.
pub static TERMS_IGNORED: Code = Code::new(
    "terms-ignored",
    Severity::Warning,
    "`tags` is nothing that Jekyll makes tags of",
)
.explain(
    "Jekyll makes tags of text, split at spaces, and of lists. Anything else gives the post none, which is how it is \
         converted: Hugo would make one tag of it. Only a JSON post keeps what was written.",
)
.example("---\ntags: 2019\n---");

/// An address with placeholders that stay.
pub static PERMALINK_TEMPLATE: Code =
    Code::new("permalink-template", Severity::Warning, "an address has placeholders that could not be filled in").explain(
        "The post's `permalink` has placeholders such as `:year` or `:title`. They are filled in from the post's date, \
         categories and file name. Here the post has no date, in its front matter or its file name, or the placeholder is \
         none that Jekyll knows: the key is kept as it is, and the target gives the post the address of its own rules.",
    ).example("---\npermalink: /:year/:title/\n---\n# in a file `about.html`");

/// A key that the target keeps for itself.
pub static KEY_MOVED: Code = Code::new("key-moved", Severity::Note, "a key was moved because its name is reserved").explain(
    "The key means something to the target generator that it did not mean to the source: Hugo would take `type`, `sitemap` \
     or `outputs` for settings of its own. It is written under `params`, where templates find it as `.Params.type`, as \
     before; Hugo before 0.123 has it as `.Params.params.type`.",
).example("---\ntype: photo\n---\n# to Hugo: [params] type = 'photo'");

/// Times that Jekyll does nothing about.
pub static TIME_IGNORED: Code = Code::new("time-ignored", Severity::Warning, "a post no longer waits or ends").explain(
    "Hugo shows a post from its `publishDate` on and until its `expiryDate`. Jekyll knows neither: the keys are kept, and \
     come back from there, but Jekyll shows the post from its `date` on and for ever. Hide it with `published: false` if it \
     is not to be seen.",
).example("+++\nexpiryDate = 2025-01-01\n+++");

/// An address that leans on the site's configuration.
pub static ADDRESS_ASSUMED: Code = Code::new("address-assumed", Severity::Note, "the post's old address leans on a setting").explain(
    "A Jekyll post that names no `permalink` has the address that the site's `_config.yml` gives it. Nothing was said of \
     that, so Jekyll's default was taken: `/category/2019/05/01/name.html`. If the site has a `permalink` of its own, name \
     it with `--permalink`, as in `--permalink pretty` or `--permalink '/:year/:title/'`.",
).example("---\ndate: 2019-05-01\n---\n# in a file `_posts/2019-05-01-tea.md`");

/// An address that Hugo cannot write.
pub static URL_IMPOSSIBLE: Code = Code::new("url-impossible", Severity::Warning, "Hugo cannot write the address of the post").explain(
    "Hugo stops with an error at a `url` that has a percent sign followed by anything but two hexadecimal digits, but takes \
     it as an alias. So the post gets an address of Hugo's own, and the old one leads there. One with a control character \
     is left out.",
).example("---\npermalink: /100%25/\n---\n# to Hugo: aliases = ['/100%/']");

/// Settings that the result leans on, of a Jekyll site.
pub static JEKYLL_CONFIG: Code = Code::new("jekyll-config", Severity::Note, "Jekyll needs settings to show this as meant").explain(
    "The post has the mark `<!--more-->`, which divides its summary from the rest. Jekyll's excerpt ends at the first empty \
     line unless the site says otherwise; the help names the setting for `_config.yml`.",
).example("excerpt_separator: <!--more-->");

/// A map of keys that is no TOML.
pub static KEY_MAP_SYNTAX: Code = Code::new("key-map-syntax", Severity::Error, "the map of keys cannot be read").explain(
    "The file that `--map` names is TOML. The message says where it is not, or which value has the wrong type.",
).example("drop = [\"status\", \"meta\"]\nparams = [\"subtitle\"]\n\n[rename]\nthumbnail = \"image\"\n\n[default]\nlayout = \"post\"\n\n[split]\ntags = \",\"\n\n[join]\nkeywords = \", \"");

/// A word in a map of keys that means nothing.
pub static KEY_MAP_FIELD: Code = Code::new("key-map-field", Severity::Error, "the map of keys has a word that means nothing").explain(
    "A map of keys has the lists `drop` and `params` and the tables `rename`, `default`, `split`, `join` and `tags`; nothing \
     else.",
).example("$ echo 'remove = [\"status\"]' > map.toml\n$ echo '<p>Tea.' | postferry convert -f jekyll -t hugo --map map.toml");

/// A wish of the map of keys that could not be done.
pub static KEY_MAP_UNDONE: Code = Code::new("key-map-undone", Severity::Warning, "a wish of the map of keys could not be done").explain(
    "The map of keys asks for something that this post does not allow: a new name that another key of the post has, a split \
     of what is no text, a join of what is no list of texts. The key is kept as it was.",
).example("$ echo 'rename = { subtitle = \"summary\" }' > map.toml\n$ printf -- '---\\nsubtitle: At sea\\nsummary: A crossing\\n---\\n' | postferry convert -f jekyll -t hugo --map map.toml");

/// An address on another site.
pub static URL_ELSEWHERE: Code = Code::new("url-elsewhere", Severity::Loss, "the address of the post lies elsewhere").explain(
    "The post's own address has a scheme, as in `https://example.org/a`. Hugo stops with an error at such a `url`, so it \
     was left out. If it is a link that the post is about, give the key another name.",
).example("---\nurl: https://example.org/tea\n---");

/// A second that Go does not know.
pub static LEAP_SECOND: Code = Code::new("leap-second", Severity::Loss, "a leap second became the second before").explain(
    "The time is in a leap second, `23:59:60`. Hugo stops at such a time; it is written as `23:59:59`. Every other target keeps \
     it.",
).example("---\ndate: 2016-12-31 23:59:60 +0000\n---");

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
    ).example("---\nlayout: post\n---\n\n# Tea\n\nGreen or black.");

/// A title that a heading does not say exactly.
pub static TITLE_CHANGED: Code = Code::new("title-changed", Severity::Loss, "a title is not quite the same as a heading").explain(
    "A heading cannot begin or end with a space, nor hold a line break or two spaces on end. The title's white space was \
     folded. `markdown+meta` keeps such a title in its comment.",
).example("---\ntitle: \" Tea  and cake\"\n---");

/// JSON that is no post.
pub static JSON_POST_SHAPE: Code = Code::new("json-post-shape", Severity::Error, "the JSON is not a post").explain(
    "A JSON post is one object with `version` (1) and `body` (`markup`: `html`, `markdown` or `kramdown`, and `text`); everything else is \
     optional. `postferry schema` prints the JSON Schema that it follows.",
).example("{\"version\": 1, \"title\": \"Hello\", \"body\": {\"markup\": \"html\", \"text\": \"<p>Hi.</p>\"}}");

/// A key at the root of a JSON post that no schema names.
pub static JSON_POST_KEY: Code = Code::new("json-post-key", Severity::Warning, "a key stands at the wrong place in a JSON post").explain(
    "The root of a JSON post holds the keys that the schema names; a post's own keys stand under `extra`. The key was read as \
     if it stood there.",
).example("{\"version\": 1, \"mood\": \"calm\", \"body\": {\"markup\": \"html\", \"text\": \"<p>Tea.</p>\"}}");
