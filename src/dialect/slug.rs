//! Slugs as Jekyll makes them of names (Jekyll 4.3, `Utils.slugify` and `Utils.titleize_slug`).

use unicode_general_category::{GeneralCategory, get_general_category};

/// Which characters a slug keeps.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Letters, marks and decimal digits.
    Default,
    /// Those and what an address shows as it is: `._~!$&'()+,;=@`.
    Pretty,
}

/// Whether a slug keeps its capitals.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// As written.
    Kept,
    /// In lower case, letter by letter, without regard to what stands around it: so Ruby does.
    Lower,
}

/// `text` with each run of other characters made one hyphen, none at either end.
pub(super) fn slugify(text: &str, mode: Mode, case: Case) -> String {
    if is_slug(text.as_bytes(), case) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if !keeps(c, mode) {
            gap = true;
            continue;
        }
        if gap && !out.is_empty() {
            out.push('-');
        }
        gap = false;
        match case {
            Case::Kept => out.push(c),
            Case::Lower if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            Case::Lower => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Whether the text is letters and digits of ASCII with single hyphens between them: a slug is its own slug.
fn is_slug(text: &[u8], case: Case) -> bool {
    let mut before = b'-';
    for &byte in text {
        let is_kept = match byte {
            b'a'..=b'z' | b'0'..=b'9' => true,
            b'A'..=b'Z' => case == Case::Kept,
            b'-' => before != b'-',
            _ => false,
        };
        if !is_kept {
            return false;
        }
        before = byte;
    }
    before != b'-'
}

fn keeps(c: char, mode: Mode) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric()
            || (mode == Mode::Pretty
                && matches!(c, '.' | '_' | '~' | '!' | '$' | '&' | '\'' | '(' | ')' | '+' | ',' | ';' | '=' | '@'));
    }
    is_word(c)
}

/// Whether `c`, which is not ASCII, is a letter, a mark or a decimal digit.
pub(super) fn is_word(c: char) -> bool {
    use GeneralCategory as G;
    matches!(
        get_general_category(c),
        G::UppercaseLetter
            | G::LowercaseLetter
            | G::TitlecaseLetter
            | G::ModifierLetter
            | G::OtherLetter
            | G::NonspacingMark
            | G::SpacingMark
            | G::EnclosingMark
            | G::DecimalNumber
    )
}

/// The title that Jekyll gives a post without one: `hello-big-world` is "Hello Big World".
pub(super) fn titleize(slug: &str) -> String {
    // Ruby's `split` drops what is empty at the end, not in between.
    let words: Vec<String> = slug.trim_end_matches('-').split('-').map(capitalize).collect();
    words.join(" ")
}

fn capitalize(word: &str) -> String {
    let mut chars = word.chars();
    let mut out = String::with_capacity(word.len());
    let mut first = chars.next().into_iter().flat_map(char::to_uppercase);
    out.extend(first.next());
    // A letter that has no capital of its own, such as ß, gives "Ss".
    out.extend(first.chain(chars).flat_map(char::to_lowercase));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_jekylls() {
        let pretty = |text| slugify(text, Mode::Pretty, Case::Kept);
        assert_eq!(pretty("Hello World_Foo.Bar"), "Hello-World_Foo.Bar");
        assert_eq!(pretty("%E4%B8%AD"), "E4-B8-AD");
        assert_eq!(pretty("-leading--and trailing-"), "leading-and-trailing");
        assert_eq!(pretty("combinin\u{301}g"), "combinin\u{301}g");
        assert_eq!(pretty("emoji-🎉-party"), "emoji-party");
        let default = |text| slugify(text, Mode::Default, Case::Lower);
        assert_eq!(default("Hello World_Foo.Bar"), "hello-world-foo-bar");
        assert_eq!(default("Über Straße!"), "über-straße");
        assert_eq!(default("¡!"), "");
    }

    #[test]
    fn titles_are_jekylls() {
        assert_eq!(titleize("hello-UPPER-wOrLd"), "Hello Upper World");
        assert_eq!(titleize("a--b---c"), "A  B   C");
        assert_eq!(titleize("-leading-hyphen"), " Leading Hyphen");
        assert_eq!(titleize("trailing-"), "Trailing");
        assert_eq!(titleize("ßa"), "Ssa");
        assert_eq!(titleize(""), "");
    }
}
