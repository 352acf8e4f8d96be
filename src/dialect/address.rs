//! Addresses. The canonical `url` is the path of the file that is written, decoded, with `/` for `/index.html`:
//! `/2019/05/01/mali.html`, `/about/`.

/// The day and time that an address is made of, and its names.
pub(super) mod words {
    /// Full names of the months; the first three letters are the short ones.
    pub(in crate::dialect) const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    /// Full names of the days of the week from Monday; the first three letters are the short ones.
    pub(in crate::dialect) const WEEKDAYS: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
}

/// `text` with every `%41` as the byte it stands for; a `%` that stands for nothing stays. Bytes that are no UTF-8 leave
/// the text as it is.
pub(crate) fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = |offset: usize| bytes.get(at + offset).and_then(|&b| char::from(b).to_digit(16));
        match (byte, hex(1), hex(2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(byte));
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Whether the address lies on another site: it has a scheme.
pub(super) fn is_elsewhere(url: &str) -> bool {
    url.split_once("://").is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}

/// The extension of the last part of `path` with its dot, as Ruby's `File.extname` has it: none for `.hidden`.
pub(crate) fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let bare = name.trim_start_matches('.');
    match bare.rfind('.') {
        Some(dot) => &bare[dot..],
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs() {
        assert_eq!(decode("/a%20b/%C3%A9/"), "/a b/é/");
        assert_eq!(decode("/50%/x%2"), "/50%/x%2");
        assert_eq!(decode("/%FF/"), "/%FF/");
    }

    #[test]
    fn extensions_are_rubys() {
        assert_eq!(extension("/a/b.html"), ".html");
        assert_eq!(extension("/a/.html"), "");
        assert_eq!(extension("/a.b/c"), "");
        assert_eq!(extension("/v1.2"), ".2");
    }

    #[test]
    fn schemes() {
        assert!(is_elsewhere("https://example.org/"));
        assert!(!is_elsewhere("/a/?u=https://example.org/"));
        assert!(!is_elsewhere("://x"));
    }
}
