//! Jekyll 4: what its posts' front matter and file names mean.

pub(crate) mod permalink;
mod terms;
mod url;

use std::borrow::Cow;
use std::sync::LazyLock;

use super::address::is_elsewhere;
use super::file_name::DatedName;
use super::keys::{self, Names, Zoneless};
use super::names::{NameSet, read_by};
use super::table::{Cell, KeyRow};
use super::tags::Liquid;
use super::{excerpt, file_name, reserved, ruby_time, slug, spelling};
use crate::ast::Document;
use crate::diag::{Diagnostic, Sink, codes};
use crate::error::Error;
use crate::format::{Context, Dialect, Role, Schema, TagLanguage};
use crate::meta::{Entry, Meta, Value};
use crate::post::Post;
use permalink::Facts;

/// Jekyll: posts named by date, kramdown, YAML as SafeYAML reads it.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Jekyll;

const NAME: &str = "jekyll";

fn cell(row: &KeyRow) -> Cell {
    row.jekyll
}

static SET: LazyLock<NameSet> = LazyLock::new(|| read_by(cell));

const NAMES: Names = Names {
    dialect: NAME,
    cell,
    set: &SET,
    any_case: false,
    unknown: &["updated", "publish_date", "expiry_date", "draft", "url", "summary"],
    zoneless: Zoneless::UtcUnlessText,
    address,
};

/// Keys that Jekyll posts have and Hugo's hardly ever.
const SIGNS: &[&str] = &[
    "permalink",
    "published",
    "category",
    "redirect_from",
    "excerpt_separator",
    "last_modified_at",
    "render_with_liquid",
];

/// Names that Jekyll and its usual plugins give a meaning that the canonical post has under another name, and that other
/// generators' themes use for something of their own. `excerpt_separator` and the like mean nothing elsewhere: they come
/// from Jekyll.
const RESERVED: &[&str] =
    &["alias", "category", "excerpt", "last_modified_at", "permalink", "published", "redirect_from", "tag"];

impl Dialect for Jekyll {
    fn name(&self) -> &str {
        NAME
    }

    fn schema(&self) -> Schema {
        Schema::Jekyll
    }

    fn markdown(&self) -> &str {
        "kramdown"
    }

    fn default_extensions(&self) -> &[&str] {
        &["tables", "strikethrough", "task_lists", "footnotes", "definition_lists", "heading_attributes"]
    }

    fn post_folders(&self) -> &[&str] {
        &["_posts", "_drafts"]
    }

    fn signs(&self, meta: &Meta, path: Option<&str>) -> u32 {
        let in_posts = path.is_some_and(|path| path.split('/').any(|part| part == "_posts" || part == "_drafts"));
        let dated = path.and_then(file_name::dated).is_some();
        let keys = SIGNS.iter().filter(|key| meta.map.contains_key(key)).count();
        let layout = u32::from(meta.map.contains_key("layout"));
        let keys = u32::try_from(keys).unwrap_or(u32::MAX);
        keys * 3 + layout * 2 + u32::from(in_posts) * 6 + u32::from(dated) * 2
    }

    /// Liquid runs over every post that does not forbid it (Jekyll 4.0).
    fn tags(&self, meta: &Meta) -> Option<&dyn TagLanguage> {
        let is_off = meta.get("render_with_liquid") == Some(&Value::Bool(false));
        if is_off { None } else { Some(&Liquid) }
    }

    fn normalize(&self, post: &mut Post, context: &Context<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        keys::set_defaults(post, context.site);
        keys::to_canonical(post, &NAMES, context, sink);
        let path = post.path.clone();
        let name = path.as_deref().and_then(file_name::dated);
        let is_draft = path.as_deref().is_some_and(file_name::is_draft);
        normalize_published(post, is_draft, sink);
        normalize_excerpt(post, context);
        let zone = context.site.timezone.as_deref();
        terms::categories(post, zone);
        terms::tags(post, zone, sink);
        // Only a post or a draft gets what Jekyll makes of file names.
        let path = path.as_deref();
        let of_post = path.filter(|_| is_post(name.is_some() || is_draft, context)).map(|path| (path, name));
        if of_post.is_some() {
            title_from_file_name(post);
            date_from_file_name(post, name, context);
        }
        url::normalize(post, path, of_post, context, sink);
        reserved::take_up(post, NAME, is_reserved);
        Ok(())
    }

