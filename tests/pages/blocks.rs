//! The pages, their blocks of code, and what each kind of block must be.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Pages whose `text` is a drawing or a piece of a post that need not be whole.
pub const DRAWN: [&str; 2] = ["ARCHITECTURE.md", "docs/diagnostics.md"];

/// A page, by its path from the project's root.
pub struct Page {
    pub name: String,
    pub text: String,
}

/// A block of code.
pub struct Block {
    pub line: usize,
    pub language: String,
    /// The file that it is, if it says so.
    pub file: Option<String>,
    pub text: String,
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages of the book, without its list of them.
pub fn book() -> Vec<Page> {
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = docs.filter(|path| path.extension().is_some_and(|kind| kind == "md")).collect();
    files.retain(|path| !path.ends_with("SUMMARY.md"));
    files.sort();
    files.iter().map(|file| page(file.strip_prefix(root()).unwrap().to_str().unwrap())).collect()
}

/// All pages that a newcomer may read.
pub fn all() -> Vec<Page> {
    let outside = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md"];
    outside.into_iter().map(page).chain(book()).collect()
}

pub fn page(name: &str) -> Page {
    Page { name: name.to_owned(), text: fs::read_to_string(root().join(name)).unwrap().replace("\r\n", "\n") }
}

impl Page {
    /// What the page is made of, with the places in it.
    pub fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        Parser::new_ext(&self.text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES).into_offset_iter()
    }

    pub fn line(&self, offset: usize) -> usize {
        self.text[..offset].matches('\n').count() + 1
    }

    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut is_open = false;
        for (event, range) in self.events() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let line = self.line(range.start);
                    let CodeBlockKind::Fenced(info) = kind else {
                        panic!("{}:{line}: a block of code stands between fences", self.name)
                    };
                    let mut words = info.split_whitespace();
                    let language = words.next().unwrap_or_default().to_owned();
                    let file = words.find_map(|word| word.strip_prefix("file=")).map(str::to_owned);
                    blocks.push(Block { line, language, file, text: String::new() });
                    is_open = true;
                }
                Event::End(TagEnd::CodeBlock) => is_open = false,
                Event::Text(text) if is_open => blocks.last_mut().unwrap().text.push_str(&text),
                _ => {}
            }
        }
        blocks
    }
}

/// What is wrong with a block that is to be read by a machine.
fn parsed(block: &Block) -> Result<(), String> {
    match block.language.as_str() {
        "toml" => block.text.parse::<toml::Table>().map(drop).map_err(|error| error.to_string()),
        "yaml" => serde_yaml::from_str::<serde_yaml::Value>(&block.text).map(drop).map_err(|error| error.to_string()),
        "json" => serde_json::Deserializer::from_str(&block.text)
            .into_iter::<serde_json::Value>()
            .try_for_each(|value| value.map(drop))
            .map_err(|error| error.to_string()),
        // A post, or a piece of one.
        "html" | "markdown" => {
            let to = postferry::FormatSpec::new("json");
            let converter = postferry::Converter::new(postferry::Registry::builtin().into(), None, &to).unwrap();
            let path = if block.language == "html" { "post.html" } else { "post.md" };
            let read = converter.read(postferry::Input::new(&block.text).path(Some(path)));
            read.map(drop).map_err(|error| error.to_string())
        }
        other => Err(format!("no test knows what to do with `{other}`")),
    }
}

#[test]
fn every_block_is_read_by_something() {
    let mut wrong = Vec::new();
    for page in all() {
        for block in page.blocks() {
            let result = match block.language.as_str() {
                // `shown` runs these, `programs` looks after those.
                "console" | "sh" | "rust" | "python" => Ok(()),
                "text" | "" if DRAWN.contains(&page.name.as_str()) => Ok(()),
                "text" | "" => Err("text is on no page but those that may draw".to_owned()),
                _ => parsed(&block),
            };
            if let Err(error) = result {
                wrong.push(format!("{}:{}: {error}", page.name, block.line));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_block_that_is_broken_is_found_out() {
    let block = |language: &str, text: &str| {
        let block = Block { line: 1, language: language.to_owned(), file: None, text: text.to_owned() };
        parsed(&block).is_ok()
    };
    assert!(block("toml", "a = 1\n") && !block("toml", "a = \n"));
    assert!(block("yaml", "a: 1\n") && !block("yaml", "a: b: c\n"));
    assert!(block("json", "{}\n{}\n") && !block("json", "{]\n"));
    assert!(block("html", "<p>Hi.</p>\n") && !block("html", "---\ntitle: a: b\n---\n"));
    assert!(!block("ruby", "puts 1\n"));
}
