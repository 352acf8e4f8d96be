//! Jekyll 4: what its posts' front matter and file names mean.

use super::keys::{self, Key, Kind, Zoneless};
use super::spelling;
use super::tags::Liquid;
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::error::Error;
use crate::format::{Context, Dialect, Schema, TagLanguage};
use crate::meta::{Date, Entry, Map, Meta, Value};
use crate::post::{Post, Spelling};

/// Jekyll: posts named by date, kramdown, YAML as SafeYAML reads it.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Jekyll;

const NAME: &str = "jekyll";

/// Jekyll's own keys and those of its usual plugins (jekyll-redirect-from, jekyll-last-modified-at, jekyll-seo-tag).
const KEYS: &[Key] = &[
    Key { canonical: "title", names: &["title"], kind: Kind::Text },
    Key { canonical: "date", names: &["date"], kind: Kind::Date },
    Key { canonical: "updated", names: &["last_modified_at"], kind: Kind::Date },
    // Jekyll has neither; Hugo's names for them are no user's own.
    Key { canonical: "publish_date", names: &["publishDate"], kind: Kind::Date },
    Key { canonical: "expiry_date", names: &["expiryDate"], kind: Kind::Date },
    Key { canonical: "aliases", names: &["redirect_from"], kind: Kind::Texts },
    Key { canonical: "slug", names: &["slug"], kind: Kind::Text },
];

/// Canonical names that mean nothing to Jekyll: a user's own keys of these names must not become the post's address or
/// the time of its publication.
const USERS_OWN: &[&str] = &["url", "publish_date", "expiry_date"];

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
        let dated = path.and_then(file_name).and_then(split_date).is_some();
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
        set_aside_users_own(&mut post.meta);
        keys::to_canonical(post, NAME, KEYS, Zoneless::UtcUnlessText, context, sink);
        normalize_published(post, sink);
        normalize_permalink(post, sink);
        normalize_excerpt(post);
        keys::normalize_author(post, NAME);
        normalize_terms(post, "categories", "category", Singular::Last);
        normalize_terms(post, "tags", "tag", Singular::Wins);
        date_from_file_name(post);
        Ok(())
    }

    fn localize(&self, post: &mut Post, _: &Context<'_>, _: &mut dyn Sink) -> Result<(), Error> {
        let restored = spelling::restore(post, NAME);
        date_to_file_name(post);
        keys::from_canonical(post, KEYS, &restored);
        localize_draft(&mut post.meta, &restored);
        for (canonical, name) in [("url", "permalink"), ("summary", "excerpt")] {
            if !restored.iter().any(|key| key == canonical) {
                post.meta.rename(canonical, name);
            }
        }
        localize_authors(&mut post.meta, &restored);
        take_up_users_own(&mut post.meta);
        Ok(())
    }

    fn path(&self, post: &Post, extension: &str) -> Option<String> {
        let path = post.path.as_deref()?;
        let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
        let slash = if folder.is_empty() { "" } else { "/" };
        let stem = post.file_stem()?;
        let date = match post.meta.get("date") {
            _ if split_date(stem).is_some() => String::new(),
            Some(Value::Date(date)) => format!("{date}-"),
            Some(Value::LocalDateTime(datetime)) => format!("{}-", datetime.date),
            Some(Value::OffsetDateTime(datetime)) => format!("{}-", datetime.local.date),
            _ => String::new(),
        };
        Some(format!("{folder}{slash}{date}{stem}.{extension}"))
    }
}

/// How the singular key of a taxonomy goes with the plural.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Singular {
    /// Its one term follows the others: `category`.
    Last,
    /// It alone counts: `tag`.
    Wins,
}

