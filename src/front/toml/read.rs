//! From the events of toml_edit's parser to [`Meta`]. They come in the order of the text, so that no tree stands between.

use std::borrow::Cow;

use toml_parser::parser::{Event, EventKind, RecursionGuard, ValidateWhitespace};
use toml_parser::{Expected, ParseError, Source};

use super::scalar;
use super::sweep::{Kind, Sweep};
use super::tables::{Key, Range, Refused, Tables, Way};
use crate::diag::{Sink, Span, codes};
use crate::error::Error;
use crate::front::limits::MAX_DEPTH;
use crate::meta::{Map, Meta, Value};

/// Reads the part `front` of `text`.
///
/// # Errors
/// If it is not TOML, or nested beyond the limit.
pub(super) fn read(text: &str, front: Span, sink: &mut dyn Sink) -> Result<Meta, Error> {
    let toml = front.slice(text).unwrap_or_default();
    let has_comments = may_have_comments(toml);
    let (map, tables) = document(toml, front.start, has_comments, sink).map_err(|stop| stop.placed(front))?;
    if !has_comments {
        return Ok(Meta::from(map));
    }
    Ok(Sweep::new(toml, &tables.nodes).run(tables.places, map))
}

/// The keys of a dotted key, if `text` is one.
pub(in crate::front) fn keys(text: &str) -> Option<Vec<String>> {
    let source = Source::new(text);
    let mut errors = None;
    let events = events(source, &mut errors, |tokens, receiver, errors| {
        toml_parser::parser::parse_key(tokens, receiver, errors);
    });
    let parts = events.iter().filter(|event| event.kind() == EventKind::SimpleKey);
    let keys: Result<Vec<String>, _> = parts.map(|event| scalar::key(source, event).map(Cow::into_owned)).collect();
    keys.ok().filter(|keys| errors.is_none() && !keys.is_empty())
}

/// Whether there is a comment sign or an empty line anywhere.
fn may_have_comments(toml: &str) -> bool {
    let bytes = toml.as_bytes();
    let is_empty_line = |at: usize| matches!(bytes.get(at + 1), None | Some(b'\n' | b'\r' | b' ' | b'\t'));
    memchr::memchr(b'#', bytes).is_some()
        || matches!(bytes.first(), Some(b'\n' | b'\r' | b' ' | b'\t'))
        || memchr::memchr_iter(b'\n', bytes).any(|at| at + 1 < bytes.len() && is_empty_line(at))
}

/// Why reading stopped.
enum Stop {
    Broken(String, Option<usize>),
    TooDeep(Range),
}

impl Stop {
    fn placed(self, front: Span) -> Error {
        let at = |at: usize| (front.start + at).min(front.end);
        match self {
            Stop::TooDeep(range) => {
                let message = format!("lists and tables are nested more than {MAX_DEPTH} deep");
                Error::new(&codes::FRONT_TOO_DEEP, message).at(Span::new(at(range.start), at(range.end)))
            }
            Stop::Broken(message, place) => {
                let at = place.map_or(front.start, at);
                Error::new(&codes::TOML_SYNTAX, format!("the TOML is broken: {message}"))
                    .at(Span::new(at, at))
                    .help("texts need quotes, each key stands once, and a table's line is `[name]`")
            }
        }
    }
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Twice(range) => Stop::Broken("duplicate key".to_owned(), Some(range.start)),
            Refused::TooDeep(range) => Stop::TooDeep(range),
        }
    }
}

impl From<ParseError> for Stop {
    fn from(error: ParseError) -> Self {
        let at = error.unexpected().map(|span| span.start());
        if error.description().contains("recursion limit") {
            let at = at.unwrap_or_default();
            return Stop::TooDeep(at..at);
        }
        let mut message = error.description().to_owned();
        for (index, expected) in error.expected().unwrap_or_default().iter().enumerate() {
            message.push_str(if index == 0 { ", expected " } else { ", " });
            match expected {
                Expected::Literal("\n") => message.push_str("newline"),
                Expected::Literal(text) => message.extend(["`", text, "`"]),
                Expected::Description(text) => message.push_str(text),
                _ => message.push_str("something else"),
            }
        }
        if error.expected().is_some_and(<[_]>::is_empty) {
            message.push_str(", expected nothing");
        }
        Stop::Broken(message, at)
    }
}

