//! From the parser's events to [`Meta`]: values by the reader's rules, duplicates, merges, aliases.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, StructureStyle, options};

use super::keys;
use super::prepare::{Prepared, prepare};
use super::rules::{Rules, Tag};
use super::strict;
use crate::diag::{Code, Diagnostic, Sink, Span, codes};
use crate::error::Error;
use crate::front::limits::{MAX_DEPTH, MAX_REPEATED, MAX_SIMPLE_KEY};
use crate::front::map::MapBuilder;
use crate::front::trivia::Trivia;
use crate::meta::{Comment, Entry, Meta, Value};

/// How many comments without white space before them are put up with; each reads the text once more.
const MAX_UNSEPARATED: usize = 8;

/// Reads the part `front` of `text`.
///
/// # Errors
/// If it is not YAML, is no map, or passes a limit.
pub(super) fn compose(text: &str, front: Span, rules: Rules, sink: &mut dyn Sink) -> Result<Meta, Error> {
    let yaml = front.slice(text).unwrap_or_default();
    let mut unseparated = Vec::new();
    loop {
        let prepared = prepare(yaml, rules, &unseparated).map_err(|error| {
            let at = front.start + error.at;
            let message = format!("the YAML holds the character {:?}, which Jekyll does not take", error.character);
            Error::new(&codes::YAML_SYNTAX, message)
                .at(Span::new(at, at + error.character.len_utf8()))
                .help("remove it, or write it as an escape in double quotes")
        })?;
        let mut report = Vec::new();
        match Composer::new(&prepared, front.start, rules, &mut report).run() {
            Ok(meta) => {
                report.into_iter().for_each(|diagnostic| sink.report(diagnostic));
                return Ok(meta);
            }
            Err(Stop::Error(error)) => return Err(error),
            Err(Stop::Unseparated(at)) => unseparated.push(at),
        }
    }
}

/// Why reading stopped.
enum Stop {
    Error(Error),
    /// At a comment without white space before it.
    Unseparated(usize),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Error(error)
    }
}

/// A list or map that is being read.
pub(super) struct Frame {
    pub(super) kind: Kind,
    start: usize,
    /// How far it is indented; `None` for brackets and braces.
    pub(super) column: Option<usize>,
    anchor: usize,
    /// How many values it holds, itself included.
    size: usize,
}

pub(super) enum Kind {
    List(Vec<Value>),
    Map(MapFrame),
}

/// A map that is being read.
#[derive(Default)]
pub(super) struct MapFrame {
    pub(super) entries: MapBuilder,
    /// The key whose value is to come.
    pub(super) key: Option<Key>,
    /// Keys of entries that stand there only by a merge.
    pub(super) merged: BTreeSet<String>,
    has_merge: bool,
}

/// A key whose value is still to come.
pub(super) struct Key {
    pub(super) text: String,
    pub(super) span: Span,
    start: usize,
    /// `<<` without quotes.
    is_merge: bool,
    is_plain: bool,
}

/// A value that has been read.
struct Node {
    value: Value,
    range: Range<usize>,
    size: usize,
    /// Whether it is a scalar without quotes.
    is_plain: bool,
}

pub(super) struct Composer<'p, 's> {
    pub(super) yaml: &'p str,
    pub(super) prepared: &'p Prepared<'p>,
    base: usize,
    rules: Rules,
    sink: &'s mut Vec<Diagnostic>,
    pub(super) stack: Vec<Frame>,
    /// How many maps between braces are open.
    open_braces: usize,
    anchors: HashMap<usize, (Value, usize)>,
    repeated: usize,
    /// Up to where comments have been looked for.
    pub(super) gap: usize,
    /// Where the value read last ends, and whether it is a scalar without quotes.
    value_end: usize,
    is_behind_plain: bool,
    /// Comments and empty lines that wait for the value they belong to.
    pub(super) pending: Vec<Trivia>,
    pub(super) comments: Vec<Comment>,
    root: Option<Value>,
}

