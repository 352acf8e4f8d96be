//! The least that must be HTML in a post's Markdown, however it is written: the tags that Markdown has no form for, blocks of
//! running text with attributes, tables that it cannot say, and comments.
//!
//! Counted in the tree of html5ever, by nothing of `src`. White space between tags counts as nothing, and so does text that is
//! in HTML only because of what stands around it.

use crate::dom::{Element, Node, comments, is_blank, is_block, is_replaced, parse};

/// The least, in bytes.
pub(crate) fn least_raw(html: &str) -> usize {
    blocks(&parse(html)) + comments(html)
}

fn elements(nodes: &[Node]) -> impl Iterator<Item = &Element> {
    nodes.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    })
}

/// What a block holds: blocks, or running text, or both.
fn blocks(nodes: &[Node]) -> usize {
    let last = nodes.iter().rposition(|node| !matches!(node, Node::Text(text) if is_blank(text)));
    let each = nodes.iter().enumerate().map(|(index, node)| match node {
        Node::Text(_) => 0,
        Node::Element(element) if is_block(&element.name) || element.name == "pre" => block(element),
        Node::Element(element) => {
            let next = nodes[index + 1..].iter().find(|node| !matches!(node, Node::Text(text) if is_blank(text)));
            let ends = matches!(next, Some(Node::Element(next)) if is_block(&next.name));
            let own = inline(element, Line { goes_on: true, is_last: ends || last.is_none_or(|last| index >= last) });
            own + flanked(element, &nodes[..index], nodes.get(index + 1))
        }
    });
    each.sum()
}

fn block(element: &Element) -> usize {
    let has_attrs = !element.attrs.is_empty();
    let own_if_any = if has_attrs { tags(element) } else { 0 };
    match element.name.as_str() {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" if has_attrs => whole(element),
        "p" if element.children.is_empty() => tags(element),
        "p" => run(&element.children, Line { goes_on: true, is_last: true }),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => run(&element.children, Line { goes_on: false, is_last: true }),
        "hr" => 0,
        "blockquote" => own_if_any + blocks(&element.children),
        "ul" | "ol" => list(element),
        "pre" => pre(element),
        "table" if is_sayable_table(element) => {
            cells(element).iter().map(|cell| run(&cell.children, Line { goes_on: false, is_last: true })).sum()
        }
        "table" => table(element),
        _ => tags(element) + blocks(&element.children),
    }
}

/// A list with attributes is its tags and those of its items.
fn list(element: &Element) -> usize {
    let is_own = |(name, value): &(String, String)| {
        element.name == "ol" && name == "start" && value.bytes().all(|b| b.is_ascii_digit()) && value.len() < 10
    };
    let items = || elements(&element.children);
    if items().next().is_none() {
        return tags(element);
    }
    let must = !element.attrs.iter().all(is_own) || items().any(|item| item.name != "li" || !item.attrs.is_empty());
    let own = if must { tags(element) + items().map(tags).sum::<usize>() } else { 0 };
    own + items().map(|item| blocks(&item.children)).sum::<usize>()
}

/// Code is code as long as nothing but a highlighter has been at it.
fn pre(element: &Element) -> usize {
    fn is_plain(element: &Element) -> bool {
        elements(&element.children).all(|child| matches!(child.name.as_str(), "code" | "span") && is_plain(child))
    }
    let is_highlighters =
        |(name, _): &(String, String)| matches!(name.as_str(), "class" | "data-lang" | "tabindex" | "translate");
    if is_plain(element) && element.attrs.iter().all(is_highlighters) { 0 } else { whole(element) }
}

