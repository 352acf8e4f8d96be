//! The laws of ARCHITECTURE.md, each as a function that says what breaks it. Nothing here trusts what it checks: bodies
//! are compared twice, by `same_meaning` and by an HTML parser of their own.

use std::sync::Arc;

use postferry::ast::{Block, BlockKind, Document, Heading, Inline, InlineKind, Step, plain_text};
use postferry::meta::{Comment, Meta};
use postferry::{Error, Format, Input, Post, Registry, Report, Severity, Span};

use super::carry::{Cargo, carry, converter, read, spec};
use super::{dom, independent};

/// Codes of losses that are no loss of the body.
const FRONT_LOSSES: [&str; 6] =
    ["key-dropped", "comment-dropped", "null-dropped", "title-changed", "url-elsewhere", "comments-dropped"];

/// What breaks a law when `start` is carried into the format `to`; empty if nothing does.
pub(crate) fn broken(registry: &Arc<Registry>, start: &Cargo, to: &str) -> Vec<String> {
    let mut broken =
        Broken { of: format!("{} to {to}", start.path.as_deref().unwrap_or(&start.format)), found: vec![] };
    if let Err(error) = try_all(registry, start, to, &mut broken) {
        broken.push(format!("an error: {error}"));
    }
    broken.found
}

pub(crate) struct Broken {
    of: String,
    found: Vec<String>,
}

impl Broken {
    fn push(&mut self, what: impl AsRef<str>) {
        self.found.push(format!("{}: {}", self.of, what.as_ref()));
    }
}

fn try_all(registry: &Arc<Registry>, start: &Cargo, to: &str, broken: &mut Broken) -> Result<(), Error> {
    let source = read(registry, start)?.post;
    let (there, conversion) = carry(registry, start, to)?;
    let arrived = read(registry, &there)?.post;
    whole_or_told(&source, &arrived, &conversion.report, to, broken);
    spans(&source, start, broken);
    spans(&arrived, &there, broken);
    diagnostics_in_file(&conversion.report, &start.text, broken);
    unchanged(registry, start, broken)?;
    unchanged(registry, &there, broken)?;
    fixpoint(registry, &source, &there, broken)
}

/// Law 1: what arrives means the same, or the report names the loss; and no loss is named that is none.
pub(crate) fn whole_or_told(source: &Post, arrived: &Post, report: &Report, to: &str, broken: &mut Broken) {
    let mut arrived = arrived.clone();
    let arrived_html = independent::html(&arrived);
    let mut taken = String::new();
    if report.diagnostics().iter().any(|diagnostic| diagnostic.code.name == "heading-as-title") {
        taken = undo_heading_as_title(source, &mut arrived);
    }
    let losses: Vec<_> = report.diagnostics().iter().filter(|d| d.severity >= Severity::Loss).collect();
    let mut lost = 0;

    for difference in meta_differences(&source.meta, &arrived.meta) {
        lost += 1;
        let is_told = losses.iter().any(|loss| loss.message.contains(&format!("`{}`", difference.key)));
        if !is_told {
            broken.push(format!("law 1: nothing is said of the front matter: {}", difference.what));
        }
    }
    for comment in comment_differences(&source.meta, &arrived.meta) {
        lost += 1;
        if !losses.iter().any(|loss| loss.message.contains("comment")) {
            broken.push(format!("law 1: nothing is said of a comment: {comment:?}"));
        }
    }
    // A JSON post has its canonical keys at the root and the others under `extra`.
    if to != "json" && !keys_in_order(&source.meta, &arrived.meta) && !says(report, "order") {
        broken.push(format!("law 1: another order of keys: {:?}, was {:?}", keys(&arrived.meta), keys(&source.meta)));
    }

    let told = losses.iter().any(|loss| !FRONT_LOSSES.contains(&loss.code.name));
    if !source.body.document().same_meaning(arrived.body.document()) {
        lost += 1;
        if !told {
            broken.push("law 1: the body has another meaning, and no loss is named");
        }
    }
    match (independent::html(source), arrived_html) {
        (Some(was), Some(is)) => {
            if let Err(difference) = dom::reader_equal(&was, &format!("{taken}{is}")) {
                lost += 1;
                if !told {
                    broken.push(format!("law 1: a reader sees another body, and no loss is named: {difference}"));
                }
            }
        }
        _ => broken.push("law 1: a body that was read has no text"),
    }

    if lost == 0 && !losses.is_empty() {
        let named: Vec<_> = losses.iter().map(|loss| &loss.message).collect();
        broken.push(format!("law 1: all arrived, and yet losses are named: {named:?}"));
    }
}

