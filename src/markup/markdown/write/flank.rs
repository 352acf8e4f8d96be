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

/// Stands for the brackets of a link among the delimiters.
const BRACKET: char = '[';

/// Neighbouring delimiters of one character.
#[derive(Clone, Debug)]
struct Run<'p> {
    character: char,
    /// All delimiters together.
    length: usize,
    can_open: bool,
    can_close: bool,
    /// What of it still waits to be closed, the outermost first.
    open: &'p [Piece],
}

/// The delimiters of one mark at one of its ends.
#[derive(Clone, Copy, Debug)]
struct Piece {
    character: char,
    length: usize,
    mark: usize,
    opens: bool,
    /// Where it stands among the tokens.
    at: usize,
}

/// Gives each mark the first notation that works: usual, underscores, tags.
pub(super) fn settle(tokens: &mut Tokens<'_>) {
    if tokens.marks.iter().all(|mark| mark.delimiter().is_none()) {
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
    let pieces = pieces(tokens);
    match check(tokens, &pieces, Beside::Punctuation) {
        Ok(false) => None,
        Ok(true) => check(tokens, &pieces, Beside::Other).err(),
        Err(mark) => Some(mark),
    }
}

/// All delimiters in order, and the brackets of links.
fn pieces(tokens: &Tokens<'_>) -> Vec<Piece> {
    let piece = |(at, token): (usize, &Token<'_>)| {
        let (mark, opens) = match token {
            Token::Open(mark) => (*mark, true),
            Token::Close(mark) => (*mark, false),
            _ => return None,
        };
        let (character, length) = match tokens.marks.get(mark)? {
            Mark { notation: Notation::Brackets, .. } => (BRACKET, 1),
            other => other.delimiter()?,
        };
        Some(Piece { character, length, mark, opens, at })
    };
    tokens.list.iter().enumerate().filter_map(piece).collect()
}

const MAX_ROUNDS: usize = 64;

fn give_way(mark: &mut Mark<'_>) {
    mark.notation = match (mark.notation, mark.kind) {
        (Notation::Usual, MarkKind::Emphasis | MarkKind::Strong) => Notation::Underscore,
        _ => Notation::Html,
    };
}

/// The first mark that would not come out right, if characters of unsure class are of class `unsure`; else whether there
/// were such.
fn check(tokens: &Tokens<'_>, pieces: &[Piece], unsure: Beside) -> Result<bool, usize> {
    let mut runs: Vec<Run> = Vec::new();
    // Delimiters in a link's text stay in it.
    let mut bottoms: Vec<usize> = Vec::new();
    let mut is_unsure = false;
    let mut rest = pieces;
    while let Some(first) = rest.first() {
        if first.character == BRACKET {
            if first.opens {
                bottoms.push(runs.len());
            } else {
                runs.truncate(bottoms.pop().unwrap_or(0));
            }
            rest = &rest[1..];
            continue;
        }
        let is_next =
            |(index, piece): &(usize, &Piece)| piece.character == first.character && piece.at == first.at + index;
        let (run, behind) = rest.split_at(rest.iter().enumerate().take_while(is_next).count());
        rest = behind;
        let mut sure = |beside| {
            is_unsure |= beside == Beside::Unsure;
            if beside == Beside::Unsure { unsure } else { beside }
        };
        let (before, after) = (sure(before(tokens, first.at)), sure(after(tokens, first.at + run.len())));
        step(&mut runs, bottoms.last().copied().unwrap_or(0), run, before, after)?;
    }
    Ok(is_unsure)
}

/// Takes one run of delimiters in; the mark to blame if it does not work.
fn step<'p>(
    runs: &mut Vec<Run<'p>>,
    bottom: usize,
    pieces: &'p [Piece],
    before: Beside,
    after: Beside,
) -> Result<(), usize> {
    let Some(&Piece { character, mark: first, .. }) = pieces.first() else { return Ok(()) };
    use Beside::{Punctuation, Space};
    let is_left = after != Space && (after != Punctuation || matches!(before, Space | Punctuation));
    let is_right = before != Space && (before != Punctuation || matches!(after, Space | Punctuation));
    let (can_open, can_close) = if character == '_' {
        (is_left && (!is_right || before == Punctuation), is_right && (!is_left || after == Punctuation))
    } else {
        (is_left, is_right)
    };
    let length = pieces.iter().map(|piece| piece.length).sum();
    let run = Run { character, length, can_open, can_close, open: &[] };

    if character == '~' {
        // Any run but one of two, and one in the other, is none to some parser.
        let is_open = runs.get(bottom..).is_some_and(|runs| runs.iter().any(|run| run.character == '~'));
        let opens = pieces.iter().rfind(|piece| piece.opens);
        match (pieces, opens) {
            ([_], None) => {}
            ([_], Some(_)) if !is_open => {}
            (_, opens) => return Err(opens.map_or(first, |piece| piece.mark)),
        }
    }
    let mut remaining = length;
    let mut rest = pieces;
    while let [piece @ Piece { opens: false, .. }, behind @ ..] = rest {
        // The nearest opener that the run closes must be this mark's own, and give as many delimiters.
        let own = match nearest(runs, bottom, &run) {
            Some(index) if index + 1 == runs.len() => &mut runs[index],
            _ => return Err(piece.mark),
        };
        let left: usize = own.open.iter().map(|piece| piece.length).sum();
        let taken = if left >= 2 && remaining >= 2 || character == '~' { 2 } else { 1 };
        match own.open {
            [others @ .., last] if last.mark == piece.mark && taken == piece.length && is_allowed(own, &run) => {
                own.open = others;
            }
            _ => return Err(piece.mark),
        }
        if own.open.is_empty() {
            runs.pop();
        }
        remaining -= piece.length;
        rest = behind;
    }
    let Some(piece) = rest.first() else { return Ok(()) };
    if rest.iter().any(|piece| !piece.opens) || !can_open || nearest(runs, bottom, &run).is_some() {
        return Err(piece.mark);
    }
    runs.push(Run { open: rest, ..run });
    Ok(())
}

/// The nearest run that `closer` would close to some parser: the rule of three is left out.
fn nearest(runs: &[Run<'_>], bottom: usize, closer: &Run<'_>) -> Option<usize> {
    if !closer.can_close {
        return None;
    }
    let index = runs.get(bottom..)?.iter().rposition(|opener| opener.character == closer.character)?;
    Some(bottom + index)
}

/// The rule of three (rules 9 and 10): runs that can do both must not add up to a multiple of three, unless both are one.
fn is_allowed(opener: &Run<'_>, closer: &Run<'_>) -> bool {
    let is_both = opener.can_close || closer.can_open;
    let is_multiple = (opener.length + closer.length).is_multiple_of(3);
    let are_multiples = opener.length.is_multiple_of(3) && closer.length.is_multiple_of(3);
    closer.character == '~' || !is_both || !is_multiple || are_multiples
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
