//! Which marks can be written with delimiters: CommonMark's own algorithm (0.31, inline parsing, phase 2) walked over
//! the delimiters that would be written. A mark that it would not close where it should is written otherwise.

use super::mark::{Mark, MarkKind, Notation};
use super::tokens::{Token, Tokens};

/// What stands beside a delimiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    Space,
    Punctuation,
    /// A character of no class that every parser agrees on: an emoji, a combining mark.
    Unsure,
    Other,
}

/// Neighbouring delimiters of one character.
#[derive(Clone, Debug)]
struct Run {
    character: char,
    /// All delimiters together.
    length: usize,
    can_open: bool,
    can_close: bool,
    /// What of it still waits to be closed: marks with their lengths, the outermost first.
    open: Vec<(usize, usize)>,
}

/// Gives each mark the first notation that works: usual, underscores, tags.
pub(super) fn settle(tokens: &mut Tokens<'_>) {
    if tokens.marks.is_empty() {
        return;
    }
    // Each round changes one mark and goes over everything again; where that would take long, tags always work.
    let mut rounds = 0..MAX_ROUNDS;
    loop {
        let tags = count_tags(tokens);
        while let Some(mark) = blamed(tokens).and_then(|index| tokens.marks.get_mut(index)) {
            if rounds.next().is_none() {
                return all_to_tags(tokens);
            }
            give_way(mark);
        }
        if count_tags(tokens) == tags {
            return;
        }
        // Beside tags the others may have their usual notation after all; written again, they would.
        for mark in &mut tokens.marks {
            if mark.notation == Notation::Underscore {
                mark.notation = Notation::Usual;
            }
        }
    }
}

fn count_tags(tokens: &Tokens<'_>) -> usize {
    tokens.marks.iter().filter(|mark| mark.notation == Notation::Html).count()
}

fn all_to_tags(tokens: &mut Tokens<'_>) {
    for mark in &mut tokens.marks {
        if mark.delimiter().is_some() {
            mark.notation = Notation::Html;
        }
    }
}

/// The first mark that would not come out right to some parser.
fn blamed(tokens: &Tokens<'_>) -> Option<usize> {
    check(tokens, Beside::Punctuation).or_else(|| check(tokens, Beside::Other))
}

const MAX_ROUNDS: usize = 64;

fn give_way(mark: &mut Mark<'_>) {
    mark.notation = match (mark.notation, mark.kind) {
        (Notation::Usual, MarkKind::Emphasis | MarkKind::Strong) => Notation::Underscore,
        _ => Notation::Html,
    };
}

/// The first mark that would not come out right, if characters of unsure class are of class `unsure`.
fn check(tokens: &Tokens<'_>, unsure: Beside) -> Option<usize> {
    let delimiter = |token: &Token<'_>| match token {
        Token::Open(index) => tokens.marks.get(*index)?.delimiter().map(|(c, n)| (c, n, *index, true)),
        Token::Close(index) => tokens.marks.get(*index)?.delimiter().map(|(c, n)| (c, n, *index, false)),
        _ => None,
    };
    let mut runs: Vec<Run> = Vec::new();
    // Delimiters in a link's text stay in it.
    let mut bottoms: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < tokens.list.len() {
        let token = &tokens.list[at];
        let Some((character, _, first, _)) = delimiter(token) else {
            match token {
                Token::Open(index) if is_bracketed(tokens, *index) => bottoms.push(runs.len()),
                Token::Close(index) if is_bracketed(tokens, *index) => runs.truncate(bottoms.pop().unwrap_or(0)),
                _ => {}
            }
            at += 1;
            continue;
        };
        let start = at;
        let mut pieces = Vec::new();
        while let Some((c, length, mark, opens)) = tokens.list.get(at).and_then(delimiter) {
            if c != character {
                break;
            }
            pieces.push((mark, length, opens));
            at += 1;
        }
        let sure = |beside| if beside == Beside::Unsure { unsure } else { beside };
        let (before, after) = (sure(before(tokens, start)), sure(after(tokens, at)));
        let bottom = bottoms.last().copied().unwrap_or(0);
        if let Some(blamed) = step(&mut runs, bottom, character, &pieces, before, after) {
            return Some(blamed.unwrap_or(first));
        }
    }
    None
}

