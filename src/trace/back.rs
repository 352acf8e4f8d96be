//! The way back: front matter as its notes have it.

use super::note::{has_notes, take_notes};
use super::{assemble, same, same_value};
use crate::format::{Context, Dialect, FrontMatter};
use crate::meta::{Entry, Map};
use crate::post::{FrontText, Post};

/// What is written: the format's name as notes have it, and its parts.
pub(crate) struct Back<'a> {
    pub(crate) label: &'a str,
    pub(crate) front: &'a dyn FrontMatter,
    pub(crate) dialect: &'a dyn Dialect,
    pub(crate) context: &'a Context<'a>,
}

impl Back<'_> {
    /// The post without its notes of this format, made to be localized as they have it, and the front matter that they
    /// come to; `None` if there are none, or they come to nothing.
    pub(crate) fn prepare(&self, post: &Post) -> Option<(Post, FrontText)> {
        if !has_notes(&post.meta, self.label) {
            return None;
        }
        let schema = self.dialect.schema();
        let mut usual = post.clone();
        self.dialect.localize(&mut usual, self.context, &mut ()).ok()?;
        let notes = take_notes(&mut usual.meta, self.label);
        let source = assemble(self.front, schema, &usual.meta, &notes)?;

        // What the notes come to, as the dialect understands it.
        let mut noted = Post::new(source.meta.clone(), crate::ast::Document::default());
        noted.path = self.dialect.path(post, self.context.file_extension);
        noted.origin.format.clone_from(&post.origin.format);
        self.dialect.normalize(&mut noted, self.context, &mut ()).ok()?;

        let mut plain = post.clone();
        take_notes(&mut plain.meta, self.label);
        for spelling in noted.origin.spelling {
            let said = plain.meta.get(&spelling.key);
            if said.is_some_and(|said| same_value(said, &spelling.canonical)) {
                plain.meta.insert(&*spelling.key, spelling.canonical.clone());
                plain.origin.spelling.push(spelling);
            }
        }
        Some((plain, source))
    }

    /// What stands before the body: the noted front matter where `localized` says the same, else changed to say it.
    pub(crate) fn front_text(&self, localized: &mut Post, source: &FrontText) -> Option<(String, String)> {
        if same(&localized.meta, &source.meta) {
            return Some(source.around.clone());
        }
        // The entries in the order of the source, those that it does not have behind.
        let entries = std::mem::take(&mut localized.meta.map);
        let (mut known, rest): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(|entry| source.meta.map.contains_key(&entry.key));
        known.sort_by_key(|entry| source.meta.map.position(&entry.key));
        for entry in &mut known {
            if let Some(noted) = source.meta.map.entry(&entry.key) {
                entry.span = noted.span;
                // Text that was a date, in a syntax that has none.
                if same_value(&entry.value, &noted.value) {
                    entry.value = noted.value.clone();
                }
            }
        }
        known.extend(rest.into_iter().map(|entry| Entry::new(entry.key, entry.value)));
        localized.meta.map = Map::from_unique(known);
        self.front.edit(source, &localized.meta, self.dialect.schema(), &mut ())
    }
}
