//! From toml_edit's tree to [`Meta`].

use toml_edit::{Document, InlineTable, Item, Table, TableLike, Value as TomlValue};

use super::sweep::{Kind, Nodes, Place, Sweep};
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::error::Error;
use crate::front::limits::MAX_DEPTH;
use crate::meta::{Date, Entry, Float, LocalDateTime, Map, Meta, Offset, OffsetDateTime, Time, Value};

/// Reads the part `front` of `text`.
///
/// # Errors
/// If it is not TOML, or nested beyond the limit.
pub(super) fn read(text: &str, front: Span, sink: &mut dyn Sink) -> Result<Meta, Error> {
    let toml = front.slice(text).unwrap_or_default();
    let document = Document::parse(toml).map_err(|error| syntax_error(&error, front))?;
    let mut reader = Reader { toml, base: front.start, sink, places: Vec::new(), nodes: Nodes::default(), depth: 0 };
    let map = reader.table(document.as_table(), Nodes::ROOT)?;
    let Reader { mut places, nodes, .. } = reader;
    places.sort_by_key(|place| place.range.start);
    Ok(Sweep::new(toml, &nodes).run(places, map))
}

fn syntax_error(error: &toml_edit::TomlError, front: Span) -> Error {
    let at = error.span().map_or(front.start, |span| (front.start + span.start).min(front.end));
    let message = error.message();
    if message.contains("recursion limit") {
        return too_deep(Span::new(at, at));
    }
    let message = message.lines().next().unwrap_or_default();
    Error::new(&codes::TOML_SYNTAX, format!("the TOML is broken: {message}"))
        .at(Span::new(at, at))
        .help("texts need quotes, each key stands once, and a table's line is `[name]`")
}

fn too_deep(span: Span) -> Error {
    Error::new(&codes::FRONT_TOO_DEEP, format!("lists and tables are nested more than {MAX_DEPTH} deep")).at(span)
}

struct Reader<'t, 'd, 's> {
    toml: &'t str,
    base: usize,
    sink: &'s mut dyn Sink,
    /// Where everything stands, for the comments between.
    places: Vec<Place>,
    /// The ways to all values.
    nodes: Nodes<'d>,
    depth: usize,
}

impl<'d> Reader<'_, 'd, '_> {
    fn table(&mut self, table: &'d Table, node: usize) -> Result<Map, Error> {
        let mut entries = Vec::with_capacity(table.len());
        for (name, item) in table.iter() {
            let key = table.key(name).and_then(toml_edit::Key::span);
            let below = self.nodes.key(node, name);
            if let Some((value, range)) = self.item(item, key, below)? {
                entries.push(Entry { key: name.to_owned(), value, span: self.span(&range) });
            }
        }
        Ok(Map::from_unique(entries))
    }

    fn item(&mut self, item: &'d Item, key: Option<Range>, node: usize) -> Result<Option<(Value, Range)>, Error> {
        self.deeper(item.span())?;
        let read = match item {
            Item::None => None,
            Item::Value(value) => {
                let key = key.unwrap_or_default();
                self.place(Kind::Key, node, key.clone());
                let range = value.span().unwrap_or(key.clone());
                Some((self.value(value, node)?, key.start..range.end))
            }
            Item::Table(table) => {
                let header = table.span().filter(|_| !table.is_dotted() && !table.is_implicit());
                if let Some(header) = &header {
                    self.place(Kind::Header, node, header.clone());
                } else if table.is_dotted()
                    && let Some(key) = &key
                {
                    self.place(Kind::Dotted, node, key.clone());
                }
                let map = self.table(table, node)?;
                let start = header.or(key).map_or(0, |range| range.start);
                Some((Value::Map(map), start..self.last_end().max(start)))
            }
            Item::ArrayOfTables(tables) => {
                let mut items = Vec::with_capacity(tables.len());
                let start = tables.iter().find_map(Table::span).map_or(0, |header| header.start);
                for (index, table) in tables.iter().enumerate() {
                    let below = self.nodes.index(node, index);
                    self.place(Kind::Header, below, table.span().unwrap_or_default());
                    items.push(Value::Map(self.table(table, below)?));
                }
                Some((Value::List(items), start..self.last_end().max(start)))
            }
        };
        self.depth -= 1;
        Ok(read)
    }

    fn place(&mut self, kind: Kind, node: usize, range: Range) {
        self.places.push(Place { range, node, kind });
    }

    /// Where what was read last ends.
    fn last_end(&self) -> usize {
        self.places.last().map_or(0, |place| place.range.end)
    }

