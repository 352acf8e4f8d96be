//! Writing YAML as people write it for Jekyll, so that every reader reads the same values.

use std::fmt::Write as _;

use super::plain::{self, Place};
use crate::diag::Sink;
use crate::front::print::{Comments, report_dropped};
use crate::meta::{Comment, CommentPlace, Entry, Map, Meta, Step, Value};

/// How many characters a list on one line may have, key included.
const LINE: usize = 100;

/// The YAML of some front matter, without fences.
pub(in crate::front) fn emit(meta: &Meta, sink: &mut dyn Sink) -> String {
    let mut emitter = Emitter { out: String::new(), comments: Comments::new(meta), path: Vec::new() };
    emitter.map(&meta.map, 0);
    let left = emitter.comments.left();
    // Comments that hold what no YAML may hold are looked up, and not written.
    let unwritable =
        meta.comments.iter().filter(|comment| comment.text.as_deref().is_some_and(|text| !is_writable(text)));
    report_dropped(left.into_iter().filter(|comment| text_of(comment).is_some()).chain(unwritable), meta, WHY, sink);
    emitter.out
}

/// Why a comment is not written.
const WHY: &str = "what it belonged to is gone, or it holds control characters";

fn is_writable(text: &str) -> bool {
    text.chars().all(|c| c == '\t' || plain::is_printable(c))
}

/// A key in front of its colon.
pub(super) fn key(key: &str) -> String {
    let mut out = String::new();
    plain::write(key, Place::Key, &mut out);
    out
}

/// One value on one line, as it would stand between brackets.
pub(in crate::front) fn inline(value: &Value) -> String {
    let mut out = String::new();
    write_inline(value, &mut out);
    out
}

fn write_inline(value: &Value, out: &mut String) {
    match value {
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                write_inline(item, out);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (index, entry) in map.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                plain::write(&entry.key, Place::Flow, out);
                out.push_str(": ");
                write_inline(&entry.value, out);
            }
            out.push('}');
        }
        Value::String(text) => plain::write(text, Place::Flow, out),
        other => scalar(other, out),
    }
}

/// Everything but text, lists and maps.
fn scalar(value: &Value, out: &mut String) {
    let _ = match value {
        Value::Null => out.write_str("null"),
        Value::Bool(truth) => write!(out, "{truth}"),
        Value::Integer(number) => write!(out, "{number}"),
        Value::Float(number) => match number.portable() {
            Some(text) => out.write_str(&text),
            None if number.value().is_nan() => out.write_str(".nan"),
            None => out.write_str(if number.value() > 0.0 { ".inf" } else { "-.inf" }),
        },
        Value::Date(date) => write!(out, "{date}"),
        // Without a zone PyYAML, Psych and yaml.v3 share only the form with a space; with one, only the form with `T`.
        Value::LocalDateTime(datetime) => write!(out, "{} {}", datetime.date, datetime.time),
        Value::OffsetDateTime(datetime) => write!(out, "{datetime}"),
        Value::String(_) | Value::List(_) | Value::Map(_) => Ok(()),
    };
}

/// Puts `count` spaces.
pub(super) fn pad(count: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', count));
}

struct Emitter<'m> {
    out: String,
    comments: Comments<'m>,
    path: Vec<Step>,
}

