//! From the parser's tree to the document.

mod block;
mod code;
mod inline;
mod list;
mod table;

use html5ever::{Attribute, ns};

use super::arena::{Class, Data, Id, NONE, Node};
use super::serialize::serialize;
use crate::ast::{Attrs, Document, Inline, MAX_DEPTH, Raw};
use crate::diag::{Diagnostic, Sink, Span, codes};

/// Levels that a block may need below it before there is text: table, row, cell, leaf.
const ROOM: usize = 4;

/// What changes the tree below a node before it becomes a document.
pub(super) type Cleaning = fn(&mut Vec<Node>, Id, &mut dyn Sink);

/// Makes a document of what the `html` element holds.
pub(super) fn convert(
    text: &str,
    span: Span,
    mut nodes: Vec<Node>,
    cleaning: Option<Cleaning>,
    sink: &mut dyn Sink,
) -> Document {
    let Some(root) = nodes.first().map(|document| document.first).filter(|root| *root != NONE) else {
        return Document::default();
    };
    settle(&mut nodes, root);
    if let Some(clean) = cleaning {
        clean(&mut nodes, root, sink);
        nodes.iter_mut().for_each(|node| node.has_block = false);
        settle(&mut nodes, root);
    }
    let (siblings, tokens, done, open) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut convert = Convert { text, nodes: &nodes, sink, siblings, tokens, done, open };
    let mut blocks = convert.blocks(root, Edges::HARD, 1);
    for block in &mut blocks {
        block.span = within(block.span, span, text);
    }
    Document::new(blocks)
}

struct Convert<'a> {
    text: &'a str,
    nodes: &'a [Node],
    sink: &'a mut dyn Sink,
    /// The run of siblings at hand; kept to be used again.
    siblings: Vec<Id>,
    /// Tokens of the run at hand; kept to be used again.
    tokens: Vec<inline::Token>,
    /// Inlines that wait for the element that they stand in; kept to be used again.
    done: Vec<Inline>,
    /// Elements of the run at hand that are open, and where in `done` what they hold begins; kept to be used again.
    open: Vec<(Id, usize)>,
}

/// Whether text in front of and behind some nodes stands on the same line as they do.
#[derive(Clone, Copy)]
struct Edges {
    before: bool,
    after: bool,
}

impl Edges {
    /// A block begins and ends here: white space at its borders does not show.
    const HARD: Edges = Edges { before: false, after: false };
}

impl<'a> Convert<'a> {
    fn node(&self, id: Id) -> &'a Node {
        &self.nodes[id as usize]
    }

    fn children(&self, id: Id) -> impl Iterator<Item = Id> + use<'a> {
        let nodes = self.nodes;
        let mut next = nodes[id as usize].first;
        std::iter::from_fn(move || {
            let id = (next != NONE).then_some(next)?;
            next = nodes[id as usize].next;
            Some(id)
        })
    }

    /// Whether the node is text that is all white space.
    fn is_blank(&self, id: Id) -> bool {
        matches!(&self.node(id).data, Data::Text(text) if text.bytes().all(|b| b.is_ascii_whitespace()))
    }

    /// Whether the node stands among blocks: a block, or an inline element that holds one.
    fn is_blockish(&self, id: Id) -> bool {
        let node = self.node(id);
        node.class == Class::Block || matches!(node.class, Class::Inline | Class::Opaque) && node.has_block
    }

    /// The attributes of the node but for those that its kind says.
    fn attrs_without(&self, id: Id, said: &[&str]) -> Attrs {
        let Some((_, attrs)) = self.node(id).element() else { return Attrs::new() };
        if attrs.is_empty() {
            return Attrs::new();
        }
        let kept = attrs.iter().filter(|attr| !said.contains(&&*attr.name.local));
        Attrs::from_unique(kept.map(|attr| (attribute_name(attr), String::from(&*attr.value))).collect())
    }

    fn attrs(&self, id: Id) -> Attrs {
        self.attrs_without(id, &[])
    }

    fn attr(&self, id: Id, name: &str) -> Option<&'a str> {
        let (_, attrs) = self.node(id).element()?;
        attrs.iter().find(|attr| attr.name.ns == ns!() && &*attr.name.local == name).map(|attr| &*attr.value)
    }

    /// The node as raw HTML: the bytes that it was written as, or, where these would not give it back, new ones.
    fn raw(&self, id: Id) -> Raw {
        let node = self.node(id);
        let copied = node.span().slice(self.text).filter(|source| match node.data {
            Data::Kept => true,
            Data::Comment(_) => is_comment_everywhere(source),
            _ => node.is_closed && source.starts_with('<') && self.is_contiguous(id),
        });
        Raw::html(match copied {
            Some(source) => source.replace("\r\n", "\n"),
            None => serialize(self.nodes, id, self.text),
        })
    }

    /// Whether the text at the element's span made all of its tree and nothing else: the tree's nodes are those that were
    /// made one after the other from the element on, and the next one was made of later text.
    fn is_contiguous(&self, id: Id) -> bool {
        let mut count = 0;
        let mut newest = id;
        let mut current = id;
        loop {
            count += 1;
            newest = newest.max(current);
            let node = self.node(current);
            // Such an element, left open, would be opened again behind the text, or take in what is written there.
            if !node.is_closed && (is_formatting(node.name()) || holds_ends(node.name())) {
                return false;
            }
            if node.first != NONE {
                current = node.first;
                continue;
            }
            while current != id && self.node(current).next == NONE {
                current = self.node(current).parent;
            }
            if current == id {
                break;
            }
            current = self.node(current).next;
        }
        let behind = self.nodes.get(id as usize + count);
        newest as usize == id as usize + count - 1
            && behind.is_none_or(|behind| behind.span().start >= self.node(id).span().end)
    }

    /// The node as raw HTML because it lies too deep.
    fn too_deep(&mut self, id: Id) -> Raw {
        let message = "what is nested deeper than this was kept as raw HTML";
        self.sink.report(Diagnostic::new(&codes::NESTED_TOO_DEEP, message).at(self.node(id).span()));
        self.raw(id)
    }

    fn is_too_deep(depth: usize) -> bool {
        depth + ROOM > MAX_DEPTH
    }
}

