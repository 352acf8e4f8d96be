//! A shortcode's arguments: words, `"strings"` with escapes and `` `raw strings` ``, by position or by name.

use crate::ast::Argument;

/// Reads the arguments of a shortcode.
pub(super) fn read(text: &str) -> Vec<Argument> {
    let mut arguments = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let name_end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(name_end);
        let named = behind.trim_start().strip_prefix('=').filter(|_| !name.is_empty());
        let (value, behind) = value(named.unwrap_or(rest).trim_start());
        let argument = Argument::new(value);
        arguments.push(if named.is_some() { argument.named(name) } else { argument });
        rest = behind.trim_start();
    }
    arguments
}

/// One value and what follows it.
fn value(text: &str) -> (String, &str) {
    if let Some(inside) = text.strip_prefix('`')
        && let Some((value, rest)) = inside.split_once('`')
    {
        return (value.to_owned(), rest);
    }
    if let Some(inside) = text.strip_prefix('"') {
        let ends = |at: &usize| !inside[..*at].ends_with('\\');
        let end = memchr::memchr_iter(b'"', inside.as_bytes()).find(ends).unwrap_or(inside.len());
        let value = &inside[..end];
        // Hugo takes backslashes for what they are, unless one stands before a quote: then it drops all of them.
        let value = if value.contains("\\\"") { value.replace('\\', "") } else { value.to_owned() };
        return (value, inside.get(end + 1..).unwrap_or_default());
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len()).max(text.chars().next().map_or(0, char::len_utf8));
    let (value, rest) = text.split_at(end);
    (value.to_owned(), rest)
}

/// A value as it is written in a shortcode. What neither notation can hold, a line end or a quote between backticks and
/// backslashes, becomes what HTML and Markdown take for the same.
pub(crate) fn quote(value: &str) -> String {
    let has_quote = value.contains('"');
    let is_raw = value.contains('\n') || value.ends_with('\\') || (has_quote && value.contains('\\'));
    match (is_raw, value.contains('`')) {
        (true, false) => format!("`{value}`"),
        (true, true) => {
            let end = if value.ends_with('\\') { " " } else { "" };
            format!("\"{}{end}\"", value.replace('\n', " ").replace('"', "&quot;"))
        }
        _ => format!("\"{}\"", value.replace('"', "\\\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_is_read() {
        let seen = |text| {
            let show = |a: Argument| a.name.map_or(String::new(), |name| name + "=") + &a.value;
            read(text).into_iter().map(show).collect::<Vec<_>>()
        };
        assert_eq!(seen(" a \"b c\" `d\"e` "), ["a", "b c", "d\"e"]);
        assert_eq!(seen("src=/a.png alt=\"x \\\"y\\\"\" n=5 t = \"z\""), ["src=/a.png", "alt=x \"y\"", "n=5", "t=z"]);
        assert_eq!(seen("linenos=table,hl_lines=1-3"), ["linenos=table,hl_lines=1-3"]);
        assert_eq!(seen("= é \"open"), ["=", "é", "open"]);
        assert_eq!(seen(r#"x="a \\ b\n" y="a \"b\" \( c""#), [r"x=a \\ b\n", r#"y=a "b" ( c"#]);
        for value in ["a", "a \"b\"", "a \\(x\\)", "a \"b\" \\ c\nd", "a\\", "`a` \"b\"", "`a` \\(x"] {
            assert_eq!(read(&format!("x={}", quote(value)))[0].value, value);
        }
        assert_eq!(quote("`a` \"b\"\nc\\"), "\"`a` &quot;b&quot; c\\ \"");
    }
}
