//! What is known of a page before it is converted.

use super::groups::in_collections;
use super::jekyll::Kind;
use super::links::PageValues;
use super::plan::{Fate, Item, Plan};
use crate::convert::{Converter, ReadPost};
use crate::dialect::tags::{Known, shown_date};
use crate::format::Input;
use crate::meta::Value;

/// What of a page Jekyll works out, and how a text asks for it.
const WORKED_OUT: [(&str, &str); 4] =
    [("page.date", "date"), ("page.tags", "tags"), ("page.categories", "categories"), ("page.title", "title")];

/// The values of the page, and where its body starts; `None` if it has no front matter, or no Liquid.
pub(super) fn page_values(plan: &Plan, item: &Item, text: &str) -> Option<(PageValues, usize)> {
    let front = plan.groups.converter(item.group)?.read_front(Input::new(text).path(Some(&item.path))).ok()??;
    let mut map = plan.groups.defaults(item.group).cloned().unwrap_or_default();
    for entry in &front.meta.map {
        map.insert(&entry.key, entry.value.clone());
    }
    if map.get("render_with_liquid") == Some(&Value::Bool(false)) {
        return None;
    }
    let folder = plan.source(item).parent()?.to_owned();
    let values = PageValues::new(map, item.address.clone(), folder)
        .with("path", Some(Known::Text(item.path.to_string())))
        .with("name", item.path.rsplit('/').next().map(|name| Known::Text(name.to_owned())));
    let is_asked = item.fate != Fate::Page && WORKED_OUT.iter().any(|(sign, _)| text.contains(sign));
    let values = if is_asked { worked_out(plan, item, text, values) } else { values };
    Some((values, front.split.body.start))
}

/// What Jekyll makes of a post's front matter and name.
fn worked_out(plan: &Plan, item: &Item, text: &str, values: PageValues) -> PageValues {
    let path = in_collections(&plan.config, &item.path, Kind::Post);
    let read = |converter: &Converter| converter.read_head(Input::new(text).path(Some(path))).ok();
    let Some(ReadPost { post, .. }) = plan.groups.converter(item.group).and_then(read) else { return values };
    let value = |key: &str| {
        let value = post.meta.get(key)?;
        if key == "date" { shown_date(value, plan.timezone.as_deref()).map(Known::Text) } else { Known::of(value) }
    };
    WORKED_OUT.iter().fold(values, |values, (_, key)| values.with(key, value(key)))
}