fn parser_options(rules: Rules) -> Options {
    let mut options = options! {
        block_scalar_eof_without_line_feed: true,
        bom_inside_document_as_content: true,
        emit_unresolved_aliases: rules == Rules::Jekyll,
        emit_anchor_events: rules == Rules::Jekyll,
        simple_key_max_lookahead: MAX_SIMPLE_KEY,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    // Comments are found in the gaps between values, each where it stands.
    options.set_emit_comments(false);
    options
}

impl<'p, 's> Composer<'p, 's> {
    fn new(prepared: &'p Prepared<'p>, base: usize, rules: Rules, sink: &'s mut Vec<Diagnostic>) -> Self {
        Composer {
            yaml: &prepared.text,
            prepared,
            base,
            rules,
            sink,
            stack: Vec::new(),
            open_braces: 0,
            anchors: HashMap::new(),
            repeated: 0,
            gap: 0,
            value_end: 0,
            is_behind_plain: false,
            pending: Vec::new(),
            comments: Vec::new(),
            root: None,
        }
    }

    fn run(mut self) -> Result<Meta, Stop> {
        let mut is_over = false;
        for event in Parser::new_from_str_with_options(self.yaml, parser_options(self.rules)) {
            match event {
                Err(_) if is_over && self.rules == Rules::Jekyll => break,
                Err(error) => return Err(self.syntax_error(&error)),
                Ok((Event::DocumentEnd, span)) => {
                    is_over = true;
                    let end = span.byte_range().unwrap_or_default().start;
                    if self.rules == Rules::Jekyll && self.ignores_rest(end) {
                        break;
                    }
                }
                Ok((Event::DocumentStart(is_explicit, _), span)) if is_over => {
                    if !is_explicit && self.rules != Rules::Jekyll {
                        let message = "text follows the end of the front matter's map".to_owned();
                        return Err(self.error(message, &span.byte_range().unwrap_or_default()).into());
                    }
                    break;
                }
                Ok((event, span)) => self.event(event, span.byte_range().unwrap_or_default())?,
            }
        }
        Ok(self.finish()?)
    }

    /// Jekyll's reader stops at the end of the first document, whatever follows.
    fn ignores_rest(&mut self, end: usize) -> bool {
        let rest = self.yaml.get(end..).unwrap_or_default();
        let is_blank =
            |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#') || line.starts_with("...");
        let Some(line) = rest.lines().find(|line| !is_blank(line)) else { return false };
        let message = format!("`{}` follows the end of the map: Jekyll does not read on from there", line.trim());
        self.report(&codes::FRONT_REST, message, &(end..end + rest.trim_end().len()));
        true
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), Error> {
        match event {
            Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag.as_deref(), range),
            Event::SequenceStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), &range);
                self.open(Kind::List(Vec::new()), style, anchor, range)
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), &range);
                self.open(Kind::Map(MapFrame::default()), style, anchor, range)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range),
            Event::Alias(id) => {
                let name = self.yaml.get(range.start + 1..range.end).unwrap_or_default();
                self.check_anchor_name(name, &range)?;
                self.alias(id, range)
            }
            Event::Anchor(_, name) => self.check_anchor_name(&name, &range),
            Event::UnresolvedAlias(name) => {
                self.check_anchor_name(&name, &range)?;
                let message = format!("`*{name}` repeats an anchor that is not there: Jekyll reads it as nothing");
                self.report(&codes::ALIAS_UNKNOWN, message, &range);
                self.gap_to(&range)?;
                self.attach_to_next();
                self.place(Node { value: Value::Null, range, size: 1, is_plain: false })
            }
            _ => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&granit_parser::Tag>,
        mut range: Range<usize>,
    ) -> Result<(), Error> {
        let is_plain = style == ScalarStyle::Plain;
        let is_absent = range.is_empty() && is_plain;
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            self.gap_of_block_scalar(range.start);
            let content = self.yaml.get(range.clone()).unwrap_or_default();
            if !text.ends_with("\n\n") {
                range.end = range.start + content.trim_end_matches([' ', '\t', '\n', '\r']).len();
            }
            self.gap = range.end;
        } else if !is_absent {
            self.gap_to(&range)?;
        }
        self.check_tag(tag, &range);
        self.check_scalar(text, style, is_absent && tag.is_none() && anchor == 0, &range)?;
        if !range.is_empty() && !self.awaits_key() {
            self.attach_to_next();
        }
        // The parser writes `~` for what is not there.
        let text = if is_absent { "" } else { text };
        let restored = self.prepared.restore(text);
        let text = if self.rules == Rules::Hugo && is_plain { without_tabs(&restored) } else { restored };
        let value = self.rules.scalar(&text, is_plain, tag.map(known_tag));
        if anchor != 0 {
            self.anchors.insert(anchor, (value.clone(), 1));
        }
        self.place(Node { value, range, size: 1, is_plain })
    }

    fn open(&mut self, kind: Kind, style: StructureStyle, anchor: usize, range: Range<usize>) -> Result<(), Error> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(too_deep(self.span(&range)));
        }
        self.check_tabs(range.start)?;
        self.gap_until(range.start);
        let column = (style == StructureStyle::Block).then(|| column(self.yaml, range.start));
        // What stands above the first key of a map belongs to that key, what stands above an item to the item.
        let is_value_of_key =
            self.stack.last().is_some_and(|frame| matches!(&frame.kind, Kind::Map(map) if map.key.is_some()));
        if column.is_none() || (!is_value_of_key && !self.stack.is_empty()) {
            self.attach_to_next();
        }
        self.gap = self.gap.max(range.end);
        self.is_behind_plain = false;
        self.open_braces += usize::from(column.is_none() && matches!(kind, Kind::Map(_)));
        self.stack.push(Frame { kind, start: range.start, column, anchor, size: 1 });
        Ok(())
    }

    fn close(&mut self, range: Range<usize>) -> Result<(), Error> {
        if !range.is_empty() {
            self.check_tabs(range.start)?;
        }
        self.gap_until(range.start);
        self.attach_end();
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        let end = match frame.column {
            // A block ends where its last value does.
            Some(_) => self.value_end.max(frame.start),
            None => {
                self.gap = range.end;
                self.is_behind_plain = false;
                self.open_braces -= usize::from(matches!(frame.kind, Kind::Map(_)));
                range.end
            }
        };
        let range = frame.start..end;
        let value = match frame.kind {
            Kind::List(items) => Value::List(items),
            Kind::Map(map) => self.as_liquid(Value::Map(map.entries.finish()), &range),
        };
        if frame.anchor != 0 {
            self.anchors.insert(frame.anchor, (value.clone(), frame.size));
        }
        self.place(Node { value, range, size: frame.size, is_plain: false })
    }

    fn alias(&mut self, id: usize, range: Range<usize>) -> Result<(), Error> {
        self.gap_to(&range)?;
        if !self.awaits_key() {
            self.attach_to_next();
        }
        let Some((_, size)) = self.anchors.get(&id) else {
            let message = "an alias stands inside what it repeats: the value would have no end";
            return Err(Error::new(&codes::YAML_SYNTAX, message).at(self.span(&range)));
        };
        let size = *size;
        self.repeated += size;
        if self.repeated > MAX_REPEATED {
            let message = format!("the aliases repeat more than {MAX_REPEATED} values");
            return Err(Error::new(&codes::FRONT_TOO_LARGE, message).at(self.span(&range)));
        }
        let value = self.anchors.get(&id).map_or(Value::Null, |(value, _)| value.clone());
        self.place(Node { value, range, size, is_plain: false })
    }

    /// Puts a value where it belongs: into the list or map that is open, as a key or a value.
    fn place(&mut self, node: Node) -> Result<(), Error> {
        if !node.range.is_empty() {
            self.value_end = node.range.end;
            self.is_behind_plain = node.is_plain;
        }
        let (span, rules, has_braces) = (self.span(&node.range), self.rules, self.open_braces > 0);
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node.value);
            return Ok(());
        };
        frame.size += node.size;
        match &mut frame.kind {
            Kind::List(items) => {
                items.push(match node.value.as_str().filter(|_| rules == Rules::Hugo && has_braces && node.is_plain) {
                    Some(text) => unseparated_pair(text, span).unwrap_or(node.value),
                    None => node.value,
                });
                Ok(())
            }
            Kind::Map(MapFrame { key: None, .. }) => self.key(node),
            Kind::Map(map) => {
                let Some(key) = map.key.take() else { return Ok(()) };
                self.entry(key, node)
            }
        }
    }

    fn key(&mut self, node: Node) -> Result<(), Error> {
        if self.rules == Rules::Hugo && matches!(node.value, Value::List(_) | Value::Map(_)) {
            let message = format!("a key is a {}", node.value.type_name());
            return Err(self.error(message, &node.range).help("put quotes around it"));
        }
        let span = self.span(&node.range);
        // Whether a map as a key is Liquid without quotes shows when the map around it is read.
        let may_be_liquid = self.yaml[..node.range.start].ends_with('{') && matches!(node.value, Value::Map(_));
        if !may_be_liquid && !matches!(node.value, Value::String(_)) {
            let message = format!("the key is a {}, read as the text that it stands for", node.value.type_name());
            self.report(&codes::KEY_NOT_TEXT, message, &node.range);
        }
        let is_merge = node.value.as_str() == Some("<<") && node.is_plain;
        let key = Key {
            text: keys::text(&node.value, self.rules),
            span,
            start: node.range.start,
            is_merge,
            is_plain: node.is_plain && matches!(node.value, Value::String(_)),
        };
        if let Some(Frame { kind: Kind::Map(map), .. }) = self.stack.last_mut() {
            map.key = Some(key);
        }
        self.attach_to_key();
        Ok(())
    }

    fn entry(&mut self, mut key: Key, node: Node) -> Result<(), Error> {
        let is_absent = node.range.is_empty();
        let end = if is_absent { self.value_end.max(key.start) } else { node.range.end };
        let span = self.span(&(key.start..end));
        let mut value = node.value;
        if self.rules == Rules::Hugo
            && self.open_braces > 0
            && is_absent
            && key.is_plain
            && let Some((name, rest)) = keys::split_at_colon(&key.text)
        {
            value = self.rules.scalar(rest, true, None);
            key.text = name.to_owned();
        }
        let Some(Frame { kind: Kind::Map(map), .. }) = self.stack.last_mut() else { return Ok(()) };
        let again = if key.is_merge {
            key.span = span;
            let maps = keys::merged_maps(value, self.rules).map_err(|found| {
                Error::new(&codes::YAML_SYNTAX, format!("`<<` merges a map, and this is a {found}")).at(span)
            })?;
            maps.into_iter().for_each(|merged| map.merge(merged, &key, self.rules));
            std::mem::replace(&mut map.has_merge, true).then(|| key.text.clone())
        } else {
            let name = key.text.clone();
            map.set(Entry { key: key.text, value, span }).then_some(name)
        };
        let Some(name) = again else { return Ok(()) };
        let message = format!("the key `{name}` stands twice in one map");
        match self.rules {
            Rules::Hugo => {
                let help = "remove one of the two: Hugo does not build this page";
                Err(Error::new(&codes::KEY_DUPLICATE, message).at(span).help(help))
            }
            _ if name == "<<" => Ok(()),
            _ => {
                let message = format!("{message}: the last one counts");
                self.sink.report(Diagnostic::new(&codes::KEY_DUPLICATE, message).at(span));
                Ok(())
            }
        }
    }

    /// `{{ page.title }}` without quotes is a map in a map to YAML, and to SafeYAML an empty one. It was meant as text.
    fn as_liquid(&mut self, value: Value, range: &Range<usize>) -> Value {
        let Value::Map(map) = &value else { return value };
        let Some(source) = self.yaml.get(range.clone()).filter(|source| source.starts_with("{{")) else { return value };
        let is_alone = map.len() == 1 && map.iter().all(|entry| entry.value == Value::Null);
        if !is_alone || !source.ends_with("}}") || source.contains('\n') || self.awaits_key() {
            let message = "the key is a map, read as the text that it stands for".to_owned();
            self.report(&codes::KEY_NOT_TEXT, message, range);
            return value;
        }
        let text = self.prepared.restore(source).into_owned();
        let message = format!("`{text}` without quotes is a map to YAML: kept as text");
        self.report(&codes::LIQUID_UNQUOTED, message, range);
        Value::String(text)
    }

    fn finish(mut self) -> Result<Meta, Error> {
        self.check_tabs(self.yaml.len())?;
        self.gap_until(self.yaml.len());
        self.attach(&[], crate::meta::CommentPlace::End);
        let map = match self.root.take() {
            None | Some(Value::Null) => crate::meta::Map::new(),
            // Nothing to Jekyll and Hugo either.
            Some(Value::Bool(false)) if self.rules != Rules::Core => crate::meta::Map::new(),
            Some(Value::Map(map)) => map,
            Some(other) => {
                let message = format!("the front matter is a {}, not keys with values", other.type_name());
                return Err(Error::new(&codes::FRONT_NOT_MAP, message).at(Span::new(self.base, self.base)));
            }
        };
        let mut meta = Meta::from(map);
        meta.comments = self.comments;
        Ok(meta)
    }

    fn awaits_key(&self) -> bool {
        matches!(self.stack.last(), Some(Frame { kind: Kind::Map(MapFrame { key: None, .. }), .. }))
    }

    /// Looks at what stands before a value, up to its end.
    fn gap_to(&mut self, range: &Range<usize>) -> Result<(), Error> {
        self.check_tabs(range.start)?;
        self.gap_until(range.start);
        self.gap = self.gap.max(range.end);
        Ok(())
    }

    fn check_tabs(&mut self, until: usize) -> Result<(), Error> {
        let column = self.stack.last().map_or(Some(0), |frame| frame.column);
        let (Some(column), Some(gap)) = (column, self.yaml.get(self.gap..until)) else { return Ok(()) };
        let indent = if self.stack.is_empty() { 0 } else { column + 1 };
        match strict::tab(gap, self.gap == 0, self.is_behind_plain, indent, self.rules) {
            None => Ok(()),
            Some(at) => {
                let at = self.gap + at;
                Err(self
                    .error("a tab stands where a line is indented".to_owned(), &(at..at + 1))
                    .help("indent with spaces"))
            }
        }
    }

    fn check_anchor_name(&mut self, name: &str, range: &Range<usize>) -> Result<(), Error> {
        if self.rules != Rules::Jekyll || strict::is_anchor_name(name) {
            return Ok(());
        }
        let what = if self.yaml[range.start..].starts_with('*') { "alias" } else { "anchor" };
        let message =
            format!("`{}` is no {what}: its name has letters that Jekyll does not take", &self.yaml[range.clone()]);
        Err(self.error(message, range).help("a text that begins with `*` or `&` needs quotes around it"))
    }

    fn check_scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        is_nothing: bool,
        range: &Range<usize>,
    ) -> Result<(), Error> {
        if matches!(self.rules, Rules::Core | Rules::Own) {
            return Ok(());
        }
        let has_question_mark = || self.yaml.get(self.gap..range.start).is_some_and(|gap| gap.contains('?'));
        if is_nothing && self.awaits_key() && !(self.rules == Rules::Jekyll && has_question_mark()) {
            return Err(self.error("a colon stands without a key".to_owned(), range));
        }
        let in_flow = self.stack.last().is_some_and(|frame| frame.column.is_none());
        let behind = self.yaml.get(range.end..).unwrap_or_default();
        let is_bad = self.rules == Rules::Jekyll
            && match style {
                ScalarStyle::Plain => in_flow && !is_nothing && !strict::is_plain_in_flow(text, behind),
                ScalarStyle::DoubleQuoted => {
                    strict::has_surrogate_escape(self.yaml.get(range.clone()).unwrap_or_default())
                }
                _ => false,
            };
        if is_bad {
            let message = format!("the YAML is broken at `{}`", self.yaml.get(range.clone()).unwrap_or_default());
            return Err(self.error(message, range).help("put quotes around it, and no halves of characters in them"));
        }
        Ok(())
    }

    fn check_tag(&mut self, tag: Option<&granit_parser::Tag>, range: &Range<usize>) {
        if let Some(tag) = tag.filter(|tag| known_tag(tag) == Tag::Other) {
            let message = format!("the tag `{}` means nothing here and is left out", tag.original());
            self.report(&codes::YAML_TAG, message, range);
        }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.prepared.original(range.start), self.prepared.original(range.end)).shift(self.base)
    }

    fn report(&mut self, code: &'static Code, message: String, range: &Range<usize>) {
        let span = self.span(range);
        self.sink.report(Diagnostic::new(code, message).at(span));
    }

    fn error(&self, message: String, range: &Range<usize>) -> Error {
        Error::new(&codes::YAML_SYNTAX, message).at(self.span(range))
    }

    fn syntax_error(&self, error: &ScanError) -> Stop {
        let at = error.marker().byte_offset().unwrap_or_default().min(self.yaml.len());
        let next = |byte: u8| memchr::memchr(byte, &self.yaml.as_bytes()[at..]).map_or(at, |found| at + found);
        let has_room = self.prepared.places_count() < MAX_UNSEPARATED;
        let (at, help) = match error.kind() {
            ErrorKind::RecursionLimitExceeded => return too_deep(self.span(&(at..at))).into(),
            ErrorKind::CommentNotSeparated if has_room && matches!(self.rules, Rules::Jekyll | Rules::Hugo) => {
                return Stop::Unseparated(self.prepared.original(next(b'#')));
            }
            ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
                (at, "a text that holds `: ` needs quotes around it")
            }
            ErrorKind::UnclosedQuotedScalar => (at, "close the quotes, or double a quote that is meant"),
            kind if is_about_tabs(kind) => (next(b'\t'), "indent with spaces, not with tabs"),
            _ => (at, "a text that begins with a special character, or holds `: ` or ` #`, needs quotes around it"),
        };
        self.error(format!("the YAML is broken: {}", error.kind()), &(at..at)).help(help).into()
    }
}

