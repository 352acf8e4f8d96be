//! The extension `clean`: takes out what editors leave behind and no reader sees the point of. Each kind is reported with
//! its count.

mod embed;
mod table;

use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName, local_name, ns};

use super::arena::{Class, Data, Id, NONE, Name, Node, attach, detach, node};
use crate::diag::{Diagnostic, Sink, Span, codes};

/// Cleans what `root` holds. The nodes' reach is known.
pub(super) fn clean(nodes: &mut Vec<Node>, root: Id, sink: &mut dyn Sink) {
    let mut cleaner = Cleaner { nodes, counts: Vec::new() };
    cleaner.players();
    for id in cleaner.children_first(root) {
        cleaner.attributes(id);
        cleaner.element(id);
    }
    for (kind, count, first) in cleaner.counts {
        let what = match kind {
            Kind::Out(kind) => format!("{kind} taken out"),
            Kind::Changed(kind) => kind.to_owned(),
        };
        sink.report(Diagnostic::new(&codes::CLEANED, format!("{what}: {count}")).at(first));
    }
}

struct Cleaner<'a> {
    nodes: &'a mut Vec<Node>,
    /// What was taken out, how often, and where first.
    counts: Vec<(Kind, usize, Span)>,
}

/// What was done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// These were taken out.
    Out(&'static str),
    /// These were changed; the words say into what.
    Changed(&'static str),
}

impl Cleaner<'_> {
    /// The elements below `root` that are not kept as bytes, each behind those in it.
    fn children_first(&self, root: Id) -> Vec<Id> {
        // Parents first, last children first, turned round.
        let mut order = Vec::new();
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            if id != root {
                order.push(id);
            }
            let mut child = self.node(id).first;
            while child != NONE {
                let node = self.node(child);
                if matches!(node.class, Class::Block | Class::Inline) {
                    open.push(child);
                }
                child = node.next;
            }
        }
        order.reverse();
        order
    }

    fn node(&self, id: Id) -> &Node {
        &self.nodes[id as usize]
    }

    fn count(&mut self, kind: &'static str, id: Id) {
        self.note(Kind::Out(kind), id);
    }

    fn note(&mut self, kind: Kind, id: Id) {
        let span = self.node(id).span();
        match self.counts.iter_mut().find(|(known, ..)| *known == kind) {
            Some((_, count, first)) => {
                *count += 1;
                *first = if span.start < first.start { span } else { *first };
            }
            None => self.counts.push((kind, 1, span)),
        }
    }

    fn attributes(&mut self, id: Id) {
        let node = &mut self.nodes[id as usize];
        let element = node.name().to_owned();
        let Data::Element(_, attrs) = &mut node.data else { return };
        if attrs.is_empty() {
            return;
        }
        let (mut kept, mut dropped) = (Vec::new(), Vec::new());
        for mut attr in std::mem::take(attrs) {
            match judge(&element, &attr) {
                Verdict::Keep => kept.push(attr),
                Verdict::Drop(kind) => dropped.push(kind),
                Verdict::Shorten(kind, value) => {
                    dropped.push(kind);
                    attr.value = StrTendril::from(value);
                    kept.push(attr);
                }
            }
        }
        // Markdown's images have an `alt`; without other attributes an empty one makes the image sayable.
        let is_plain = |attr: &Attribute| matches!(&*attr.name.local, "src" | "title");
        if element == "img" && kept.iter().all(is_plain) {
            let name = QualName::new(None, ns!(), local_name!("alt"));
            kept.push(Attribute { name, value: StrTendril::new() });
        }
        *attrs = kept.into_boxed_slice();
        for kind in dropped {
            self.count(kind, id);
        }
    }

    fn element(&mut self, id: Id) {
        let name = self.node(id).name().to_owned();
        let is_bare = self.node(id).element().is_some_and(|(_, attrs)| attrs.is_empty());
        match name.as_str() {
            "p" if is_bare && self.is_empty(id) => {
                self.count("empty paragraphs", id);
                detach(self.nodes, id);
            }
            "font" => self.unwrap(id, "`font` elements"),
            "span" if is_bare => self.unwrap(id, "`span` elements without attributes"),
            "div" if is_bare => self.unwrap_block(id, "`div` elements without attributes"),
            "p" if is_bare && self.is_comment(id) => self.unwrap(id, "paragraphs around a comment"),
            "table" => self.table(id),
            "center" => self.unwrap_block(id, "`center` elements"),
            name if name.contains(':') => self.unwrap(id, "elements of word processors, such as `o:p`"),
            _ => {}
        }
    }

    /// Puts the element's children in its place.
    fn unwrap(&mut self, id: Id, kind: &'static str) {
        self.count(kind, id);
        self.replace_by_children(id);
    }

    fn replace_by_children(&mut self, id: Id) {
        let (parent, before) = (self.node(id).parent, self.node(id).next);
        let mut child = self.node(id).first;
        while child != NONE {
            let next = self.node(child).next;
            detach(self.nodes, child);
            attach(self.nodes, parent, before, child);
            child = next;
        }
        detach(self.nodes, id);
    }

    /// Puts a block's children in its place. Text in it stood on lines of its own: it becomes a paragraph, unless it is all
    /// that an item or a cell holds.
    fn unwrap_block(&mut self, id: Id, kind: &'static str) {
        if !self.is_alone_in_item(id) {
            self.wrap_text(id);
        }
        self.unwrap(id, kind);
    }

    fn is_alone_in_item(&self, id: Id) -> bool {
        let node = self.node(id);
        let is_item = matches!(self.node(node.parent).name(), "li" | "dd" | "td" | "th");
        let is_blank = |sibling: Id| {
            sibling == NONE
                || self.is_blank(sibling) && {
                    let node = self.node(sibling);
                    node.prev == NONE || node.next == NONE
                }
        };
        is_item && is_blank(node.prev) && is_blank(node.next)
    }

    /// Makes paragraphs of the runs of bare text in the element.
    fn wrap_text(&mut self, id: Id) {
        let mut paragraph = NONE;
        let mut child = self.node(id).first;
        while child != NONE {
            let next = self.node(child).next;
            let is_block = self.node(child).class == Class::Block || self.node(child).has_block;
            if is_block {
                paragraph = NONE;
            } else if paragraph != NONE {
                detach(self.nodes, child);
                attach(self.nodes, paragraph, NONE, child);
                let span = self.node(paragraph).span().cover(self.node(child).span());
                self.nodes[paragraph as usize].set_span(span);
            } else if !self.is_blank(child) && self.node(child).class != Class::Hidden {
                paragraph = Id::try_from(self.nodes.len()).unwrap_or(NONE);
                let name = Name::Html(local_name!("p"));
                let span = self.node(child).span();
                self.nodes.push(node(Data::Element(name, Box::new([])), Class::Block, span));
                attach(self.nodes, id, child, paragraph);
                detach(self.nodes, child);
                attach(self.nodes, paragraph, NONE, child);
                if self.is_empty(paragraph) && next == NONE {
                    self.count("empty paragraphs", paragraph);
                    detach(self.nodes, paragraph);
                }
            }
            child = next;
        }
    }

    fn is_blank(&self, id: Id) -> bool {
        matches!(&self.node(id).data, Data::Text(text) if text.bytes().all(|b| b.is_ascii_whitespace()))
    }

    /// Whether the element holds a comment and nothing else.
    fn is_comment(&self, id: Id) -> bool {
        let child = self.node(id).first;
        child != NONE && self.node(child).next == NONE && matches!(self.node(child).data, Data::Comment(_))
    }

    /// Whether nothing shows in the element but breaks and no-break spaces.
    fn is_empty(&self, id: Id) -> bool {
        let mut child = self.node(id).first;
        while child != NONE {
            let node = self.node(child);
            let shows = match &node.data {
                Data::Text(text) => !text.chars().all(|c| c.is_ascii_whitespace() || c == '\u{a0}'),
                // An empty element may be the target of a link.
                Data::Element(name, attrs) => {
                    *name.local() != local_name!("br")
                        && !(attrs.is_empty() && node.first == NONE && node.class == Class::Inline)
                }
                Data::Document | Data::Comment(_) | Data::Kept => true,
            };
            if shows {
                return false;
            }
            child = node.next;
        }
        true
    }
}

