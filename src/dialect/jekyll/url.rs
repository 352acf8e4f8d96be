//! `permalink`: the address of a Jekyll post, page or document.

use super::NAME;
use super::permalink::{self, Facts};
use crate::diag::{Diagnostic, Sink, codes};
use crate::dialect::file_name::DatedName;
use crate::dialect::spelling;
use crate::format::{Context, Role};
use crate::meta::{Entry, Meta, Value};
use crate::post::{Assumed, Post};

/// The canonical `url`: by the post's own `permalink`, else by the site's style.
pub(super) fn normalize(
    post: &mut Post,
    path: Option<&str>,
    of_post: Option<(&str, Option<DatedName<'_>>)>,
    context: &Context<'_>,
    sink: &mut dyn Sink,
) {
    let zone = context.site.timezone.as_deref();
    let role = context.site.role.as_ref();
    let facts = of_post.and_then(|(path, name)| Facts::of(&post.meta.map, path, name, zone, role));
    if let Some(Entry { value: Value::String(text), span, .. }) = post.meta.map.entry("permalink") {
        let page = path.filter(|_| role == Some(&Role::Page));
        let url = match page {
            Some(path) => Some(permalink::of_page(path, Some(text), "", page_extension(path))),
            None => permalink::by_permalink(text, facts.as_ref()),
        };
        let Some(url) = url else {
            let message = format!(
                "the address `{text}` has placeholders that could not be filled in: `permalink` is kept as it is"
            );
            sink.report(Diagnostic::new(&codes::PERMALINK_TEMPLATE, message).at(*span));
            return;
        };
        let written = vec![("permalink".to_owned(), Value::String(text.clone()))];
        if post.meta.rename("permalink", "url") {
            post.meta.insert("url", url);
            spelling::remember(post, NAME, "url", written);
        }
        return;
    }
    // A `permalink` that is neither text nor nothing stays as it is: with it Jekyll builds no site.
    let written = post.meta.get("permalink").cloned();
    if !matches!(written, None | Some(Value::Null | Value::Bool(false))) {
        return;
    }
    let template = context.site.permalink.as_deref();
    let url = match (role, path, template) {
        (Some(Role::Page), Some(path), Some(template)) => {
            Some(permalink::of_page(path, None, template, page_extension(path)))
        }
        _ => facts.and_then(|facts| permalink::by_style(&facts, template)),
    };
    let Some(url) = url else { return };
    if written.is_none() {
        let after_date = post.meta.map.position("date").map_or(post.meta.map.len(), |index| index + 1);
        post.meta.map.insert_at(after_date, Entry::new("url", url));
    } else if post.meta.rename("permalink", "url") {
        post.meta.insert("url", url);
    }
    let written = written.map(|value| ("permalink".to_owned(), value));
    spelling::remember(post, NAME, "url", written.into_iter().collect());
    if context.site.permalink.is_none() {
        post.origin.assumed.push(Assumed::new("url", "the site's permalinks are Jekyll's default, `date`"));
    }
}

/// The extension of the page that is made of a file.
pub(super) fn page_extension(path: &str) -> &'static str {
    match permalink::extension(path) {
        ".htm" => ".htm",
        ".xhtml" => ".xhtml",
        _ => ".html",
    }
}

/// The address as `permalink`.
pub(super) fn localize(meta: &mut Meta) {
    let Some(permalink) = meta.get_str("url").map(permalink::to_permalink) else { return };
    if meta.rename("url", "permalink") {
        meta.insert("permalink", permalink);
    }
}
