//! "Did you mean …?"

/// The candidate nearest to `word`, if one is near enough to be meant: at most a third of its letters differ.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().flat_map(char::to_lowercase).take(64).collect();
    let (candidate, distance) = candidates
        .into_iter()
        .map(|candidate| (candidate, distance(&word, candidate)))
        .min_by_key(|&(_, distance)| distance)?;
    (distance <= word.len().max(candidate.chars().count()).div_ceil(3)).then_some(candidate)
}

/// How many letters must be put in, left out or replaced (Levenshtein).
fn distance(word: &[char], candidate: &str) -> usize {
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (i, letter) in candidate.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for j in 0..word.len() {
            let replaced = diagonal + usize::from(word[j] != letter);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[word.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_finger_is_near_and_another_word_is_not() {
        let names = ["hugo", "jekyll", "json", "markdown"];
        assert_eq!(nearest("hugoo", names), Some("hugo"));
        assert_eq!(nearest("Jekyl", names), Some("jekyll"));
        assert_eq!(nearest("markdwon", names), Some("markdown"));
        assert_eq!(nearest("wordpress", names), None);
        assert_eq!(nearest("x", []), None);
    }
}
