//! What a part of a page says, as bytes that are the same if two parts say the same.
//!
//! To a reader, that is the canonical stream of [`ast::same`](crate::ast::same), fed from the page's tree: white space as CSS
//! renders it, attributes in any order, five folds. What else no reader sees is taken out here: how quotes, dashes and dots
//! are set, the tags of highlighters, ids of headings (which are compared as anchors), the spelling of links within the site.

use std::borrow::Cow;

use super::hash::Hash;
use super::page::{Page, Step};
use super::typography;
use crate::ast::Equality;
use crate::ast::same::{Piece, Stream, names, pieces, put_tag};
use crate::markup::arena::Id;

/// What was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    shown: Vec<u8>,
    /// Scripts, styles and the head: their place among what is shown does not count.
    hidden: Vec<u8>,
}

impl Said {
    /// The tags and texts that it is made of, and of each whether it is hidden.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (Piece, bool)> {
        let shown = pieces(&self.shown).into_iter().map(|piece| (piece, false));
        shown.chain(pieces(&self.hidden).into_iter().map(|piece| (piece, true)))
    }

    /// A number for its words alone: the same for the same text, whatever the tags.
    pub(super) fn text_hash(&self) -> u64 {
        let mut hash = Hash::default();
        for (piece, _) in self.pieces().filter(|(_, is_hidden)| !is_hidden) {
            if let Piece::Text(text) = piece {
                text.split_ascii_whitespace().for_each(|word| hash.add(word.as_bytes()));
            }
        }
        hash.0
    }
}

/// A page, and how it is looked at.
pub(super) struct View<'v> {
    pub(super) page: &'v Page,
    /// What is left out, by node.
    pub(super) ignored: &'v [bool],
    pub(super) is_exact: bool,
    /// How a link's address is compared, if that is not how it is written.
    pub(super) link: &'v dyn Fn(&str) -> Option<String>,
}

impl View<'_> {
    /// What stands in these elements, themselves left out.
    pub(super) fn inside(&self, roots: &[Id]) -> Said {
        let mut saying = Saying::new(self);
        for &root in roots {
            for child in self.page.children(root) {
                saying.say(child, None);
            }
            saying.boundary();
        }
        saying.finish()
    }

    /// The whole page but what stands in `hole`.
    pub(super) fn around(&self, hole: Option<Id>) -> Said {
        let mut saying = Saying::new(self);
        saying.say(Page::ROOT, hole);
        saying.finish()
    }

    pub(super) fn is_ignored(&self, id: Id) -> bool {
        self.ignored.get(id as usize).copied().unwrap_or(false)
    }
}

/// Going through a page.
struct Saying<'v> {
    view: &'v View<'v>,
    stream: Stream,
    /// In exact mode, what was said.
    exact: Vec<u8>,
    /// Elements whose tags do not count, open ones.
    unwrapped: Vec<Id>,
    /// How many elements are open that hold code; that hold text which is not shown.
    code: usize,
    raw: usize,
}

impl<'v> Saying<'v> {
    fn new(view: &'v View<'v>) -> Self {
        let stream = Stream::new(Equality::Reader);
        Saying { view, stream, exact: Vec::new(), unwrapped: Vec::new(), code: 0, raw: 0 }
    }

    fn boundary(&mut self) {
        self.stream.boundary();
    }

    fn finish(mut self) -> Said {
        self.stream.finish();
        if self.view.is_exact {
            return Said { shown: self.exact, hidden: Vec::new() };
        }
        Said { shown: self.stream.bytes().to_vec(), hidden: self.stream.hidden().to_vec() }
    }

    fn say(&mut self, root: Id, hole: Option<Id>) {
        let page = self.view.page;
        page.walk(root, &mut |step, id| match step {
            Step::Enter => {
                if self.view.is_ignored(id) {
                    return false;
                }
                let goes_in = self.enter(id);
                if hole == Some(id) {
                    self.leave(id);
                    return false;
                }
                goes_in
            }
            Step::Leave => {
                self.leave(id);
                true
            }
        });
    }

    /// Whether what is in it is to be said too.
    fn enter(&mut self, id: Id) -> bool {
        let page = self.view.page;
        if let Some(text) = page.text(id) {
            self.text(text);
        } else if let Some(comment) = page.comment(id) {
            if self.view.is_exact {
                put_tag(&mut self.exact, "!--", &[("", comment)]);
            }
        } else if page.is_element(id) {
            return self.open(id);
        }
        true
    }

