//! Making YAML ready for the parser, which follows YAML 1.2 where generators' own parsers do not.

use std::borrow::Cow;

use super::rules::Rules;

/// Text for the parser, and the way back to the text as written.
pub(super) struct Prepared<'t> {
    /// What the parser reads.
    pub(super) text: Cow<'t, str>,
    /// Offsets in the text that the parser reads, each with the offset in the original from which on both run alike.
    places: Vec<(usize, usize)>,
    /// The first of the characters that stand for control characters; 0 if there are none.
    stand_ins: u32,
}

/// A character that the reader does not allow.
#[derive(Debug)]
pub(super) struct Unprintable {
    pub(super) at: usize,
    pub(super) character: char,
}

impl Prepared<'_> {
    /// How many places were changed.
    pub(super) fn places_count(&self) -> usize {
        self.places.len()
    }

    /// The offset in the original.
    pub(super) fn original(&self, offset: usize) -> usize {
        let run = self.places.partition_point(|&(prepared, _)| prepared <= offset).checked_sub(1);
        run.and_then(|run| self.places.get(run)).map_or(offset, |&(prepared, original)| original + (offset - prepared))
    }

    /// A piece of the text with the control characters that others stood for.
    pub(super) fn restore<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.stand_ins == 0 {
            return Cow::Borrowed(text);
        }
        let restored = text.chars().map(|c| match u32::from(c).checked_sub(self.stand_ins) {
            Some(code) if code < STAND_INS => restored(code),
            _ => c,
        });
        Cow::Owned(restored.collect())
    }
}

/// Makes `yaml` ready. At the offsets `unseparated` stand comments without white space before them, which libyaml and
/// goccy allow and the parser does not.
///
/// # Errors
/// At a character that the reader does not allow.
pub(super) fn prepare<'t>(yaml: &'t str, rules: Rules, unseparated: &[usize]) -> Result<Prepared<'t>, Unprintable> {
    let specials = specials(yaml, rules);
    if specials.is_empty() && unseparated.is_empty() {
        return Ok(Prepared { text: Cow::Borrowed(yaml), places: Vec::new(), stand_ins: 0 });
    }
    let mut prepared = Prepared { text: Cow::Borrowed(""), places: Vec::new(), stand_ins: 0 };
    let mut edits: Vec<(usize, Edit)> = unseparated.iter().map(|&at| (at, Edit::Insert)).collect();
    for (at, character) in specials {
        if let Some(edit) = edit(yaml, at, character, rules)? {
            edits.push((at, edit));
        }
    }
    edits.sort_by_key(|&(at, _)| at);
    if edits.iter().any(|(_, edit)| matches!(edit, Edit::StandIn(_))) {
        prepared.stand_ins = free_characters(yaml);
    }
    let mut text = String::with_capacity(yaml.len() + edits.len() * 4);
    let mut from = 0;
    for (at, edit) in edits {
        text.push_str(yaml.get(from..at).unwrap_or_default());
        from = match edit {
            Edit::Insert => {
                text.push(' ');
                at
            }
            Edit::LineFeed(length) => {
                text.push('\n');
                at + length
            }
            Edit::StandIn(character) => {
                text.extend(char::from_u32(prepared.stand_ins + stand_in(character)));
                at + character.len_utf8()
            }
        };
        prepared.places.push((text.len(), from));
    }
    text.push_str(yaml.get(from..).unwrap_or_default());
    prepared.text = Cow::Owned(text);
    Ok(prepared)
}

enum Edit {
    /// A space.
    Insert,
    /// A line feed for a character of this many bytes that ends lines in YAML 1.1.
    LineFeed(usize),
    /// A character that the parser allows.
    StandIn(char),
}

fn edit(yaml: &str, at: usize, character: char, rules: Rules) -> Result<Option<Edit>, Unprintable> {
    match (rules, character) {
        (Rules::Jekyll, '\u{85}') => Ok(Some(Edit::LineFeed(2))),
        (Rules::Jekyll, '\u{2028}' | '\u{2029}') => {
            // In quotes and blocks it is a character like others.
            Ok((!is_quoted(yaml, at) && !is_in_block(yaml, at)).then_some(Edit::LineFeed(3)))
        }
        (Rules::Jekyll, '\u{feff}') => Ok(None),
        (Rules::Jekyll, character) => Err(Unprintable { at, character }),
        (Rules::Hugo, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}') => Ok(None),
        (Rules::Hugo, character) => Ok(Some(Edit::StandIn(character))),
        (Rules::Core | Rules::Own, _) => Ok(None),
    }
}