enum Verdict {
    Keep,
    Drop(&'static str),
    /// Something of the value goes; what stays.
    Shorten(&'static str, String),
}

/// What becomes of the attribute of an element.
fn judge(element: &str, attr: &Attribute) -> Verdict {
    let name = &*attr.name.local;
    let is_cell = matches!(element, "td" | "th");
    let is_part_of_table =
        is_cell || matches!(element, "table" | "tr" | "thead" | "tbody" | "tfoot" | "col" | "colgroup");
    match name {
        "style" if is_cell && says_alignment_only(&attr.value) => Verdict::Keep,
        "style" => Verdict::Drop("`style` attributes"),
        "dir" if !attr.value.eq_ignore_ascii_case("rtl") => Verdict::Drop("`dir` attributes that say the usual"),
        "class" => without_editors_classes(element, &attr.value),
        "id" if attr.value.starts_with("docs-internal-guid-") => Verdict::Drop("ids made by editors"),
        "align" if !is_cell => Verdict::Drop("`align` attributes"),
        "bgcolor" | "border" | "bordercolor" | "cellpadding" | "cellspacing" | "clear" | "hspace" | "noshade"
        | "nowrap" | "valign" | "vspace" => Verdict::Drop("presentational attributes, such as `border`"),
        "width" | "height" if element == "img" => Verdict::Drop("sizes of images"),
        "target" | "rel" | "imageanchor" if element == "a" => Verdict::Drop("`target` and `rel` attributes of links"),
        "width" | "height" if is_part_of_table || element == "hr" => {
            Verdict::Drop("presentational attributes, such as `border`")
        }
        _ if !is_attribute_name(name) => Verdict::Drop("attributes that are none, such as a lone quote"),
        _ if ["data-mce-", "data-pm-", "data-ccp-", "data-contrast"].iter().any(|start| name.starts_with(start)) => {
            Verdict::Drop("`data-` attributes of editors")
        }
        _ => Verdict::Keep,
    }
}

fn is_attribute_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':'))
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '.' | '-'))
}