    fn localize(&self, post: &mut Post, context: &Context<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let path = context.path.map(str::to_owned).or_else(|| self.path(post, context.file_extension));
        let is_own = is_jekyll(post);
        leave_out_what_the_path_says(post, path.as_deref(), context);
        let restored = spelling::restore(post, NAME);
        if !is_own {
            let is_reserved =
                |entry: &Entry| is_rejected(entry) || (is_reserved(entry) && !context.is_named(&entry.key));
            let names = spelling::names_of(post, &restored);
            reserved::set_aside(&mut post.meta, &names, "Jekyll", is_reserved, sink);
        }
        keys::from_canonical(post, &NAMES, &restored);
        localize_authors(post);
        let has = |key: &str| restored.iter().any(|restored| restored == key);
        if !has("draft") {
            localize_draft(&mut post.meta);
        }
        if !has("url") {
            url::localize(&mut post.meta);
        }
        if !has("summary") {
            post.meta.rename("summary", "excerpt");
        }
        if !is_own {
            warn_of_times(post, sink);
        }
        excerpt::localize(post);
        keys::take_up_users_own(&mut post.meta, &NAMES);
        Ok(())
    }

    fn review(&self, post: &Post, written: &Document, context: &Context<'_>, sink: &mut dyn Sink) {
        if !is_jekyll(post) {
            excerpt::review(post, written, context, sink);
        }
    }

    fn path(&self, post: &Post, extension: &str) -> Option<String> {
        let path = post.path.as_deref()?;
        let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
        let slash = if folder.is_empty() { "" } else { "/" };
        let stem = post.file_stem()?;
        let date = match post.meta.get("date") {
            _ if file_name::split_date(stem).is_some() => None,
            Some(Value::Date(date)) => Some(*date),
            Some(Value::LocalDateTime(datetime)) => Some(datetime.date),
            Some(Value::OffsetDateTime(datetime)) => Some(datetime.local.date),
            _ => None,
        };
        let (date, hyphen) = date.map_or_else(Default::default, |date| (date.to_string(), "-"));
        Some([folder, slash, &date, hyphen, stem, ".", extension].concat())
    }
}

fn is_jekyll(post: &Post) -> bool {
    post.origin.original().split(['+', '-']).next() == Some(NAME)
}

/// Whether Jekyll gives the key a meaning that it has nowhere else.
fn is_reserved(entry: &Entry) -> bool {
    RESERVED.contains(&entry.key.as_str())
}

/// Whether Jekyll builds no site with this entry.
fn is_rejected(entry: &Entry) -> bool {
    entry.key == "date" && !entry.value.is_date()
}

/// Whether it is a post, a draft or a document, by its site or else by its path: only those get what Jekyll makes of file
/// names.
fn is_post(by_path: bool, context: &Context<'_>) -> bool {
    match context.site.role {
        Some(Role::Page) => false,
        Some(Role::Post | Role::Document(_)) => true,
        None => by_path,
    }
}

/// Jekyll hides a post only if `published` is false or nothing; the text "false" is published (Jekyll 4.3,
/// `Publisher`). What lies in `_drafts` is hidden too.
fn normalize_published(post: &mut Post, in_drafts: bool, sink: &mut dyn Sink) {
    match post.meta.map.entry("published").cloned() {
        Some(Entry { value, span, .. }) => {
            if !matches!(value, Value::Bool(_) | Value::Null) {
                let message = format!("`published` is a {}, so Jekyll publishes the post", value.type_name());
                sink.report(Diagnostic::new(&codes::PUBLISHED_NOT_BOOL, message).at(span));
            }
            let hidden = in_drafts || matches!(value, Value::Bool(false) | Value::Null);
            if post.meta.rename("published", "draft") {
                post.meta.insert("draft", hidden);
                spelling::remember(post, NAME, "draft", vec![("published".to_owned(), value)]);
            }
        }
        None if in_drafts && !post.meta.map.contains_key("draft") => {
            post.meta.insert("draft", true);
            spelling::remember(post, NAME, "draft", Vec::new());
        }
        None => {}
    }
}

/// Themes and jekyll-seo-tag look for `author`. What Hugo called `authors` is called so by templates that come with it.
fn localize_authors(post: &mut Post) {
    let is_from_site = matches!(post.origin.original().split(['+', '-']).next(), Some(NAME | "hugo"));
    if is_from_site || !post.meta.rename("authors", "author") {
        return;
    }
    if let Some([author]) = post.meta.get("author").and_then(Value::as_list) {
        let author = author.clone();
        post.meta.insert("author", author);
    }
}

fn localize_draft(meta: &mut Meta) {
    if let Some(draft) = meta.get("draft").and_then(Value::as_bool)
        && meta.rename("draft", "published")
    {
        meta.insert("published", !draft);
    }
}

