//! The bytes of a stream.

use super::scan::Set;

/// Marks in the stream. Text that holds one of these bytes has [`ESCAPE`] before it.
pub(super) const OPEN: u8 = 1;
pub(super) const NAME: u8 = 2;
pub(super) const VALUE: u8 = 3;
pub(super) const END: u8 = 4;
pub(super) const CLOSE: u8 = 5;
pub(super) const ESCAPE: u8 = 6;
/// The held place of a space; never in the stream.
pub(super) const SPACE: u8 = 7;
pub(super) const BROKEN: u8 = 14;
/// Blocks that lie deeper are not told apart by what they are in. No tree is so deep, only raw tags without end tags.
pub(super) const MAX_FRAMES: usize = 512;
/// The spacing of a list that was loosened, or of which an item was: any goes.
pub(super) const ANY_SPACING: u8 = 15;

/// Words touch across the border of an inline element that holds blocks.
pub(super) const GLUED: u8 = 16;

/// Names that mean the same are one.
pub(super) fn canonical_name(name: &str) -> &str {
    match name {
        "b" => "strong",
        "i" => "em",
        "s" | "strike" => "del",
        _ => name,
    }
}

/// A start tag as it stands, attributes in their own order.
#[cfg(feature = "compare")]
pub(crate) fn put_tag(out: &mut Vec<u8>, name: &str, attrs: &[(&str, &str)]) {
    out.push(OPEN);
    put_text(out, name.as_bytes());
    put_attrs(out, attrs);
    out.push(END);
}

fn put_attrs(out: &mut Vec<u8>, attrs: &[(&str, &str)]) {
    for (name, value) in attrs {
        out.push(NAME);
        put_name(out, name);
        out.push(VALUE);
        put_text(out, value.as_bytes());
    }
}

pub(super) fn put_start(out: &mut Vec<u8>, name: &str, attrs: &mut [(&str, &str)]) {
    out.push(OPEN);
    put_name(out, name);
    if attrs.len() > 1 {
        attrs.sort_unstable();
    }
    put_attrs(out, attrs);
    out.push(END);
}

pub(crate) fn put_end(out: &mut Vec<u8>, name: &str) {
    out.push(CLOSE);
    put_name(out, name);
    out.push(END);
}

/// Text that is short and as a rule holds no mark.
fn put_name(out: &mut Vec<u8>, name: &str) {
    if name.bytes().all(|byte| byte > GLUED) {
        out.extend_from_slice(name.as_bytes());
    } else {
        put_text(out, name.as_bytes());
    }
}

pub(crate) fn put_text(out: &mut Vec<u8>, text: &[u8]) {
    static MARKS: Set = Set::of(&[BROKEN, ANY_SPACING, GLUED]).and_all(OPEN, SPACE);
    let mut rest = text;
    loop {
        let (clear, behind) = rest.split_at(MARKS.find(rest));
        out.extend_from_slice(clear);
        let Some((mark, behind)) = behind.split_first() else { return };
        // Not the byte itself: a held SPACE must stay the only 7.
        out.extend_from_slice(&[ESCAPE, mark + b'@']);
        rest = behind;
    }
}