    fn value(&mut self, value: &'d TomlValue, node: usize) -> Result<Value, Error> {
        let range = value.span().unwrap_or_default();
        let (open, close) = (range.start..range.start + 1, range.end.saturating_sub(1)..range.end);
        match value {
            TomlValue::Array(array) => {
                self.deeper(Some(range))?;
                self.place(Kind::Open, node, open);
                let mut items = Vec::with_capacity(array.len());
                for (index, item) in array.iter().enumerate() {
                    let below = self.nodes.index(node, index);
                    items.push(self.value(item, below)?);
                }
                self.place(Kind::Close, node, close);
                self.depth -= 1;
                Ok(Value::List(items))
            }
            TomlValue::InlineTable(table) => {
                self.deeper(Some(range))?;
                self.place(Kind::Open, node, open);
                let map = self.inline_table(table, node)?;
                self.place(Kind::Close, node, close);
                self.depth -= 1;
                Ok(Value::Map(map))
            }
            scalar => {
                self.place(Kind::Value, node, range.clone());
                Ok(self.scalar(scalar, &range))
            }
        }
    }

    fn inline_table(&mut self, table: &'d InlineTable, node: usize) -> Result<Map, Error> {
        let mut entries = Vec::with_capacity(table.len());
        for (name, value) in table.iter() {
            let key = TableLike::key(table, name).and_then(toml_edit::Key::span).unwrap_or_default();
            let below = self.nodes.key(node, name);
            let (value, end) = match value {
                // The tables of dotted keys have no braces.
                TomlValue::InlineTable(dotted) if dotted.is_dotted() => {
                    self.deeper(None)?;
                    let map = self.inline_table(dotted, below)?;
                    self.depth -= 1;
                    (Value::Map(map), key.end)
                }
                value => {
                    self.place(Kind::Key, below, key.clone());
                    (self.value(value, below)?, value.span().map_or(key.end, |range| range.end))
                }
            };
            entries.push(Entry { key: name.to_owned(), value, span: self.span(&(key.start..end.max(key.start))) });
        }
        Ok(Map::from_unique(entries))
    }

    fn scalar(&mut self, value: &TomlValue, range: &Range) -> Value {
        match value {
            TomlValue::String(text) => {
                // A line end within quotes is one line feed, however the file ends its lines; an escape is what it says.
                let source = self.toml.get(range.clone()).unwrap_or_default();
                let has_line_ends = source.contains("\r\n") && !source.contains("\\r");
                Value::String(if has_line_ends { text.value().replace("\r\n", "\n") } else { text.value().clone() })
            }
            TomlValue::Integer(number) => Value::from(*number.value()),
            TomlValue::Float(number) => {
                let text = self.toml.get(range.clone()).unwrap_or_default();
                Value::Float(Float::with_text(*number.value(), text))
            }
            TomlValue::Boolean(truth) => Value::Bool(*truth.value()),
            TomlValue::Datetime(datetime) => {
                date(datetime.value(), self.toml.get(range.clone())).unwrap_or_else(|| {
                    let text = datetime.value().to_string();
                    let message = format!("`{text}` is a time of no day: read as text");
                    self.sink.report(Diagnostic::new(&codes::TIME_AS_TEXT, message).at(self.span(range)));
                    Value::String(text)
                })
            }
            // Taken care of above.
            TomlValue::Array(_) | TomlValue::InlineTable(_) => Value::Null,
        }
    }

    fn deeper(&mut self, range: Option<Range>) -> Result<(), Error> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(too_deep(self.span(&range.unwrap_or_default())));
        }
        Ok(())
    }

    fn span(&self, range: &Range) -> Span {
        Span::new(range.start, range.end).shift(self.base)
    }
}

type Range = std::ops::Range<usize>;

fn date(datetime: &toml_edit::Datetime, written: Option<&str>) -> Option<Value> {
    let day = datetime.date?;
    let date = Date::new(day.year, day.month, day.day)?;
    let Some(clock) = datetime.time else { return Some(Value::Date(date)) };
    let nanosecond = clock.nanosecond.unwrap_or_default();
    let fraction = written.and_then(|text| text.split_once('.')).map_or("", |(_, fraction)| fraction);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count().min(9);
    let time =
        Time::new(clock.hour, clock.minute, clock.second.unwrap_or_default(), nanosecond, u8::try_from(digits).ok()?)?;
    let local = LocalDateTime { date, time };
    Some(match datetime.offset {
        None => Value::LocalDateTime(local),
        Some(toml_edit::Offset::Z) => Value::OffsetDateTime(OffsetDateTime { local, offset: Offset::UTC }),
        Some(toml_edit::Offset::Custom { minutes }) => {
            Value::OffsetDateTime(OffsetDateTime { local, offset: Offset::new(minutes)? })
        }
    })
}
