//! Lines of Markdown around a tag: what stands before it on its line, and how lines below it begin.

/// How far before a tag its line may begin for what stands between to be marks of lists.
const MARKS_AT_MOST: usize = 200;

/// How long a tag between the parts of a table is at most.
const TAG_AT_MOST: usize = 1000;

/// The line that something stands on.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// What stands before it on the line.
    pub(super) prefix: String,
    /// How many bytes to the start of the next line, if it is white space that follows.
    pub(super) to_line_end: usize,
    /// Whether what follows it on the line is white space.
    is_blank_behind: bool,
}

impl Line {
    /// The line of what stands between `before` and `behind`.
    pub(super) fn of(before: &str, behind: &str) -> Self {
        // Marks of lists take a few bytes: the start of a long line is not looked for.
        let mut start = before.len().saturating_sub(MARKS_AT_MOST);
        while !before.is_char_boundary(start) {
            start += 1;
        }
        let near = before.get(start..).unwrap_or_default();
        let prefix = memchr::memrchr(b'\n', near.as_bytes()).map_or(near, |at| near.get(at + 1..).unwrap_or_default());
        let blank = behind.len() - behind.trim_start_matches([' ', '\t', '\r']).len();
        let is_blank_behind = matches!(behind.as_bytes().get(blank), None | Some(b'\n'));
        Line { prefix: prefix.to_owned(), to_line_end: (blank + 1).min(behind.len()), is_blank_behind }
    }

    /// Whether only white space and marks of lists and quotations stand before it.
    pub(super) fn is_start(&self) -> bool {
        markers(&self.prefix).is_some()
    }

    /// Whether nothing follows it.
    pub(super) fn is_end(&self) -> bool {
        self.is_blank_behind
    }

    /// Whether it has the line to itself.
    pub(super) fn is_alone(&self) -> bool {
        self.is_start() && self.is_end()
    }

    /// What lines below begin with to stay in the same list or quotation.
    pub(super) fn continuation(&self) -> String {
        markers(&self.prefix).unwrap_or_default()
    }
}

/// The prefix with the marks of lists as spaces; `None` if there is more than marks.
fn markers(prefix: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = prefix;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            ' ' | '\t' | '>' => {
                out.push(c);
                rest = rest.get(1..)?;
                continue;
            }
            '-' | '*' | '+' => 1,
            '0'..='9' => {
                let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                rest.get(digits..)?.starts_with(['.', ')']).then_some(digits + 1)?
            }
            _ => return None,
        };
        rest = rest.get(length..)?;
        if !rest.starts_with([' ', '\t']) {
            return None;
        }
        out.push_str(&" ".repeat(length));
    }
    Some(out)
}

/// Whether HTML that follows `html` stands between the parts of a table, where text has no place: a comment does.
pub(super) fn is_between_parts(html: &str) -> bool {
    let Some(before) = html.trim_end().strip_suffix('>') else { return false };
    let near =
        memchr::memrchr(b'<', before.as_bytes().get(before.len().saturating_sub(TAG_AT_MOST)..).unwrap_or_default());
    let open = near.map(|at| before.len().saturating_sub(TAG_AT_MOST) + at + 1);
    let Some(tag) = open.and_then(|open| before.get(open..)) else { return false };
    let name = tag.split(|c: char| c.is_whitespace()).next().unwrap_or_default().to_ascii_lowercase();
    let parts = [
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "colgroup",
        "col",
        "/caption",
        "/thead",
        "/tbody",
        "/tfoot",
        "/tr",
        "/td",
        "/th",
        "/colgroup",
    ];
    parts.contains(&name.as_str())
}

/// Takes from each line of code the white space or quotation marks that it owes to what it stands in.
pub(super) fn dedent(code: &str, continuation: &str) -> String {
    let lines = code.split('\n').map(|line| {
        let mut line = line;
        for c in continuation.chars() {
            match line.strip_prefix(c) {
                Some(rest) => line = rest,
                None => break,
            }
        }
        line
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The longest run of `mark` in `text`.
pub(super) fn longest_run(text: &str, mark: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == mark { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Looks for fences that kramdown takes for text, in a text that grows.
#[derive(Default)]
pub(super) struct FencesOfText {
    is_found: bool,
    /// Up to where was looked.
    from: usize,
}

impl FencesOfText {
    /// Whether there is one in a line of `text`, which begins as it did before. Each line is looked at once.
    pub(super) fn is_one_in(&mut self, text: &str) -> bool {
        let new = text.get(self.from..).unwrap_or_default();
        let whole = new.rfind('\n').map_or(0, |end| end + 1);
        self.is_found |= holds_fence_of_text(new.get(..whole).unwrap_or_default());
        self.from = (self.from + whole).min(text.len());
        self.is_found
    }
}

/// Whether a line in `text` looks like a fence with more than a language behind it: kramdown takes it for text, and what
/// was to end it for the start of another.
fn holds_fence_of_text(text: &str) -> bool {
    text.lines().any(|line| {
        let info =
            line.trim_start_matches([' ', '>']).strip_prefix("```").map(|rest| rest.trim_start_matches('`').trim());
        info.is_some_and(|info| !info.contains('`') && info.contains([' ', '{']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_lists_become_spaces() {
        for (prefix, expected) in [
            ("", Some("")),
            ("  ", Some("  ")),
            ("- ", Some("  ")),
            ("> 10. ", Some(">     ")),
            ("a ", None),
            ("-", None),
            ("1 ", None),
        ] {
            assert_eq!(markers(prefix).as_deref(), expected, "{prefix:?}");
        }
        let line = Line::of("x\n- ", "  \ny");
        assert!(line.is_alone());
        assert_eq!(line.to_line_end, 3);
        assert!(!Line::of("x ", "\n").is_alone() && !Line::of("", " y").is_alone());
    }

    #[test]
    fn code_loses_what_it_owes_to_its_list() {
        assert_eq!(dedent("   a\n     b\nc\n\n", "   "), "a\n  b\nc\n\n");
        assert_eq!(dedent("> a\n>b", "> "), "a\nb");
        assert_eq!(longest_run("a``b```c", '`'), 3);
    }
}
