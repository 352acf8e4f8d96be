//! A page as html5ever's tree, and what is looked up in it.

use std::borrow::Cow;

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

use crate::markup::arena::{Arena, Data, Id, NONE, Node};

/// Elements that may be open at once: html5ever's time grows with the square of that.
const MAX_OPEN: usize = 2_000;

/// A page that is read.
#[derive(Debug)]
pub(super) struct Page {
    nodes: Vec<Node>,
}

/// A step of a walk through a page.
pub(super) enum Step {
    Enter,
    Leave,
}

impl Page {
    /// The document itself.
    pub(super) const ROOT: Id = 0;

    /// Reads a page. `None` if its elements lie so deep in one another that it is no page for readers.
    pub(super) fn parse(html: &str) -> Option<Page> {
        if depth(html) > MAX_OPEN {
            return None;
        }
        let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let options = ParseOpts { tree_builder, ..ParseOpts::default() };
        let nodes = parse_document(Arena::new(html.len() / 20), options).one(html);
        Some(Page { nodes })
    }

    /// How many nodes it has.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    /// The name of an element, whatever its namespace; of anything else the empty one.
    pub(super) fn name(&self, id: Id) -> &str {
        self.node(id).map_or("", Node::name)
    }

    /// The names and values of an element's attributes.
    pub(super) fn attrs(&self, id: Id) -> impl Iterator<Item = (&str, &str)> {
        let attrs = self.node(id).and_then(Node::element).map_or(&[][..], |(_, attrs)| attrs);
        attrs.iter().map(|attr| (&*attr.name.local, &*attr.value))
    }

    pub(super) fn attr(&self, id: Id, name: &str) -> Option<&str> {
        self.attrs(id).find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    /// The classes of an element.
    pub(super) fn classes(&self, id: Id) -> impl Iterator<Item = &str> {
        self.attr(id, "class").unwrap_or_default().split_ascii_whitespace()
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.node(id).map(|node| node.parent).filter(|id| *id != NONE)
    }

    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let first = self.node(id).map_or(NONE, |node| node.first);
        std::iter::successors(Some(first).filter(|id| *id != NONE), |&id| {
            self.node(id).map(|node| node.next).filter(|id| *id != NONE)
        })
    }

    /// The elements, in the order of the page.
    pub(super) fn elements(&self) -> Vec<Id> {
        let mut found = Vec::new();
        self.walk(Self::ROOT, &mut |step, id| {
            if matches!(step, Step::Enter) && self.is_element(id) {
                found.push(id);
            }
            true
        });
        found
    }

    pub(super) fn is_element(&self, id: Id) -> bool {
        matches!(self.node(id).map(|node| &node.data), Some(Data::Element(..)))
    }