/// One row of heads and no other head, all rows of one width, and nothing but running text in the cells.
fn is_sayable_table(table: &Element) -> bool {
    let parts: Vec<&Element> = elements(&table.children).collect();
    let [head, bodies @ ..] = parts.as_slice() else { return false };
    let is_bare = |element: &Element| element.attrs.is_empty();
    let only_align = |cell: &&Element| {
        cell.attrs.iter().all(|(name, value)| {
            let style = value.trim_end_matches(';').replace(' ', "");
            name == "align"
                || name == "style" && matches!(style.strip_prefix("text-align:"), Some("left" | "center" | "right"))
        })
    };
    let heads = rows(head);
    let all: Vec<Vec<&Element>> = bodies.iter().flat_map(|part| rows(part)).collect();
    let [first] = heads.as_slice() else { return false };
    is_bare(table)
        && head.name == "thead"
        && bodies.iter().all(|part| part.name == "tbody")
        && bodies.len() <= 1
        && parts
            .iter()
            .all(|part| is_bare(part) && elements(&part.children).all(|row| row.name == "tr" && is_bare(row)))
        && first.iter().all(|cell| cell.name == "th")
        && all.iter().all(|row| row.len() == first.len() && row.iter().all(|cell| cell.name == "td"))
        && first.iter().chain(all.iter().flatten()).all(|cell| only_align(cell) && !holds_block(cell))
}

fn rows(part: &Element) -> Vec<Vec<&Element>> {
    elements(&part.children).map(cells_of).collect()
}

fn cells_of(row: &Element) -> Vec<&Element> {
    elements(&row.children).collect()
}

fn cells(table: &Element) -> Vec<&Element> {
    elements(&table.children).flat_map(|part| elements(&part.children)).flat_map(cells_of).collect()
}

fn holds_block(element: &Element) -> bool {
    elements(&element.children).any(|child| is_block(&child.name) || child.name == "pre" || holds_block(child))
}

/// A table that Markdown cannot say: all of it, but that between the tags of a cell with blocks there may be Markdown.
fn table(element: &Element) -> usize {
    if !holds_block(element) {
        return whole(element);
    }
    tags(element)
        + elements(&element.children)
            .map(|child| match child.name.as_str() {
                "td" | "th" if holds_block(child) => tags(child) + blocks(&child.children),
                _ => table(child),
            })
            .sum::<usize>()
}

/// Where a piece of running text stands.
#[derive(Clone, Copy)]
struct Line {
    /// A line may end here without the block ending.
    goes_on: bool,
    /// Nothing shows behind it in its block.
    is_last: bool,
}

fn run(nodes: &[Node], line: Line) -> usize {
    let last = nodes.iter().rposition(|node| !matches!(node, Node::Text(text) if is_blank(text)));
    let each = nodes.iter().enumerate().map(|(index, node)| match node {
        Node::Text(_) => 0,
        Node::Element(element) => {
            let own = inline(element, Line { is_last: line.is_last && last.is_none_or(|last| index >= last), ..line });
            own + flanked(element, &nodes[..index], nodes.get(index + 1))
        }
    });
    each.sum()
}

/// The tags of emphasis whose marks would be none: a sign inside its edge and a letter outside (CommonMark 0.31, left- and
/// right-flanking delimiter runs).
fn flanked(element: &Element, before: &[Node], after: Option<&Node>) -> usize {
    if !matches!(element.name.as_str(), "em" | "i" | "strong" | "b") || !element.attrs.is_empty() {
        return 0;
    }
    let first = |node: Option<&Node>| edge(node, |text| text.chars().next());
    let last = |node: Option<&Node>| edge(node, |text| text.chars().next_back());
    let is_sign = |c: char| !c.is_alphanumeric() && (c == '\u{a0}' || !c.is_whitespace());
    let opens_badly = last(before.last()).is_alphanumeric() && is_sign(first(element.children.first()));
    // White space behind white space is none, nor is it where nothing shows yet.
    let is_spaced = !before.iter().any(shows) || last(before.last()).is_whitespace();
    let first_after = match after {
        Some(Node::Text(text)) if is_spaced && !element.children.iter().any(shows) => {
            text.trim_ascii_start().chars().next().unwrap_or(' ')
        }
        after => first(after),
    };
    let closes_badly = first_after.is_alphanumeric() && is_sign(last(element.children.last()));
    if opens_badly || closes_badly { tags(element) } else { 0 }
}