/// `[b:1]` between braces, to goccy a map in the list.
fn unseparated_pair(text: &str, span: Span) -> Option<Value> {
    let (name, rest) = keys::split_at_colon(text)?;
    let entry = Entry { key: name.to_owned(), value: Rules::Hugo.scalar(rest, true, None), span };
    Some(Value::Map(crate::meta::Map::from_unique(vec![entry])))
}

/// goccy drops the tabs in a text without quotes.
fn without_tabs(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains('\t') { text.replace('\t', "").into() } else { text.into() }
}

fn known_tag(tag: &granit_parser::Tag) -> Tag<'_> {
    if tag.original() == "!" {
        return Tag::NonSpecific;
    }
    let standard = tag.core_suffix().or_else(|| (tag.handle() == "tag:yaml.org,2002:").then(|| tag.suffix()));
    standard.map_or(Tag::Other, Tag::Standard)
}

/// How far the value at `at` is indented, in bytes.
fn column(text: &str, at: usize) -> usize {
    at - text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The parser names the place of the value that the tab is in.
fn is_about_tabs(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart
    )
}

fn too_deep(span: Span) -> Error {
    Error::new(&codes::FRONT_TOO_DEEP, format!("lists and maps are nested more than {MAX_DEPTH} deep")).at(span)
}
