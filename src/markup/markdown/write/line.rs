//! What would be markup at the start of a line and nowhere else.

use super::setup::Setup;

/// What a line of running text is.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // each is something that decides what its first signs mean
pub(super) struct Line {
    /// The first of its paragraph.
    pub(super) is_first: bool,
    /// The first of an item, where `[ ]` makes a task.
    pub(super) in_item: bool,
    /// The first of a quotation, where `[!NOTE]` makes an alert.
    pub(super) in_quote: bool,
    /// The first of the body, where front matter may stand.
    pub(super) in_body: bool,
}

/// Where a backslash must stand in a line that begins with text, if anywhere.
pub(super) fn escape_at(text: &str, line: Line, setup: &Setup) -> Option<usize> {
    let first = text.chars().next()?;
    let ends_or_space = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\n', '\\']);
    let only = |signs: &[char]| text.chars().all(|c| c == ' ' || signs.contains(&c));
    let start = Some(0);
    match first {
        // A heading. kramdown needs no space behind it.
        '#' => {
            let rest = text.trim_start_matches('#');
            let is_heading = text.len() - rest.len() <= 6 && ends_or_space(rest);
            start.filter(|_| is_heading || setup.is_kramdown())
        }
        // A quotation.
        '>' => start,
        // An item; a rule, an underline of a heading or of a table's head.
        '-' | '+' | '*' if ends_or_space(&text[1..]) => start,
        '+' if line.in_body && text.trim_end() == "+++" => start,
        '-' | '|' | ':' if only(&['-', ':', '|']) && text.contains('-') => start,
        '*' | '_' if only(&[first]) && text.matches(first).count() > 2 => start,
        '=' if !line.is_first && only(&['=']) => start,
        // A numbered item.
        '0'..='9' => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = text.len() - rest.len();
            let is_item = digits <= 9 && rest.starts_with(['.', ')']) && ends_or_space(&rest[1..]);
            is_item.then_some(digits)
        }
        // Fenced code.
        '~' if text.starts_with("~~~") => start,
        // A definition.
        ':' if (setup.definition_lists || setup.is_kramdown()) && ends_or_space(&text[1..]) => start,
        // A task.
        '[' if line.in_item && setup.task_lists && sign_in_box(text).is_some() => start,
        '[' if line.in_quote && setup.alerts && text.starts_with("[!") => start,
        // JSON front matter.
        '{' if line.in_body => start,
        // The attributes of a block.
        '{' if setup.block_attributes && text.trim_end().ends_with('}') => start,
        // kramdown: the end of a block.
        '^' if setup.is_kramdown() && text.trim_end() == "^" => start,
        _ => None,
    }
}

/// What stands in the box that the text begins with. Goldmark wants no white space behind it.
pub(super) fn sign_in_box(text: &str) -> Option<char> {
    let rest = text.strip_prefix('[')?;
    let sign = rest.chars().next().filter(|sign| matches!(sign, ' ' | 'x' | 'X'))?;
    rest[1..].starts_with(']').then_some(sign)
}
