//! Escapes, as few as are needed.

/// Text between tags.
pub(in crate::markup::html) fn push_text(text: &str, out: &mut String) {
    push(text, false, out);
}

/// ` name="value"`.
pub(in crate::markup::html) fn push_attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push(value, true, out);
    out.push('"');
}

fn push(text: &str, is_quoted: bool, out: &mut String) {
    let mut done = 0;
    for (at, b) in text.bytes().enumerate() {
        let (escape, length) = match b {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' if is_quoted => ("&quot;", 1),
            b'\r' => ("&#13;", 1),
            0xC2 if text.as_bytes().get(at + 1) == Some(&0xA0) => ("&nbsp;", 2),
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(escape);
        done = at + length;
    }
    out.push_str(&text[done..]);
}

/// The value of an attribute that Markdown has a form for: pulldown-cmark escapes `'` too.
pub(super) fn push_quoted(text: &str, out: &mut String) {
    for (index, part) in text.split('\'').enumerate() {
        if index > 0 {
            out.push_str("&#39;");
        }
        push(part, true, out);
    }
}

/// An address. What a URL cannot hold is percent-encoded, as pulldown-cmark does it; template tags stay as they are.
pub(super) fn push_url(url: &str, out: &mut String) {
    let mut rest = url;
    while let Some((before, tag, behind)) = split_tag(rest) {
        push_plain_url(before, out);
        push(tag, true, out);
        rest = behind;
    }
    push_plain_url(rest, out);
}

/// The first `{{ … }}` or `{% … %}`, with what stands before and behind it.
fn split_tag(url: &str) -> Option<(&str, &str, &str)> {
    let (start, close) = [("{{", "}}"), ("{%", "%}")]
        .into_iter()
        .filter_map(|(open, close)| Some((url.find(open)?, close)))
        .min_by_key(|(start, _)| *start)?;
    let end = start + url[start..].find(close)? + close.len();
    Some((&url[..start], &url[start..end], &url[end..]))
}

fn push_plain_url(url: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for b in url.bytes() {
        match b {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            b'!' | b'#'..=b';' | b'=' | b'?'..=b'Z' | b'^'..=b'_' | b'a'..=b'z' | b'~' => out.push(char::from(b)),
            _ => {
                out.push('%');
                out.push(char::from(HEX[usize::from(b >> 4)]));
                out.push(char::from(HEX[usize::from(b & 15)]));
            }
        }
    }
}
