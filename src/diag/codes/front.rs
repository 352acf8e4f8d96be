//! Codes about front matter as text: YAML, TOML, JSON, and what each of them cannot say.

use crate::diag::{Code, Severity};

/// Every code of this file.
pub(super) const ALL: &[&Code] = &[
    &FRONT_UNCLOSED,
    &FRONT_NOT_MAP,
    &FRONT_TOO_DEEP,
    &FRONT_TOO_LARGE,
    &YAML_SYNTAX,
    &TOML_SYNTAX,
    &JSON_SYNTAX,
    &KEY_DROPPED,
    &COMMENT_DROPPED,
    &KEY_DUPLICATE,
    &KEY_NOT_TEXT,
    &KEY_ORDER,
    &LIQUID_UNQUOTED,
    &YAML_TAG,
    &ALIAS_UNKNOWN,
    &FRONT_REST,
    &NULL_AS_COMMENT,
    &NULL_AS_TEXT,
    &INTEGER_AS_TEXT,
    &FLOAT_AS_TEXT,
    &DATE_AS_TEXT,
    &TIME_AS_TEXT,
    &HEAD_KEPT,
    &FRONT_PATH,
];

/// A fence that is opened and never closed.
pub static FRONT_UNCLOSED: Code = Code::new("front-unclosed", Severity::Error, "front matter is never closed")
    .explain(
        "The file begins with front matter, but the line that closes it is missing: `---` (or `...`) for YAML, `+++` for \
         TOML, the last `}` for JSON. Everything behind it would be taken for front matter, so nothing is guessed. Add the \
         line. A Markdown body may begin with a rule `---`; only with a `key:` line below is it taken for front matter.",
    )
    .example("---\ntitle: Hello\n\nThe text of the post.");

/// Front matter that is well-formed and no map.
pub static FRONT_NOT_MAP: Code = Code::new("front-not-map", Severity::Error, "front matter is not keys with values")
    .explain(
        "Front matter is a map: lines of `key: value`. This one is a list, or a single text, and has no keys that a \
         generator could use. A post without its metadata is worse than none, so it is not converted.",
    )
    .example("---\n- a list\n- without keys\n---");

/// Nesting beyond the limit.
pub static FRONT_TOO_DEEP: Code = Code::new("front-too-deep", Severity::Error, "front matter is nested too deeply")
    .explain(
        "Lists and maps stand more than 64 deep in one another. No post needs that; a file that does it is broken, or made \
         to bring programs down.",
    ).example("$ printf -- '---\\ntea: %s\\n---\\n' \"$(yes '[' | head -n 99 | tr -d '\\n')\" | postferry convert -f jekyll -t hugo");

/// Aliases that expand beyond the limit.
pub static FRONT_TOO_LARGE: Code =
    Code::new("front-too-large", Severity::Error, "the front matter is too large").explain(
        "Front matter may be 32 MB long; `--limit front=SIZE` allows more. YAML's aliases (`*name`) repeat what an anchor \
         (`&name`) stands for, and aliases in aliases multiply: all repetitions together may make as many values as the front \
         matter has bytes, and 10,000 in any case.",
    ).example("---\na: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n---");

/// Broken YAML.
pub static YAML_SYNTAX: Code = Code::new("yaml-syntax", Severity::Error, "the YAML is broken").explain(
    "The front matter is not YAML as the generator reads it, which would stop it too or leave the post without its \
     metadata. Most often a value needs quotes: one that holds `: ` or ` #`, or begins with `*`, `&`, `@`, `%`, a backtick, \
     a bracket or a quote.",
).example("---\ntitle: Rust: an introduction\n---\n# write: title: \"Rust: an introduction\"");

/// Broken TOML.
pub static TOML_SYNTAX: Code = Code::new("toml-syntax", Severity::Error, "the TOML is broken")
    .explain("The front matter is not TOML 1.0, so Hugo would stop at it too. Most often a text lacks its quotes.")
    .example("+++\ntitle = Hello\n+++\n# write: title = 'Hello'");

