//! What HTML's element names mean for reading and writing.

use crate::ast::same::names;
pub(in crate::markup) use crate::ast::same::names::is_void;

/// Whether the element is laid out as a block (HTML, section 15.3): beside those that the tree has, those that are kept as
/// bytes.
pub(in crate::markup) fn is_block(name: &str) -> bool {
    names::is_block(name) || matches!(name, "frameset" | "plaintext" | "xmp")
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
