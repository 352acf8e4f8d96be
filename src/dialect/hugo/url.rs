//! `url` and `aliases`: the address of a Hugo post, and its old ones.

use std::borrow::Cow;

use super::address::Template;
use super::{NAME, address};
use crate::diag::{Diagnostic, Sink, codes};
use crate::dialect::address::is_elsewhere;
use crate::dialect::spelling;
use crate::format::Context;
use crate::meta::{Entry, Value};
use crate::post::Post;

/// The canonical `url`: the post's own, else what Hugo makes of the path.
pub(super) fn normalize(post: &mut Post, context: &Context<'_>, sink: &mut dyn Sink) {
    let own = post.meta.map.iter().find(|entry| entry.key.eq_ignore_ascii_case("url")).cloned();
    let site = context.site;
    let by_template = |post: &Post, template: Template<'_>| {
        address::by_path(&post.meta.map, post.path.as_deref()?, template, site.timezone.as_deref())
    };
    if let Some(Entry { key, value, span, .. }) = own {
        let Some(text) = value.as_str().filter(|text| !is_elsewhere(text)) else { return };
        let url = match text {
            // Nothing is said.
            "" => by_template(post, Template::Site(site.permalink.as_deref())),
            text => address::from_url(text).or_else(|| by_template(post, Template::Own(text))),
        };
        let Some(url) = url else {
            if !text.is_empty() {
                let message =
                    format!("the address `{text}` has tokens that could not be filled in: it is kept as it is");
                sink.report(Diagnostic::new(&codes::PERMALINK_TEMPLATE, message).at(span));
            }
            return;
        };
        post.meta.rename(&key, "url");
        if url != text || key != "url" {
            post.meta.insert("url", url);
            spelling::remember(post, NAME, "url", vec![(key, value)]);
        }
        return;
    }
    let Some(url) = by_template(post, Template::Site(site.permalink.as_deref())) else { return };
    let after_date = post.meta.map.position("date").map_or(post.meta.map.len(), |index| index + 1);
    post.meta.map.insert_at(after_date, Entry::new("url", url));
    spelling::remember(post, NAME, "url", Vec::new());
}

/// Takes out what Hugo finds by itself in the path that the post will have.
pub(super) fn leave_out_what_the_path_says(post: &mut Post, path: Option<&str>, context: &Context<'_>) {
    let Some(path) = path else { return };
    let site = context.site;
    let is_spelt = post
        .origin
        .spelling
        .iter()
        .any(|spelling| spelling.dialect == NAME && spelling.key == "url" && !spelling.written.is_empty());
    let Some(url) = post.meta.get_str("url").filter(|_| !is_spelt) else { return };
    let template = Template::Site(site.permalink.as_deref());
    if address::by_path(&post.meta.map, path, template, site.timezone.as_deref()).as_deref() == Some(url) {
        post.meta.remove("url");
    }
}

/// Hugo builds no page whose `url` has a scheme, and stops at some percent signs.
pub(super) fn localize(post: &mut Post, sink: &mut dyn Sink) {
    let Some(Entry { value: Value::String(url), span, .. }) = post.meta.map.entry("url") else { return };
    let span = *span;
    if is_elsewhere(url) {
        let message = format!("`url` is `{url}`, an address elsewhere, with which Hugo builds no page");
        sink.report(Diagnostic::new(&codes::URL_ELSEWHERE, message).at(span));
        post.meta.remove("url");
        return;
    }
    match address::to_url(url) {
        Some(text) => {
            for assumed in post.origin.assumed.iter().filter(|assumed| assumed.key == "url") {
                let message = ["the address `", url, "` holds if ", &assumed.what].concat();
                let help = "if the site has a `permalink` of its own, name it: --permalink pretty";
                sink.report(Diagnostic::new(&codes::ADDRESS_ASSUMED, message).help(help));
            }
            if text != *url {
                post.meta.insert("url", text.into_owned());
            }
        }
        None if address::has_control(url) => {
            let message = format!("Hugo cannot write the address {url:?}, it stops at its control character");
            sink.report(Diagnostic::new(&codes::URL_IMPOSSIBLE, message).at(span));
            post.meta.remove("url");
        }
        None => {
            let message = format!("Hugo cannot write the address `{url}`, it stops at the `%`: it is an alias now");
            sink.report(Diagnostic::new(&codes::URL_IMPOSSIBLE, message).at(span));
            let mut aliases = vec![Value::from(url.as_str())];
            aliases.extend(post.meta.get("aliases").and_then(Value::as_list).unwrap_or_default().iter().cloned());
            if post.meta.map.contains_key("aliases") {
                post.meta.remove("url");
            } else {
                post.meta.rename("url", "aliases");
            }
            post.meta.insert("aliases", aliases);
        }
    }
}

/// The canonical form of an alias: what has no extension is a folder. One that is relative to the post's own folder stays.
pub(super) fn alias(text: &str) -> Option<Cow<'_, str>> {
    if is_elsewhere(text) || !text.starts_with('/') || text.bytes().any(|b| matches!(b, b'?' | b'#')) {
        return None;
    }
    let last = text.rsplit('/').next().unwrap_or_default();
    Some(if last.is_empty() || last.contains('.') { text.into() } else { format!("{text}/").into() })
}

/// Hugo builds no site with an alias on another site, or at the site's root.
pub(super) fn leave_out_rejected_aliases(post: &mut Post, sink: &mut dyn Sink) {
    let Some(entry) = post.meta.map.entry("aliases").cloned() else { return };
    let Some(aliases) = entry.value.as_list() else { return };
    let is_rejected = |alias: &Value| match alias {
        Value::String(alias) => {
            is_elsewhere(alias) || address::has_control(alias) || matches!(alias.as_str(), "/" | "/index.html")
        }
        _ => true,
    };
    let (rejected, kept): (Vec<Value>, Vec<Value>) = aliases.iter().cloned().partition(is_rejected);
    for alias in &rejected {
        let message = format!(
            "the alias {} was left out: Hugo builds no site with it",
            alias.as_str().unwrap_or("that is no text")
        );
        sink.report(Diagnostic::new(&codes::URL_ELSEWHERE, message).at(entry.span));
    }
    if !rejected.is_empty() {
        post.meta.insert("aliases", kept);
    }
}
