//! Writing TOML 1.0 in Hugo's style, the order of keys kept as far as TOML has it.

use std::fmt::Write as _;

use super::inline::{Inline, scalar};
use super::{marks, text};
use crate::diag::{Code, Diagnostic, Severity, Sink, Span, codes};
use crate::front::print::{Comments, Places, report_dropped};
use crate::meta::{Comment, CommentPlace, Entry, Map, Meta, Step, Value};

/// How many characters a list or table on one line may have.
const LINE: usize = 100;

/// The TOML of some front matter, without fences.
pub(super) fn write(meta: &Meta, sink: &mut dyn Sink) -> String {
    let comments = Comments::new(meta);
    let mut writer = Writer { places: Places::new(meta), out: String::new(), comments, path: Vec::new(), sink };
    writer.body(&meta.map, 0);
    let left = writer.comments.left();
    report_dropped(
        left.into_iter().filter(|comment| comment.text.is_some()),
        meta,
        "what it belonged to has no line of its own",
        writer.sink,
    );
    writer.out
}

struct Writer<'m, 's> {
    places: Places<'m>,
    out: String,
    comments: Comments<'m>,
    path: Vec<Step>,
    sink: &'s mut dyn Sink,
}

impl Writer<'_, '_> {
    /// The entries of a table and, behind them, its tables: what TOML wants. A table that others follow is written on one
    /// line, or with dotted keys, and so keeps its place.
    fn body(&mut self, map: &Map, depth: usize) {
        if self.comments.is_empty() && !map.iter().any(|entry| is_table(&entry.value)) {
            return map.iter().for_each(|entry| self.plain_or_other(entry));
        }
        let entries: Vec<&Entry> = map.iter().collect();
        let (in_place, at_end) = self.arrange(&entries);
        in_place.into_iter().for_each(|entry| self.plain_or_other(entry));
        // What ends a table is indented, or it would stand above the next; what ends it all needs no mark.
        if depth > 0 {
            self.lines(CommentPlace::End, depth * 2);
        }
        for entry in at_end {
            self.below(entry, |writer| writer.table_entry(entry, depth + 1));
        }
        if depth == 0 {
            self.lines(CommentPlace::End, 0);
        }
    }

