//! Words in dates: months, weekdays, halves of the day.

use super::take_letters;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The month that a word names, in full or by its first letters.
pub(super) fn month(word: &str) -> Option<u8> {
    let word = word.to_ascii_lowercase();
    let is = |name: &str| name == word || (word.len() == 3 && name.starts_with(&word));
    let index = if word == "sept" { Some(8) } else { MONTHS.iter().position(|name| is(name)) };
    index.and_then(|index| u8::try_from(index + 1).ok())
}

pub(super) fn is_weekday(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let short = |name: &str| matches!(word.len(), 3..=5) && name.starts_with(&word);
    WEEKDAYS.iter().any(|name| *name == word || short(name))
}

/// Before noon, or behind it.
#[derive(Clone, Copy)]
pub(super) enum Half {
    Am,
    Pm,
}

pub(super) fn half_of_day(word: &str) -> Option<Half> {
    match word {
        "am" | "AM" | "Am" => Some(Half::Am),
        "pm" | "PM" | "Pm" => Some(Half::Pm),
        _ => None,
    }
}

pub(super) fn of_24_hours(hour: u8, half: Half) -> Option<u8> {
    match (hour, half) {
        (12, Half::Am) => Some(0),
        (12, Half::Pm) => Some(12),
        (1..=11, Half::Am) => Some(hour),
        (1..=11, Half::Pm) => Some(hour + 12),
        _ => None,
    }
}

/// `10 AM`: an hour without minutes.
pub(super) fn twelve_hours(hour: u8, rest: &str) -> Option<(u8, &str)> {
    let (word, rest) = take_letters(rest.trim_start_matches(' '));
    Some((of_24_hours(hour, half_of_day(word)?)?, rest))
}

pub(super) fn without_ordinal(text: &str) -> &str {
    let (word, rest) = take_letters(text);
    if matches!(word.to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th") {
        rest
    } else {
        text.strip_prefix('.').unwrap_or(text)
    }
}
