//! One page on its way from Hugo to Jekyll.

use std::sync::Arc;

use super::linkify::{self, Linked};
use super::links;
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
    let Before { text: linked, told } = before(plan, converter, Input::new(text).path(Some(&path)))?;
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
    let conversion = converter.convert_settled(input, |post, report| settle(post, item, page, report))?;
    let mut report = conversion.report;
    let stubs = plan.hugo.shortcodes.note(source, &conversion.text, &mut report);
    let mut done = Done { mark: mark(conversion.text.as_bytes()), stubs, ..Done::default() };
    done.tell(report, text, |start| linked.as_ref().map_or(start, |linked| linked.source(start)));
    done.tell(told, text, |start| start);
    writing.put(index, target, conversion.text.as_bytes())?;
    Ok(done)
}

/// What the page has to say otherwise, so that kramdown shows it as Hugo does.
#[derive(Default)]
struct Before {
    text: Option<Linked>,
    told: Report,
}

fn before(plan: &Plan, converter: &Converter, input: Input<'_>) -> Result<Before, Error> {
    let config = &plan.hugo.config;
    let links = config.get("markup.goldmark.extensions.linkify") != Some(&Value::Bool(false));
    let (links, hides) = (links && linkify::may_hold(input.text), !config.is_on("markup.goldmark.renderer.unsafe"));
    let is_html = input.path.is_some_and(|path| path.ends_with(".html"));
    if is_html || !(links || hides && input.text.contains('<')) {
        return Ok(Before::default());
    }
    let read = converter.read(input)?;
    let document = read.post.body.document();
    let mut told = Report::new();
    let mut edits = if hides { linkify::hidden_html(input.text, document) } else { Vec::new() };
    if let Some((start, end, _)) = edits.first() {
        let count = edits.len();
        let what = if count == 1 {
            "a piece of HTML is a comment".to_owned()
        } else {
            format!("{count} pieces of HTML are comments")
        };
        let message = format!("{what} now: Hugo left HTML out, for the site does not say `unsafe`");
        let diagnostic = Diagnostic::new(&codes::HTML_LEFT_OUT, message).at(Span::new(*start, *end));
        told.report(diagnostic.help("take the comment away from what is to be seen"));
    }
    if links {
        let protocol = config.get("markup.goldmark.extensions.linkifyProtocol").and_then(Value::as_str);
        let (found, nested) = linkify::linked(input.text, document, protocol.unwrap_or("https"), !hides);
        edits.extend(found);
        if let Some(span) = nested {
            let message = "an address within a link, of which Hugo makes another link, is text now";
            told.report(Diagnostic::new(&codes::SHOWN_OTHERWISE, message).at(span));
        }
    }
    Ok(Before { text: linkify::edited(input.text, edits), told })
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
