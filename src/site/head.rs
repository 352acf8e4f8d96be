//! What a file's front matter says of its place in the site: [`Head`].

use std::fs;

use super::groups::in_collections;
use super::jekyll::Kind;
use super::page::page_values;
use super::plan::{Fate, Item, Plan};
use crate::convert::{ReadPost, decode};
use crate::diag::codes;
use crate::error::Error;
use crate::format::Input;
use crate::meta::Value;

/// What is asked of the front matter before anything is converted.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) address: Option<Box<str>>,
    /// As it is written; for files that are no posts.
    pub(super) permalink: Option<Box<str>>,
    /// Whether it is a page, whose address is made otherwise than a post's or a document's.
    pub(super) is_page: bool,
    pub(super) aliases: Vec<Box<str>>,
    pub(super) terms: Vec<(&'static str, Box<str>)>,
    pub(super) is_draft: bool,
    pub(super) layout: Option<Box<str>>,
    /// Whether the body of a file that is no HTML has template tags.
    pub(super) has_liquid: bool,
    pub(super) error: Option<Error>,
}

pub(super) fn head(plan: &Plan, index: usize, item: &Item, kind: Kind) -> Head {
    match read(plan, index, item, kind) {
        Ok(head) => head,
        Err(error) => Head { error: Some(error), ..Head::default() },
    }
}

fn read(plan: &Plan, index: usize, item: &Item, kind: Kind) -> Result<Head, Error> {
    let bytes = fs::read(plan.source(item))
        .map_err(|error| Error::new(&codes::READ_FAILED, "it cannot be read").caused_by(error))?;
    let text = decode(&bytes, Some(&item.path))?;
    let Some(converter) = plan.groups.converter(item.group) else { return Ok(Head::default()) };
    let path = in_collections(&plan.config, &item.path, kind);
    let ReadPost { post, .. } = converter.read_head(Input::new(text).path(Some(path)))?;
    let mut head = Head::default();
    let meta = &post.meta;
    head.is_draft = meta.get("draft") == Some(&Value::Bool(true));
    head.layout = meta.get_str("layout").map(Into::into);
    head.address = meta.get_str("url").map(Into::into);
    if !item.fate.is_content() {
        let front = converter.read_front(Input::new(text).path(Some(path)))?;
        let end = front.as_ref().map_or(0, |front| front.split.body.start);
        let body = text.get(end..).unwrap_or_default();
        head.is_page = kind == Kind::Page;
        head.has_liquid = item.fate != Fate::Text || plan.includes.worked_out(body).is_none();
        head.permalink = front.and_then(|front| front.meta.get_str("permalink").map(Into::into));
        return Ok(head);
    }
    note_includes(plan, index, item, text);
    let texts = |key: &str| -> Vec<Box<str>> {
        let items = meta.get(key).and_then(Value::as_list).unwrap_or_default();
        items.iter().filter_map(Value::as_str).map(Into::into).collect()
    };
    head.aliases = texts("aliases");
    for taxonomy in ["categories", "tags"] {
        head.terms.extend(texts(taxonomy).into_iter().map(|term| (taxonomy, term)));
    }
    Ok(head)
}

/// Notes what the page's includes show: what several pages show becomes a shortcode.
fn note_includes(plan: &Plan, index: usize, item: &Item, text: &str) {
    let includes = &plan.includes;
    if includes.files.is_empty() || !text.contains("include ") {
        return;
    }
    let Some((values, start)) = page_values(plan, item, text) else { return };
    for shown in includes.shown(text.get(start..).unwrap_or_default(), &values) {
        includes.shortcodes.note(index, shown);
    }
}