/// Takes one run of delimiters in; the mark to blame if it does not work.
fn step(
    runs: &mut Vec<Run>,
    bottom: usize,
    character: char,
    pieces: &[(usize, usize, bool)],
    before: Beside,
    after: Beside,
) -> Option<Option<usize>> {
    use Beside::{Punctuation, Space};
    let is_left = after != Space && (after != Punctuation || matches!(before, Space | Punctuation));
    let is_right = before != Space && (before != Punctuation || matches!(after, Space | Punctuation));
    let (can_open, can_close) = if character == '_' {
        (is_left && (!is_right || before == Punctuation), is_right && (!is_left || after == Punctuation))
    } else {
        (is_left, is_right)
    };
    let length = pieces.iter().map(|(_, length, _)| length).sum();
    let run = Run { character, length, can_open, can_close, open: Vec::new() };

    if character == '~' {
        // Any run but one of two, and one in the other, is none to some parser.
        let is_open = runs.get(bottom..).is_some_and(|runs| runs.iter().any(|run| run.character == '~'));
        let opens = pieces.iter().rfind(|(.., opens)| *opens);
        match (pieces, opens) {
            ([_], None) => {}
            ([_], Some(_)) if !is_open => {}
            (_, Some((mark, ..))) => return Some(Some(*mark)),
            ([(mark, ..), ..], None) => return Some(Some(*mark)),
            ([], None) => {}
        }
    }
    let mut remaining = length;
    let mut rest = pieces;
    while let Some(&(mark, size, false)) = rest.first() {
        // The nearest opener that the run closes must be this mark's own, and give as many delimiters.
        let own = match nearest(runs, bottom, &run) {
            Some(index) if index + 1 == runs.len() => &mut runs[index],
            _ => return Some(Some(mark)),
        };
        let left: usize = own.open.iter().map(|(_, size)| size).sum();
        let taken = if left >= 2 && remaining >= 2 { 2 } else { 1 };
        let taken = if character == '~' { 2 } else { taken };
        if own.open.last() != Some(&(mark, size)) || taken != size || !is_allowed(own, &run) {
            return Some(Some(mark));
        }
        own.open.pop();
        if own.open.is_empty() {
            runs.pop();
        }
        remaining -= size;
        rest = &rest[1..];
    }
    let &(mark, ..) = rest.first()?;
    if rest.iter().any(|(.., opens)| !opens) || !can_open || nearest(runs, bottom, &run).is_some() {
        return Some(Some(mark));
    }
    let open = rest.iter().map(|(mark, size, _)| (*mark, *size)).collect();
    runs.push(Run { open, ..run });
    None
}

/// The nearest run that `closer` would close to some parser: the rule of three is left out.
fn nearest(runs: &[Run], bottom: usize, closer: &Run) -> Option<usize> {
    if !closer.can_close {
        return None;
    }
    let index = runs.get(bottom..)?.iter().rposition(|opener| opener.character == closer.character)?;
    Some(bottom + index)
}

/// The rule of three (rules 9 and 10): runs that can do both must not add up to a multiple of three, unless both are one.
fn is_allowed(opener: &Run, closer: &Run) -> bool {
    let is_both = opener.can_close || closer.can_open;
    let is_multiple = (opener.length + closer.length).is_multiple_of(3);
    let are_multiples = opener.length.is_multiple_of(3) && closer.length.is_multiple_of(3);
    closer.character == '~' || !is_both || !is_multiple || are_multiples
}

fn is_bracketed(tokens: &Tokens<'_>, index: usize) -> bool {
    tokens.marks.get(index).is_some_and(|mark| mark.notation == Notation::Brackets)
}

/// What stands before the token at `index`.
pub(super) fn before(tokens: &Tokens<'_>, index: usize) -> Beside {
    match index.checked_sub(1).and_then(|at| tokens.list.get(at)) {
        None | Some(Token::Space | Token::SoftBreak | Token::HardBreak | Token::Task(_)) => Beside::Space,
        Some(Token::Text(start, end)) => {
            beside(tokens.text.get(*start..*end).and_then(|text| text.chars().next_back()))
        }
        Some(Token::Verbatim(text)) => beside(text.chars().next_back()),
        Some(_) => Beside::Punctuation,
    }
}

/// What stands behind the token before `index`.
pub(super) fn after(tokens: &Tokens<'_>, index: usize) -> Beside {
    match tokens.list.get(index) {
        None | Some(Token::Space | Token::SoftBreak) => Beside::Space,
        Some(Token::Text(start, end)) => beside(tokens.text.get(*start..*end).and_then(|text| text.chars().next())),
        Some(Token::Verbatim(text)) => beside(text.chars().next()),
        Some(_) => Beside::Punctuation,
    }
}

pub(super) fn beside(character: Option<char>) -> Beside {
    match character {
        None => Beside::Space,
        // It is written as `&nbsp;`.
        Some('\u{a0}') => Beside::Punctuation,
        Some(c) if c.is_whitespace() => Beside::Space,
        Some(c) if c.is_ascii_punctuation() => Beside::Punctuation,
        Some(c) if c.is_alphanumeric() => Beside::Other,
        Some(_) => Beside::Unsure,
    }
}
