//! `postferry inspect`

use std::fmt::Write as _;

use postferry::ast::{Block, BlockKind, Inline, NodeRef, Step, plain_text};
use postferry::meta::Value;
use postferry::{FormatSpec, Input, LineIndex, Post, ReadPost, Spelling};

use super::args::{InspectArgs, MessageFormat};
use super::convert::Gather;
use super::message::Message;
use super::reading::Reading;
use super::render::Renderer;
use super::visible::visible_line;
use super::volume::Volume;
use super::words::count;
use super::{End, Stop, panics, print, terminal};

/// How many characters of a text are shown.
const SHOWN: usize = 60;

/// How deep in lists, quotations and elements blocks are listed.
const DEPTH: usize = 4;

pub(super) fn run(args: &InspectArgs, volume: Volume) -> Result<End, Stop> {
    if args.input.is_dir() {
        return Err(Stop::Usage(format!("{} is a folder: name one post", args.input.display())));
    }
    let reading = Reading::new(&args.reading)?;
    // Nothing is written, and reading is the same whatever the target.
    let converter = reading.converter(&FormatSpec::new("json"))?;
    let found = Gather::new(&reading, None, None).all(std::slice::from_ref(&args.input));
    let Some(job) = found.jobs.into_iter().next() else { return Err(Stop::Usage("name a post".to_owned())) };
    let job = job.map_err(Stop::Failed)?;

    let renderer = Renderer::new(MessageFormat::Human, terminal::is_styled());
    let failed = |message: Message, source: Option<&str>| {
        terminal::tell(&renderer.render(&message.about(&job.shown), source));
        Ok(End::Failed)
    };
    let text = match job.text(&reading) {
        Ok(text) => text,
        Err(unread) => return failed(Message::from_error(&unread.error), unread.text.as_deref()),
    };
    let read = match panics::guard(|| converter.read(Input::new(&text).path(job.path.as_deref()).base(&job.base))) {
        Ok(Ok(read)) => read,
        Ok(Err(error)) => return failed(Message::from_error(&error), Some(&text)),
        Err(message) => return failed(*message, None),
    };
    let lines = LineIndex::new(&text);
    print(&overview(&job.shown, &read, &lines))?;
    for diagnostic in read.report.diagnostics().iter().filter(|diagnostic| volume.tells(diagnostic.severity)) {
        terminal::tell(&renderer.render(&Message::from_diagnostic(diagnostic, &job.shown, &lines), Some(&text)));
    }
    Ok(End::Done)
}

fn overview(shown: &str, read: &ReadPost, lines: &LineIndex<'_>) -> String {
    let post = &read.post;
    let mut out = format!("{}\n\n", visible_line(shown));
    let _ = writeln!(out, "format        {}", read.from);
    if let Some(original) = &post.origin.original {
        let _ = writeln!(out, "first read as {}", visible_line(original));
    }
    let front = post.origin.front.as_ref().map_or("none", |front| front.syntax.as_str());
    let _ = writeln!(out, "front matter  {front}");
    let markup = post.body.source().map_or("", |(source, _)| source.markup.as_str());
    let _ = writeln!(out, "markup        {markup}");
    keys(post, &mut out);
    body(post, lines, &mut out);
    out
}

/// Each key with type and value, and how it was spelt where the source spells it otherwise.
fn keys(post: &Post, out: &mut String) {
    out.push_str("\nkeys\n");
    if post.meta.map.is_empty() {
        out.push_str("  none\n");
        return;
    }
    let names: Vec<String> = post.meta.map.iter().map(|entry| visible_line(&entry.key).into_owned()).collect();
    let types: Vec<String> = post.meta.map.iter().map(|entry| type_of(&entry.value)).collect();
    let widest = |texts: &[String]| texts.iter().map(|text| text.chars().count()).filter(|width| *width <= 24).max();
    let (name_width, type_width) = (widest(&names).unwrap_or(0), widest(&types).unwrap_or(0));
    for ((entry, name), kind) in post.meta.map.iter().zip(&names).zip(&types) {
        let spelt = post.origin.spelling.iter().find(|spelling| spelling.key == entry.key);
        let written = spelt.map(written).unwrap_or_default();
        let value = shorten(&value_text(&entry.value));
        let _ = writeln!(out, "  {name:name_width$}  {kind:type_width$}  {value}{written}");
    }
}

