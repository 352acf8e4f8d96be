//! What the names of HTML elements tell about them.

use std::borrow::Cow;

/// What an element's content and place are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Holds blocks; bare text in it reads as a paragraph: `div`, `li`.
    Container,
    /// A block that holds running text: `p`, `h1`.
    Leaf,
    /// A block that holds certain elements only, and no text: `table`, `ul`.
    Structure,
    /// Not rendered, or apart from the text around it: `script`, `style`.
    Hidden,
    /// Part of running text: `b`, `span`, and every name that HTML does not know.
    Inline,
}

/// The class of the element `name`. It is asked for each tag, so only names of the same length are compared.
pub(crate) fn class(name: &str) -> Class {
    use Class::{Container, Hidden, Inline, Leaf, Structure};
    match name.len() {
        1 if name == "p" => Leaf,
        2 => match name {
            "dd" | "li" | "td" | "th" => Container,
            "dt" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" => Leaf,
            "dl" | "ol" | "tr" | "ul" => Structure,
            _ => Inline,
        },
        3 => match name {
            "div" | "nav" => Container,
            "pre" => Leaf,
            "col" | "dir" => Structure,
            _ => Inline,
        },
        4 => match name {
            "body" | "form" | "html" | "main" => Container,
            "menu" => Structure,
            "base" | "head" | "link" | "meta" => Hidden,
            _ => Inline,
        },
        5 => match name {
            "aside" => Container,
            "table" | "tbody" | "tfoot" | "thead" => Structure,
            "style" | "title" => Hidden,
            _ => Inline,
        },
        6 => match name {
            "center" | "dialog" | "figure" | "footer" | "header" | "hgroup" | "search" => Container,
            "legend" => Leaf,
            "script" => Hidden,
            _ => Inline,
        },
        7 => match name {
            "address" | "article" | "details" | "section" => Container,
            "caption" | "listing" | "summary" => Leaf,
            _ => Inline,
        },
        8 => match name {
            "fieldset" => Container,
            "colgroup" => Structure,
            "template" => Hidden,
            _ => Inline,
        },
        10 => match name {
            "blockquote" => Container,
            "figcaption" => Leaf,
            _ => Inline,
        },
        _ => Inline,
    }
}

/// The name, to be kept; the usual ones need no memory.
pub(crate) fn owned(name: &str) -> Cow<'static, str> {
    Cow::Borrowed(match name {
        "p" => "p",
        "li" => "li",
        "ul" => "ul",
        "ol" => "ol",
        "div" => "div",
        "blockquote" => "blockquote",
        "h1" => "h1",
        "h2" => "h2",
        "h3" => "h3",
        "h4" => "h4",
        "h5" => "h5",
        "h6" => "h6",
        "table" => "table",
        "thead" => "thead",
        "tbody" => "tbody",
        "tr" => "tr",
        "td" => "td",
        "th" => "th",
        "pre" => "pre",
        "dl" => "dl",
        "details" => "details",
        "section" => "section",
        "article" => "article",
        "figure" => "figure",
        _ => return Cow::Owned(name.to_owned()),
    })
}

/// Whether running text goes on beside the element.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(class(name), Class::Container | Class::Leaf | Class::Structure)
}

/// Whether the element never has content and no end tag.
pub(crate) fn is_void(name: &str) -> bool {
    match name.len() {
        2 => matches!(name, "br" | "hr"),
        3 => matches!(name, "col" | "img" | "wbr"),
        4 => matches!(name, "area" | "base" | "link" | "meta"),
        5 => matches!(name, "embed" | "frame" | "input" | "param" | "track"),
        6 => matches!(name, "keygen" | "source"),
        7 => name == "bgsound",
        8 => name == "basefont",
        _ => false,
    }
}

/// Whether the element shows something though it holds no text: a space beside it counts.
pub(crate) fn is_replaced(name: &str) -> bool {
    match name.len() {
        3 => matches!(name, "img" | "svg"),
        4 => name == "math",
        5 => matches!(name, "audio" | "embed" | "input" | "meter" | "video"),
        6 => matches!(name, "button" | "canvas" | "iframe" | "object" | "select"),
        8 => matches!(name, "progress" | "textarea"),
        _ => false,
    }
}

/// Whether white space in the element stands as it is.
pub(crate) fn keeps_space(name: &str) -> bool {
    match name.len() {
        3 => name == "pre",
        7 => name == "listing",
        8 => name == "textarea",
        _ => false,
    }
}

/// Whether the element's content is text only, tags in it included (HTML, section 13.1.2; scripting off).
pub(crate) fn is_raw_text(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "title" | "iframe" | "xmp" | "noembed" | "noframes")
}

/// Whether a line that begins with a tag of this name starts an HTML block that ends at a blank line (CommonMark 0.31,
/// HTML blocks, kind 6).
pub(crate) fn starts_html_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "base"
            | "basefont"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "col"
            | "colgroup"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frame"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hr"
            | "html"
            | "iframe"
            | "legend"
            | "li"
            | "link"
            | "main"
            | "menu"
            | "menuitem"
            | "nav"
            | "noframes"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "param"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "title"
            | "tr"
            | "track"
            | "ul"
    )
}

/// Whether a line that begins with a tag of this name starts an HTML block that ends at the line of an end tag
/// (CommonMark 0.31, HTML blocks, kind 1).
pub(crate) fn starts_verbatim_block(name: &str) -> bool {
    matches!(name, "pre" | "script" | "style" | "textarea")
}