    fn text(&mut self, text: &str) {
        if self.view.is_exact {
            crate::ast::same::put_text(&mut self.exact, text.as_bytes());
        } else if self.raw > 0 {
            self.stream.hidden_text(text);
        } else if self.code > 0 {
            self.stream.text(text);
        } else {
            self.stream.text(&typography::plain(text));
        }
    }

    fn open(&mut self, id: Id) -> bool {
        let page = self.view.page;
        let name = page.name(id);
        if self.view.is_exact {
            let attrs: Vec<(&str, &str)> = page.attrs(id).collect();
            // The title is compared by itself.
            put_tag(&mut self.exact, name, &attrs);
            return name != "title";
        }
        match name {
            // The title is compared by itself; what a template holds is not shown.
            "title" if self.code == 0 && is_in_head(page, id) => return false,
            "template" => return false,
            "meta" if is_generator(page, id) => return false,
            "span" if self.code > 0 => {
                self.unwrapped.push(id);
                return true;
            }
            _ if is_code_frame(page, id) => {
                self.unwrapped.push(id);
                return true;
            }
            _ => {}
        }
        let attrs = self.attrs(id, name);
        let mut attrs: Vec<(&str, &str)> = attrs.iter().map(|(name, value)| (*name, value.as_ref())).collect();
        self.stream.start(name, &mut attrs);
        self.code += usize::from(is_code(name));
        self.raw += usize::from(is_raw(name));
        true
    }

    /// The attributes that count, as they count.
    fn attrs(&self, id: Id, name: &str) -> Vec<(&'v str, Cow<'v, str>)> {
        let page = self.view.page;
        let mut attrs = Vec::new();
        for (own, value) in page.attrs(id) {
            let value = match own {
                "id" if is_heading(name) => continue,
                "class" | "style" | "data-lang" if is_code(name) && is_highlighting(own, value) => continue,
                "href" | "src" | "poster" => match (self.view.link)(value) {
                    Some(link) => Cow::Owned(link),
                    None => Cow::Borrowed(value),
                },
                "alt" | "title" => typography::plain(value),
                _ => Cow::Borrowed(value),
            };
            attrs.push((own, value));
        }
        attrs
    }

    fn leave(&mut self, id: Id) {
        let page = self.view.page;
        if !page.is_element(id) {
            return;
        }
        let name = page.name(id);
        if self.view.is_exact {
            if !names::is_void(name) {
                crate::ast::same::put_end(&mut self.exact, name);
            }
            return;
        }
        if self.unwrapped.last() == Some(&id) {
            self.unwrapped.pop();
            return;
        }
        if !names::is_void(name) {
            self.stream.close(name);
        }
        self.code -= usize::from(is_code(name)).min(self.code);
        self.raw -= usize::from(is_raw(name)).min(self.raw);
    }
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether text in the element stands for itself, not for how it is set.
fn is_code(name: &str) -> bool {
    matches!(name, "pre" | "code" | "kbd" | "samp" | "tt" | "var" | "textarea")
}

fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style")
}

fn is_in_head(page: &Page, id: Id) -> bool {
    page.parent(id).is_some_and(|parent| page.name(parent) == "head")
}

fn is_generator(page: &Page, id: Id) -> bool {
    page.attr(id, "name").is_some_and(|name| name.eq_ignore_ascii_case("generator"))
}

/// Whether an attribute of code only says how it is coloured.
fn is_highlighting(name: &str, value: &str) -> bool {
    name != "class" || value.split_ascii_whitespace().all(is_highlighters)
}

/// Classes of Rouge, Pygments, Chroma and Prism.
fn is_highlighters(class: &str) -> bool {
    matches!(class, "chroma" | "rouge" | "codehilite" | "sourceCode" | "hljs")
        || ["highlight", "language-", "lang-"].iter().any(|start| class.starts_with(start))
}

/// Whether the element is there only to hold a block of highlighted code.
fn is_code_frame(page: &Page, id: Id) -> bool {
    const DEEPEST: usize = 4;
    let mut at = id;
    for _ in 0..DEEPEST {
        let mut classes = page.classes(at).peekable();
        let is_frame = matches!(page.name(at), "div" | "figure") && classes.peek().is_some();
        if !is_frame || !classes.all(is_highlighters) {
            return false;
        }
        let is_blank = |id: &Id| page.text(*id).is_some_and(|text| text.trim().is_empty());
        let mut children = page.children(at).filter(|id| !is_blank(id));
        let (Some(only), None) = (children.next(), children.next()) else { return false };
        if page.name(only) == "pre" {
            return true;
        }
        at = only;
    }
    false
}
