//! The names of elements.

use std::cell::Ref;

use html5ever::interface::ElemName;
use html5ever::{LocalName, Namespace, QualName, ns};

/// The name of an element. Few are foreign, and a long post has very many.
#[derive(Debug)]
pub(crate) enum Name {
    Html(LocalName),
    /// Of SVG or MathML.
    Foreign(Box<(Namespace, LocalName)>),
}

static HTML: Namespace = ns!(html);

impl From<QualName> for Name {
    fn from(name: QualName) -> Self {
        match name.ns {
            ns!(html) => Name::Html(name.local),
            ns => Name::Foreign(Box::new((ns, name.local))),
        }
    }
}

impl Name {
    pub(crate) fn is_html(&self) -> bool {
        matches!(self, Name::Html(_))
    }

    /// The name in its namespace.
    pub(crate) fn local(&self) -> &LocalName {
        match self {
            Name::Html(local) => local,
            Name::Foreign(name) => &name.1,
        }
    }
}

/// The name of an element in the arena.
#[derive(Debug)]
pub(crate) struct NameRef<'a>(pub(super) Ref<'a, Name>);

impl ElemName for NameRef<'_> {
    fn ns(&self) -> &Namespace {
        match &*self.0 {
            Name::Html(_) => &HTML,
            Name::Foreign(name) => &name.0,
        }
    }

    fn local_name(&self) -> &LocalName {
        self.0.local()
    }
}
