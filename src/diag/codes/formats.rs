//! Codes about formats and their names.

use crate::diag::{Code, Severity};

/// Every code of this file.
pub(super) const ALL: &[&Code] = &[
    &FORMAT_SYNTAX,
    &FORMAT_UNKNOWN,
    &FORMAT_WORD,
    &FORMAT_TAKEN,
    &FORMAT_DIRECTION,
    &BOM_DROPPED,
    &NOT_UTF8,
    &WRITE_FAILED,
];

/// Text that is not of the grammar of format names.
pub static FORMAT_SYNTAX: Code = Code::new("format-syntax", Severity::Error, "a format is not written as one")
    .explain(
        "A format is a name followed by any number of `+word` and `-word`, without spaces. A `+word` that names a front \
         matter syntax (`yaml`, `toml`, `json`, `none`, `meta`) or a markup (`html`, `markdown`, `kramdown`) replaces that \
         part of the format; any other word switches an extension on or off.",
    )
    .example("postferry convert post.md -t 'hugo + yaml'\n# write: -t hugo+yaml");

/// A format name that nobody registered.
pub static FORMAT_UNKNOWN: Code = Code::new("format-unknown", Severity::Error, "no format has this name")
    .explain(
        "The name before the first `+` or `-` is not one of the registered formats. `postferry formats` lists them.",
    )
    .example("postferry convert post.md -t hugoo\n# did you mean `hugo`?");

/// A word that the format does not know, or two words on one axis.
pub static FORMAT_WORD: Code = Code::new("format-word", Severity::Error, "a word does not fit the format").explain(
    "A word behind `+` or `-` must be a front matter syntax, a markup or an extension that the format knows, and each \
     of the two axes can be named once. The message lists what fits.",
).example("postferry convert post.md -t hugo+yaml+toml\n# two words name a front matter syntax");

/// A name that is registered already.
pub static FORMAT_TAKEN: Code = Code::new("format-taken", Severity::Error, "the name is taken").explain(
    "A registry holds each name once; a plugin cannot shadow what is there. Register yours under a name of its own.",
);

/// Reading with a format that only writes, or the reverse.
pub static FORMAT_DIRECTION: Code = Code::new("format-direction", Severity::Error, "the format works one way only").explain(
    "A format may read, write or both. This one does not do what was asked of it; `postferry formats` shows which do.",
);

/// A byte order mark that the target does not get.
pub static BOM_DROPPED: Code = Code::new("bom-dropped", Severity::Note, "the byte order mark was left out").explain(
    "The source begins with a byte order mark (U+FEFF). It has no meaning in UTF-8 and several programs stumble over it, \
     so the converted text begins without one. A conversion into the same format keeps it.",
).example("$ printf '\\357\\273\\277<p>Tea.' | postferry convert -f html -t markdown");

/// Bytes that are not UTF-8.
pub static NOT_UTF8: Code = Code::new("not-utf8", Severity::Error, "the file is not UTF-8")
    .explain(
        "postferry reads UTF-8. The message names the offset of the first byte that is not, and line and column up to \
         which the text is well-formed. Old posts are often in windows-1252 or ISO 8859-1: name the encoding with \
         `--encoding`, and nothing is guessed.",
    )
    .example("postferry convert old.html -t hugo --encoding windows-1252");

/// An output that takes no more.
pub static WRITE_FAILED: Code = Code::new("write-failed", Severity::Error, "the output could not be written")
    .explain("The place that the converted text goes to took no more of it. Nothing of the source was changed.")
    .example("$ echo '<p>Tea.' | postferry convert -f html -t markdown > /dev/full");
