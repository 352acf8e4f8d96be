//! Values as they are typed on a command line.

use postferry::Span;
use postferry::format::{FrontMatter, Schema};
use postferry::front::{Json, Toml};
use postferry::meta::Value;

/// What a text on the command line means as a value: JSON, or a date as TOML has it; anything else is text. So `no`, `on`
/// and `Release: notes` mean what they say, whoever's YAML they end in.
pub(super) fn value(text: &str) -> Value {
    let parsed = |syntax: &dyn FrontMatter, whole: String| {
        let meta = syntax.parse(&whole, Span::new(0, whole.len()), Schema::Core, &mut ()).ok()?;
        // A text with more in it than one value is text.
        if meta.map.len() != 1 || !meta.comments.is_empty() { None } else { meta.get("v").cloned() }
    };
    parsed(&Json::default(), format!("{{\"v\":{text}}}"))
        .or_else(|| parsed(&Toml::default(), format!("v = {text}\n")).filter(Value::is_date))
        .unwrap_or_else(|| Value::String(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_json_or_a_date_or_text() {
        assert_eq!(value("true"), Value::Bool(true));
        assert_eq!(value("12"), Value::from(12_i64));
        assert_eq!(value("\"12\""), Value::from("12"));
        assert_eq!(value("[\"a\", \"b\"]"), Value::List(vec!["a".into(), "b".into()]));
        assert_eq!(value("2019-05-01").type_name(), "date");
        assert_eq!(value("2019-05-01T12:09:07+02:00").type_name(), "offset-datetime");
        for text in ["", "Hello", "Release: notes", "yes", "1,\"w\":2", "'a'", "2019-05-01 # x", "0x1", "1\nw = 2"] {
            assert_eq!(value(text), Value::from(text), "{text}");
        }
    }
}
