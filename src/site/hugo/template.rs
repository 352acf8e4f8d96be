//! The template of a shortcode that shows what an include showed.
//!
//! A shortcode between `{{%` and `%}}` stands for text that Hugo puts in its place before it reads any Markdown: where that
//! text is, letter by letter, what stood there, the page is the same. Go's templates escape values by what is around
//! them, so that only those values are let through that come out as they went in, or as the same to HTML.

/// A part of what an include shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Piece {
    /// The same wherever it is included.
    Text(String),
    /// The parameter of this name.
    Value(String),
}

/// What stands around a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Around {
    /// Text.
    Text,
    /// An attribute between these quotes.
    Attribute(char),
    /// An attribute that holds an address.
    Address(char),
}

impl Around {
    /// Whether Go shows the value as it is, as far as HTML can tell.
    pub(crate) fn takes(self, value: &str) -> bool {
        match self {
            Around::Text => true,
            Around::Attribute(quote) => !value.contains(['<', '>', '\0', quote]),
            Around::Address(_) => {
                let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~!#$&*+,/:;=?@%".contains(c);
                let is_escape = |part: &str| part.len() >= 2 && part.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit);
                let has_reference = value.split('&').skip(1).any(|part| {
                    let name = part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
                    name.starts_with(';')
                });
                value.chars().all(is_plain) && value.split('%').skip(1).all(is_escape) && !has_reference
            }
        }
    }
}

/// Where the text of a template has got to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Text,
    /// In the name of a tag.
    Tag,
    /// Between attributes.
    Attributes,
    Name,
    /// Behind `=`.
    Equals,
    Quoted(char),
    Unquoted,
}

/// Elements whose text is none of HTML, to Go.
const OTHER_TEXT: [&str; 4] = ["script", "style", "textarea", "title"];

/// What stands around each value; `None` if Go would not take the template, or do more than escape.
pub(crate) fn surroundings(pieces: &[Piece]) -> Option<Vec<Around>> {
    let (mut state, mut name, mut found) = (State::Text, String::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                if text.contains("{{") || text.contains("<!") || text.contains("<?") {
                    return None;
                }
                state = follow(text, state, &mut name)?;
            }
            Piece::Value(_) => found.push(match state {
                State::Text => Around::Text,
                State::Quoted(quote) => around(&name, quote)?,
                _ => return None,
            }),
        }
    }
    (state == State::Text).then_some(found)
}

/// Goes through `text`; `name` is that of the last tag or attribute.
fn follow(text: &str, mut state: State, name: &mut String) -> Option<State> {
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        state = match (state, c) {
            (State::Text, '<') => {
                letters.next_if_eq(&'/');
                name.clear();
                if letters.peek().is_some_and(char::is_ascii_alphabetic) { State::Tag } else { State::Text }
            }
            (State::Text, _) => State::Text,
            (State::Quoted(quote), c) if c == quote => State::Attributes,
            (State::Quoted(_), _) => state,
            (State::Tag, '>' | '/' | ' ' | '\n' | '\t' | '\r')
                if OTHER_TEXT.iter().any(|other| name.eq_ignore_ascii_case(other)) =>
            {
                return None;
            }
            (State::Equals, '>') => return None,
            (_, '>') => State::Text,
            (State::Tag | State::Name | State::Attributes | State::Unquoted, ' ' | '\n' | '\t' | '\r') => {
                State::Attributes
            }
            (State::Tag | State::Name, '/') => State::Attributes,
            (State::Tag, c) => {
                name.push(c);
                State::Tag
            }
            (State::Attributes, '/') => State::Attributes,
            (State::Attributes | State::Name | State::Unquoted, '"' | '\'' | '<' | '`') => return None,
            (State::Attributes, c) => {
                name.clear();
                name.push(c);
                State::Name
            }
            (State::Name, '=') => State::Equals,
            (State::Name, c) => {
                name.push(c);
                State::Name
            }
            (State::Equals, ' ' | '\n' | '\t' | '\r' | '`' | '=' | '<') => return None,
            (State::Equals, '"' | '\'') => State::Quoted(c),
            (State::Equals, _) => State::Unquoted,
            (State::Unquoted, '=') => return None,
            (State::Unquoted, _) => State::Unquoted,
        };
    }
    // A value behind `<` or in a name is for nobody to escape.
    (!text.ends_with('<') && !text.ends_with("</")).then_some(state)
}

