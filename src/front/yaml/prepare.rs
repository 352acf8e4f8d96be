//! Making YAML ready for the parser, which follows YAML 1.2 where generators' own parsers do not.

use std::borrow::Cow;
use std::ops::Range;

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

    /// The same for a text of one's own.
    pub(super) fn restored(&self, text: String) -> String {
        if self.stand_ins == 0 { text } else { self.restore(&text).into_owned() }
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
    let has_separators = specials.iter().any(|(_, character)| matches!(character, '\u{2028}' | '\u{2029}'));
    let mut quotes = Quotes::new(yaml);
    let blocks = if has_separators { blocks(yaml) } else { Vec::new() };
    for (at, character) in specials {
        if let Some(edit) = edit(at, character, rules, &blocks, &mut quotes)? {
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

fn edit(
    at: usize,
    character: char,
    rules: Rules,
    blocks: &[Range<usize>],
    quotes: &mut Quotes<'_>,
) -> Result<Option<Edit>, Unprintable> {
    match (rules, character) {
        (Rules::Jekyll, '\u{85}') => Ok(Some(Edit::LineFeed(2))),
        (Rules::Jekyll, '\u{2028}' | '\u{2029}') => {
            // In quotes and blocks it is a character like others.
            let before = blocks.partition_point(|block| block.end <= at);
            let is_in_block = blocks.get(before).is_some_and(|block| block.contains(&at));
            Ok((!is_in_block && !quotes.contain(at)).then_some(Edit::LineFeed(3)))
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

/// Going through a text, always knowing whether the place lies in quotes that its line opens.
struct Quotes<'t> {
    yaml: &'t str,
    at: usize,
    open: Option<char>,
    before: char,
}

impl<'t> Quotes<'t> {
    fn new(yaml: &'t str) -> Self {
        Quotes { yaml, at: 0, open: None, before: ' ' }
    }

    /// Whether the place `at`, behind all that were asked about before, lies in quotes.
    fn contain(&mut self, at: usize) -> bool {
        for c in self.yaml.get(self.at..at).unwrap_or_default().chars() {
            match self.open {
                _ if c == '\n' => self.open = None,
                None if matches!(c, '"' | '\'') && matches!(self.before, ' ' | '\t' | '[' | '{' | ',' | '\n') => {
                    self.open = Some(c)
                }
                Some(open) if c == open => self.open = None,
                _ => {}
            }
            self.before = c;
        }
        self.at = self.at.max(at);
        self.open.is_some()
    }
}

/// The parts of the text that are block scalars, as far as indentation shows: the lines below one that ends in `|` or
/// `>`, indented more than it.
fn blocks(yaml: &str) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut parent = None;
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let is_inside = parent.is_some_and(|parent| indent > parent) || (parent.is_some() && line.trim().is_empty());
        if let Some(block) = blocks.last_mut().filter(|_| is_inside) {
            block.end = at + line.len();
        } else {
            let header = line.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
            parent = header.ends_with(['|', '>']).then_some(indent);
            if parent.is_some() {
                blocks.push(at + line.len()..at + line.len());
            }
        }
        at += line.len();
    }
    blocks
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
