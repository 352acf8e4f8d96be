//! Bytes of a file as text.

use encoding_rs::{DecoderResult, Encoding};
use postferry::diag::codes;
use postferry::{Error, Span};

/// A post whose text cannot be had.
#[derive(Debug)]
pub(crate) struct Unread {
    pub(crate) error: Error,
    /// What can be shown of the text.
    pub(crate) text: Option<String>,
}

/// Turns the bytes of posts into text: from UTF-8, or from the encoding that was named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decode {
    encoding: Option<&'static Encoding>,
}

impl Decode {
    /// From the encoding named `name`, or from UTF-8.
    pub(crate) fn named(name: Option<&str>) -> Result<Self, Error> {
        let find = |name: &str| {
            Encoding::for_label(name.as_bytes()).ok_or_else(|| {
                Error::new(&codes::ENCODING_UNKNOWN, format!("there is no encoding `{name}`"))
                    .help("it has the names that browsers know: windows-1252, iso-8859-15, shift_jis, utf-16le")
            })
        };
        Ok(Decode { encoding: name.map(find).transpose()? })
    }

    /// The text. The error names the first byte that does not fit.
    pub(crate) fn text(self, bytes: Vec<u8>) -> Result<String, Unread> {
        match self.encoding {
            Some(encoding) => from_encoding(encoding, &bytes),
            None => String::from_utf8(bytes).or_else(|error| {
                let bytes = error.as_bytes();
                let unread = |error| Unread { error, text: Some(String::from_utf8_lossy(bytes).into_owned()) };
                postferry::decode(bytes, None).map(str::to_owned).map_err(unread)
            }),
        }
    }
}

fn from_encoding(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Unread> {
    // A byte order mark says more than any name; it is taken off.
    let mut decoder = encoding.new_decoder();
    let wrong = |offset: usize, text: &str| {
        let message = format!("byte {offset} does not fit the encoding {}", encoding.name());
        let error = Error::new(&codes::ENCODING_WRONG, message)
            .at(Span::new(text.len(), text.len()))
            .help("the file is most likely in another encoding")
            .locate(text);
        Unread { error, text: Some(format!("{text}\u{fffd}")) }
    };
    let Some(capacity) = decoder.max_utf8_buffer_length_without_replacement(bytes.len()) else {
        return Err(wrong(0, ""));
    };
    let mut text = String::with_capacity(capacity);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::Malformed(length, behind), read) => {
            Err(wrong(read.saturating_sub(usize::from(length) + usize::from(behind)), &text))
        }
        (DecoderResult::OutputFull, read) => Err(wrong(read, &text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str, bytes: &[u8]) -> Result<String, String> {
        Decode::named(Some(name)).ok().unwrap().text(bytes.to_vec()).map_err(|unread| unread.error.to_string())
    }

    #[test]
    fn a_named_encoding_is_decoded_whole_or_not_at_all() {
        assert_eq!(text("windows-1252", b"caf\xe9 \x93q\x94").unwrap(), "café “q”");
        assert_eq!(text("utf-16le", b"\xff\xfea\0\xe9\0").unwrap(), "aé");
        assert_eq!(
            text("shift_jis", b"\x82\xa0\n\x82\x20").unwrap_err(),
            "2:1: byte 3 does not fit the encoding Shift_JIS"
        );
        assert_eq!(text("utf-16le", b"a\0b").unwrap_err(), "1:2: byte 2 does not fit the encoding UTF-16LE");
    }

    #[test]
    fn names_are_those_of_browsers() {
        assert!(Decode::named(Some("Latin1")).is_ok());
        assert!(Decode::named(Some("latin-15")).is_err());
    }
}
