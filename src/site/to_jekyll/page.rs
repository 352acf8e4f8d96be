//! One page on its way from Hugo to Jekyll.

use std::sync::Arc;

use super::linkify::{self, Linked};
use super::links;
use crate::ast::{BlockKind, InlineKind, NodeRef, Step};
use crate::convert::{Converter, decode};
use crate::diag::{Diagnostic, Report, Sink, Span, codes};
use crate::error::Error;
use crate::format::Input;
use crate::meta::{Entry, Value};
use crate::post::Post;
use crate::site::from_hugo::{Hidden, Page};
use crate::site::plan::{Fate, Item, Plan};
use crate::site::write::{Done, Writing, mark};

pub(super) fn convert(writing: &Writing<'_>, index: usize, item: &Item, target: &str) -> Result<Done, Error> {
    let plan = writing.plan;
    let bytes = writing.bytes(item)?;
    let text = decode(&bytes, Some(&item.path))?;
    let Some((converter, page)) = plan.groups.converter(item.group).zip(plan.hugo.pages.get(&index)) else {
        return Ok(Done::default());
    };
    let path = page.place.path();
    let shows_html = plan.hugo.config.is_on("markup.goldmark.renderer.unsafe");
    let (linked, nested) = linked(plan, converter, Input::new(text).path(Some(&path)))?;
    let source = linked.as_ref().map_or(text, |linked| &linked.text);
    let of_page;
    let converter = match text.contains("{{") && text.contains("ref") {
        true => {
            let links = links::of_page(&plan.hugo.links, page);
            of_page = converter.clone().first_tags(Arc::new(links));
            &of_page
        }
        false => converter,
    };
    let input = Input::new(source).path(Some(&path)).target(Some(target));
    let conversion = converter.convert_settled(input, |post, report| {
        settle(post, item, page, report);
        if !shows_html && target.ends_with(".md") {
            note_html(post, report);
        }
    })?;
    let mut report = conversion.report;
    let stubs = plan.hugo.shortcodes.note(source, &conversion.text, &mut report);
    let mut done = Done { mark: mark(conversion.text.as_bytes()), stubs, ..Done::default() };
    done.tell(report, text, |start| linked.as_ref().map_or(start, |linked| linked.source(start)));
    if let Some(span) = nested {
        let mut own = Report::new();
        let message = "an address within a link, of which Hugo makes another link, is text now";
        own.report(Diagnostic::new(&codes::SHOWN_OTHERWISE, message).at(span));
        done.tell(own, text, |start| start);
    }
    writing.put(index, target, conversion.text.as_bytes())?;
    Ok(done)
}

/// The page with its bare addresses as links, if Hugo makes links of them.
fn linked(plan: &Plan, converter: &Converter, input: Input<'_>) -> Result<(Option<Linked>, Option<Span>), Error> {
    let is_off = plan.hugo.config.get("markup.goldmark.extensions.linkify") == Some(&Value::Bool(false));
    let is_html = input.path.is_some_and(|path| path.ends_with(".html"));
    if is_off || is_html || !linkify::may_hold(input.text) {
        return Ok((None, None));
    }
    let read = converter.read(input)?;
    let protocol = plan.hugo.config.get("markup.goldmark.extensions.linkifyProtocol").and_then(Value::as_str);
    Ok(linkify::linked(input.text, read.post.body.document(), protocol.unwrap_or("https")))
}

/// Puts into a post what the site says of it.
fn settle(post: &mut Post, item: &Item, page: &Page, report: &mut Report) {
    let meta = &mut post.meta;
    if let Some(address) = item.address.as_deref() {
        match meta.get("url") {
            Some(_) => {
                meta.insert("url", address);
            }
            None => {
                let place = meta.map.position("date").map_or(meta.map.len(), |index| index + 1);
                meta.map.insert_at(place, Entry::new("url", address));
            }
        }
    }
    // Each has a page of its own that leads here.
    meta.remove("aliases");
    let in_drafts = item.fate == Fate::Post && page.hidden == Some(Hidden::Draft);
    match page.hidden {
        None => {
            meta.remove("draft");
        }
        Some(Hidden::Draft) if in_drafts => {
            meta.remove("draft");
        }
        // A post whose time has not come waits in Jekyll too.
        Some(Hidden::Future) if item.fate == Fate::Post && !meta.map.contains_key("publish_date") => {}
        Some(why) => {
            meta.insert("draft", true);
            if let Some(message) = said(why) {
                report.report(Diagnostic::new(&codes::PAGE_HIDDEN, message).help("`published: false` keeps it hidden"));
            }
        }
    }
    // Jekyll makes a title of the name of a post.
    if item.fate == Fate::Post && !meta.map.contains_key("title") {
        meta.map.insert_at(0, Entry::new("title", ""));
    }
}

fn said(why: Hidden) -> Option<&'static str> {
    match why {
        Hidden::Draft => None,
        Hidden::Future => Some("its time has not come: Jekyll does not know when it will"),
        Hidden::Expired => Some("its time is over: Jekyll does not know that"),
        Hidden::NotRendered => Some("Hugo makes no page of it: only layouts ask for it"),
    }
}

/// Says where there is HTML that Hugo left out.
fn note_html(post: &Post, report: &mut Report) {
    let is_seen = |text: &str| text.trim() != "<!--more-->" && !text.trim().is_empty();
    let found = post.body.document().walk().find_map(|step| match step {
        Step::Enter(NodeRef::Block(block)) => match &block.kind {
            BlockKind::Raw(raw) if is_seen(&raw.text) => Some(block.span),
            _ => None,
        },
        Step::Enter(NodeRef::Inline(inline)) => match &inline.kind {
            InlineKind::Raw(raw) if is_seen(&raw.text) => Some(inline.span),
            _ => None,
        },
        _ => None,
    });
    if let Some(span) = found {
        let message = "HTML that Hugo left out, for the site does not say `unsafe`, is shown now";
        report.report(Diagnostic::new(&codes::SHOWN_OTHERWISE, message).at(span));
    }
}