/// By the name of an attribute (Go's `html/template`, attr.go).
fn around(name: &str, quote: char) -> Option<Around> {
    const ADDRESSES: [&str; 13] = [
        "action",
        "archive",
        "background",
        "cite",
        "classid",
        "codebase",
        "data",
        "formaction",
        "href",
        "icon",
        "longdesc",
        "poster",
        "src",
    ];
    let name = name.to_ascii_lowercase();
    let name = name.strip_prefix("data-").unwrap_or(&name);
    if name.starts_with("on") || name.contains(':') || matches!(name, "style" | "srcset" | "srcdoc" | "imagesrcset") {
        return None;
    }
    let is_address = ADDRESSES.contains(&name) || ["src", "uri", "url"].iter().any(|part| name.contains(part));
    Some(if is_address { Around::Address(quote) } else { Around::Attribute(quote) })
}

/// The text of the template in `layouts/shortcodes`. Nothing of it shows but the pieces.
pub(crate) fn template(include: &str, pieces: &[Piece], surroundings: &[Around]) -> String {
    let mut out = format!("{{{{- /* The include `{}` of the old site. */ -}}}}\n", include.replace("*/", ""));
    let mut surroundings = surroundings.iter();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Value(name) => {
                let how = match surroundings.next() {
                    Some(Around::Address(_)) => "safeURL",
                    _ => "safeHTML",
                };
                out.push_str(&format!("{{{{ .Get \"{name}\" | {how} }}}}"));
            }
        }
    }
    out.push_str("\n{{- /* Nothing behind it, not even the end of the line. */ -}}\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<Piece> {
        let parts = text.split('@').enumerate().filter(|(_, part)| !part.is_empty());
        let piece = |(at, part): (usize, &str)| {
            if at % 2 == 0 { Piece::Text(part.to_owned()) } else { Piece::Value(part.to_owned()) }
        };
        parts.map(piece).collect()
    }

    #[test]
    fn what_stands_around_a_value_is_known() {
        use Around::{Address, Attribute, Text};
        let found = surroundings(&pieces("<a class='x @a@' href=\"/@b@\" data-url=\"@c@\">@d@</a> 1 < 2 <br/><hr>@e@"));
        assert_eq!(found.unwrap(), [Attribute('\''), Address('"'), Address('"'), Text, Text]);
        for refused in [
            "<a href=@a@>x</a>",
            "<a @a@>x</a>",
            "<@a@>x</@a@>",
            "<p style=\"@a@\">x</p>",
            "<p onclick='@a@'>x</p>",
            "<script>@a@</script>",
            "<script src='x'></script>",
            "<!-- @a@ -->x",
            "<a href=\"@a@",
            "<a href=x=y>@a@</a>",
            "<p a\"b>@a@",
            "{{ x }}",
        ] {
            assert_eq!(surroundings(&pieces(refused)), None, "{refused}");
        }
    }

    #[test]
    fn only_what_comes_out_as_it_went_in_is_let_through() {
        assert!(Around::Text.takes("*a* <b>"));
        assert!(Around::Attribute('"').takes("it's &amp; é") && !Around::Attribute('\'').takes("it's"));
        assert!(!Around::Attribute('"').takes("<b>"));
        assert!(Around::Address('"').takes("https://x.example/a%20b?c=1&d=2#e"));
        for refused in ["a b", "é", "a%2", "a&amp;b", "(a)", "javascript:'x'"] {
            assert!(!Around::Address('"').takes(refused), "{refused}");
        }
    }

    #[test]
    fn a_template_shows_its_pieces_and_nothing_else() {
        let pieces = pieces("<img src=\"@url@\" alt=\"@alt@\">@alt@");
        let text = template("a.html", &pieces, &surroundings(&pieces).unwrap());
        assert_eq!(
            text,
            "{{- /* The include `a.html` of the old site. */ -}}\n\
             <img src=\"{{ .Get \"url\" | safeURL }}\" alt=\"{{ .Get \"alt\" | safeHTML }}\">{{ .Get \"alt\" | safeHTML }}\n\
             {{- /* Nothing behind it, not even the end of the line. */ -}}\n"
        );
    }
}
