//! What the names of HTML elements tell about them.

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

/// The class of the element `name`.
pub(crate) fn class(name: &str) -> Class {
    match name {
        "article" | "aside" | "blockquote" | "body" | "center" | "dd" | "details" | "div" | "fieldset" | "figure"
        | "footer" | "form" | "header" | "html" | "li" | "main" | "nav" | "section" | "td" | "th" | "address"
        | "hgroup" | "search" | "dialog" => Class::Container,
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" | "listing" | "dt" | "summary" | "caption" | "legend"
        | "figcaption" | "hr" => Class::Leaf,
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "colgroup" | "col" | "ul" | "ol" | "menu" | "dir" | "dl" => {
            Class::Structure
        }
        "script" | "style" | "template" | "link" | "meta" | "title" | "head" | "base" => Class::Hidden,
        _ => Class::Inline,
    }
}

/// Whether running text goes on beside the element.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(class(name), Class::Container | Class::Leaf | Class::Structure)
}

/// Whether the element never has content and no end tag.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether the element shows something though it holds no text: a space beside it counts.
pub(crate) fn is_replaced(name: &str) -> bool {
    matches!(
        name,
        "img"
            | "input"
            | "iframe"
            | "svg"
            | "math"
            | "video"
            | "audio"
            | "object"
            | "embed"
            | "canvas"
            | "button"
            | "select"
            | "textarea"
            | "meter"
            | "progress"
    )
}

/// Whether white space in the element stands as it is.
pub(crate) fn keeps_space(name: &str) -> bool {
    matches!(name, "pre" | "textarea" | "listing")
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
