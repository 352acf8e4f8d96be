//! The laws of ARCHITECTURE.md, each as a function that says what breaks it. Nothing here trusts what it checks: bodies
//! are compared twice, by `same_meaning` and by an HTML parser of their own.

use std::sync::Arc;

use postferry::ast::{Block, BlockKind, Document, Heading, Inline, InlineKind, NodeRef, Step, plain_text};
use postferry::meta::{Comment, Map, Meta, Value};
use postferry::{Diagnostic, Error, Format, Input, Post, Registry, Report, Severity, Span};

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
    let losses: Vec<&Diagnostic> = report.diagnostics().iter().filter(|d| d.severity >= Severity::Loss).collect();
    let mut lost = 0;

    for difference in meta_differences(&source.meta, &arrived.meta) {
        if is_made(source, &difference.key) || is_made(&arrived, &difference.key) {
            continue;
        }
        let span = source.meta.map.entry(&difference.key).map(|entry| entry.span);
        let is_told = |told: &&Diagnostic| {
            let is_inside = span.zip(told.span).is_some_and(|(all, part)| !all.is_empty() && all.cover(part) == all);
            names(&told.message, &difference.key) || is_inside
        };
        if difference.is_retyped {
            // The text is the same, and a note is enough.
            if !report.diagnostics().iter().any(|told| is_told(&told)) {
                broken.push(format!("law 1: nothing is said of a type: {}", difference.what));
            }
            lost += 1;
            continue;
        }
        lost += 1;
        if !losses.iter().any(is_told) {
            broken.push(format!("law 1: nothing is said of the front matter: {}", difference.what));
        }
    }
    for comment in comment_differences(&source.meta, &arrived.meta, to) {
        lost += 1;
        if !losses.iter().any(|loss| loss.message.contains("comment")) {
            broken.push(format!("law 1: nothing is said of a comment: {comment:?}"));
        }
    }
    if let Some(what) = other_order(source, &arrived, report, to) {
        broken.push(format!("law 1: another order of keys: {what}"));
    }

    let told = losses.iter().any(|loss| !FRONT_LOSSES.contains(&loss.code.name));
    let seen = match (independent::html(source), arrived_html) {
        (Some(was), Some(is)) => dom::reader_equal(&was, &format!("{taken}{is}")),
        // The text is in a markup of a plugin.
        _ => Ok(()),
    };
    if let Err(difference) = &seen {
        lost += 1;
        if !told {
            broken.push(format!("law 1: a reader sees another body, and no loss is named: {difference}"));
        }
    }
    // Raw HTML of Markdown leaves out tags that an HTML parser finds implied: only a parser can tell that it is the same.
    let only_parsed = has_raw(source) && arrived.body.source().is_some_and(|(source, _)| source.markup == "html");
    let is_same = source.body.document().same_meaning(arrived.body.document()) || only_parsed && seen.is_ok();
    if !is_same {
        lost += 1;
        if !told {
            broken.push("law 1: the body has another meaning, and no loss is named");
        }
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

/// Whether the generator made the value of the path, as Jekyll does a date and an address: no text says it.
fn is_made(post: &Post, key: &str) -> bool {
    post.origin.spelling.iter().any(|spelling| spelling.key == key && spelling.written.is_empty())
}

struct Difference {
    key: String,
    what: String,
    /// The text of the value is the same, its type another.
    is_retyped: bool,
}

/// Whether a message speaks of `key`, or of something below it.
pub(crate) fn names(message: &str, key: &str) -> bool {
    ["`", ".", "["].iter().any(|end| message.contains(&format!("`{key}{end}")))
}

fn meta_differences(was: &Meta, is: &Meta) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut push = |key: &str, what: String, is_retyped| {
        found.push(Difference { key: key.to_owned(), what: format!("`{key}` {what}"), is_retyped });
    };
    for entry in was.map.iter() {
        match is.get(&entry.key) {
            Some(value) if *value == entry.value => {}
            Some(value) => push(
                &entry.key,
                format!("is {}, was {}", plain(value), plain(&entry.value)),
                as_text(value) == as_text(&entry.value),
            ),
            None => push(&entry.key, format!("is gone, was {}", plain(&entry.value)), false),
        }
    }
    for entry in is.map.iter().filter(|entry| !was.map.contains_key(&entry.key)) {
        push(&entry.key, format!("is new: {}", plain(&entry.value)), false);
    }
    found
}

fn plain(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default() + " (" + value.type_name() + ")"
}

