//! What HTML's element names mean for reading and writing.

/// Whether the element is laid out as a block (HTML, section 15.3).
pub(in crate::markup) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
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
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

/// Whether the element has neither content nor an end tag (HTML, section 13.1.2), old ones included.
pub(in crate::markup) fn is_void(name: &str) -> bool {
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

/// Whether the element shows nothing itself and takes no part in a line of text.
pub(in crate::markup) fn is_hidden(name: &str) -> bool {
    matches!(name, "base" | "bgsound" | "link" | "meta" | "script" | "style" | "template" | "title")
}

/// Whether the element is kept as the bytes that it was written as: what is in it is no
/// prose, or stands apart from the line that the element stands in.
pub(in crate::markup) fn is_opaque(name: &str) -> bool {
    is_hidden(name)
        || matches!(
            name,
            "applet"
                | "audio"
                | "button"
                | "canvas"
                | "iframe"
                | "listing"
                | "math"
                | "noembed"
                | "noframes"
                | "noscript"
                | "object"
                | "picture"
                | "plaintext"
                | "select"
                | "svg"
                | "textarea"
                | "video"
                | "xmp"
        )
}

/// Whether the element's text is not escaped (HTML, section 13.3).
pub(in crate::markup) fn is_raw_text(name: &str) -> bool {
    matches!(name, "iframe" | "noembed" | "noframes" | "noscript" | "plaintext" | "script" | "style" | "xmp")
}

/// Whether the tokenizer takes what follows the element's start tag for text (HTML, section 13.2.6).
pub(in crate::markup) fn has_raw_text(name: &str) -> bool {
    is_raw_text(name) || matches!(name, "textarea" | "title")
}