/// Deeper than what is read, so that it is our own limit that is told of.
const GUARD: u32 = MAX_DEPTH as u32 + 16;

type Parse =
    fn(&[toml_parser::lexer::Token], &mut dyn toml_parser::parser::EventReceiver, &mut dyn toml_parser::ErrorSink);

fn events(source: Source<'_>, errors: &mut Option<ParseError>, parse: Parse) -> Vec<Event> {
    let tokens = source.lex().into_vec();
    let mut events = Vec::with_capacity(tokens.len());
    let mut checked = ValidateWhitespace::new(&mut events, source);
    let mut guarded = RecursionGuard::new(&mut checked, GUARD);
    parse(&tokens, &mut guarded, errors);
    events
}

fn document<'t>(
    toml: &'t str,
    base: usize,
    has_comments: bool,
    sink: &mut dyn Sink,
) -> Result<(Map, Tables<'t>), Stop> {
    let source = Source::new(toml);
    let mut errors = None;
    let events = events(source, &mut errors, |tokens, receiver, errors| {
        toml_parser::parser::parse_document(tokens, receiver, errors);
    });
    if let Some(error) = errors {
        return Err(error.into());
    }
    let tables = Tables::new(base, has_comments);
    let mut reader = Reader { source, events: events.iter(), sink, base, tables, keys: Vec::new(), depth: 0 };
    reader.document()?;
    let Reader { mut tables, .. } = reader;
    let (map, _) = tables.finish(Tables::ROOT);
    Ok((map, tables))
}

struct Reader<'t, 'e, 's> {
    source: Source<'t>,
    events: std::slice::Iter<'e, Event>,
    sink: &'s mut dyn Sink,
    base: usize,
    tables: Tables<'t>,
    /// Room for the keys of a dotted key.
    keys: Vec<Key<'t>>,
    /// How many lists and tables the value that is read stands in.
    depth: usize,
}

