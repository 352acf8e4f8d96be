//! Plain Markdown and HTML: no generator. A post's title is its first heading.

use std::sync::LazyLock;

use super::keys::{self, Names, Zoneless};
use super::names::{NameSet, read_by};
use super::spelling;
use super::table::{Cell, KeyRow};
use crate::ast::{Block, BlockKind, Heading, Inline, InlineKind, NodeRef, Step, Walk, plain_text};
use crate::diag::{Diagnostic, Sink, codes};
use crate::error::Error;
use crate::format::{Context, Dialect};
use crate::meta::{self, CommentPlace, Entry, Map, Meta, Value};
use crate::post::Post;

/// No generator: the canonical keys under their own names.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Plain;

const NAME: &str = "plain";

static SET: LazyLock<NameSet> = LazyLock::new(|| read_by(cell));

const NAMES: Names = Names {
    dialect: NAME,
    cell,
    set: &SET,
    any_case: false,
    unknown: &[],
    zoneless: Zoneless::SiteZone,
    address: |_| None,
};

/// The canonical names, but authors as the source has them: no generator knows them.
fn cell(row: &KeyRow) -> Cell {
    match row.jekyll {
        themes @ Cell::Themes(_) => themes,
        _ => Cell::Canonical,
    }
}

/// What a post without a title is marked with where its first heading would be taken for one.
const UNTITLED: (&str, &str) = ("postferry", "untitled");

impl Dialect for Plain {
    fn name(&self) -> &str {
        NAME
    }

    fn default_extensions(&self) -> &[&str] {
        &["tables", "strikethrough", "task_lists", "footnotes"]
    }

    fn reads_back(&self, _: &Post, _: &str, _: &Context<'_>) -> bool {
        false
    }

    fn normalize(&self, post: &mut Post, context: &Context<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        keys::to_canonical(post, &NAMES, context, sink);
        let is_untitled = take_untitled_mark(post);
        if context.markup != "html" && !is_untitled && !post.meta.map.contains_key("title") {
            title_from_heading(post);
        }
        Ok(())
    }

    fn localize(&self, post: &mut Post, context: &Context<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        keys::from_canonical(post, &NAMES, &[]);
        if context.front == "none" {
            leave_out_what_was_made(post);
        }
        if context.holds_title || context.markup == "html" {
            return Ok(());
        }
        if post.meta.map.contains_key("title") {
            heading_from_title(post, context, sink);
        } else if first_heading(post).is_some() {
            if context.front == "none" {
                let message = "the post has no title, and its first heading will be taken for one";
                let span = post.body.document().blocks.first().map(|block| block.span);
                sink.report(Diagnostic::new(&codes::HEADING_AS_TITLE, message).at_opt(span));
            } else {
                let mark = Map::from_unique(vec![Entry::new(UNTITLED.1, true)]);
                post.meta.insert(UNTITLED.0, mark);
            }
        }
        Ok(())
    }
}

/// What the source's generator made of the path is no loss where it has no place: the path still says it.
fn leave_out_what_was_made(post: &mut Post) {
    let made: Vec<String> = post
        .origin
        .spelling
        .iter()
        .filter(|spelling| spelling.key != "title" && spelling::is_made(post, &spelling.dialect, &spelling.key))
        .map(|spelling| spelling.key.clone().into_owned())
        .collect();
    for key in made {
        post.meta.remove(&key);
    }
}

fn take_untitled_mark(post: &mut Post) -> bool {
    let mark = Value::Map(Map::from_unique(vec![Entry::new(UNTITLED.1, true)]));
    let is_untitled = post.meta.get(UNTITLED.0) == Some(&mark);
    if is_untitled {
        post.meta.remove(UNTITLED.0);
    }
    is_untitled
}

/// What was said about the title is said above the next key instead, for a heading has no comments.
fn hand_on_comments(meta: &mut Meta) {
    let Some(index) = meta.map.position("title") else { return };
    let next = meta.map.iter().nth(index + 1).map(|entry| entry.key.clone());
    let (path, place) = match next {
        Some(key) => (vec![meta::Step::Key(key)], CommentPlace::Before),
        None => (Vec::new(), CommentPlace::End),
    };
    for comment in meta.comments.iter_mut().filter(|comment| comment.top_key() == Some("title")) {
        comment.path.clone_from(&path);
        comment.place = place;
    }
}

/// The level-1 heading that is the body's first block.
fn first_heading(post: &Post) -> Option<(&Heading, bool)> {
    let block = post.body.document().blocks.first()?;
    match &block.kind {
        BlockKind::Heading(heading) if heading.level == 1 => {
            let is_plain = block.attrs.is_none() && is_plain_text(&heading.content);
            Some((heading, is_plain))
        }
        _ => None,
    }
}

fn is_plain_text(content: &[Inline]) -> bool {
    Walk::inlines(content).all(|step| match step {
        Step::Enter(NodeRef::Inline(inline)) => matches!(inline.kind, InlineKind::Text(_) | InlineKind::SoftBreak),
        _ => true,
    })
}

/// A heading of plain text moves into the front matter; one with markup stays, and the title is its text.
fn title_from_heading(post: &mut Post) {
    let Some((heading, is_plain)) = first_heading(post) else { return };
    let title = plain_text(&heading.content);
    if title.is_empty() {
        return;
    }
    if is_plain {
        post.body.remove_first();
    }
    post.meta.map.insert_at(0, Entry::new("title", title));
}

/// The title becomes the first heading, unless the body begins with the same words in markup.
fn heading_from_title(post: &mut Post, context: &Context<'_>, sink: &mut dyn Sink) {
    let Some(entry) = post.meta.map.entry("title").cloned() else { return };
    let Some(title) = entry.value.as_str() else { return };
    let shown = title.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    if shown != title || shown.is_empty() {
        // No heading comes back as this text. In a comment the title stays as it is.
        if context.front == "none" && !shown.is_empty() {
            let message = format!("the white space of `title` is not the same in a heading: it was {title:?}");
            sink.report(Diagnostic::new(&codes::TITLE_CHANGED, message).at(entry.span));
        } else {
            return;
        }
    }
    let stands_already =
        first_heading(post).is_some_and(|(heading, is_plain)| !is_plain && plain_text(&heading.content) == shown);
    hand_on_comments(&mut post.meta);
    post.meta.remove("title");
    if !stands_already {
        let text = Inline::new(InlineKind::Text(shown));
        post.body.insert_first(Block::new(BlockKind::Heading(Heading::new(1, vec![text]))));
    }
}
