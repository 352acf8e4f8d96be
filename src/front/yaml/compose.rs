//! From the parser's events to [`Meta`]: values by the reader's rules, duplicates, merges, aliases.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle, options};

use super::checks::{known_tag, too_deep};
use super::prepare::{Prepared, prepare};
use super::rules::Rules;
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::error::Error;
use crate::front::limits::{MAX_DEPTH, MAX_REPEATED, MAX_SIMPLE_KEY};
use crate::front::map::MapBuilder;
use crate::front::trivia::Trivia;
use crate::meta::{Comment, CommentPlace, Map, Meta, Value};

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
pub(super) enum Stop {
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
    pub(super) size: usize,
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
    pub(super) has_merge: bool,
}

/// A key whose value is still to come.
pub(super) struct Key {
    pub(super) text: String,
    pub(super) span: Span,
    pub(super) start: usize,
    /// `<<`, without quotes but in Jekyll.
    pub(super) is_merge: bool,
    /// Written without quotes, whatever it is.
    pub(super) is_bare: bool,
    /// A text without quotes.
    pub(super) is_plain: bool,
}

/// A value that has been read.
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) range: Range<usize>,
    pub(super) size: usize,
    /// Whether it is a scalar without quotes.
    pub(super) is_plain: bool,
    /// Whether it repeats another.
    pub(super) is_alias: bool,
}

pub(super) struct Composer<'p, 's> {
    pub(super) yaml: &'p str,
    pub(super) prepared: &'p Prepared<'p>,
    pub(super) base: usize,
    pub(super) rules: Rules,
    pub(super) sink: &'s mut Vec<Diagnostic>,
    pub(super) stack: Vec<Frame>,
    /// How many maps between braces are open.
    pub(super) open_braces: usize,
    anchors: BTreeMap<usize, (Value, usize)>,
    repeated: usize,
    /// Up to where comments have been looked for.
    pub(super) gap: usize,
    /// Where the value read last ends, and whether it is a scalar without quotes.
    pub(super) value_end: usize,
    pub(super) is_behind_plain: bool,
    /// Comments and empty lines that wait for the value they belong to.
    pub(super) pending: Vec<Trivia>,
    pub(super) comments: Vec<Comment>,
    pub(super) root: Option<Value>,
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
            anchors: BTreeMap::new(),
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
                    let is_marked = self.yaml.get(end..).is_some_and(|rest| rest.starts_with("..."));
                    if (self.rules == Rules::Jekyll || (self.rules == Rules::Hugo && is_marked))
                        && self.ignores_rest(end)
                    {
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

    /// Jekyll's reader stops at the end of the first document, whatever follows; Hugo's if the end is marked.
    fn ignores_rest(&mut self, end: usize) -> bool {
        let rest = self.yaml.get(end..).unwrap_or_default();
        let is_blank =
            |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#') || line.starts_with("...");
        let Some(line) = rest.lines().find(|line| !is_blank(line)) else { return false };
        let reader = if self.rules == Rules::Jekyll { "Jekyll" } else { "Hugo" };
        let message = format!("`{}` follows the end of the map: {reader} does not read on from there", line.trim());
        self.report(&codes::FRONT_REST, message, &(end..end + rest.trim_end().len()));
        self.gap = self.yaml.len();
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
                self.place(Node { value: Value::Null, range, size: 1, is_plain: false, is_alias: true })
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
        self.place(Node { value, range, size: 1, is_plain, is_alias: false })
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
        self.check_tabs(range.start)?;
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
        self.place(Node { value, range, size: frame.size, is_plain: false, is_alias: false })
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
        let allowed = MAX_REPEATED.max(self.yaml.len());
        if self.repeated > allowed {
            let message = format!("the aliases repeat more than {allowed} values");
            return Err(Error::new(&codes::FRONT_TOO_LARGE, message).at(self.span(&range)));
        }
        let value = self.anchors.get(&id).map_or(Value::Null, |(value, _)| value.clone());
        self.place(Node { value, range, size, is_plain: false, is_alias: true })
    }

    fn finish(mut self) -> Result<Meta, Error> {
        self.check_tabs(self.yaml.len())?;
        self.gap_until(self.yaml.len());
        self.attach(Vec::new(), CommentPlace::End);
        let map = match self.root.take() {
            None | Some(Value::Null) => Map::new(),
            // Nothing to Jekyll and Hugo either.
            Some(Value::Bool(false)) if self.rules != Rules::Core => Map::new(),
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
}

/// goccy drops the tabs in a text without quotes.
fn without_tabs(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains('\t') { text.replace('\t', "").into() } else { text.into() }
}

/// How far the value at `at` is indented, in bytes.
fn column(text: &str, at: usize) -> usize {
    at - text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}
