//! From the parser's events to [`Meta`]: values by the reader's rules, duplicates, merges, aliases, comments.

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle, options};

use super::rules::{Rules, Tag};
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::error::Error;
use crate::front::limits::{MAX_DEPTH, MAX_REPEATED, MAX_SIMPLE_KEY};
use crate::front::map::MapBuilder;
use crate::front::trivia::{self, Trivia};
use crate::meta::{Comment, CommentPlace, Entry, Meta, Step, Value};

/// Reads the part `front` of `text`.
///
/// # Errors
/// If it is not YAML, is no map, or passes a limit.
pub(super) fn compose(text: &str, front: Span, rules: Rules, sink: &mut dyn Sink) -> Result<Meta, Error> {
    let yaml = front.slice(text).unwrap_or_default();
    let mut options = options! {
        block_scalar_eof_without_line_feed: true,
        bom_inside_document_as_content: true,
        emit_unresolved_aliases: rules == Rules::Jekyll,
        simple_key_max_lookahead: MAX_SIMPLE_KEY,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    // Comments are found in the gaps between values, each where it stands.
    options.set_emit_comments(false);
    let mut composer = Composer {
        yaml,
        base: front.start,
        rules,
        sink,
        stack: Vec::new(),
        anchors: HashMap::new(),
        repeated: 0,
        gap: 0,
        value_end: 0,
        pending: Vec::new(),
        comments: Vec::new(),
        root: None,
    };
    for event in Parser::new_from_str_with_options(yaml, options) {
        let (event, span) = event.map_err(|error| composer.syntax_error(&error))?;
        let range = span.byte_range().unwrap_or_default();
        match event {
            Event::DocumentEnd => break,
            event => composer.event(event, range)?,
        }
    }
    composer.finish()
}

/// A list or map that is being read.
struct Frame {
    kind: Kind,
    start: usize,
    /// How far it is indented; `None` for brackets and braces.
    column: Option<usize>,
    anchor: usize,
    /// How many values it holds, itself included.
    size: usize,
}

enum Kind {
    List(Vec<Value>),
    Map { entries: MapBuilder, key: Option<Key>, merged: Vec<(usize, Entry)> },
}

/// A key whose value is still to come.
struct Key {
    text: String,
    start: usize,
    /// `<<` without quotes.
    is_merge: bool,
}

/// A value that has been read.
struct Node {
    value: Value,
    range: std::ops::Range<usize>,
    size: usize,
}

struct Composer<'t, 's> {
    yaml: &'t str,
    base: usize,
    rules: Rules,
    sink: &'s mut dyn Sink,
    stack: Vec<Frame>,
    anchors: HashMap<usize, (Value, usize)>,
    repeated: usize,
    /// Up to where comments have been looked for.
    gap: usize,
    /// Where the value read last ends.
    value_end: usize,
    /// Comments and empty lines that wait for the value they belong to.
    pending: Vec<Trivia>,
    comments: Vec<Comment>,
    root: Option<Value>,
}

impl Composer<'_, '_> {
    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) -> Result<(), Error> {
        match event {
            Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag.as_deref(), range),
            Event::SequenceStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), &range);
                self.open(Kind::List(Vec::new()), style, anchor, range)
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), &range);
                let map = Kind::Map { entries: MapBuilder::default(), key: None, merged: Vec::new() };
                self.open(map, style, anchor, range)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range),
            Event::Alias(id) => self.alias(id, range),
            Event::UnresolvedAlias(name) => {
                // SafeYAML takes an alias without an anchor for nothing at all.
                let message = format!("`*{name}` repeats an anchor that is not there: Jekyll reads it as null");
                self.report(&codes::YAML_TAG, message, &range);
                self.gap_until(range.start);
                self.gap = range.end;
                self.place(Node { value: Value::Null, range, size: 1 }, None)
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
        mut range: std::ops::Range<usize>,
    ) -> Result<(), Error> {
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        if is_block {
            self.gap_of_block_scalar(range.start);
            let content = self.yaml.get(range.clone()).unwrap_or_default();
            if !text.ends_with("\n\n") {
                range.end = range.start + content.trim_end_matches([' ', '\t', '\n', '\r']).len();
            }
            self.gap = range.end;
        } else if !range.is_empty() {
            self.gap_until(range.start);
            self.gap = range.end;
        }
        self.check_tag(tag, &range);
        if !range.is_empty() && !self.awaits_key() {
            let path = self.next_path();
            self.attach(&path, CommentPlace::Before);
        }
        let is_plain = style == ScalarStyle::Plain;
        // The parser writes `~` for what is not there.
        let text = if range.is_empty() && is_plain { "" } else { text };
        let value = self.rules.scalar(text, is_plain, tag.map(known_tag));
        if anchor != 0 {
            self.anchors.insert(anchor, (value.clone(), 1));
        }
        let written = if is_plain { Some(text) } else { None };
        self.place(Node { value, range, size: 1 }, written)
    }

    fn open(
        &mut self,
        kind: Kind,
        style: StructureStyle,
        anchor: usize,
        range: std::ops::Range<usize>,
    ) -> Result<(), Error> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(too_deep(self.span(&range)));
        }
        self.gap_until(range.start);
        let column = (style == StructureStyle::Block).then(|| column(self.yaml, range.start));
        // What stands above the first key of a map belongs to that key, what stands above an item to the item.
        let is_value_of_key = matches!(self.stack.last(), Some(Frame { kind: Kind::Map { key: Some(_), .. }, .. }));
        if column.is_none() || (!is_value_of_key && !self.stack.is_empty()) {
            let path = self.next_path();
            self.attach(&path, CommentPlace::Before);
        }
        self.gap = self.gap.max(range.end);
        self.stack.push(Frame { kind, start: range.start, column, anchor, size: 1 });
        Ok(())
    }

    fn close(&mut self, range: std::ops::Range<usize>) -> Result<(), Error> {
        self.gap_until(range.start);
        self.attach_end();
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        let end = match frame.column {
            None => range.end,
            // A block ends where its last value does.
            Some(_) => self.value_end.max(frame.start),
        };
        if frame.column.is_none() {
            self.gap = range.end;
        }
        let value = match frame.kind {
            Kind::List(items) => Value::List(items),
            Kind::Map { entries, merged, .. } => Value::Map(with_merged(entries, merged)),
        };
        if frame.anchor != 0 {
            self.anchors.insert(frame.anchor, (value.clone(), frame.size));
        }
        self.place(Node { value, range: frame.start..end, size: frame.size }, None)
    }

    fn alias(&mut self, id: usize, range: std::ops::Range<usize>) -> Result<(), Error> {
        self.gap_until(range.start);
        self.gap = range.end;
        let Some((value, size)) = self.anchors.get(&id).cloned() else {
            let message = "an alias stands inside what it repeats: the value would have no end";
            return Err(Error::new(&codes::YAML_SYNTAX, message).at(self.span(&range)));
        };
        self.repeated += size;
        if self.repeated > MAX_REPEATED {
            let message = format!("the aliases repeat more than {MAX_REPEATED} values");
            return Err(Error::new(&codes::FRONT_TOO_LARGE, message).at(self.span(&range)));
        }
        self.place(Node { value, range, size }, None)
    }

    /// Puts a value where it belongs: into the list or map that is open, as a key or a value. `written` is the text of a
    /// scalar without quotes.
    fn place(&mut self, node: Node, written: Option<&str>) -> Result<(), Error> {
        if !node.range.is_empty() {
            self.value_end = node.range.end;
        }
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node.value);
            return Ok(());
        };
        frame.size += node.size;
        match &mut frame.kind {
            Kind::List(items) => {
                items.push(node.value);
                Ok(())
            }
            Kind::Map { key: key @ None, .. } => {
                if self.rules == Rules::Hugo && matches!(node.value, Value::List(_) | Value::Map(_)) {
                    let message = format!("a key is a {}", node.value.type_name());
                    return Err(Error::new(&codes::YAML_SYNTAX, message)
                        .at(self.span(&node.range))
                        .help("put quotes around it"));
                }
                let is_merge = node.value.as_str() == Some("<<") && (written.is_some() || self.rules == Rules::Jekyll);
                let text = match &node.value {
                    Value::String(text) => text.clone(),
                    other => key_text(other, written, self.rules),
                };
                let is_text = matches!(node.value, Value::String(_)) || self.rules == Rules::Hugo;
                *key = Some(Key { text, start: node.range.start, is_merge });
                // Whether a map as a key is Liquid without quotes shows when the map around it is read.
                let may_be_liquid = self.yaml[..node.range.start].ends_with('{') && matches!(node.value, Value::Map(_));
                if !is_text && !may_be_liquid {
                    let message =
                        format!("the key is a {}, read as the text that it stands for", node.value.type_name());
                    self.report(&codes::KEY_NOT_TEXT, message, &node.range);
                }
                let path = self.last_path();
                self.attach(&path, CommentPlace::Before);
                Ok(())
            }
            Kind::Map { key, .. } => {
                let Some(key) = key.take() else { return Ok(()) };
                self.entry(key, node)
            }
        }
    }

    fn entry(&mut self, key: Key, node: Node) -> Result<(), Error> {
        let end = if node.range.is_empty() { self.value_end.max(key.start) } else { node.range.end };
        let span = self.span(&(key.start..end));
        let value = self.as_liquid(node.value, &node.range);
        if key.is_merge {
            return self.merge(key, value, span);
        }
        let Some(Frame { kind: Kind::Map { entries, .. }, .. }) = self.stack.last_mut() else { return Ok(()) };
        let name = key.text.clone();
        if entries.set(Entry { key: key.text, value, span }) {
            let message = format!("the key `{name}` stands twice in one map");
            if self.rules == Rules::Hugo {
                return Err(Error::new(&codes::KEY_DUPLICATE, message)
                    .at(span)
                    .help("remove one of the two: Hugo does not build this page"));
            }
            self.sink
                .report(Diagnostic::new(&codes::KEY_DUPLICATE, format!("{message}: the last one counts")).at(span));
        }
        Ok(())
    }

    /// `<<: *base`. In Jekyll merged entries count as if they stood there, elsewhere a map's own entries win.
    fn merge(&mut self, key: Key, value: Value, span: Span) -> Result<(), Error> {
        let rules = self.rules;
        let maps = match value {
            Value::Map(map) => vec![map],
            Value::List(items) if rules != Rules::Jekyll && items.iter().all(|item| item.as_map().is_some()) => {
                // Of several maps the first wins.
                items
                    .into_iter()
                    .rev()
                    .filter_map(|item| if let Value::Map(map) = item { Some(map) } else { None })
                    .collect()
            }
            other => {
                let message = format!("`{}` merges a map, and this is a {}", key.text, other.type_name());
                return Err(Error::new(&codes::YAML_SYNTAX, message).at(span));
            }
        };
        let Some(Frame { kind: Kind::Map { entries, merged, .. }, .. }) = self.stack.last_mut() else { return Ok(()) };
        for entry in maps.into_iter().flatten() {
            if rules == Rules::Jekyll {
                entries.set(entry.at(span));
            } else {
                merged.push((entries.len(), entry.at(span)));
            }
        }
        Ok(())
    }

    /// `{{ page.title }}` without quotes is a map in a map to YAML, and to SafeYAML an empty one. It was meant as text.
    fn as_liquid(&mut self, value: Value, range: &std::ops::Range<usize>) -> Value {
        let Value::Map(map) = &value else { return value };
        let Some(source) = self.yaml.get(range.clone()).filter(|source| source.starts_with("{{")) else { return value };
        let is_alone = map.len() == 1 && map.iter().all(|entry| entry.value == Value::Null);
        if !is_alone || !source.ends_with("}}") || source.contains('\n') {
            self.report(
                &codes::KEY_NOT_TEXT,
                "the key is a map, read as the text that it stands for".to_owned(),
                range,
            );
            return value;
        }
        let message = format!("`{source}` without quotes is a map to YAML: kept as text");
        let text = source.to_owned();
        self.report(&codes::LIQUID_UNQUOTED, message, range);
        Value::String(text)
    }

    fn finish(mut self) -> Result<Meta, Error> {
        self.gap_until(self.yaml.len());
        self.attach(&[], CommentPlace::End);
        let map = match self.root.take() {
            None | Some(Value::Null) => return Ok(Meta { comments: self.comments, ..Meta::new() }),
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

    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        Span::new(range.start, range.end).shift(self.base)
    }

    fn report(&mut self, code: &'static crate::diag::Code, message: String, range: &std::ops::Range<usize>) {
        let span = self.span(range);
        self.sink.report(Diagnostic::new(code, message).at(span));
    }

    fn check_tag(&mut self, tag: Option<&granit_parser::Tag>, range: &std::ops::Range<usize>) {
        if let Some(tag) = tag.filter(|tag| known_tag(tag) == Tag::Other) {
            let message = format!("the tag `{}` means nothing here and is left out", tag.original());
            self.report(&codes::YAML_TAG, message, range);
        }
    }

    fn syntax_error(&self, error: &ScanError) -> Error {
        let at = self.base + error.marker().byte_offset().unwrap_or_default().min(self.yaml.len());
        let tab = || memchr::memchr(b'\t', &self.yaml.as_bytes()[at - self.base..]).map_or(at, |tab| at + tab);
        let at = if is_about_tabs(error.kind()) { tab() } else { at };
        let span = Span::new(at, at);
        let help = match error.kind() {
            ErrorKind::RecursionLimitExceeded => return too_deep(span),
            ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
                "a text that holds `: ` needs quotes around it"
            }
            ErrorKind::UnclosedQuotedScalar => "close the quotes, or double a quote that is meant",
            kind if is_about_tabs(kind) => "indent with spaces, not with tabs",
            _ => "a text that begins with a special character, or holds `: ` or ` #`, needs quotes around it",
        };
        Error::new(&codes::YAML_SYNTAX, format!("the YAML is broken: {}", error.kind())).at(span).help(help)
    }

    // Comments and empty lines.

    /// Looks for comments in what stands before a value that begins at `until`.
    fn gap_until(&mut self, until: usize) {
        if until > self.gap {
            trivia::scan(self.yaml, self.gap..until, false, &mut self.pending);
            self.gap = until;
            self.attach_trailing();
        }
    }

    /// The first line before a block scalar's text holds its `|` and perhaps a comment; empty lines are text.
    fn gap_of_block_scalar(&mut self, start: usize) {
        let gap = self.gap.min(start);
        let header_end = memchr::memchr(b'\n', &self.yaml.as_bytes()[gap..start]).map_or(start, |at| gap + at);
        self.gap_until(header_end);
    }

    /// A comment behind a value, on its line.
    fn attach_trailing(&mut self) {
        if !self.pending.first().is_some_and(|trivia| trivia.is_trailing) {
            return;
        }
        let trailing = self.pending.remove(0);
        let path = self.last_path();
        self.comments.push(trivia::comment(&path, CommentPlace::Trailing, trailing));
    }

    fn attach(&mut self, path: &[Step], place: CommentPlace) {
        let pending = self.pending.drain(..);
        self.comments.extend(pending.map(|trivia| trivia::comment(path, place, trivia)));
    }

    /// At the end of a list or map: what is indented as it is belongs to it, the rest to what follows.
    fn attach_end(&mut self) {
        let Some(frame) = self.stack.last() else { return };
        let parent = self.stack.len().checked_sub(2).and_then(|at| self.stack.get(at)).map(|parent| parent.column);
        let belongs = |trivia: &Trivia| match (frame.column, parent) {
            (None, _) => true,
            (Some(own), Some(Some(parent))) => trivia.text.is_some() && trivia.column >= own && trivia.column > parent,
            (Some(own), _) => trivia.text.is_some() && trivia.column >= own,
        };
        // Up to the first comment that is indented less.
        let reach = self
            .pending
            .iter()
            .position(|trivia| trivia.text.is_some() && !belongs(trivia))
            .unwrap_or(self.pending.len());
        let count = match frame.column {
            None => self.pending.len(),
            Some(_) => self.pending[..reach].iter().rposition(belongs).map_or(0, |at| at + 1),
        };
        let path = self.open_path();
        let ended: Vec<Trivia> = self.pending.drain(..count).collect();
        self.comments.extend(ended.into_iter().map(|trivia| trivia::comment(&path, CommentPlace::End, trivia)));
    }

    /// The way to the list or map that is open innermost.
    fn open_path(&self) -> Vec<Step> {
        let outer = self.stack.len().saturating_sub(1);
        self.stack.iter().take(outer).filter_map(|frame| frame.next_step()).collect()
    }

    /// The way to the value read last, or to the key whose value is to come; to the open list or map if it is empty.
    fn last_path(&self) -> Vec<Step> {
        let mut path = self.open_path();
        path.extend(self.stack.last().and_then(Frame::last_step));
        path
    }

    /// The way to the value that is about to be read, unless it is a key.
    fn next_path(&self) -> Vec<Step> {
        let mut path = self.open_path();
        path.extend(self.stack.last().and_then(Frame::next_step));
        path
    }

    fn awaits_key(&self) -> bool {
        matches!(self.stack.last(), Some(Frame { kind: Kind::Map { key: None, .. }, .. }))
    }
}

