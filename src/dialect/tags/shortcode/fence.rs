//! The settings behind a fence that Hugo's highlighter takes: ```` ```go {linenos=true hl_lines=[1,"3-5"]} ````.

use crate::ast::{
    BlockKind, CodeBlock, Document, Highlight, Meaning, NodeRef, Numbers, Place, PlacedTag, Step, Tag, TagDetails,
};

use super::NAME;

/// The fences of a body whose settings say more than a language.
pub(super) fn fences(document: &Document) -> Vec<PlacedTag> {
    let code = document.walk().filter_map(|step| match step {
        Step::Enter(NodeRef::Block(block)) => match &block.kind {
            BlockKind::CodeBlock(code) => Some((block.span, code)),
            _ => None,
        },
        _ => None,
    });
    code.filter_map(|(span, code)| {
        let meaning = Meaning::Highlight(highlight(code)?);
        let details = TagDetails { meaning, body: Some(code.text.clone()), ..TagDetails::default() };
        let tag = Tag::new(NAME, "highlight", "").with_details(details);
        let placed = PlacedTag { place: Place::Fence, ..PlacedTag::new(tag, span) };
        (!span.is_empty()).then_some(placed)
    })
    .collect()
}

fn highlight(code: &CodeBlock) -> Option<Highlight> {
    let (language, settings) = code.info.split_once('{')?;
    let mut highlight = Highlight { language: language.trim().to_owned(), ..Highlight::default() };
    apply(settings.strip_suffix('}')?, &mut highlight);
    let has_settings = highlight.numbers.is_some() || !highlight.marked.is_empty();
    has_settings.then_some(highlight)
}

/// Takes over the settings of a fence or of the `highlight` shortcode: both have the same names.
pub(super) fn apply(settings: &str, highlight: &mut Highlight) {
    for (name, value) in pairs(settings) {
        match (name.to_ascii_lowercase().as_str(), value) {
            ("linenos", "false") => highlight.numbers = None,
            ("linenos", "table") => highlight.numbers = Some(Numbers::Table),
            ("linenos", "inline") => highlight.numbers = Some(Numbers::Inline),
            ("linenos", _) => highlight.numbers = Some(Numbers::Usual),
            ("hl_lines", lines) => highlight.marked = lines.split([' ', ',']).filter_map(stretch).collect(),
            ("linenostart", number) => highlight.first = number.parse().ok().filter(|&number| number != 1),
            ("hl_inline", value) => highlight.is_inline = value == "true",
            _ => {}
        }
    }
}

/// `name=value` pairs between commas or spaces; a value may stand in quotes or brackets. A bare word goes on with the
/// value before it: `hl_lines=1 3-4`.
fn pairs(settings: &str) -> Vec<(&str, &str)> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    let mut rest = settings;
    while let Some((name, behind)) = rest.split_once('=') {
        let name = name.trim_matches([' ', ',']);
        let behind = behind.trim_start();
        let (value, behind) = match behind.chars().next() {
            Some('[') => behind.get(1..).and_then(|inside| inside.split_once(']')).unwrap_or((behind, "")),
            Some('"') => behind.get(1..).and_then(|inside| inside.split_once('"')).unwrap_or((behind, "")),
            _ => {
                // Up to the name of the next pair.
                let next = behind.find('=').unwrap_or(behind.len());
                let value = behind.get(..next).unwrap_or_default();
                let end = if next == behind.len() { next } else { value.rfind([' ', ',']).unwrap_or(next) };
                behind.split_at(end)
            }
        };
        pairs.push((name, value.trim_matches([' ', ','])));
        rest = behind;
    }
    pairs
}

fn stretch(lines: &str) -> Option<(u32, u32)> {
    let lines = lines.trim_matches('"');
    let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
    Some((first.parse().ok()?, last.parse().ok()?))
}

/// What stands behind the fence for `highlight`, in Hugo's notation.
pub(super) fn info(highlight: &Highlight) -> String {
    let mut settings = Vec::new();
    match highlight.numbers {
        Some(Numbers::Usual) => settings.push("linenos=true".to_owned()),
        Some(Numbers::Table) => settings.push("linenos=table".to_owned()),
        Some(Numbers::Inline) => settings.push("linenos=inline".to_owned()),
        None => {}
    }
    if !highlight.marked.is_empty() {
        let lines = highlight.marked.iter().map(|&(first, last)| match first == last {
            true => first.to_string(),
            false => format!("\"{first}-{last}\""),
        });
        settings.push(format!("hl_lines=[{}]", lines.collect::<Vec<_>>().join(",")));
    }
    settings.extend(highlight.first.map(|first| format!("linenostart={first}")));
    if settings.is_empty() {
        return highlight.language.clone();
    }
    let language = if highlight.language.is_empty() { "text" } else { &highlight.language };
    format!("{language} {{{}}}", settings.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_in_every_notation() {
        for settings in [
            "linenos=true hl_lines=[1,\"3-5\"] linenostart=7",
            "linenos=true,hl_lines=1 3-5,linenostart=7",
            "hl_lines=[1, \"3-5\"], linenostart=7, linenos=\"true\"",
        ] {
            let mut highlight = Highlight { language: "go".to_owned(), ..Highlight::default() };
            apply(settings, &mut highlight);
            assert_eq!(info(&highlight), "go {linenos=true hl_lines=[1,\"3-5\"] linenostart=7}", "{settings}");
        }
    }

    #[test]
    fn a_fence_without_settings_is_no_tag() {
        assert!(highlight(&CodeBlock::new("go {.class}", "")).is_none());
        assert!(highlight(&CodeBlock::new("go", "")).is_none());
        assert!(highlight(&CodeBlock::new("go {linenos=inline}", "")).is_some());
    }
}
