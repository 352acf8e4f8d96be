//! What was found: one difference, and what a page's differences are together.

use serde::Serialize;

use crate::diag::{Code, codes};

/// What kind of difference it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// An address of the old site answers no more.
    AddressMissing,
    /// The new site has a page or file that the old one had not.
    AddressNew,
    /// A redirect leads elsewhere than it did.
    Redirect,
    /// The title of the page.
    Title,
    /// The visible text.
    Text,
    /// Elements or attributes.
    Dom,
    /// Where a link leads.
    Link,
    /// Which image is shown.
    Image,
    /// The id of a heading, which links from elsewhere may use, is gone.
    HeadingId,
    /// A link within the site leads nowhere any more.
    LinkBroken,
    /// An image or another part of the page is not there any more.
    ImageBroken,
    /// A file has other bytes.
    Bytes,
}

impl Kind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Kind; 12] = [
        Kind::AddressMissing,
        Kind::AddressNew,
        Kind::Redirect,
        Kind::Title,
        Kind::Text,
        Kind::Dom,
        Kind::Link,
        Kind::Image,
        Kind::HeadingId,
        Kind::LinkBroken,
        Kind::ImageBroken,
        Kind::Bytes,
    ];

    /// Its code, by which `postferry explain` explains it.
    pub fn code(self) -> &'static Code {
        match self {
            Kind::AddressMissing => &codes::ADDRESS_MISSING,
            Kind::AddressNew => &codes::ADDRESS_NEW,
            Kind::Redirect => &codes::REDIRECT_DIFFERS,
            Kind::Title => &codes::TITLE_DIFFERS,
            Kind::Text => &codes::TEXT_DIFFERS,
            Kind::Dom => &codes::DOM_DIFFERS,
            Kind::Link => &codes::LINK_DIFFERS,
            Kind::Image => &codes::IMAGE_DIFFERS,
            Kind::HeadingId => &codes::HEADING_ID_LOST,
            Kind::LinkBroken => &codes::LINK_BROKEN,
            Kind::ImageBroken => &codes::IMAGE_BROKEN,
            Kind::Bytes => &codes::BYTES_DIFFER,
        }
    }

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::AddressMissing => "address-missing",
            Kind::AddressNew => "address-new",
            Kind::Redirect => "redirect",
            Kind::Title => "title",
            Kind::Text => "text",
            Kind::Dom => "dom",
            Kind::Link => "link",
            Kind::Image => "image",
            Kind::HeadingId => "heading-id",
            Kind::LinkBroken => "link-broken",
            Kind::ImageBroken => "image-broken",
            Kind::Bytes => "bytes",
        }
    }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// Of what kind.
    pub kind: Kind,
    /// What the old site has; empty if nothing.
    pub old: String,
    /// What the new site has; empty if nothing.
    pub new: String,
    /// What stands around it, for showing it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

/// A difference with what stands around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The words before it.
    pub before: String,
    /// What was there.
    pub old: Vec<Mark>,
    /// What is there.
    pub new: Vec<Mark>,
    /// The words behind it.
    pub behind: String,
}

/// A run of words, or of tags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Mark {
    /// Whether it is tags.
    pub is_tag: bool,
    /// As it is shown.
    pub text: String,
}

/// How much of a difference is kept: a page that is new from end to end is not shown whole.
const LONGEST: usize = 600;

impl Finding {
    pub(super) fn new(kind: Kind, old: impl Into<String>, new: impl Into<String>) -> Self {
        Finding { kind, old: old.into(), new: new.into(), change: None }
    }

    /// The same, no longer than is looked at.
    pub(super) fn shortened(mut self) -> Self {
        shorten(&mut self.old);
        shorten(&mut self.new);
        if let Some(change) = &mut self.change {
            for marks in [&mut change.old, &mut change.new] {
                marks.truncate(8);
                marks.iter_mut().for_each(|mark| shorten(&mut mark.text));
            }
            shorten(&mut change.before);
            shorten(&mut change.behind);
        }
        self
    }

    /// One line that says it.
    pub fn message(&self) -> String {
        let quote = |text: &str| match text.split_ascii_whitespace().collect::<Vec<_>>().join(" ") {
            words if words.is_empty() => "white space".to_owned(),
            words => format!("`{words}`"),
        };
        match self.kind {
            Kind::AddressMissing if self.new.is_empty() => "is not there any more".to_owned(),
            Kind::AddressMissing => format!("is not there any more, but its text is at {}", self.new),
            Kind::AddressNew => "was not there before".to_owned(),
            Kind::Redirect => format!("led to {} and leads to {}", self.old, self.new),
            Kind::HeadingId => format!("`#{}` leads to no heading any more", self.old),
            Kind::LinkBroken => format!("the link to {} leads nowhere", self.new),
            Kind::ImageBroken => format!("{} is not there", self.new),
            Kind::Bytes if self.old == self.new => format!("other bytes, {} as before", self.new),
            Kind::Bytes => format!("{} became {}", self.old, self.new),
            Kind::Title | Kind::Text | Kind::Dom | Kind::Link | Kind::Image => match (&*self.old, &*self.new) {
                ("", new) => format!("{} is new", quote(new)),
                (old, "") => format!("{} is gone", quote(old)),
                (old, new) if quote(old) == quote(new) => format!("the white space at {} differs", quote(old)),
                (old, new) => format!("{} became {}", quote(old), quote(new)),
            },
        }
    }
}

fn shorten(text: &mut String) {
    if text.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
        text.truncate(end);
        text.push('…');
    }
}