impl Emitter<'_> {
    fn map(&mut self, map: &Map, indent: usize) {
        for entry in map {
            self.path.push(Step::Key(entry.key.clone()));
            self.lines_before(indent);
            pad(indent, &mut self.out);
            self.entry(entry, indent);
            self.path.pop();
        }
        self.lines(CommentPlace::End, indent);
    }

    /// Key and value; the indentation is written.
    fn entry(&mut self, entry: &Entry, indent: usize) {
        if plain::is_long_key(&entry.key) {
            self.out.push_str("? ");
            plain::write(&entry.key, Place::Key, &mut self.out);
            self.out.push('\n');
            pad(indent, &mut self.out);
        } else {
            plain::write(&entry.key, Place::Key, &mut self.out);
        }
        self.out.push(':');
        self.value(&entry.value, indent);
    }

    /// A value behind `key:`, and the end of its line.
    fn value(&mut self, value: &Value, indent: usize) {
        match value {
            Value::Map(map) if !map.is_empty() => {
                self.end_line();
                self.map(map, indent + 2);
            }
            Value::Map(_) => self.empty("{", "}", indent + 2),
            Value::List(items) if items.is_empty() => self.empty("[", "]", indent + 2),
            Value::List(items) => match self.one_line(items) {
                Some(line) => self.last(&line),
                None => {
                    self.end_line();
                    self.list(items, indent + 2);
                }
            },
            Value::String(text) if plain::is_block(text) => self.block(text, indent + 2),
            Value::String(text) => {
                self.out.push(' ');
                plain::write(text, Place::Block, &mut self.out);
                self.end_line();
            }
            other => {
                self.out.push(' ');
                scalar(other, &mut self.out);
                self.end_line();
            }
        }
    }

    fn list(&mut self, items: &[Value], indent: usize) {
        for (index, item) in items.iter().enumerate() {
            self.path.push(Step::Index(index));
            self.lines_before(indent);
            pad(indent, &mut self.out);
            self.out.push('-');
            self.item(item, indent);
            self.path.pop();
        }
        self.lines(CommentPlace::End, indent);
    }

    /// An item behind its `-`. A map begins on the same line, unless a comment stands between.
    fn item(&mut self, item: &Value, indent: usize) {
        let Value::Map(map) = item else { return self.value(item, indent) };
        let Some(first) = map.iter().next() else { return self.value(item, indent) };
        if plain::is_long_key(&first.key) || !self.comments.at(&self.path, CommentPlace::Trailing).is_empty() {
            return self.value(item, indent);
        }
        self.path.push(Step::Key(first.key.clone()));
        let has_comment = !self.comments.at(&self.path, CommentPlace::Before).is_empty();
        if has_comment {
            self.path.pop();
            return self.value(item, indent);
        }
        self.out.push(' ');
        self.entry(first, indent + 2);
        self.path.pop();
        for entry in map.iter().skip(1) {
            self.path.push(Step::Key(entry.key.clone()));
            self.lines_before(indent + 2);
            pad(indent + 2, &mut self.out);
            self.entry(entry, indent + 2);
            self.path.pop();
        }
        self.lines(CommentPlace::End, indent + 2);
    }

    /// `[a, b]` with a space in front, if the list is short and plain enough.
    fn one_line(&self, items: &[Value]) -> Option<String> {
        let is_plain = |item: &Value| match item {
            Value::Map(map) => map.is_empty(),
            Value::List(items) => items.is_empty(),
            Value::String(text) => !plain::is_block(text),
            _ => true,
        };
        if !items.iter().all(is_plain) || self.has_comments_inside() {
            return None;
        }
        let mut line = String::from(" [");
        for (index, item) in items.iter().enumerate() {
            line.push_str(if index == 0 { "" } else { ", " });
            write_inline(item, &mut line);
            if line.len() > LINE {
                return None;
            }
        }
        line.push(']');
        Some(line)
    }

    fn block(&mut self, text: &str, indent: usize) {
        self.out.push_str(if text.ends_with('\n') { " |" } else { " |-" });
        self.end_line();
        plain::block(text, indent, &mut self.out);
    }

    fn last(&mut self, text: &str) {
        self.out.push_str(text);
        self.end_line();
    }

    /// An empty list or map, perhaps with comments in it.
    fn empty(&mut self, open: &str, close: &str, indent: usize) {
        self.out.push(' ');
        self.out.push_str(open);
        if self.has_comments_inside() {
            self.out.push('\n');
            self.lines(CommentPlace::End, indent);
            pad(indent, &mut self.out);
        }
        self.last(close);
    }

    fn has_comments_inside(&self) -> bool {
        self.comments.has_inside(&self.path)
    }

    /// The comments behind the value, and the line feed. A line has room for one; others follow on lines of their own.
    fn end_line(&mut self) {
        let mut trailing = self.comments.at(&self.path, CommentPlace::Trailing).into_iter().filter_map(text_of);
        if let Some(text) = trailing.next() {
            let _ = write!(self.out, " #{text}");
        }
        self.out.push('\n');
        for text in trailing {
            let _ = writeln!(self.out, "#{text}");
        }
    }

    fn lines_before(&mut self, indent: usize) {
        self.lines(CommentPlace::Before, indent);
    }

    fn lines(&mut self, place: CommentPlace, indent: usize) {
        for comment in self.comments.at(&self.path, place) {
            match (&comment.text, text_of(comment)) {
                (None, _) => self.out.push('\n'),
                (Some(_), None) => {}
                (Some(_), Some(text)) => {
                    pad(indent, &mut self.out);
                    let _ = writeln!(self.out, "#{text}");
                }
            }
        }
    }
}

fn text_of(comment: &Comment) -> Option<&str> {
    comment.text.as_deref().filter(|text| is_writable(text))
}