/// Dates and numbers as their text.
pub(crate) fn as_text(value: &Value) -> Value {
    match value {
        Value::Date(date) => date.to_string().into(),
        Value::LocalDateTime(datetime) => datetime.to_string().replace('T', " ").into(),
        Value::OffsetDateTime(datetime) => datetime.to_string().into(),
        Value::Integer(number) => number.to_string().into(),
        Value::String(text) if text.len() == 19 => text.replace('T', " ").into(),
        Value::List(items) => items.iter().map(as_text).collect::<Vec<_>>().into(),
        Value::Map(map) => map.iter().map(|entry| (entry.key.clone(), as_text(&entry.value))).collect::<Map>().into(),
        other => other.clone(),
    }
}

/// Comments that are not where they were; empty lines between keys are no comments.
///
/// Where the title is a heading, what was said about it is said above the next key.
fn comment_differences(was: &Meta, is: &Meta, to: &str) -> Vec<Comment> {
    let mut left: Vec<&Comment> = is.comments.iter().filter(|comment| comment.text.is_some()).collect();
    let is_titles = |comment: &Comment| to == "markdown+meta" && comment.top_key() == Some("title");
    let mut missing = Vec::new();
    for comment in was.comments.iter().filter(|comment| comment.text.is_some()) {
        let is_it = |other: &&Comment| *other == comment || (is_titles(comment) && other.text == comment.text);
        match left.iter().position(is_it) {
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

/// The order of the keys where it is another, those aside that the report speaks of.
fn other_order(was: &Post, is: &Post, report: &Report, to: &str) -> Option<String> {
    // A JSON post has its canonical keys at the root and the others under `extra`, a page's head has an order of its own.
    if matches!(to, "json" | "html") {
        return None;
    }
    // Its heading stands before all else.
    let is_heading = |key: &str| key == "title" && to.starts_with("markdown");
    let is_told = |key: &str| report.diagnostics().iter().any(|diagnostic| names(&diagnostic.message, key));
    let kept = |meta: &Meta, other: &Meta| -> Vec<String> {
        let is_made = |key: &str| is_made(was, key) || is_made(is, key);
        let stays = |key: &&str| other.map.contains_key(key) && !is_heading(key) && !is_told(key) && !is_made(key);
        keys(meta).into_iter().filter(stays).map(str::to_owned).collect()
    };
    let (was, is) = (kept(&was.meta, &is.meta), kept(&is.meta, &was.meta));
    (was != is).then(|| format!("{is:?}, was {was:?}"))
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
    let read_again =
        |text: &str| Ok::<_, Error>(read(registry, &Cargo { text: text.to_owned(), ..there.clone() })?.post);
    let once = write(&format, source)?;
    // What Hugo's YAML reads as text is written as text from then on.
    let is_retyped =
        there.format == "hugo+yaml" && !meta_differences(&source.meta, &read_again(&once)?.meta).is_empty();
    let twice = write(&format, &read_again(&once)?)?;
    if twice != once && !is_retyped {
        broken.push(format!("law 2: written, read and written again, {}", first_difference(&once, &twice)));
    }

    let once = write(&format, &from_tree_alone(source))?;
    let twice = write(&format, &from_tree_alone(&read_again(&once)?))?;
    // What Hugo's YAML reads as text is written as text from then on.
    let is_retyped =
        there.format == "hugo+yaml" && !meta_differences(&source.meta, &read_again(&once)?.meta).is_empty();
    if collapsed(&twice) != collapsed(&once) && !has_raw(source) && !is_retyped {
        broken.push(format!("law 2, from the tree: {}", first_difference(&once, &twice)));
    }
    // Raw HTML is passed through once, and from then on it is a tree like any other.
    let thrice = write(&format, &from_tree_alone(&read_again(&twice)?))?;
    if thrice != twice {
        broken.push(format!("law 2, from the tree, a second time: {}", first_difference(&twice, &thrice)));
    }
    Ok(())
}

/// Markdown's running text keeps the white space it was written with, as pulldown-cmark does; in HTML it means one space.
fn collapsed(text: &str) -> String {
    text.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn has_raw(post: &Post) -> bool {
    post.body.document().walk().any(|step| match step {
        Step::Enter(NodeRef::Block(block)) => matches!(block.kind, BlockKind::Raw(_)),
        Step::Enter(NodeRef::Inline(inline)) => matches!(inline.kind, InlineKind::Raw(_)),
        _ => false,
    })
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