/// Whether Markdown takes the comment for one, and for one that ends where HTML ends it (CommonMark 0.31, raw HTML).
fn is_comment_everywhere(source: &str) -> bool {
    let Some(body) = source.strip_suffix('>').and_then(|source| source.strip_prefix('<')) else { return false };
    if body.starts_with('?') {
        return body.len() > 1 && body.ends_with('?');
    }
    match body.strip_prefix("![CDATA[") {
        Some(text) => text.ends_with("]]"),
        None => {
            body.starts_with("!--") || body[1..].starts_with(|c: char| c.is_ascii_alphabetic()) && body.starts_with('!')
        }
    }
}

/// Whether the parser opens the element again where it is closed by another's end (HTML, section 13.2.4.3).
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}

/// Whether end tags of what is around are none in the element (HTML, section 13.2.4.2).
fn holds_ends(name: &str) -> bool {
    matches!(name, "applet" | "button" | "marquee" | "math" | "object" | "select" | "svg" | "table" | "template")
}

/// The name of an attribute as HTML serializes it.
pub(super) fn attribute_name(attr: &Attribute) -> String {
    match &attr.name.prefix {
        Some(prefix) if !prefix.is_empty() => format!("{prefix}:{}", attr.name.local),
        _ => String::from(&*attr.name.local),
    }
}

/// Finds for each node whether it holds a block and how far it reaches, children before parents.
fn settle(nodes: &mut [Node], root: Id) {
    let mut current = root;
    loop {
        let first = nodes[current as usize].first;
        if first != NONE {
            current = first;
            continue;
        }
        loop {
            if current == root {
                return;
            }
            let Node { parent, next, class, has_block, .. } = nodes[current as usize];
            let span = nodes[current as usize].span();
            let above = &mut nodes[parent as usize];
            // What is kept as bytes shows no block to the block around it.
            let is_open = match above.class {
                Class::Inline => true,
                Class::Block => class != Class::Opaque,
                Class::Opaque => above.may_hold_blocks(),
                Class::Text | Class::Hidden => false,
            };
            above.has_block |=
                is_open && (class == Class::Block || matches!(class, Class::Inline | Class::Opaque) && has_block);
            // An end tag that the parser took no notice of ends nothing.
            above.is_closed &= span.end <= above.span().end;
            above.set_span(if above.span().is_empty() { span } else { above.span().cover(span) });
            if next != NONE {
                current = next;
                break;
            }
            current = parent;
        }
    }
}

/// The span in the body, on character boundaries and not empty.
fn within(span: Span, body: Span, text: &str) -> Span {
    let mut start = span.start.clamp(body.start, body.end);
    let mut end = span.end.clamp(start, body.end);
    while end > start && !text.is_char_boundary(end) {
        end -= 1;
    }
    if start == end && start > body.start {
        start -= 1;
    }
    while start > body.start && !text.is_char_boundary(start) {
        start -= 1;
    }
    Span::new(start, end)
}