/// Jekyll's terms: a plural text is split on white space, a singular one is one term, lists are lists (Jekyll 4.3,
/// `Utils.pluralized_array_from_hash`).
fn normalize_terms(post: &mut Post, plural: &'static str, singular: &'static str, rule: Singular) {
    let many = post.meta.get(plural).cloned();
    let one = post.meta.get(singular).cloned();
    if matches!(&many, Some(Value::List(items)) if items.iter().all(|item| item.as_str().is_some())) && one.is_none() {
        return;
    }
    if many.is_none() && one.is_none() {
        return;
    }
    let from_one = one.as_ref().map(|value| list_of(value, |text| vec![text.to_owned()])).unwrap_or_default();
    let from_many = many
        .as_ref()
        .map(|value| list_of(value, |text| text.split_whitespace().map(str::to_owned).collect()))
        .unwrap_or_default();
    let mut terms: Vec<Value> = Vec::new();
    let all = match rule {
        Singular::Wins if !from_one.is_empty() => from_one,
        Singular::Wins | Singular::Last => from_many.into_iter().chain(from_one).collect(),
    };
    for term in all {
        if !terms.contains(&term) {
            terms.push(term);
        }
    }

    let mut written: Vec<(usize, String, Value)> = [(plural, many), (singular, one)]
        .into_iter()
        .filter_map(|(key, value)| Some((post.meta.map.position(key)?, key.to_owned(), value?)))
        .collect();
    written.sort_by_key(|&(index, ..)| index);
    let Some((_, first, _)) = written.first().cloned() else { return };
    for (_, key, _) in written.iter().skip(1) {
        post.meta.map.remove(key);
    }
    post.meta.rename(&first, plural);
    post.meta.insert(plural, Value::List(terms));
    let written = written.into_iter().map(|(_, key, value)| (key, value)).collect();
    spelling::remember(post, NAME, plural, written);
}

fn list_of(value: &Value, split: impl Fn(&str) -> Vec<String>) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => split(text).into_iter().map(Value::String).collect(),
        Value::List(items) => items.iter().filter(|item| **item != Value::Null).map(term).collect(),
        other => vec![term(other)],
    }
}

fn term(value: &Value) -> Value {
    match value {
        Value::Integer(number) => Value::String(number.to_string()),
        Value::Float(number) => number.portable().map_or(value.clone(), Value::String),
        Value::Bool(truth) => Value::String(truth.to_string()),
        Value::Date(date) => Value::String(date.to_string()),
        other => other.clone(),
    }
}

/// `published` counts only where it is exactly `false`: the text "false" is published (Jekyll 4.3, `Publisher`).
fn normalize_published(post: &mut Post, sink: &mut dyn Sink) {
    let Some(entry) = post.meta.map.entry("published").cloned() else { return };
    if post.meta.map.contains_key("draft") {
        return;
    }
    if entry.value.as_bool().is_none() {
        let message = format!("`published` is a {}, so Jekyll publishes the post", entry.value.type_name());
        sink.report(Diagnostic::new(&codes::PUBLISHED_NOT_BOOL, message).at(entry.span));
    }
    post.meta.rename("published", "draft");
    post.meta.insert("draft", entry.value == Value::Bool(false));
    spelling::remember(post, NAME, "draft", vec![("published".to_owned(), entry.value)]);
}

fn localize_draft(meta: &mut Meta, restored: &[String]) {
    if let Some(draft) = meta.get("draft").and_then(Value::as_bool)
        && !restored.iter().any(|key| key == "draft")
        && meta.rename("draft", "published")
    {
        meta.insert("published", !draft);
    }
}

/// The address of a post is the file that is written for it: `/a` is `a.html`.
fn normalize_permalink(post: &mut Post, sink: &mut dyn Sink) {
    let Some(entry) = post.meta.map.entry("permalink").cloned() else { return };
    let Some(text) = entry.value.as_str() else { return };
    if text.contains(':') {
        let message = format!("the address `{text}` is a template and is not filled in: `permalink` is kept as it is");
        sink.report(Diagnostic::new(&codes::PERMALINK_TEMPLATE, message).at(entry.span));
        return;
    }
    let slash = if text.starts_with('/') { "" } else { "/" };
    let last = text.rsplit('/').next().unwrap_or_default();
    let extension = if last.is_empty() || last.contains('.') { "" } else { ".html" };
    let url = format!("{slash}{text}{extension}");
    if post.meta.rename("permalink", "url") {
        post.meta.insert("url", url);
        spelling::remember(post, NAME, "url", vec![("permalink".to_owned(), entry.value)]);
    }
}