impl<'t, 'e> Reader<'t, 'e, '_> {
    fn document(&mut self) -> Result<(), Stop> {
        let mut table = Tables::ROOT;
        while let Some(event) = self.events.next() {
            match event.kind() {
                EventKind::Whitespace | EventKind::Comment | EventKind::Newline => {}
                EventKind::StdTableOpen | EventKind::ArrayTableOpen => table = self.header(event)?,
                EventKind::SimpleKey => self.pair(event, table)?,
                _ => return Err(unexpected(event)),
            }
        }
        Ok(())
    }

    /// `[name]` or `[[name]]`.
    fn header(&mut self, open: &Event) -> Result<usize, Stop> {
        let mut keys = std::mem::take(&mut self.keys);
        keys.clear();
        let start = open.span().start();
        let end = loop {
            let Some(event) = self.events.next() else { return Err(unexpected(open)) };
            match event.kind() {
                EventKind::Whitespace | EventKind::KeySep => {}
                EventKind::SimpleKey => keys.push(self.key(event)?),
                EventKind::StdTableClose | EventKind::ArrayTableClose => break event.span().end(),
                _ => return Err(unexpected(event)),
            }
        };
        let Some((key, path)) = keys.split_last() else { return Err(unexpected(open)) };
        let parent = self.tables.descend(Tables::ROOT, path, Way::Plain)?;
        let table = match open.kind() {
            EventKind::ArrayTableOpen => self.tables.array_header(parent, key, start..end)?,
            _ => self.tables.header(parent, key, start..end)?,
        };
        self.tables.place_header(table, &(start..end));
        self.keys = keys;
        Ok(table)
    }

    /// `key = value`, or `name.key = value`, in a table. Its first key has been read.
    fn pair(&mut self, first: &Event, table: usize) -> Result<(), Stop> {
        let mut keys = std::mem::take(&mut self.keys);
        keys.clear();
        keys.push(self.key(first)?);
        loop {
            let Some(event) = self.events.next() else { return Err(unexpected(first)) };
            match event.kind() {
                EventKind::Whitespace | EventKind::KeySep => {}
                EventKind::SimpleKey => keys.push(self.key(event)?),
                EventKind::KeyValSep => break,
                _ => return Err(unexpected(event)),
            }
        }
        let Some(key) = keys.pop() else { return Err(unexpected(first)) };
        let way = if keys.is_empty() { Way::Plain } else { Way::Dotted };
        let at = self.tables.descend(table, &keys, way)?;
        // What is in the value may have keys too.
        self.keys = keys;
        let node = self.tables.key_node(at, &key);
        self.tables.place(Kind::Key, node, &key.range);
        let depth = std::mem::replace(&mut self.depth, self.tables.depth(at));
        let (value, end) = self.value(node)?;
        self.depth = depth;
        Ok(self.tables.set(at, key, value, end, way)?)
    }

    /// The next value, and where it ends.
    fn value(&mut self, node: usize) -> Result<(Value, usize), Stop> {
        loop {
            let Some(event) = self.events.next() else { return Err(self.early_end()) };
            match event.kind() {
                EventKind::Whitespace | EventKind::Comment | EventKind::Newline => {}
                _ => return self.value_at(event, node),
            }
        }
    }

    fn value_at(&mut self, event: &Event, node: usize) -> Result<(Value, usize), Stop> {
        let range = range(event);
        match event.kind() {
            EventKind::Scalar => {
                self.tables.place(Kind::Value, node, &range);
                Ok((scalar::value(self.source, event, self.base, self.sink)?, range.end))
            }
            EventKind::ArrayOpen => {
                self.deeper(&range)?;
                self.tables.place(Kind::Open, node, &range);
                let mut items = Vec::new();
                let close = loop {
                    let Some(event) = self.events.next() else { return Err(self.early_end()) };
                    match event.kind() {
                        EventKind::Whitespace | EventKind::Comment | EventKind::Newline | EventKind::ValueSep => {}
                        EventKind::ArrayClose => break self::range(event),
                        _ => {
                            let below = self.tables.item_node(node, items.len());
                            items.push(self.value_at(event, below)?.0);
                        }
                    }
                };
                self.tables.place(Kind::Close, node, &close);
                self.depth -= 1;
                Ok((Value::List(items), close.end))
            }
            EventKind::InlineTableOpen => {
                self.deeper(&range)?;
                self.tables.place(Kind::Open, node, &range);
                let table = self.tables.braces(node, self.depth);
                let close = loop {
                    let Some(event) = self.events.next() else { return Err(self.early_end()) };
                    match event.kind() {
                        EventKind::Whitespace | EventKind::Comment | EventKind::Newline | EventKind::ValueSep => {}
                        EventKind::InlineTableClose => break self::range(event),
                        EventKind::SimpleKey => self.pair(event, table)?,
                        _ => return Err(unexpected(event)),
                    }
                };
                self.tables.place(Kind::Close, node, &close);
                self.depth -= 1;
                Ok((Value::Map(self.tables.finish(table).0), close.end))
            }
            _ => Err(unexpected(event)),
        }
    }

    fn key(&mut self, event: &Event) -> Result<Key<'t>, Stop> {
        Ok(Key { name: scalar::key(self.source, event)?, range: range(event) })
    }

    fn deeper(&mut self, range: &Range) -> Result<(), Stop> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(Stop::TooDeep(range.clone())) } else { Ok(()) }
    }

    fn early_end(&self) -> Stop {
        Stop::Broken("a value has no end".to_owned(), Some(self.source.input().len()))
    }
}

/// The parser has complained before, if ever this comes.
fn unexpected(event: &Event) -> Stop {
    Stop::Broken("something stands where it has no place".to_owned(), Some(event.span().start()))
}

fn range(event: &Event) -> Range {
    event.span().start()..event.span().end()
}