/// The first heading was taken for the title, as the report says: it is put back. Gives its HTML if it had left the body.
fn undo_heading_as_title(source: &Post, arrived: &mut Post) -> String {
    if source.meta.map.contains_key("title") {
        return String::new();
    }
    let Some(title) = arrived.meta.remove("title").and_then(|title| title.as_str().map(str::to_owned)) else {
        return String::new();
    };
    let stands = matches!(arrived.body.document().blocks.first(), Some(Block { kind: BlockKind::Heading(heading), .. })
        if plain_text(&heading.content) == title);
    if stands {
        return String::new();
    }
    let html = format!("<h1>{}</h1>", title.replace('&', "&amp;").replace('<', "&lt;"));
    let heading = Heading::new(1, vec![Inline::new(InlineKind::Text(title))]);
    arrived.body.insert_first(Block::new(BlockKind::Heading(heading)));
    html
}

struct Difference {
    key: String,
    what: String,
}

fn meta_differences(was: &Meta, is: &Meta) -> Vec<Difference> {
    let mut found = Vec::new();
    for entry in was.map.iter() {
        let key = entry.key.clone();
        match is.get(&key) {
            Some(value) if *value == entry.value => {}
            Some(value) => found.push(Difference { what: format!("`{key}` is {value:?}, was {:?}", entry.value), key }),
            None => found.push(Difference { what: format!("`{key}` is gone, was {:?}", entry.value), key }),
        }
    }
    for entry in is.map.iter().filter(|entry| !was.map.contains_key(&entry.key)) {
        let key = entry.key.clone();
        found.push(Difference { what: format!("`{key}` is new: {:?}", entry.value), key });
    }
    found
}

/// Comments that are not where they were; empty lines between keys are no comments.
fn comment_differences(was: &Meta, is: &Meta) -> Vec<Comment> {
    let mut left: Vec<&Comment> = is.comments.iter().filter(|comment| comment.text.is_some()).collect();
    let mut missing = Vec::new();
    for comment in was.comments.iter().filter(|comment| comment.text.is_some()) {
        match left.iter().position(|other| *other == comment) {
            Some(index) => drop(left.remove(index)),
            None => missing.push(comment.clone()),
        }
    }
    missing.extend(left.into_iter().cloned());
    missing
}

fn keys(meta: &Meta) -> Vec<&str> {
    meta.map.iter().map(|entry| entry.key.as_str()).collect()
}

fn keys_in_order(was: &Meta, is: &Meta) -> bool {
    let kept = |meta: &Meta, other: &Meta| -> Vec<String> {
        keys(meta).into_iter().filter(|key| other.map.contains_key(key)).map(str::to_owned).collect()
    };
    kept(was, is) == kept(is, was)
}

fn says(report: &Report, word: &str) -> bool {
    report.diagnostics().iter().any(|diagnostic| diagnostic.message.contains(word))
}

/// Law 2: what was written, read and written again, is the same text: with the text at hand that was read, and from the
/// tree alone.
pub(crate) fn fixpoint(
    registry: &Arc<Registry>,
    source: &Post,
    there: &Cargo,
    broken: &mut Broken,
) -> Result<(), Error> {
    let format = registry.resolve(&spec(&there.format))?;
    let again = write(&format, &read(registry, there)?.post)?;
    let without_mark = there.text.trim_start_matches('\u{feff}');
    if again != without_mark {
        broken.push(format!("law 2: written, read and written again, {}", first_difference(without_mark, &again)));
    }
    let once = write(&format, &from_tree_alone(source))?;
    let once = Cargo { text: once, ..there.clone() };
    let twice = write(&format, &from_tree_alone(&read(registry, &once)?.post))?;
    if twice != once.text {
        broken.push(format!("law 2, from the tree: {}", first_difference(&once.text, &twice)));
    }
    Ok(())
}

/// The post without the text that it was read from: nothing is left to copy.
fn from_tree_alone(post: &Post) -> Post {
    let mut post = post.clone();
    post.body.document_mut();
    post.origin.front = None;
    post
}