fn says_alignment_only(style: &str) -> bool {
    let style = style.trim().trim_end_matches(';');
    style.starts_with("text-align") && !style.contains(';')
}

/// `<p class="p1">`, `<li class="li1">`: the Cocoa HTML Writer numbers its styles so.
fn is_numbered_by_cocoa(element: &str, class: &str) -> bool {
    let letters = match element {
        // Not `s1` of a `span`: highlighters call a string so.
        "table" => "t",
        "p" | "li" | "ul" | "ol" | "td" => element,
        _ => return false,
    };
    class
        .strip_prefix(letters)
        .is_some_and(|number| (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()))
}

/// `MsoNormal` and its kin (Word), `Apple-style-span` (WebKit), `alignleft size-full wp-image-7` (WordPress), `p1` (what macOS
/// makes of formatted text).
fn without_editors_classes(element: &str, classes: &str) -> Verdict {
    const KIND: &str = "classes of editors, such as `MsoNormal`";
    const STARTS: [&str; 6] = ["Mso", "Apple-", "size-", "wp-image-", "attachment-", "tt-flickr"];
    let is_editors = |class: &&str| {
        STARTS.iter().any(|start| class.starts_with(start))
            || is_numbered_by_cocoa(element, class)
            // For the looks of a table: Bootstrap's, and stripes.
            || element == "tr" && matches!(*class, "alt" | "odd" | "even")
            || element == "table" && (*class == "table" || class.starts_with("table-"))
            || matches!(*class, "alignleft" | "alignright" | "aligncenter" | "alignnone" | "mceTemp" | "mceItemTable")
    };
    let kept: Vec<&str> = classes.split_ascii_whitespace().filter(|class| !is_editors(class)).collect();
    match kept.len() {
        0 => Verdict::Drop(KIND),
        count if count == classes.split_ascii_whitespace().count() => Verdict::Keep,
        _ => Verdict::Shorten(KIND, kept.join(" ")),
    }
}
