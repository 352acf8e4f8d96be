//! Patterns of file names as Ruby has them.

/// Whether `text` is what `pattern` says, as `File.fnmatch?` without flags: a star takes slashes too.
pub(super) fn fnmatch(pattern: &str, text: &str) -> bool {
    matches(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>(), false)
}

/// Whether the path is what the pattern says, as `Dir.glob` finds it: a star stays within a folder, `**/` takes any.
pub(crate) fn glob(pattern: &str, path: &str) -> bool {
    let patterns: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    // Which patterns may come next, after each part: no way back is ever taken twice.
    let mut next = vec![false; patterns.len() + 1];
    next[0] = true;
    open_up(&patterns, &mut next);
    for part in parts {
        let mut after = vec![false; patterns.len() + 1];
        for (at, pattern) in patterns.iter().enumerate().filter(|(at, _)| next[*at]) {
            let is_hidden = part.starts_with('.');
            if *pattern == "**" && at + 1 < patterns.len() {
                after[at] |= !is_hidden;
            } else if !(is_hidden && pattern.starts_with(['*', '?', '['])) {
                let (pattern, part): (Vec<char>, Vec<char>) = (pattern.chars().collect(), part.chars().collect());
                after[at + 1] |= matches(&pattern, &part, true);
            }
        }
        open_up(&patterns, &mut after);
        next = after;
    }
    next[patterns.len()]
}

/// `**/` takes no folder at all, too.
fn open_up(patterns: &[&str], next: &mut [bool]) {
    for at in 0..patterns.len().saturating_sub(1) {
        if next[at] && patterns[at] == "**" {
            next[at + 1] = true;
        }
    }
}

fn matches(pattern: &[char], text: &[char], within_folder: bool) -> bool {
    let (mut p, mut t) = (0, 0);
    // Where to go on if what follows the last star does not fit: no star before it need be tried again.
    let mut back: Option<(usize, usize)> = None;
    loop {
        let step = match pattern.get(p) {
            Some('*') => {
                back = Some((p + 1, t));
                p += 1;
                continue;
            }
            Some(_) => text.get(t).and_then(|&c| one(&pattern[p..], c)),
            None if t == text.len() => return true,
            None => None,
        };
        match (step, back) {
            (Some(length), _) => {
                p += length;
                t += 1;
            }
            (None, Some((after, from))) if from < text.len() && !(within_folder && text[from] == '/') => {
                back = Some((after, from + 1));
                p = after;
                t = from + 1;
            }
            (None, _) => return false,
        }
    }
}

/// How much of the pattern `c` fits, which is one character's worth.
fn one(pattern: &[char], c: char) -> Option<usize> {
    match pattern {
        ['?', ..] => Some(1),
        ['\\', escaped, ..] => (*escaped == c).then_some(2),
        ['[', rest @ ..] => {
            let end = rest.iter().skip(1).position(|&c| c == ']')? + 1;
            let (is_not, set) = match rest[..end].split_first() {
                Some(('!' | '^', set)) => (true, set),
                _ => (false, &rest[..end]),
            };
            let mut at = 0;
            let mut is_in = false;
            while let Some(&first) = set.get(at) {
                match (set.get(at + 1), set.get(at + 2)) {
                    (Some('-'), Some(&last)) => {
                        is_in |= (first..=last).contains(&c);
                        at += 3;
                    }
                    _ => {
                        is_in |= first == c;
                        at += 1;
                    }
                }
            }
            (is_in != is_not).then_some(end + 2)
        }
        [first, ..] => (*first == c).then_some(1),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_ruby_matches() {
        assert!(fnmatch("/*.txt", "/a/b.txt"));
        assert!(fnmatch("/a/[b-d]?", "/a/c1"));
        assert!(!fnmatch("/a/[!b-d]?", "/a/c1"));
        assert!(fnmatch("/a\\*", "/a*"));
        assert!(!fnmatch("/a\\*", "/ab"));
        assert!(!fnmatch("/a", "/a/b"));
        assert!(!fnmatch("*a*a*a*a*a*a*a*b", &"a".repeat(20_000)));
    }

    #[test]
    fn as_ruby_globs() {
        assert!(glob("section/*/special", "section/x/special"));
        assert!(!glob("section/*/special", "section/x/y/special"));
        assert!(glob("section/**/special", "section/x/y/special"));
        assert!(glob("section/**/special", "section/special"));
        assert!(glob("**/*.md", "a/b.md"));
        assert!(!glob("*", ".hidden"));
        assert!(!glob("**/x", ".git/x"));
    }
}