/// Broken JSON.
pub static JSON_SYNTAX: Code = Code::new("json-syntax", Severity::Error, "the JSON is broken").explain(
    "The text is not JSON (RFC 8259). Most often a comma stands behind the last entry, a comma is missing between two, or \
     quotes are missing around a key.",
).example("{ \"title\": \"Hello\", }");

/// A key that has no place.
pub static KEY_DROPPED: Code = Code::new("key-dropped", Severity::Loss, "a key was left out").explain(
    "The target has no place for this key. Pure Markdown shows the title and the body, nothing else: `markdown+meta` keeps \
     the rest in one invisible comment at the end of the file, so that the way back is whole.",
).example("---\ntitle: Hello\nlayout: post\n---\n# to markdown: `layout` has no place");

/// A comment that has no place.
pub static COMMENT_DROPPED: Code = Code::new(
    "comment-dropped",
    Severity::Loss,
    "a comment in the front matter was left out",
)
.explain(
    "The target's front matter has no comments, or none at this place: JSON has none at all, TOML none inside a value \
         on one line. Hugo's YAML and TOML keep them, and so does a JSON post (`-t json`).",
)
.example("---\ntitle: Tea # green\n---\n# to Hugo with JSON front matter");

/// A key that stands twice.
pub static KEY_DUPLICATE: Code = Code::new("key-duplicate", Severity::Warning, "a key stands twice").explain(
    "The same key stands twice in one map. Jekyll takes the last one and says nothing; Hugo stops. postferry reads it as the \
     source's generator does; remove the one that is not meant.",
).example("---\ntags: [a]\ntags: [b]\n---");

/// A key that is a number, a truth, a date or worse.
pub static KEY_NOT_TEXT: Code = Code::new("key-not-text", Severity::Warning, "a key is not text").explain(
    "Without quotes the key is a number, a truth, a date, nothing, or even a list, and generators differ in what they make of \
     that. It is read as the text that it stands for. Put quotes around it.",
).example("---\nyes: 1\n2019: a\n---\n# read as the keys `true` and `2019`");

/// An order that TOML does not have.
pub static KEY_ORDER: Code = Code::new("key-order", Severity::Note, "keys were put in another order").explain(
    "In TOML everything below the line `[name]` belongs to that table, so plain keys must stand above all tables. Small maps \
     are written on one line to stay in their place; what cannot be written so moved to the end.",
).example("---\ncups:\n- size: 1 # of porcelain\npot: brown\n---");

/// `{{ … }}` without quotes.
pub static LIQUID_UNQUOTED: Code = Code::new("liquid-unquoted", Severity::Warning, "a value in double braces lacks quotes")
    .explain(
        "In YAML, `{{ page.title }}` without quotes is a map whose key is a map, which Jekyll reads as an empty map. It was \
         surely meant as text and is kept as that text. Put quotes around it.",
    )
    .example("---\ntitle: {{ page.title }}\n---");

/// A YAML tag that means nothing to the generator.
pub static YAML_TAG: Code = Code::new("yaml-tag", Severity::Warning, "a YAML tag was left out").explain(
    "The value has a tag such as `!ruby/object` or `!secret`. Generators for static sites do not follow it; the value was \
     read as if it had none.",
).example("---\ncup: !ruby/object {size: 2}\n---");

/// An alias without an anchor.
pub static ALIAS_UNKNOWN: Code = Code::new("alias-unknown", Severity::Warning, "an alias repeats nothing").explain(
    "In YAML, `*name` repeats the value that `&name` marks. There is no such mark, and Jekyll reads nothing (null) without a \
     word. Most often a text was meant that begins with `*`: put quotes around it.",
).example("---\ntitle: *new\n---");

/// A map that Jekyll does not merge.
pub static MERGE_EMPTY: Code = Code::new("merge-empty", Severity::Warning, "a map is not merged").explain(
    "In YAML, `<<` merges another map into this one. Jekyll's reader merges only a map that `*name` repeats; of one that is \
     written there it takes nothing and says nothing, and neither does postferry. Write the keys without `<<`.",
).example("---\nauthor:\n  <<: { name: Jo }\n---");

