use super::{Date, Float, Integer, LocalDateTime, Map, OffsetDateTime};

/// One value of front matter, with its type.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// Nothing: YAML's `null`, `~` and empty value. TOML has none.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number of any size.
    Integer(Integer),
    /// A floating-point number with its text.
    Float(Float),
    /// Text.
    String(String),
    /// A day.
    Date(Date),
    /// A day and time in no zone.
    LocalDateTime(LocalDateTime),
    /// An instant with its offset.
    OffsetDateTime(OffsetDateTime),
    /// Values in order.
    List(Vec<Value>),
    /// Keys with values, in order.
    Map(Map),
}

impl Value {
    /// The text, if it is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The values, if it is a list.
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    /// The map, if it is one.
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Whether it is a date or a datetime.
    pub fn is_date(&self) -> bool {
        matches!(self, Value::Date(_) | Value::LocalDateTime(_) | Value::OffsetDateTime(_))
    }

    /// The word for its type, as diagnostics and `types` in a JSON post say it.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "bool",
            Value::Integer(_) => "integer",
            Value::Float(_) => "float",
            Value::String(_) => "string",
            Value::Date(_) => "date",
            Value::LocalDateTime(_) => "local-datetime",
            Value::OffsetDateTime(_) => "offset-datetime",
            Value::List(_) => "list",
            Value::Map(_) => "map",
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Integer(value.into())
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Value::Float(value.into())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Value::String(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Value::String(value)
    }
}

impl From<Date> for Value {
    fn from(value: Date) -> Self {
        Value::Date(value)
    }
}

impl From<LocalDateTime> for Value {
    fn from(value: LocalDateTime) -> Self {
        Value::LocalDateTime(value)
    }
}

impl From<OffsetDateTime> for Value {
    fn from(value: OffsetDateTime) -> Self {
        Value::OffsetDateTime(value)
    }
}

impl From<Vec<Value>> for Value {
    fn from(value: Vec<Value>) -> Self {
        Value::List(value)
    }
}

impl From<Map> for Value {
    fn from(value: Map) -> Self {
        Value::Map(value)
    }
}