    /// Parts the entries into those that stand in the body and those that get a line `[name]`.
    fn arrange<'e>(&mut self, entries: &[&'e Entry]) -> (Vec<&'e Entry>, Vec<&'e Entry>) {
        let last_plain = entries.iter().rposition(|entry| !is_table(&entry.value));
        let trailing = last_plain.map_or(0, |at| at + 1);
        let (mut in_place, mut at_end) = (Vec::new(), Vec::new());
        for (index, &entry) in entries.iter().enumerate() {
            if index >= trailing || (is_table(&entry.value) && !self.can_stay(entry)) {
                if index < trailing {
                    let message = format!("`{}` moved behind the keys that are no tables", entry.key);
                    self.report(&codes::KEY_ORDER, message, Some(entry.span));
                }
                at_end.push(entry);
            } else {
                in_place.push(entry);
            }
        }
        (in_place, at_end)
    }

    /// Whether a table can be written among plain keys: a map always can, with dotted keys if need be; a list of maps
    /// only if it has no comments or nulls in it.
    fn can_stay(&mut self, entry: &Entry) -> bool {
        match &entry.value {
            Value::List(items) => {
                self.path.push(Step::Key(entry.key.clone()));
                let has_comments = self.comments.has_inside(&self.path);
                self.path.pop();
                !has_comments && !items.iter().any(has_unsayable)
            }
            _ => true,
        }
    }

    fn plain_or_other(&mut self, entry: &Entry) {
        if !(self.comments.is_empty() && self.plain_entry(entry)) {
            self.below(entry, |writer| writer.entry(entry, &mut vec![entry.key.as_str()], 0));
        }
    }

    /// `key = value` where there are no comments and the value is no map, no long list and not without a form: by far the
    /// most. Says whether it was.
    fn plain_entry(&mut self, entry: &Entry) -> bool {
        match &entry.value {
            Value::Null | Value::Map(_) => return false,
            Value::Integer(number) if number.as_i64().is_none() => return false,
            value @ Value::List(_) if has_unsayable(value) => return false,
            _ => {}
        }
        let start = self.out.len();
        text::key(&entry.key, &mut self.out);
        self.out.push_str(" = ");
        match &entry.value {
            Value::String(string) => text::text(string, &mut self.out),
            Value::List(_) => {
                let value = self.out.len();
                let line = Inline::behind(std::mem::take(&mut self.out), &entry.value);
                self.out = line.text;
                let written = &self.out[value..];
                if !line.lost.is_empty() || written.len() > LINE || written.contains('\n') {
                    self.out.truncate(start);
                    return false;
                }
            }
            other => scalar(other, &mut self.out),
        }
        self.out.push('\n');
        true
    }

    /// `key = value`. `keys` is the dotted key so far.
    fn entry<'e>(&mut self, entry: &'e Entry, keys: &mut Vec<&'e str>, indent: usize) {
        if let Value::Map(map) = &entry.value
            && !map.is_empty()
            && self.one_line(&entry.value).is_none()
        {
            return self.dotted(map, keys, indent);
        }
        self.lines(CommentPlace::Before, indent);
        if entry.value == Value::Null {
            let message = format!("`{}` has no value: kept as a comment", dotted(keys));
            self.report(&codes::NULL_AS_COMMENT, message, Some(entry.span));
            let _ = write!(self.out, "#{}", marks::null(&dotted(keys)));
            self.end_line(&entry.value);
            return;
        }
        self.out.push_str(&dotted(keys));
        self.out.push_str(" = ");
        self.value(&entry.value, entry.span);
    }

    /// `name.key = value` for each entry of a map. Comments in the map are indented, those above it are not.
    fn dotted<'e>(&mut self, map: &'e Map, keys: &mut Vec<&'e str>, indent: usize) {
        self.lines(CommentPlace::Before, indent);
        self.trailing_lines(indent);
        for entry in map {
            keys.push(&entry.key);
            self.below(entry, |writer| writer.entry(entry, keys, indent + 2));
            keys.pop();
        }
        self.lines(CommentPlace::End, indent + 2);
    }

    /// A value behind `key = `, and the end of its line.
    fn value(&mut self, value: &Value, span: Span) {
        match (self.one_line(value), value) {
            (Some(line), _) => {
                self.push(line, span);
                self.end_line(value);
            }
            (None, Value::List(items)) => {
                self.out.push_str("[\n");
                for (index, item) in items.iter().enumerate() {
                    self.path.push(Step::Index(index));
                    self.lines(CommentPlace::Before, 2);
                    self.out.push_str("  ");
                    self.push(Inline::new(item), span);
                    self.out.push(',');
                    self.end_line(item);
                    self.path.pop();
                }
                self.lines(CommentPlace::End, 2);
                self.out.push(']');
                self.end_line(value);
            }
            (None, value) => {
                self.push(Inline::new(value), span);
                self.end_line(value);
            }
        }
    }

    /// The value on one line, if that says it whole and the line is short enough. A single text or number always is.
    fn one_line(&self, value: &Value) -> Option<Inline> {
        let is_group = matches!(value, Value::List(_) | Value::Map(_));
        if is_group && (has_unsayable(value) || self.comments.has_inside(&self.path)) {
            return None;
        }
        let line = Inline::new(value);
        (!is_group || (line.text.len() <= LINE && !line.text.contains('\n'))).then_some(line)
    }

    fn push(&mut self, line: Inline, span: Span) {
        self.out.push_str(&line.text);
        let key =
            self.path.first().map(|step| if let Step::Key(key) = step { key.as_str() } else { "" }).unwrap_or_default();
        for (code, message) in line.lost {
            let span = Some(span).filter(|span| !span.is_empty()).or_else(|| self.places.of(&self.path));
            let mut diagnostic = Diagnostic::new(code, format!("in `{key}`, {message}")).at_opt(span);
            // Only a number with a line of its own has a comment by which it comes back.
            if line.is_group {
                diagnostic.severity = Severity::Loss;
            }
            self.sink.report(diagnostic);
        }
    }

    /// A table with a line of its own, or a list of such.
    fn table_entry(&mut self, entry: &Entry, depth: usize) {
        match &entry.value {
            Value::Map(map) => self.table("[", "]", map, depth),
            Value::List(items) => {
                // Comments of the list as a whole stand above its first table.
                self.lines_above_table();
                self.trailing_lines(0);
                for (index, item) in items.iter().enumerate() {
                    self.path.push(Step::Index(index));
                    if let Value::Map(map) = item {
                        self.table("[[", "]]", map, depth);
                    }
                    self.path.pop();
                }
                self.lines(CommentPlace::End, depth * 2);
            }
            _ => {}
        }
    }

    fn table(&mut self, open: &str, close: &str, map: &Map, depth: usize) {
        self.lines_above_table();
        self.out.push_str(open);
        let keys: Vec<&str> = self
            .path
            .iter()
            .filter_map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None })
            .collect();
        self.out.push_str(&dotted(&keys));
        self.out.push_str(close);
        self.end_line(&Value::Bool(true));
        self.body(map, depth);
    }

    fn below(&mut self, entry: &Entry, work: impl FnOnce(&mut Self)) {
        self.path.push(Step::Key(entry.key.clone()));
        work(self);
        self.path.pop();
    }

    /// An empty line in front of a table's line, unless nothing stands before it, and the comments above it. The empty
    /// line counts as the first of the source's own.
    fn lines_above_table(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
        let above = self.comments.at(&self.path, CommentPlace::Before);
        let has_own = above.first().is_some_and(|comment| comment.text.is_none()) && !self.out.is_empty();
        self.write_lines(&above[usize::from(has_own)..], 0);
    }

    /// The comments behind a value, and the line feed.
    fn end_line(&mut self, value: &Value) {
        if matches!(value, Value::Integer(number) if number.as_i64().is_none()) {
            let _ = write!(self.out, " #{}", marks::INTEGER);
            self.out.push('\n');
            return self.trailing_lines(0);
        }
        let trailing = self.comments.at(&self.path, CommentPlace::Trailing);
        let mut texts = trailing.into_iter().filter_map(text_of);
        if let Some(text) = texts.next() {
            let _ = write!(self.out, " #{text}");
        }
        self.out.push('\n');
        for text in texts {
            let _ = writeln!(self.out, "#{text}");
        }
    }

    /// The comments that stood behind something that has no line of its own here.
    fn trailing_lines(&mut self, indent: usize) {
        self.lines(CommentPlace::Trailing, indent);
    }

    fn lines(&mut self, place: CommentPlace, indent: usize) {
        let comments = self.comments.at(&self.path, place);
        self.write_lines(&comments, indent);
    }

    fn write_lines(&mut self, comments: &[&Comment], indent: usize) {
        for comment in comments {
            match (&comment.text, text_of(comment)) {
                (None, _) => {}
                (Some(_), Some(text)) => {
                    let _ = write!(self.out, "{:indent$}#{text}", "");
                }
                (Some(text), None) => {
                    let message = format!("the comment `#{}` has no place in TOML", text.escape_debug());
                    let span = self.places.of(&self.path);
                    self.report(&codes::COMMENT_DROPPED, message, span);
                    continue;
                }
            }
            self.out.push('\n');
        }
    }

    fn report(&mut self, code: &'static Code, message: String, span: Option<Span>) {
        let span = span.filter(|span| !span.is_empty()).or_else(|| self.places.of(&self.path));
        self.sink.report(Diagnostic::new(code, message).at_opt(span));
    }
}

/// TOML's comments hold no control characters but the tab.
fn text_of(comment: &Comment) -> Option<&str> {
    comment.text.as_deref().filter(|text| text.chars().all(|c| c == '\t' || !c.is_control()))
}

fn dotted(keys: &[&str]) -> String {
    let mut out = String::new();
    for (index, key) in keys.iter().enumerate() {
        out.push_str(if index == 0 { "" } else { "." });
        text::key(key, &mut out);
    }
    out
}

/// Whether the value gets a line `[name]`, or `[[name]]` for each item.
pub(super) fn is_table(value: &Value) -> bool {
    match value {
        Value::Map(map) => !map.is_empty(),
        Value::List(items) => {
            !items.is_empty() && items.iter().all(|item| item.as_map().is_some_and(|map| !map.is_empty()))
        }
        _ => false,
    }
}

/// Whether something in the value can only be said with a comment on its line.
fn has_unsayable(value: &Value) -> bool {
    match value {
        Value::List(items) => items.iter().any(has_unsayable),
        Value::Map(map) => map.iter().any(|entry| entry.value == Value::Null || has_unsayable(&entry.value)),
        Value::Integer(number) => number.as_i64().is_none(),
        _ => false,
    }
}
