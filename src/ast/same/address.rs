//! Addresses, whoever wrote them.

use std::borrow::Cow;

use super::scan::Set;

/// The bytes of an address that somebody encodes.
static ODD: Set = Set::of(b"\"[\\]^`{|}<>").and_all(0, b' ').and_all(0x7f, 0xff);

/// The address, with every byte percent-encoded that some writer of HTML would encode.
pub(super) fn canonical_url(url: &str) -> Cow<'_, str> {
    if ODD.find(url.as_bytes()) == url.len() {
        return Cow::Borrowed(url);
    }
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(url.len() + 16);
    for byte in url.bytes() {
        if !ODD.has(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    Cow::Owned(out)
}