/// Characters that need a look: what is not printable, and what ends lines in YAML 1.1 alone.
fn specials(yaml: &str, rules: Rules) -> Vec<(usize, char)> {
    if matches!(rules, Rules::Core | Rules::Own) {
        return Vec::new();
    }
    let may_be_special = |byte: u8| matches!(byte, 0..=8 | 0xb | 0xc | 0xe..=0x1f | 0x7f | 0xc2 | 0xe2 | 0xef);
    let starts = yaml.bytes().enumerate().filter(|&(_, byte)| may_be_special(byte)).map(|(at, _)| at);
    starts
        .filter_map(|at| yaml.get(at..)?.chars().next().map(|character| (at, character)))
        .filter(|&(_, c)| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
        .collect()
}

/// Whether the place lies in quotes that its line opens, as far as the line shows.
fn is_quoted(yaml: &str, at: usize) -> bool {
    let start = yaml[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let mut quote = None;
    let mut before = ' ';
    for c in yaml[start..at].chars() {
        match quote {
            None if matches!(c, '"' | '\'') && matches!(before, ' ' | '\t' | '[' | '{' | ',') => quote = Some(c),
            Some(open) if c == open => quote = None,
            _ => {}
        }
        before = c;
    }
    quote.is_some()
}

/// How far back the line is looked for that begins a block scalar.
const MAX_BLOCK: usize = 8 * 1024;

/// Whether the place lies in a block scalar: the next line above that is indented less ends in `|` or `>`.
fn is_in_block(yaml: &str, at: usize) -> bool {
    let start = yaml[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let own = indent(&yaml[start..at]);
    let from = (start.saturating_sub(MAX_BLOCK)..=start).find(|&from| yaml.is_char_boundary(from)).unwrap_or(start);
    let above = yaml[from..start].lines().rev().find(|line| !line.trim().is_empty() && indent(line) < own);
    above.is_some_and(|line| {
        let header = line.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
        header.ends_with(['|', '>'])
    })
}

/// How many characters there are to stand for: the controls below U+00A0, and the two that are no characters.
const STAND_INS: u32 = 0xa2;

fn stand_in(character: char) -> u32 {
    match character {
        '\u{fffe}' => 0xa0,
        '\u{ffff}' => 0xa1,
        control => u32::from(control),
    }
}

fn restored(code: u32) -> char {
    match code {
        0xa0 => '\u{fffe}',
        0xa1 => '\u{ffff}',
        control => char::from_u32(control).unwrap_or_default(),
    }
}

/// The first of a row of characters for private use that the text does not have.
fn free_characters(yaml: &str) -> u32 {
    let is_used = |first: u32| yaml.chars().any(|c| (first..first + STAND_INS).contains(&u32::from(c)));
    (0..16).map(|row| 0xf_0000 + row * 0x100).find(|&first| !is_used(first)).unwrap_or(0x10_0000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_back() {
        let prepared = prepare("a: \"b\"#c\nd: \u{7f}e\n", Rules::Hugo, &[6]).unwrap();
        assert!(prepared.text.starts_with("a: \"b\" #c\nd: "));
        let e = prepared.text.find("e\n").unwrap();
        assert_eq!(prepared.original(e), 13);
        assert_eq!(prepared.original(3), 3);
        assert_eq!(prepared.restore(&prepared.text), "a: \"b\" #c\nd: \u{7f}e\n");
    }

    #[test]
    fn libyaml_has_more_line_ends_and_fewer_characters() {
        assert_eq!(prepare("a: x\u{85}b: 'y\u{2028}z'", Rules::Jekyll, &[]).unwrap().text, "a: x\nb: 'y\u{2028}z'");
        assert_eq!(prepare("a: x\u{2028}y", Rules::Jekyll, &[]).unwrap().text, "a: x\ny");
        assert_eq!(prepare("a: |\n  x\u{2028}y\n", Rules::Jekyll, &[]).unwrap().text, "a: |\n  x\u{2028}y\n");
        assert_eq!(prepare("a: “x”\u{7}", Rules::Jekyll, &[]).err().unwrap().at, 10);
    }
}
