//! Writes a part of the parser's tree as HTML (HTML, section 13.3), for what is kept as it is and cannot be copied.

use super::super::names;
use super::super::write::{push_attribute, push_text};
use super::arena::{Data, Id, NONE, Node};

/// The HTML of the node. Needs no stack space.
pub(super) fn serialize(nodes: &[Node], id: Id, text: &str) -> String {
    let mut out = String::new();
    let mut current = id;
    loop {
        open(nodes, current, text, &mut out);
        let first = nodes[current as usize].first;
        if first != NONE {
            current = first;
            continue;
        }
        loop {
            close(&nodes[current as usize], &mut out);
            if current == id {
                return out;
            }
            let node = &nodes[current as usize];
            if node.next != NONE {
                current = node.next;
                break;
            }
            current = node.parent;
        }
    }
}

fn open(nodes: &[Node], id: Id, text: &str, out: &mut String) {
    let node = &nodes[id as usize];
    match &node.data {
        Data::Document => {}
        Data::Text(content) => {
            let parent = nodes.get(node.parent as usize).map_or("", Node::name);
            if names::is_raw_text(parent) { out.push_str(content) } else { push_text(content, out) }
        }
        Data::Comment(content) => {
            out.push_str("<!--");
            out.push_str(content);
            out.push_str("-->");
        }
        Data::Kept => out.push_str(node.span().slice(text).unwrap_or_default()),
        Data::Element(name, attrs) => {
            out.push('<');
            out.push_str(name.local());
            for attr in attrs {
                push_attribute(&super::convert::attribute_name(attr), &attr.value, out);
            }
            out.push('>');
            // The parser drops one newline here.
            let starts_with_newline = matches!(nodes.get(node.first as usize), Some(Node { data: Data::Text(text), .. }) if text.starts_with('\n'));
            if matches!(&**name.local(), "pre" | "textarea" | "listing") && starts_with_newline {
                out.push('\n');
            }
        }
    }
}

fn close(node: &Node, out: &mut String) {
    if let Some((name, _)) = node.element()
        && !(name.is_html() && names::is_void(name.local()))
    {
        out.push_str("</");
        out.push_str(name.local());
        out.push('>');
    }
}
