//! The tree that html5ever builds: one flat list of nodes that name each other by number.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, Tracer, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, local_name};

use super::super::names;
pub(crate) use super::name::Name;
use super::name::NameRef;
use crate::diag::Span;

/// A node's number.
pub(crate) type Id = u32;
/// No node.
pub(crate) const NONE: Id = Id::MAX;
/// The document.
const DOCUMENT: Id = 0;

/// A node, its family, and where it was written.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) data: Data,
    pub(crate) class: Class,
    /// Whether its own end tag was found, or it needs none: `span` ends where the element does.
    pub(crate) is_closed: bool,
    /// Whether a block lies somewhere in it. Known once the whole tree is there.
    pub(crate) has_block: bool,
    pub(crate) parent: Id,
    pub(crate) first: Id,
    pub(crate) last: Id,
    pub(crate) prev: Id,
    pub(crate) next: Id,
    place: Place,
}

#[derive(Debug)]
pub(crate) enum Data {
    Document,
    Element(Name, Box<[Attribute]>),
    Text(StrTendril),
    Comment(StrTendril),
    /// The text at the node's span, kept as it stands.
    Kept,
}

/// Where a node was written. Half as large as a [`Span`]: a long post has very many nodes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    start: u32,
    end: u32,
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        // The feed takes no text that is longer.
        let short = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Place { start: short(span.start), end: short(span.end) }
    }
}

/// What part a node takes in the flow of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Text,
    Inline,
    Block,
    /// Kept as bytes, in a line of text.
    Opaque,
    /// Kept as bytes, and nothing of it shows.
    Hidden,
}

impl Node {
    /// Where it was written.
    pub(crate) fn span(&self) -> Span {
        Span::new(self.place.start as usize, self.place.end as usize)
    }

    /// Changes where it was written.
    pub(crate) fn set_span(&mut self, span: Span) {
        self.place = span.into();
    }

    /// The name and attributes of an element.
    pub(crate) fn element(&self) -> Option<(&Name, &[Attribute])> {
        match &self.data {
            Data::Element(name, attrs) => Some((name, attrs)),
            _ => None,
        }
    }

    /// Whether what is kept as bytes may be set apart from the line it stands in by the blocks in it.
    pub(super) fn may_hold_blocks(&self) -> bool {
        self.element().is_some_and(|(name, _)| name.is_html() && *name.local() != local_name!("select"))
    }

    /// The name of an HTML element; of anything else the empty one.
    pub(crate) fn name(&self) -> &str {
        self.element().map_or("", |(name, _)| &**name.local())
    }
}

/// Takes html5ever's orders.
pub(crate) struct Arena {
    nodes: RefCell<Vec<Node>>,
    /// Where the piece stands that is being parsed.
    pub(crate) here: Cell<Span>,
    /// The next comment stands for the text at `here`.
    pub(crate) keep_next: Cell<bool>,
}

impl Arena {
    /// An arena with room for `nodes`.
    pub(crate) fn new(nodes: usize) -> Self {
        let mut list = Vec::with_capacity(nodes);
        list.push(node(Data::Document, Class::Block, Span::default()));
        Arena { nodes: RefCell::new(list), here: Cell::new(Span::default()), keep_next: Cell::new(false) }
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.borrow().len()
    }

    /// The newest element with this name that is no older than `since`.
    pub(crate) fn newest(&self, name: &LocalName, since: usize) -> Option<Id> {
        let nodes = self.nodes.borrow();
        let index =
            nodes.get(since..)?.iter().rposition(|node| node.element().is_some_and(|(own, _)| own.local() == name))?;
        Id::try_from(since + index).ok()
    }

    /// The element's end tag, or what ends it without one, stands at `span`.
    pub(crate) fn close(&self, id: Id, end: usize, is_closed: bool) {
        if let Some(node) = self.nodes.borrow_mut().get_mut(id as usize) {
            let span = node.span();
            node.set_span(Span::new(span.start, span.end.max(end)));
            node.is_closed = is_closed;
        }
    }

    /// Whether the element is of SVG or MathML.
    pub(crate) fn is_foreign(&self, id: Id) -> bool {
        let nodes = self.nodes.borrow();
        nodes.get(id as usize).and_then(Node::element).is_some_and(|(name, _)| !name.is_html())
    }

    fn add(&self, data: Data, class: Class) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        let id = Id::try_from(nodes.len()).unwrap_or(NONE);
        nodes.push(node(data, class, self.here.get()));
        id
    }

    fn with<T>(&self, work: impl FnOnce(&mut Vec<Node>) -> T) -> T {
        work(&mut self.nodes.borrow_mut())
    }

    /// Puts a new child at the end of `parent`, or in front of its child `before`.
    fn place(&self, parent: Id, before: Id, child: NodeOrText<Id>) {
        let here = self.here.get();
        self.with(|nodes| {
            let prev = if before == NONE { nodes[parent as usize].last } else { nodes[before as usize].prev };
            match child {
                NodeOrText::AppendNode(id) => {
                    detach(nodes, id);
                    attach(nodes, parent, before, id);
                }
                NodeOrText::AppendText(text) => {
                    if let Some(before) = nodes.get_mut(prev as usize)
                        && let Data::Text(old) = &mut before.data
                    {
                        old.push_tendril(&text);
                        before.set_span(before.span().cover(here));
                        return;
                    }
                    let id = Id::try_from(nodes.len()).unwrap_or(NONE);
                    nodes.push(node(Data::Text(text), Class::Text, here));
                    attach(nodes, parent, before, id);
                }
            }
        });
    }
}