/// What `format` writes of a canonical post.
pub(crate) fn write(format: &Format, post: &Post) -> Result<String, Error> {
    let mut options = postferry::format::WriteOptions::default();
    options.extensions = format.extensions.clone();
    let mut out = String::new();
    let writer = format.writer.as_ref().unwrap_or_else(|| panic!("{format:?} is not written"));
    writer.write(post, &options, &mut out, &mut ())?;
    Ok(out)
}

/// Law 3: in the same format nothing changes, whatever the line ends.
fn unchanged(registry: &Arc<Registry>, cargo: &Cargo, broken: &mut Broken) -> Result<(), Error> {
    for (what, text) in variants(&cargo.text) {
        let input = Input::new(&text).path(cargo.path.as_deref());
        // As it was read: a Hugo post in YAML is not of the format `hugo` that is written.
        let own = converter(registry, &cargo.format, &cargo.format).read(input)?.from.to_string();
        let same = converter(registry, &cargo.format, &own).convert(input)?;
        if same.text != text {
            broken.push(format!("law 3, {what}: {}", first_difference(&text, &same.text)));
        }
        let lost: Vec<_> = same.report.diagnostics().iter().filter(|d| d.severity >= Severity::Loss).collect();
        if !lost.is_empty() {
            broken.push(format!("law 3, {what}: a loss where nothing changed: {lost:?}"));
        }
    }
    Ok(())
}

fn variants(text: &str) -> [(&'static str, String); 4] {
    let unix = text.replace("\r\n", "\n");
    [
        ("as it is", text.to_owned()),
        ("with CR LF", unix.replace('\n', "\r\n")),
        ("with a byte order mark", format!("\u{feff}{}", text.trim_start_matches('\u{feff}'))),
        ("without its last newline", text.trim_end_matches(['\n', '\r']).to_owned()),
    ]
}

/// Law 4: spans lie in the text, on character boundaries, children inside parents, one after the other.
fn spans(post: &Post, cargo: &Cargo, broken: &mut Broken) {
    for entry in post.meta.map.iter().filter(|entry| !entry.span.is_empty()) {
        if entry.span.slice(&cargo.text).is_none() {
            broken.push(format!("law 4: the span of `{}` does not lie in the text: {:?}", entry.key, entry.span));
        }
    }
    let Some((source, range)) = post.body.source() else { return };
    let found = spans_of(post.body.document(), &source.text, range, source.markup == "html");
    found.into_iter().for_each(|what| broken.push(what));
}

pub(crate) fn spans_of(document: &Document, text: &str, range: Span, is_html: bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut parents: Vec<Span> = vec![range];
    for step in document.walk() {
        let node = match step {
            Step::Leave(_) => {
                parents.pop();
                continue;
            }
            Step::Enter(node) => node,
        };
        let parent = *parents.last().unwrap_or(&range);
        let span = node.span();
        // HTML gives lines for blocks; what is inside one may have no place of its own.
        if is_html && parents.len() > 1 && span == Span::default() {
            parents.push(parent);
            continue;
        }
        if span.slice(text).is_none() {
            found.push(format!("law 4: {span:?} is no span of the text of {} bytes", text.len()));
        }
        if span.start < parent.start || span.end > parent.end {
            found.push(format!("law 4: {span:?} is not inside its parent {parent:?}: {node:.60?}"));
        }
        if parents.len() == 1 && span.is_empty() {
            found.push(format!("law 4: a block that was read has no place: {node:.60?}"));
        }
        parents.push(span);
    }
    found
}

fn diagnostics_in_file(report: &Report, text: &str, broken: &mut Broken) {
    for diagnostic in report.diagnostics() {
        if diagnostic.span.is_some_and(|span| span.slice(text).is_none()) {
            broken.push(format!("law 4: the span of {diagnostic:?} does not lie in the text"));
        }
    }
}

/// Where two texts part.
pub(crate) fn first_difference(was: &str, is: &str) -> String {
    let same = was.bytes().zip(is.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| -> String {
        let mut start = same.saturating_sub(30).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        text[start..].chars().take(80).collect()
    };
    format!("byte {same}: {:?} became {:?}", around(was), around(is))
}
