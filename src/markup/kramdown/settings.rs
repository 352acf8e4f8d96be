//! What can be set for kramdown's reading; the names are those of kramdown's own options.

use crate::ast::MAX_DEPTH;
use crate::format::{Extensions, Limits};
use crate::meta::{Map, Value};

/// Levels of the tree that a block may need below itself.
const ROOM: usize = 40;

/// A list or quotation reads a copy of its lines: so many bytes all copies in one another may have. Only where a text of
/// megabytes is one deep nest are those fewer levels than [`MAX_DEPTH`].
const MOST_COPIED: usize = 64 << 20;

/// Levels that any text may have.
const LEAST_DEPTH: usize = 16;

/// kramdown's own input.
pub(crate) const NATIVE: &str = "native";
/// Each newline of a paragraph shows.
pub(crate) const HARD_WRAP: &str = "hard_wrap";
/// Markdown in HTML blocks is read.
pub(crate) const BLOCK_HTML: &str = "block_html";

/// The extensions that a site's options of kramdown come to. What is not among them changes nothing of what a body says.
pub(crate) fn extensions_of(options: &Map) -> impl Iterator<Item = &'static str> {
    let is_on = |name: &str| options.get(name) == Some(&Value::Bool(true));
    // The name of a parser: GFM, or kramdown's own.
    let is_native =
        options.get("input").and_then(Value::as_str).is_some_and(|input| input.eq_ignore_ascii_case("kramdown"));
    let found = [(NATIVE, is_native), (HARD_WRAP, is_on("hard_wrap")), (BLOCK_HTML, is_on("parse_block_html"))];
    found.into_iter().filter_map(|(name, is_on)| is_on.then_some(name))
}

/// How a body is read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// `input: GFM`, Jekyll's default; without it the input is kramdown's own.
    pub gfm: bool,
    /// `hard_wrap`: a newline in a paragraph shows. Jekyll has it off.
    pub hard_wrap: bool,
    /// `gfm_quirks: paragraph_end`: a list, heading, quotation or fence ends a paragraph without a blank line.
    pub paragraph_end: bool,
    /// `parse_block_html`: Markdown in HTML blocks is read.
    pub parse_block_html: bool,
    /// `parse_span_html`: Markdown in HTML in running text is read.
    pub parse_span_html: bool,
    /// Which characters stand for quotes and symbols.
    pub typography: Typography,
    /// `link_defs`: links that are defined outside: name, address, title.
    pub links: Vec<(String, String, Option<String>)>,
    /// How many blocks may lie in each other; what lies deeper is kept as raw text. More than
    /// [`MAX_DEPTH`](crate::ast::MAX_DEPTH) is as much.
    pub nesting: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            gfm: true,
            hard_wrap: false,
            paragraph_end: true,
            parse_block_html: false,
            parse_span_html: true,
            typography: Typography::default(),
            links: Vec::new(),
            nesting: MAX_DEPTH,
        }
    }
}

impl Settings {
    /// Jekyll's: GFM without hard wraps.
    pub fn jekyll() -> Self {
        Settings::default()
    }

    /// As it is read with these extensions, within the limits of its reader.
    pub(crate) fn of(extensions: &Extensions, limits: &Limits) -> Self {
        let mut settings = if extensions.has(NATIVE) { Settings::native() } else { Settings::jekyll() };
        settings.hard_wrap = extensions.has(HARD_WRAP);
        settings.parse_block_html = extensions.has(BLOCK_HTML);
        settings.nesting = limits.nesting;
        settings
    }

    /// kramdown's own input.
    pub fn native() -> Self {
        Settings { gfm: false, paragraph_end: false, ..Settings::default() }
    }

    /// How many levels of a text of so many bytes are read.
    pub(super) fn deepest(&self, length: usize) -> usize {
        let copies = MOST_COPIED / length.max(1);
        self.nesting.saturating_add(1).min(MAX_DEPTH - ROOM).min(copies.max(LEAST_DEPTH))
    }

    /// The same with quotes and symbols as they are written; the space that kramdown keeps from breaking stays so.
    pub(super) fn as_written(&self) -> Settings {
        let symbols = Symbols {
            mdash: "---".to_owned(),
            ndash: "--".to_owned(),
            hellip: "...".to_owned(),
            laquo: "<<".to_owned(),
            raquo: ">>".to_owned(),
            laquo_space: "<<\u{a0}".to_owned(),
            raquo_space: "\u{a0}>>".to_owned(),
        };
        let quotes = ["'", "'", "\"", "\""].map(str::to_owned);
        Settings { typography: Typography { quotes, symbols: Some(symbols) }, ..self.clone() }
    }
}

/// The characters for quotes and symbols.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Typography {
    /// `smart_quotes`: `‘`, `’`, `“`, `”`.
    pub quotes: [String; 4],
    /// `typographic_symbols`; without `gfm_quirks: no_auto_typographic`.
    pub symbols: Option<Symbols>,
}

/// What stands for `---`, `--`, `...`, `<<`, `>>`, `<< ` and ` >>`.
#[derive(Clone, Debug)]
#[allow(missing_docs)] // kramdown's names
#[non_exhaustive]
pub struct Symbols {
    pub mdash: String,
    pub ndash: String,
    pub hellip: String,
    pub laquo: String,
    pub raquo: String,
    pub laquo_space: String,
    pub raquo_space: String,
}

impl Default for Typography {
    fn default() -> Self {
        Typography { quotes: ["‘", "’", "“", "”"].map(str::to_owned), symbols: Some(Symbols::default()) }
    }
}

impl Default for Symbols {
    fn default() -> Self {
        Symbols {
            mdash: "—".to_owned(),
            ndash: "–".to_owned(),
            hellip: "…".to_owned(),
            laquo: "«".to_owned(),
            raquo: "»".to_owned(),
            laquo_space: "«\u{a0}".to_owned(),
            raquo_space: "\u{a0}»".to_owned(),
        }
    }
}