    /// The text of a text node.
    pub(super) fn text(&self, id: Id) -> Option<&str> {
        match self.node(id).map(|node| &node.data) {
            Some(Data::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The text of a comment.
    pub(super) fn comment(&self, id: Id) -> Option<&str> {
        match self.node(id).map(|node| &node.data) {
            Some(Data::Comment(text)) => Some(text),
            _ => None,
        }
    }

    /// Goes through what is in `root`, and `root` itself, without recursion. `visit` says whether to go into a node that
    /// is entered; one that is not gone into is not left either.
    pub(super) fn walk(&self, root: Id, visit: &mut dyn FnMut(Step, Id) -> bool) {
        let mut at = root;
        loop {
            let goes_in = visit(Step::Enter, at);
            let first = self.node(at).map_or(NONE, |node| node.first);
            if goes_in && first != NONE {
                at = first;
                continue;
            }
            if goes_in {
                visit(Step::Leave, at);
            }
            loop {
                if at == root {
                    return;
                }
                let Some(node) = self.node(at) else { return };
                if node.next != NONE {
                    at = node.next;
                    break;
                }
                at = node.parent;
                visit(Step::Leave, at);
            }
        }
    }

    /// The text below `id`, white space collapsed.
    pub(super) fn text_of(&self, id: Id) -> String {
        let mut out = String::new();
        self.walk(id, &mut |step, id| {
            if let (Step::Enter, Some(text)) = (step, self.text(id)) {
                for word in text.split_ascii_whitespace() {
                    out.extend([if out.is_empty() { "" } else { " " }, word]);
                }
            }
            !matches!(self.name(id), "script" | "style")
        });
        out
    }

    /// The first element of this name below `html`.
    pub(super) fn first(&self, name: &str) -> Option<Id> {
        let mut found = None;
        self.walk(Self::ROOT, &mut |step, id| {
            if found.is_none() && matches!(step, Step::Enter) && self.name(id) == name {
                found = Some(id);
            }
            found.is_none()
        });
        found
    }

    /// Where the page leads at once, if it is there for nothing else.
    pub(super) fn redirect(&self) -> Option<Cow<'_, str>> {
        let mut found = None;
        self.walk(Self::ROOT, &mut |step, id| {
            if found.is_none()
                && matches!(step, Step::Enter)
                && self.name(id) == "meta"
                && self.attr(id, "http-equiv").is_some_and(|value| value.trim().eq_ignore_ascii_case("refresh"))
            {
                found = self.attr(id, "content").and_then(refresh_target);
            }
            found.is_none()
        });
        found.map(Cow::Borrowed)
    }
}

/// The address in `0; url=/new/`. A page that waits long shows something first.
fn refresh_target(content: &str) -> Option<&str> {
    let (seconds, rest) = content.split_once([';', ','])?;
    if seconds.trim().parse::<f64>().ok()? > 10.0 {
        return None;
    }
    let rest = rest.trim_start();
    let rest = if rest.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("url")) {
        rest[3..].trim_start().strip_prefix('=')?.trim_start()
    } else {
        rest
    };
    let rest = rest.trim();
    let unquoted = ['"', '\''].iter().find_map(|quote| rest.strip_prefix(*quote)?.split(*quote).next());
    Some(unquoted.unwrap_or(rest)).filter(|url| !url.is_empty())
}

/// Whether the file can be a redirect, for no price.
pub(super) fn may_redirect(html: &str) -> bool {
    const LONGEST: usize = 16 << 10;
    html.len() < LONGEST && html.as_bytes().windows(7).any(|word| word.eq_ignore_ascii_case(b"refresh"))
}

/// About how many elements are open at once. Those that need no end tag are not counted.
fn depth(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut open, mut most) = (0_usize, 0);
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => open = open.saturating_sub(1),
            Some(byte) if byte.is_ascii_alphabetic() && needs_end(&bytes[at + 1..]) => {
                open += 1;
                most = most.max(open);
            }
            _ => {}
        }
    }
    most
}

fn needs_end(tag: &[u8]) -> bool {
    let length = tag.iter().take(9).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let is = |names: &[&str]| names.iter().any(|name| tag[..length].eq_ignore_ascii_case(name.as_bytes()));
    let is_open_ended = is(&[
        "p", "li", "br", "hr", "td", "th", "tr", "dt", "dd", "img", "wbr", "col", "area", "base", "link", "meta", "rt",
        "rp", "embed", "input", "param", "track", "source", "option", "path", "circle", "line", "rect", "use",
        "polygon", "polyline", "ellipse", "stop", "g",
    ]);
    !is_open_ended
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_are_known() {
        let redirect = |html: &str| Page::parse(html).unwrap().redirect().map(Cow::into_owned);
        assert_eq!(redirect("<meta http-equiv=refresh content='0; url=/a/'>").as_deref(), Some("/a/"));
        assert_eq!(redirect("<meta http-equiv=Refresh content=\"0;URL='b'\">").as_deref(), Some("b"));
        assert_eq!(redirect("<meta http-equiv=refresh content=30>"), None);
        assert_eq!(redirect("<meta http-equiv=refresh content='300; url=/a/'>"), None);
    }

    #[test]
    fn hostile_depth_is_refused() {
        assert!(Page::parse(&"<div>".repeat(100_000)).is_none());
        assert!(Page::parse(&"<br><p>x<li><img src=x>".repeat(20_000)).is_some());
    }

    #[test]
    fn a_walk_enters_and_leaves_alike() {
        let page = Page::parse("<p>a<b>c</b></p><!-- d -->").unwrap();
        let (mut entered, mut left) = (0, 0);
        page.walk(Page::ROOT, &mut |step, _| {
            match step {
                Step::Enter => entered += 1,
                Step::Leave => left += 1,
            }
            true
        });
        assert_eq!(entered, left);
        assert_eq!(page.text_of(Page::ROOT), "a c");
    }
}
