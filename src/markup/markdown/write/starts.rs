//! What CommonMark makes of HTML: which tags it knows for such, what starts a block and what ends it.

use crate::ast::same::html::{Token, Tokens};
use crate::ast::same::names;

/// Whether the HTML is one element that shows nothing: a script, a style.
pub(super) fn is_hidden(html: &str) -> bool {
    matches!(Tokens::new(html).next(), Some(Token::Start(tag)) if names::class(&tag.name) == names::Class::Hidden)
}

/// Whether the HTML may stand in running text: it is tags and comments that Markdown knows for such, and nothing between
/// them that could be anything but text.
pub(super) fn is_inline(html: &str) -> bool {
    !html.contains("\n\n")
        && Tokens::new(html).all(|token| match token {
            Token::Start(tag) => is_tag_name(&tag.name) && tag.attrs.iter().all(|(name, _)| is_attribute_name(name)),
            Token::End(name) => is_tag_name(&name),
            Token::Text(text) => text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '.')),
            Token::Comment(text) => !text.starts_with('>') && !text.starts_with("->") && !text.ends_with('-'),
            Token::Broken(_) => false,
        })
}

/// The names that CommonMark takes for tags (0.31, raw HTML).
pub(super) fn is_tag_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// The names that CommonMark takes for attributes (0.31, raw HTML).
pub(super) fn is_attribute_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':'))
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '.' | '-'))
}

/// Where the first tag ends.
pub(super) fn first_tag_end(html: &str) -> Option<usize> {
    let mut tokens = Tokens::new(html);
    matches!(tokens.next(), Some(Token::Start(_) | Token::End(_))).then(|| html.len() - tokens.left())
}

/// Whether the line is one tag and nothing else.
pub(super) fn is_one_tag(line: &str) -> bool {
    let line = line.trim_end();
    let mut tokens = Tokens::new(line);
    let is_tag = matches!(tokens.next(), Some(Token::Start(_) | Token::End(_)));
    is_tag && tokens.left() == 0
}

/// Whether the first tag is one to CommonMark too, if that matters for what it starts.
pub(super) fn is_sayable_start(html: &str) -> bool {
    if start_of(html) != Start::Tag {
        return true;
    }
    match Tokens::new(html).next() {
        Some(Token::Start(tag)) => is_tag_name(&tag.name) && tag.attrs.iter().all(|(name, _)| is_attribute_name(name)),
        Some(Token::End(name)) => is_tag_name(&name),
        _ => false,
    }
}

/// Whether a block of kinds 1 to 5 that this HTML starts ends where the HTML ends, and not before.
pub(super) fn ends_at_its_marker(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    let marker = if lower.starts_with("<!--") {
        "-->"
    } else if lower.starts_with("<?") {
        "?>"
    } else if lower.starts_with("<![cdata[") {
        "]]>"
    } else if lower.starts_with("<!") {
        ">"
    } else {
        // Any of the four end tags ends the block.
        let first = ["</pre>", "</script>", "</style>", "</textarea>"].iter().filter_map(|tag| lower.find(tag)).min();
        return first.is_some_and(|at| !lower[at..].contains('\n'));
    };
    lower[2..].find(marker).is_some_and(|at| !lower[2 + at..].contains('\n'))
}

/// Whether a block that a `<pre>` starts ends on a line before the last one: there is another `</pre>` in it.
pub(super) fn ends_early(html: &str) -> bool {
    let lower = html.get(..9).unwrap_or(html).to_ascii_lowercase();
    let Some(name) =
        ["pre", "textarea"].into_iter().find(|name| lower.get(1..).is_some_and(|tag| tag.starts_with(name)))
    else {
        return false;
    };
    start_of(html) == Start::Marked
        && html.to_ascii_lowercase().contains(&format!("</{name}>"))
        && !ends_at_its_marker(html)
}

/// What a line that begins with this HTML starts (CommonMark 0.31, HTML blocks).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// Kinds 1 to 5: a block up to the line of its marker.
    Marked,
    /// Kind 6: a block up to a blank line.
    Block,
    /// Kind 7 if the tag stands alone on the line.
    Tag,
    /// No block.
    Nothing,
}

/// What a line that begins with this HTML starts.
pub(super) fn start_of(html: &str) -> Start {
    let Some(body) = html.strip_prefix('<') else { return Start::Nothing };
    if body.starts_with(['!', '?']) {
        return Start::Marked;
    }
    let is_end = body.starts_with('/');
    let name: String = body
        .trim_start_matches('/')
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let behind = body.trim_start_matches('/').get(name.len()..).and_then(|rest| rest.chars().next());
    match name.as_str() {
        "" => Start::Nothing,
        // `<o:p>` is no tag to CommonMark.
        _ if behind.is_some_and(|c| !c.is_ascii_whitespace() && !matches!(c, '/' | '>')) => Start::Nothing,
        name if names::starts_verbatim_block(name) && !is_end => Start::Marked,
        name if names::starts_html_block(name) => Start::Block,
        _ => Start::Tag,
    }
}