/// An `excerpt` that is text, or shown as one, is the summary; without one, the body is divided at the separator.
fn normalize_excerpt(post: &mut Post, context: &Context<'_>) {
    let written = post.meta.get("excerpt").filter(|value| **value != Value::Bool(false)).cloned();
    let text = written.as_ref().and_then(|value| match value {
        Value::String(_) => Some(value.clone()),
        other => ruby_time::text(other, context.site.timezone.as_deref()),
    });
    if let (Some(written), Some(text)) = (written, text)
        && post.meta.rename("excerpt", "summary")
    {
        post.meta.insert("summary", text);
        spelling::remember(post, NAME, "summary", vec![("excerpt".to_owned(), written)]);
    }
    let separator = post.meta.get_str("excerpt_separator").map(str::to_owned);
    if let Some(separator) = separator.or_else(|| context.site.excerpt_separator.clone()) {
        excerpt::normalize(post, &separator);
    }
}

/// A post without a title, or with one that is nothing, has the one that its file name gives.
fn title_from_file_name(post: &mut Post) {
    let written = post.meta.map.entry("title").map(|entry| entry.value.clone());
    if !matches!(written, None | Some(Value::Null | Value::Bool(false))) {
        return;
    }
    let title = slug::titleize(post.path.as_deref().map(file_name::slug).unwrap_or_default());
    if title.trim().is_empty() {
        return;
    }
    match written {
        Some(value) => {
            post.meta.insert("title", title);
            spelling::remember(post, NAME, "title", vec![("title".to_owned(), value)]);
        }
        None => {
            post.meta.map.insert_at(0, Entry::new("title", title));
            spelling::remember(post, NAME, "title", Vec::new());
        }
    }
}

/// A post without a `date` has the one of its file name.
fn date_from_file_name(post: &mut Post, name: Option<DatedName<'_>>, context: &Context<'_>) {
    let Some(name) = name else { return };
    if !post.meta.map.contains_key("date") {
        let date = keys::file_name_midnight(name.date, context.site);
        let after_title = post.meta.map.position("title").map_or(0, |index| index + 1);
        post.meta.map.insert_at(after_title, Entry::new("date", date));
        spelling::remember(post, NAME, "date", Vec::new());
    }
}

/// Takes out what Jekyll finds by itself in the path that the post will have.
fn leave_out_what_the_path_says(post: &mut Post, path: Option<&str>, context: &Context<'_>) {
    let Some(path) = path else { return };
    let site = context.site;
    let name = file_name::dated(path);
    let is_spelt = post
        .origin
        .spelling
        .iter()
        .any(|spelling| spelling.dialect == NAME && spelling.key == "url" && !spelling.written.is_empty());
    let by_style = || {
        if let (Some(Role::Page), Some(template)) = (&site.role, site.permalink.as_deref()) {
            return Some(permalink::of_page(path, None, template, url::page_extension(path)));
        }
        let facts = Facts::of(&post.meta.map, path, name, site.timezone.as_deref(), site.role.as_ref())?;
        permalink::by_style(&facts, site.permalink.as_deref())
    };
    let is_page = site.role == Some(Role::Page);
    let is_likely = |url: &&str| !is_spelt && (is_page || permalink::can_be_by_style(url, site.permalink.as_deref()));
    let url = post.meta.get_str("url").filter(is_likely);
    if url.is_some() && url == by_style().as_deref() {
        post.meta.remove("url");
    }
    if let Some(name) = name {
        if post.meta.get("date") == Some(&keys::file_name_midnight(name.date, site)) {
            post.meta.remove("date");
        }
        if spelling::is_made(post, NAME, "title") && post.meta.get_str("title") == Some(&slug::titleize(name.slug)) {
            post.meta.remove("title");
        }
    }
    if spelling::is_made(post, NAME, "draft") && file_name::is_draft(path) {
        post.meta.remove("draft");
    }
}

/// Jekyll knows no other times than `date`: a post that waits or ends elsewhere is there from its date on, for ever.
fn warn_of_times(post: &Post, sink: &mut dyn Sink) {
    for (key, what) in [("publishDate", "wait"), ("expiryDate", "end")] {
        if let Some(entry) = post.meta.map.entry(key) {
            let message = format!("`{key}` is kept, but makes no post {what} in Jekyll");
            sink.report(Diagnostic::new(&codes::TIME_IGNORED, message).at(entry.span));
        }
    }
}

/// The canonical form of an address that jekyll-redirect-from writes a page for; `None` if it is no such thing. One with a
/// query is no file, and so stays what it is.
fn address(text: &str) -> Option<Cow<'_, str>> {
    let is_file = !is_elsewhere(text) && !text.contains(['?', '#']);
    is_file.then(|| permalink::by_permalink(text, None).map(Cow::Owned))?
}

#[cfg(test)]
mod tests {
    use super::NAMES;

    #[test]
    fn the_unknown_names_are_the_tables() {
        assert_eq!(NAMES.unknown, NAMES.unknown_by_table());
    }
}