fn normalize_excerpt(post: &mut Post) {
    if post.meta.get_str("excerpt").is_some() && post.meta.rename("excerpt", "summary") {
        let value = post.meta.get("summary").cloned().unwrap_or(Value::Null);
        spelling::remember(post, NAME, "summary", vec![("excerpt".to_owned(), value)]);
    }
}

/// Themes and jekyll-seo-tag look for `author`.
fn localize_authors(meta: &mut Meta, restored: &[String]) {
    if restored.iter().any(|key| key == "authors") || !meta.rename("authors", "author") {
        return;
    }
    if let Some([author]) = meta.get("author").and_then(Value::as_list) {
        let author = author.clone();
        meta.insert("author", author);
    }
}

fn set_aside_users_own(meta: &mut Meta) {
    for key in USERS_OWN {
        let Some(index) = meta.map.position(key) else { continue };
        let Some(entry) = meta.map.entry(key).cloned() else { continue };
        meta.map.remove(key);
        if !meta.map.contains_key("params") {
            meta.map.insert_at(index, Entry::new("params", Map::new()));
        }
        match meta.map.get_mut("params") {
            Some(Value::Map(params)) => {
                params.insert_at(params.len(), entry);
                meta.nest_comments(key, "params");
            }
            // `params` is the user's own too, and no map: the key stays where it was.
            _ => {
                meta.map.insert_at(index, entry);
            }
        }
    }
}

fn take_up_users_own(meta: &mut Meta) {
    let Some(mut index) = meta.map.position("params") else { return };
    for key in USERS_OWN {
        if meta.map.contains_key(key) {
            continue;
        }
        let Some(Value::Map(params)) = meta.map.get_mut("params") else { return };
        let Some(value) = params.remove(key) else { continue };
        let is_empty = params.is_empty();
        if is_empty {
            meta.map.remove("params");
        } else {
            index += 1;
        }
        meta.map.insert_at(index, Entry::new(*key, value));
        meta.lift_comments(key, "params");
        if is_empty {
            return;
        }
    }
}

/// A post without a `date` has the one of its file name.
fn date_from_file_name(post: &mut Post) {
    let Some((date, _)) = post.path.as_deref().and_then(file_name).and_then(split_date) else { return };
    if !post.meta.map.contains_key("date") {
        let after_title = post.meta.map.position("title").map_or(0, |index| index + 1);
        post.meta.map.insert_at(after_title, Entry::new("date", date).at(Span::default()));
        spelling::remember(post, NAME, "date", Vec::new());
    }
}

/// A date that came from the file name needs no key, as long as the name still has it.
fn date_to_file_name(post: &mut Post) {
    let in_name = post.path.as_deref().and_then(file_name).and_then(split_date).map(|(date, _)| Value::Date(date));
    let is_from_name =
        |spelling: &Spelling| spelling.dialect == NAME && spelling.key == "date" && spelling.written.is_empty();
    if in_name.is_some() && post.meta.get("date") == in_name.as_ref() && post.origin.spelling.iter().any(is_from_name) {
        post.meta.remove("date");
    }
}

fn file_name(path: &str) -> Option<&str> {
    path.rsplit('/').next()
}

/// The date in front of a file name, and what follows it. Years may have two digits (Jekyll 4.3,
/// `Document::DATE_FILENAME_MATCHER`); Ruby reads 69 to 99 as 1969 to 1999.
fn split_date(name: &str) -> Option<(Date, &str)> {
    let mut parts = name.splitn(4, '-');
    let (year, month, day, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>| {
        (digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<u16>().ok())?
    };
    let year = match (number(year, 2..=4)?, year.len()) {
        (short, 2) if short >= 69 => 1900 + short,
        (short, 2) => 2000 + short,
        (year, _) => year,
    };
    let date = Date::new(year, number(month, 1..=2)?.try_into().ok()?, number(day, 1..=2)?.try_into().ok()?)?;
    Some((date, rest))
}
