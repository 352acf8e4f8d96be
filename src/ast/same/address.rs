//! Addresses, whoever wrote them.

use std::borrow::Cow;

/// The bytes of an address that nobody encodes.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let signs = b"-_.+!*'(),%#@?=;:/$~&";
    let mut index = 0;
    while index < 256 {
        plain[index] = (index as u8).is_ascii_alphanumeric();
        index += 1;
    }
    index = 0;
    while index < signs.len() {
        plain[signs[index] as usize] = true;
        index += 1;
    }
    plain
};

/// The address, with every byte percent-encoded that some writer of HTML would encode.
pub(super) fn canonical_url(url: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| PLAIN[usize::from(byte)];
    if url.bytes().all(is_plain) {
        return Cow::Borrowed(url);
    }
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(url.len() + 16);
    for byte in url.bytes() {
        if is_plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    Cow::Owned(out)
}
