//! The posts that every law and every snapshot is held against, each with the format it was written in.

use std::path::{Path, PathBuf};

/// One post of ours.
pub(crate) struct Fixture {
    /// The name of its file under `tests/fixtures`.
    pub(crate) file: &'static str,
    /// The format it was written in.
    pub(crate) format: &'static str,
    /// The whole text.
    pub(crate) text: String,
    /// The path it would have on the site it comes from.
    pub(crate) path: String,
}

impl Fixture {
    /// The file's name without its extension.
    pub(crate) fn name(&self) -> &'static str {
        self.file.rsplit_once('.').map_or(self.file, |(stem, _)| stem)
    }
}

/// The files and their formats. What is special about each is said where it is not plain from the name.
const FIXTURES: [(&str, &str); 25] = [
    // Feed import: RFC 2822 date, two unknown keys, a last paragraph of one no-break space.
    ("2021-11-03-ferry-strike.html", "jekyll"),
    // Code in list items, Rouge's spans, a `pre` with tabs and empty lines, `tags` as words, folded categories.
    ("2016-02-29-backup-on-a-pi.html", "jekyll"),
    // Reference links, titles with quotes, bare addresses, a mark for the excerpt.
    ("2018-08-05-links-31.md", "jekyll+markdown"),
    // Tables with pipes and alignment, footnotes with lists in them.
    ("bread-hydration.md", "hugo"),
    // Cyrillic, keys too; minutes without seconds; an ordered list between bullets.
    ("2014-09-07-pismo-iz-tbilisi.md", "jekyll+markdown"),
    // Japanese, Chinese, Korean: emphasis beside their punctuation, an international domain name.
    ("ocha-no-jikan.md", "hugo+yaml"),
    // Hebrew and Arabic, `dir`, `bdo`, joined emoji, zero-width characters, a fraction of a second.
    ("2022-05-15-two-directions.html", "jekyll"),
    // CR LF and a byte order mark, backslashes in TOML.
    ("intranet-export.md", "hugo"),
    // No body.
    ("coming-soon.md", "hugo+yaml"),
    // Empty front matter.
    ("2017-12-24-closed.html", "jekyll"),
    // No front matter, no newline at the end; setext headings, indented code, tasks, quotes in quotes.
    ("rope-readme.md", "markdown"),
    // TOML with comments everywhere, nested tables, every kind of date, floats with their digits.
    ("glasshouse-log.md", "hugo"),
    // YAML with comments, nested maps and lists, numbers beyond 64 bits, null, strings that look like other things.
    ("2013-04-01-release-data.md", "jekyll+markdown"),
    // HTML blocks, HTML in running text, comments, a table that Markdown cannot say.
    ("mixed-markup.md", "hugo"),
    // Definition lists, heading attributes, `url` and `aliases`.
    ("sailing-glossary.md", "hugo"),
    // Images with titles, figures, a WordPress caption, link URLs with spaces and brackets.
    ("2011-06-18-lighthouse-gallery.html", "jekyll"),
    // A title with markup, both kinds of hard break.
    ("harbour-poem.md", "markdown"),
    // Formulas and alerts where the format has neither, fences in fences.
    ("fermat-notes.md", "hugo+yaml"),
    // A WordPress import: classes, styles, entities, tables with spans, a script; unpublished, with redirects.
    ("2009-01-15-moving-to-the-new-host.html", "jekyll"),
    // Text between blocks, definition lists, `start`, mixed items, text that looks like Markdown.
    ("2019-06-12-council-minutes.html", "jekyll"),
    // Every canonical key, numbers beyond 64 bits, comments, types.
    ("api-freeze.json", "json"),
    // As small as can be, on one line without a newline.
    ("note-to-self.json", "json"),
    // JSON front matter, keys of Hugo's own, a shortcode.
    ("podcast-12.md", "hugo+json"),
    // Titles and texts that YAML would read as something else.
    ("2015-10-21-colons-and-quotes.md", "jekyll+markdown"),
    // The rest of the front matter in a comment.
    ("travel-diary.md", "markdown+meta"),
];

/// All fixtures.
pub(crate) fn all() -> Vec<Fixture> {
    FIXTURES.iter().map(|&(file, format)| read(file, format)).collect()
}

/// The fixture in the file `file`.
pub(crate) fn by_file(file: &str) -> Fixture {
    let &(file, format) = FIXTURES
        .iter()
        .find(|(known, _)| *known == file)
        .unwrap_or_else(|| panic!("tests/fixtures/{file} is not in the list of fixtures"));
    read(file, format)
}

fn read(file: &'static str, format: &'static str) -> Fixture {
    let text = std::fs::read_to_string(folder().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let on_site = match format.split('+').next() {
        Some("jekyll") => "_posts/",
        Some("hugo") => "content/posts/",
        _ => "",
    };
    Fixture { file, format, text, path: format!("{on_site}{file}") }
}

/// Where the fixtures lie.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}