impl Frame {
    fn last_step(&self) -> Option<Step> {
        match &self.kind {
            Kind::List(items) => items.len().checked_sub(1).map(Step::Index),
            Kind::Map { key: Some(key), .. } => Some(Step::Key(key.text.clone())),
            Kind::Map { entries, .. } => entries.last().map(|entry| Step::Key(entry.key.clone())),
        }
    }

    fn next_step(&self) -> Option<Step> {
        match &self.kind {
            Kind::List(items) => Some(Step::Index(items.len())),
            Kind::Map { key, .. } => key.as_ref().map(|key| Step::Key(key.text.clone())),
        }
    }
}

/// A map's own entries win over merged ones, which stand where the merge stood.
fn with_merged(entries: MapBuilder, merged: Vec<(usize, Entry)>) -> crate::meta::Map {
    if merged.is_empty() {
        return entries.finish();
    }
    let mut all = MapBuilder::default();
    let mut merged = merged.into_iter().peekable();
    let own = entries.finish();
    let mut own_keys = MapBuilder::default();
    for entry in &own {
        own_keys.set(Entry::new(entry.key.clone(), Value::Null));
    }
    for (at, entry) in own.into_iter().enumerate() {
        while let Some((_, entry)) = merged.next_if(|(index, _)| *index <= at) {
            if own_keys.position(&entry.key).is_none() {
                all.set(entry);
            }
        }
        all.set(entry);
    }
    for (_, entry) in merged.filter(|(_, entry)| own_keys.position(&entry.key).is_none()) {
        all.set(entry);
    }
    all.finish()
}

fn known_tag(tag: &granit_parser::Tag) -> Tag<'_> {
    match tag.core_suffix() {
        Some(name) => Tag::Standard(name),
        None if tag.handle() == "!" && tag.suffix().is_empty() || tag.original() == "!" => Tag::NonSpecific,
        None => Tag::Other,
    }
}

/// What a key that is no text stands for.
fn key_text(value: &Value, written: Option<&str>, rules: Rules) -> String {
    match (value, written) {
        // To Go such keys are the text as written.
        (_, Some(written)) if rules == Rules::Hugo => written.to_owned(),
        (Value::Null, _) => "null".to_owned(),
        (Value::Bool(truth), _) => truth.to_string(),
        (Value::Integer(number), _) => number.to_string(),
        (Value::Float(number), _) => number.portable().or_else(|| number.text().map(str::to_owned)).unwrap_or_default(),
        (Value::Date(date), _) => date.to_string(),
        (Value::LocalDateTime(datetime), _) => datetime.to_string(),
        (Value::OffsetDateTime(datetime), _) => datetime.to_string(),
        (value, _) => super::emit::inline(value),
    }
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