fn shows(node: &Node) -> bool {
    match node {
        Node::Text(text) => !is_blank(text),
        Node::Element(element) => is_replaced(&element.name) || element.children.iter().any(shows),
    }
}

/// The character at the edge of a node; of an element, the sign that its form begins and ends with.
fn edge(node: Option<&Node>, of: impl Fn(&str) -> Option<char>) -> char {
    match node {
        Some(Node::Text(text)) => of(text).unwrap_or(' '),
        Some(Node::Element(element)) if element.name == "br" => ' ',
        Some(Node::Element(_)) => '*',
        None => ' ',
    }
}

fn inline(element: &Element, line: Line) -> usize {
    let has_only = |names: &[&str]| element.attrs.iter().all(|(name, _)| names.contains(&name.as_str()));
    let inside = |line| run(&element.children, line);
    match element.name.as_str() {
        // Readers see nothing of an empty one.
        name if element.attrs.is_empty()
            && !matches!(name, "br" | "wbr")
            && !is_replaced(name)
            && is_nothing(element) =>
        {
            0
        }
        "code" if element.attrs.is_empty() && elements(&element.children).next().is_none() => 0,
        "em" | "i" | "strong" | "b" | "del" | "s" | "strike" if element.attrs.is_empty() => inside(line),
        "a" if is_address(element.attr("href")) && has_only(&["href", "title"]) => {
            inside(Line { is_last: true, ..line })
        }
        // An image without a description is another than one with an empty one.
        "img"
            if is_address(element.attr("src"))
                && element.attr("alt").is_some()
                && has_only(&["src", "alt", "title"]) =>
        {
            0
        }
        "br" if element.attrs.is_empty() && line.goes_on && !line.is_last => 0,
        "input" if element.attr("type") == Some("checkbox") && has_only(&["type", "checked", "disabled"]) => 0,
        "br" | "hr" | "img" | "input" | "wbr" | "embed" | "source" | "track" | "area" | "param" | "link" | "meta" => {
            start_tag(element)
        }
        // What stands in these is no text of the post.
        "script" | "style" | "textarea" | "xmp" | "iframe" | "noembed" | "noframes" => whole(element),
        _ => tags(element) + blocks(&element.children),
    }
}

/// Whether Markdown has a form for the address.
fn is_address(address: Option<&str>) -> bool {
    address.is_some_and(|address| !address.contains('\n'))
}

fn is_nothing(element: &Element) -> bool {
    element.children.iter().all(|node| match node {
        Node::Text(text) => is_blank(text),
        Node::Element(child) => {
            child.attrs.is_empty()
                && !matches!(child.name.as_str(), "br" | "wbr")
                && !is_replaced(&child.name)
                && !is_block(&child.name)
                && is_nothing(child)
        }
    })
}

fn start_tag(element: &Element) -> usize {
    let attr = |(name, value): &(String, String)| {
        1 + name.len() + if value.is_empty() { 0 } else { "=\"\"".len() + escaped(value, true) }
    };
    "<>".len() + element.name.len() + element.attrs.iter().map(attr).sum::<usize>()
}

fn tags(element: &Element) -> usize {
    start_tag(element) + "</>".len() + element.name.len()
}

/// The element as HTML, without the white space between its blocks.
fn whole(element: &Element) -> usize {
    const VOID: [&str; 7] = ["br", "hr", "img", "input", "wbr", "embed", "col"];
    if VOID.contains(&element.name.as_str()) {
        return start_tag(element);
    }
    let each = element.children.iter().map(|node| match node {
        Node::Element(child) => whole(child),
        Node::Text(text) if is_blank(text) => 0,
        Node::Text(text) => escaped(text.trim_ascii(), false),
    });
    tags(element) + each.sum::<usize>()
}

/// How long a text is in HTML that escapes no more than it must.
fn escaped(text: &str, is_value: bool) -> usize {
    text.len()
        + text.matches('<').count() * usize::from(!is_value) * 3
        + text.matches('"').count() * usize::from(is_value) * 5
}