/// About how many nodes the text makes: one for each start tag, one for each text that ends at a tag.
pub(super) fn estimate(source: &str) -> usize {
    let bytes = source.as_bytes();
    let nodes = |at: usize| {
        let is_start = bytes.get(at + 1).is_some_and(|b| *b != b'/');
        let ends_text = at > 0 && bytes.get(at - 1).is_some_and(|b| *b != b'>');
        usize::from(is_start) + usize::from(ends_text)
    };
    let nodes: usize = memchr::memchr_iter(b'<', bytes).map(nodes).sum();
    nodes + nodes / 16 + 16
}

pub(crate) fn node(data: Data, class: Class, span: Span) -> Node {
    Node {
        data,
        class,
        is_closed: false,
        has_block: false,
        parent: NONE,
        first: NONE,
        last: NONE,
        prev: NONE,
        next: NONE,
        place: span.into(),
    }
}

/// Makes `id`, which has no parent, the last child of `parent`, or the one in front of its child `before`.
pub(crate) fn attach(nodes: &mut [Node], parent: Id, before: Id, id: Id) {
    let prev = if before == NONE { nodes[parent as usize].last } else { nodes[before as usize].prev };
    let child = &mut nodes[id as usize];
    (child.parent, child.prev, child.next) = (parent, prev, before);
    match nodes.get_mut(prev as usize) {
        Some(prev) => prev.next = id,
        None => nodes[parent as usize].first = id,
    }
    match nodes.get_mut(before as usize) {
        Some(next) => next.prev = id,
        None => nodes[parent as usize].last = id,
    }
}

/// Takes `id` from its parent.
pub(crate) fn detach(nodes: &mut [Node], id: Id) {
    let Node { parent, prev, next, .. } = nodes[id as usize];
    if parent == NONE {
        return;
    }
    match nodes.get_mut(prev as usize) {
        Some(prev) => prev.next = next,
        None => nodes[parent as usize].first = next,
    }
    match nodes.get_mut(next as usize) {
        Some(next) => next.prev = prev,
        None => nodes[parent as usize].last = prev,
    }
    let child = &mut nodes[id as usize];
    (child.parent, child.prev, child.next) = (NONE, NONE, NONE);
}

fn class_of(name: &Name) -> Class {
    // Whatever is foreign lies in `svg` or `math`.
    let Name::Html(local) = name else { return Class::Opaque };
    match &**local {
        name if names::is_hidden(name) => Class::Hidden,
        name if names::is_block(name) => Class::Block,
        name if names::is_opaque(name) => Class::Opaque,
        _ => Class::Inline,
    }
}

impl TreeSink for Arena {
    type Handle = Id;
    type Output = Vec<Node>;
    type ElemName<'a> = NameRef<'a>;

    fn finish(self) -> Vec<Node> {
        let mut nodes = self.nodes.into_inner();
        nodes.shrink_to_fit();
        nodes
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        DOCUMENT
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> NameRef<'a> {
        NameRef(Ref::map(self.nodes.borrow(), |nodes| match &nodes[*target as usize].data {
            Data::Element(name, _) => name,
            _ => unreachable!("html5ever asks for the names of elements only"),
        }))
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Id {
        let name = Name::from(name);
        let class = class_of(&name);
        self.add(Data::Element(name, attrs.into_boxed_slice()), class)
    }

    fn create_comment(&self, text: StrTendril) -> Id {
        if self.keep_next.replace(false) {
            return self.add(Data::Kept, Class::Opaque);
        }
        self.add(Data::Comment(text), Class::Hidden)
    }

    fn create_pi(&self, _: StrTendril, data: StrTendril) -> Id {
        self.create_comment(data)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.place(*parent, NONE, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, prev_element: &Id, child: NodeOrText<Id>) {
        let parent = self.with(|nodes| nodes[*element as usize].parent);
        if parent == NONE {
            self.place(*prev_element, NONE, child);
        } else {
            self.place(parent, *element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// A template's contents are its children here: it is kept as bytes anyway.
    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, new_node: NodeOrText<Id>) {
        let parent = self.with(|nodes| nodes[*sibling as usize].parent);
        if parent != NONE {
            self.place(parent, *sibling, new_node);
        }
    }

    /// Only `html` and `body` get more attributes, and neither is part of a fragment.
    fn add_attrs_if_missing(&self, _: &Id, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Id) {
        self.with(|nodes| detach(nodes, *target));
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        self.with(|nodes| {
            let mut child = nodes[*node as usize].first;
            while child != NONE {
                let next = nodes[child as usize].next;
                detach(nodes, child);
                attach(nodes, *new_parent, NONE, child);
                child = next;
            }
        });
    }
}

/// Counts the nodes that the parser holds.
#[derive(Default)]
pub(super) struct Count(pub(super) Cell<usize>);

impl Tracer for Count {
    type Handle = Id;

    fn trace_handle(&self, _: &Id) {
        self.0.set(self.0.get() + 1);
    }
}