fn written(spelling: &Spelling) -> String {
    let entries: Vec<String> =
        spelling.written.iter().map(|(key, value)| format!("{key}: {}", shorten(&value_text(value)))).collect();
    if entries.is_empty() { String::new() } else { format!("  (written {})", visible_line(&entries.join(", "))) }
}

/// The type; of a list also the type of its items, if they have one.
fn type_of(value: &Value) -> String {
    match value {
        Value::List(items) => {
            let mut kinds: Vec<&str> = items.iter().map(Value::type_name).collect();
            kinds.dedup();
            match kinds.as_slice() {
                [] => "list".to_owned(),
                [kind] => format!("list of {kind}"),
                _ => "list of mixed".to_owned(),
            }
        }
        value => value.type_name().to_owned(),
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Date(date) => date.to_string(),
        Value::LocalDateTime(datetime) => datetime.to_string(),
        Value::OffsetDateTime(datetime) => datetime.to_string(),
        Value::Float(number) if number.text().is_some() => number.text().unwrap_or_default().to_owned(),
        value => serde_json::to_string(value).unwrap_or_default(),
    }
}

fn body(post: &Post, lines: &LineIndex<'_>, out: &mut String) {
    out.push_str("\nbody\n");
    let blocks = &post.body.document().blocks;
    if blocks.is_empty() {
        out.push_str("  empty\n");
        return;
    }
    let width = blocks.last().map_or(1, |block| place(post, block, lines).len()).max(4);
    let mut depth = 0;
    for step in post.body.document().walk() {
        match step {
            Step::Enter(NodeRef::Block(block)) => {
                if depth < DEPTH {
                    let place = place(post, block, lines);
                    let _ = writeln!(out, "  {place:>width$}  {:indent$}{}", "", line(block), indent = depth * 2);
                }
                depth += 1;
            }
            Step::Leave(NodeRef::Block(_)) => depth -= 1,
            _ => {}
        }
    }
}

/// The line that the block begins on.
fn place(post: &Post, block: &Block, lines: &LineIndex<'_>) -> String {
    match post.body.source() {
        Some((source, _)) if !block.span.is_empty() => {
            lines.position(source.in_file(block.span).start).line.to_string()
        }
        _ => String::new(),
    }
}

fn line(block: &Block) -> String {
    let (kind, text) = match &block.kind {
        BlockKind::Paragraph(content) => ("paragraph".to_owned(), inlines(content)),
        BlockKind::Plain(content) => ("text".to_owned(), inlines(content)),
        BlockKind::Heading(heading) => (format!("heading {}", heading.level), inlines(&heading.content)),
        BlockKind::BlockQuote(quote) => match quote.alert {
            Some(alert) => (format!("alert {}", alert.as_str().to_lowercase()), String::new()),
            None => ("quotation".to_owned(), String::new()),
        },
        BlockKind::List(list) => {
            let kind = if list.start.is_some() { "numbered list" } else { "list" };
            let tight = if list.is_tight() { "tight" } else { "loose" };
            (kind.to_owned(), format!("{}, {tight}", count(list.items.len(), "item")))
        }
        BlockKind::CodeBlock(code) => {
            let language = code.language().unwrap_or("no language");
            ("code".to_owned(), format!("{language}, {}", count(code.text.lines().count(), "line")))
        }
        BlockKind::Table(table) => {
            let (columns, rows) = (table.alignments.len(), table.rows.len());
            ("table".to_owned(), format!("{}, {} below the head", count(columns, "column"), count(rows, "row")))
        }
        BlockKind::ThematicBreak => ("rule".to_owned(), String::new()),
        BlockKind::DefinitionList(items) => ("definition list".to_owned(), count(items.len(), "term or definition")),
        BlockKind::FootnoteDefinition(note) => ("footnote".to_owned(), shorten(&note.label)),
        BlockKind::Element(element) => (format!("<{}>", element.name), String::new()),
        BlockKind::Raw(raw) => (format!("raw {}", raw.markup), quoted(&raw.text)),
        BlockKind::Template(tag) => (format!("{} tag {}", tag.dialect, tag.name), quoted(&tag.text)),
        _ => ("block".to_owned(), String::new()),
    };
    let kind = visible_line(&kind);
    if text.is_empty() { kind.into_owned() } else { format!("{kind}: {text}") }
}

fn inlines(content: &[Inline]) -> String {
    quoted(&plain_text(content))
}

fn quoted(text: &str) -> String {
    shorten(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn shorten(text: &str) -> String {
    let text = visible_line(text);
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.into_owned(),
    }
}