/// Text behind the end of a document.
pub static FRONT_REST: Code = Code::new("front-rest", Severity::Warning, "the front matter goes on behind its end").explain(
    "The map of the front matter ends before the closing line: a line is indented less than the first key, or stands behind \
     a map in braces, or behind `...`. The generator does not read on from there and says nothing, and neither does postferry.",
).example("---\n title: Hello\nlayout: post\n---");

/// A null in TOML.
pub static NULL_AS_COMMENT: Code = Code::new("null-as-comment", Severity::Note, "TOML has no null").explain(
    "The key has no value (null), which TOML cannot say. It is written as a comment of the form `# key = null # TOML has no \
     null`; to Hugo a missing key and a null are the same, and postferry reads the comment back as the key without a value.",
).example("---\nimage:\n---\n# to Hugo: # image = null # TOML has no null");

/// A null in a TOML list.
pub static NULL_AS_TEXT: Code = Code::new("null-as-text", Severity::Loss, "a null in a list became empty text").explain(
    "A list holds an item without a value (null). TOML has no form for it, and leaving the item out would move the others: \
     it is written as empty text.",
).example("---\ncups: [small, ~, large]\n---\n# to Hugo: cups = ['small', '', 'large']");

/// A number that the target does not have.
pub static INTEGER_AS_TEXT: Code = Code::new("integer-as-text", Severity::Note, "a whole number is too large")
    .explain(
        "TOML's whole numbers have 64 bits. This one is larger and is written as text, with a comment by which postferry reads \
         it back as a number. In YAML it stays as it is, but Hugo reads a number of more than 64 bits as text.",
    ).example("---\nviews: 123456789012345678901\n---");

/// Infinity or NaN in JSON.
pub static FLOAT_AS_TEXT: Code = Code::new("float-as-text", Severity::Loss, "JSON has neither infinity nor NaN")
    .explain("The number is infinite or not a number, which JSON cannot say. It is written as text.")
    .example("---\nratio: .inf\n---\n# to Hugo with JSON front matter: \"ratio\": \"inf\"");

/// A date in JSON.
pub static DATE_AS_TEXT: Code = Code::new("date-as-text", Severity::Loss, "a date is text to the target").explain(
    "The value is a date or a time. JSON front matter has no type for it, so it is written as text in RFC 3339. Where Hugo \
     expects a date it reads that text as one; under this key it stays text. In YAML the date is written as a date, and Hugo \
     reads it as text all the same, as of 0.152.",
).example("---\nbrewed: 2019-05-01\n---\n# to Hugo with JSON front matter: \"brewed\": \"2019-05-01\"");

/// A time of no day.
pub static TIME_AS_TEXT: Code = Code::new("time-as-text", Severity::Note, "a time of no day is read as text")
    .explain("TOML has times without a day, such as `07:32:00`; no other front matter does. It is read as text.")
    .example("+++\nopens = 07:32:00\n+++");

/// Something in an HTML head that is no front matter.
pub static HEAD_KEPT: Code = Code::new("head-kept", Severity::Note, "a part of the page's head was kept as it is").explain(
    "The page's head holds more than what says something about the post: style sheets, scripts and the like. They are kept \
     as text under the key `head`.",
).example("<html><head><title>Tea</title><link rel=\"stylesheet\" href=\"tea.css\"></head><body><p>Green.</p></body></html>");

/// A path or value that does not fit the front matter.
pub static FRONT_PATH: Code = Code::new("front-path", Severity::Error, "a key leads nowhere").explain(
    "Keys and indices joined by dots name a value: `author.name`, `tags.0`. The way leads through a value that holds no \
     others, past the end of a list, or what was to be set is not one value.",
).example("postferry front post.md --set title.x=1\n# `title` is a text and holds nothing");
