//! What generators' own parsers reject and the YAML 1.2 parser does not.

use super::rules::Rules;

/// Where a tab stands in a gap between values at a place where the reader has none.
///
/// libyaml (0.2.5, `yaml_parser_scan_to_next_token` and `yaml_parser_scan_plain_scalar`) takes no tab at the start of a line
/// outside brackets, nor behind `-` and `?`; behind a plain scalar it does where the tab is indented enough. goccy takes
/// none at the start of a line.
pub(super) fn tab(gap: &str, is_first: bool, behind_plain: bool, indent: usize, rules: Rules) -> Option<usize> {
    if !gap.contains('\t') || matches!(rules, Rules::Core | Rules::Own) {
        return None;
    }
    let mut at = 0;
    let mut may_be_scalar = behind_plain && rules == Rules::Jekyll;
    for (index, line) in gap.split('\n').enumerate() {
        let begins_line = index > 0 || is_first;
        let content = line.trim_start_matches([' ', '\t']);
        let blank = &line[..line.len() - content.len()];
        if begins_line && let Some(tab) = blank.find('\t').filter(|&tab| !may_be_scalar || tab < indent) {
            return Some(at + tab);
        }
        may_be_scalar &= !content.starts_with('#') && (index == 0 || content.trim_end().is_empty());
        if rules == Rules::Jekyll
            && let Some(behind) = content.strip_prefix(['-', '?'])
        {
            let blank = behind.len() - behind.trim_start_matches([' ', '\t']).len();
            if let Some(tab) = behind[..blank].find('\t') {
                return Some(at + line.len() - behind.len() + tab);
            }
        }
        at += line.len() + 1;
    }
    None
}

/// Whether libyaml takes the name of an anchor: ASCII letters, digits, `-` and `_`.
pub(super) fn is_anchor_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Whether libyaml takes a plain scalar between brackets: none that begins with a colon, nor one that a colon follows
/// right in front of a bracket or comma.
pub(super) fn is_plain_in_flow(text: &str, behind: &str) -> bool {
    let ends_well = behind.strip_prefix(':').is_none_or(|rest| !rest.starts_with([',', '?', '[', ']', '{', '}']));
    !text.starts_with(':') && ends_well
}

/// Whether a text in double quotes, as written, escapes half of a surrogate pair: libyaml takes none.
pub(super) fn has_surrogate_escape(source: &str) -> bool {
    let mut rest = source;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        let escape = &rest[at + 1..];
        if escape.starts_with('u')
            && escape.get(1..3).is_some_and(|hex| ("d8".."e0").contains(&hex.to_ascii_lowercase().as_str()))
        {
            return true;
        }
        let length = escape.chars().next().map_or(0, char::len_utf8);
        rest = &escape[length..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_at_the_start_of_a_line() {
        assert_eq!(tab("\n\t\n", false, true, 1, Rules::Jekyll), Some(1));
        assert_eq!(tab("\n \t\n", false, true, 1, Rules::Jekyll), None);
        assert_eq!(tab("\n \t\n", false, false, 1, Rules::Jekyll), Some(2));
        assert_eq!(tab(" \t# c\nb", false, true, 1, Rules::Jekyll), None);
        assert_eq!(tab("\n  -\t", false, false, 3, Rules::Jekyll), Some(4));
        assert_eq!(tab("\t", true, false, 0, Rules::Jekyll), Some(0));
        assert_eq!(tab("\n  -\t", false, false, 3, Rules::Hugo), None);
        assert_eq!(tab("\n\t\n", false, true, 1, Rules::Core), None);
    }

    #[test]
    fn halves_of_pairs() {
        assert!(has_surrogate_escape("\"\\ud83d\\ude80\""));
        assert!(!has_surrogate_escape("\"\\\\ud83d \\u00e9\""));
    }
}
