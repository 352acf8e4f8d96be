//! What a new Jekyll site is made of. Jekyll 4.3 builds it without a plugin.

mod config;
mod data;
mod layouts;
mod linkify;
mod links;
mod page;
mod places;
mod redirect;
mod shortcodes;
mod template;

use std::collections::BTreeSet;
use std::sync::Arc;

pub(crate) use links::Pages;
use shortcodes::ShortcodeTags;
pub(crate) use shortcodes::Shortcodes;

use super::plan::{Fate, Item, Plan};
use super::route::Files;
use super::write::{Done, Writing, mark};
use crate::diag::Setting;
use crate::error::Error;
use crate::format::TagOptions;

/// Says, once all addresses are known, what the new site is like and where in it everything lies.
pub(super) fn settle(plan: &mut Plan) {
    let template = config::posts_permalink(&plan.hugo);
    plan.config = super::jekyll::Config::of(config::map(plan, &template));
    for number in 0..plan.groups.len() {
        let is_post = number % 2 == 1;
        let permalink = if is_post { template.clone() } else { plan.config.page_permalink() };
        plan.write_for_jekyll(number, is_post, permalink);
    }
    places::place(plan);
    plan.hugo.links = Arc::new(Pages::new(plan));
    plan.hugo.shortcodes = Shortcodes::read(plan);
}

/// What holds for the tags of all pages.
pub(super) fn tag_options(plan: &Plan) -> TagOptions {
    let mut options = TagOptions::default();
    options.converters.push(Arc::new(ShortcodeTags(plan.hugo.shortcodes.clone())));
    options.base_path = Some(plan.hugo.config.base.clone());
    options.site_url = (!plan.hugo.config.host.is_empty()).then(|| plan.hugo.config.host.clone());
    let params = plan.hugo.config.get("params").and_then(crate::meta::Value::as_map);
    options.site = params.cloned().unwrap_or_default();
    options
}

/// Writes what becomes of one file.
pub(super) fn one(writing: &Writing<'_>, index: usize, item: &Item, target: &str) -> Result<Done, Error> {
    match item.fate {
        Fate::Post | Fate::Page => page::convert(writing, index, item, target),
        Fate::Data => match data::converted(&item.path, &writing.bytes(item)?)? {
            Some(text) => written(writing, index, target, &text),
            None => writing.copy(index, item, target),
        },
        Fate::Static => {
            let bytes = writing.bytes(item)?;
            match places::is_opened(&bytes) {
                true => written(writing, index, target, &[places::own_front(item).as_bytes(), &bytes].concat()),
                false => writing.copy(index, item, target),
            }
        }
        _ => writing.copy(index, item, target),
    }
}

fn written(writing: &Writing<'_>, index: usize, target: &str, bytes: &[u8]) -> Result<Done, Error> {
    writing.put(index, target, bytes)?;
    Ok(Done { mark: mark(bytes), ..Done::default() })
}

/// What belongs to no single file.
pub(super) fn rest(plan: &Plan, _: &BTreeSet<Setting>, with_layouts: bool) -> Files {
    let mut files = vec![("_config.yml".to_owned(), config::text(plan, with_layouts))];
    if with_layouts {
        files.extend(layouts::files(plan));
    }
    files.extend(plan.hugo.shortcodes.stubs(plan));
    files.extend(redirect::pages(plan));
    files
}
