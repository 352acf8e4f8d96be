//! Reading JSON with the place of every entry.
//!
//! serde_json reads texts and numbers and says what is broken; the walk over braces and commas is ours, for serde_json
//! gives no places.

use serde::de::IgnoredAny;

use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::error::Error;
use crate::front::limits::MAX_DEPTH;
use crate::front::map::MapBuilder;
use crate::meta::{Entry, Float, Integer, Map, Value};

/// Reads the object in the part `front` of `text`.
///
/// # Errors
/// If it is not JSON, is no object, or is nested beyond the limit.
pub(super) fn read(text: &str, front: Span, sink: &mut dyn Sink) -> Result<Map, Error> {
    let json = front.slice(text).unwrap_or_default();
    // What follows leans on this: every brace, comma and quote is where it should be.
    if let Err(error) = serde_json::from_str::<IgnoredAny>(json) {
        return Err(syntax_error(json, front.start, &error));
    }
    let mut reader = Reader { json, at: 0, base: front.start, sink };
    match reader.value(0)? {
        Value::Map(map) => Ok(map),
        other => {
            let message = format!("the JSON is a {}, not an object", other.type_name());
            Err(Error::new(&codes::FRONT_NOT_MAP, message).at(Span::new(front.start, front.start)))
        }
    }
}

fn syntax_error(json: &str, base: usize, error: &serde_json::Error) -> Error {
    let line_start = json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let at = base + (line_start + error.column().saturating_sub(1)).min(json.len());
    let message = error.to_string();
    // serde_json puts the place behind its message; ours is counted in the whole file.
    let message = message.split(" at line ").next().unwrap_or_default();
    Error::new(&codes::JSON_SYNTAX, format!("the JSON is broken: {message}"))
        .at(Span::new(at, at))
        .help("keys and texts need double quotes, and no comma stands behind the last entry")
}

struct Reader<'t, 's> {
    json: &'t str,
    at: usize,
    base: usize,
    sink: &'s mut dyn Sink,
}

impl Reader<'_, '_> {
    fn value(&mut self, depth: usize) -> Result<Value, Error> {
        self.skip_space();
        if depth > MAX_DEPTH {
            let message = format!("lists and objects are nested more than {MAX_DEPTH} deep");
            return Err(Error::new(&codes::FRONT_TOO_DEEP, message).at(self.span_from(self.at)));
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(Value::String),
            _ => Ok(self.word()),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Error> {
        let mut map = MapBuilder::default();
        self.at += 1;
        while !self.ends_with(b'}') {
            let start = self.at;
            let key = self.string()?;
            self.skip_space();
            self.at += 1;
            let value = self.value(depth + 1)?;
            let span = self.span_from(start);
            if map.position(&key).is_some() {
                let message = format!("the key `{key}` stands twice in one object: the last one counts");
                self.sink.report(Diagnostic::new(&codes::KEY_DUPLICATE, message).at(span));
            }
            map.set(Entry { key, value, span });
        }
        Ok(Value::Map(map.finish()))
    }

    fn array(&mut self, depth: usize) -> Result<Value, Error> {
        let mut items = Vec::new();
        self.at += 1;
        while !self.ends_with(b']') {
            items.push(self.value(depth + 1)?);
        }
        Ok(Value::List(items))
    }

    /// Goes over white space and a comma; and over the closing bracket, if it is next.
    fn ends_with(&mut self, close: u8) -> bool {
        self.skip_space();
        if self.peek() == Some(b',') {
            self.at += 1;
            self.skip_space();
        }
        let ends = self.peek().is_none_or(|byte| byte == close);
        if ends {
            self.at += 1;
        }
        ends
    }

    fn string(&mut self) -> Result<String, Error> {
        let bytes = self.json.as_bytes();
        let start = self.at;
        let mut at = start + 1;
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
            at += found;
            if bytes.get(at) == Some(&b'"') {
                break;
            }
            at += 2;
        }
        self.at = (at + 1).min(self.json.len());
        let text = self.json.get(start..self.at).unwrap_or_default();
        serde_json::from_str(text).map_err(|error| {
            let place = self.base + start + error.column().saturating_sub(1);
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            Error::new(&codes::JSON_SYNTAX, format!("the JSON is broken: {message}")).at(Span::new(place, place))
        })
    }

    /// A number, a truth or null.
    fn word(&mut self) -> Value {
        let start = self.at;
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
        let length =
            self.json.as_bytes().get(start..).unwrap_or_default().iter().take_while(|byte| is_part(byte)).count();
        // At least one, so that the walk goes on whatever comes.
        self.at += length.max(1);
        let word = self.json.get(start..start + length).unwrap_or_default();
        match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            _ => number(word),
        }
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn span_from(&self, start: usize) -> Span {
        Span::new(start, self.at.min(self.json.len())).shift(self.base)
    }
}

fn number(word: &str) -> Value {
    // JSON's `-0` is a float to those who care.
    if let Some(integer) = Integer::parse(word).filter(|_| word != "-0") {
        return Value::Integer(integer);
    }
    Value::Float(Float::with_text(word.parse().unwrap_or(f64::NAN), word))
}
