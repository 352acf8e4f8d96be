//! Hugo: what its front matter means, and which names it keeps for itself.

mod address;
mod dates;
mod url;

pub(crate) use address::of_file as clean_part;

use std::sync::LazyLock;

use super::keys::{self, Names, Zoneless};
use super::names::{NameSet, read_by};
use super::reserved::is_canonical;
use super::table::{Cell, KeyRow};
use super::tags::Shortcodes;
use super::{excerpt, leap, reserved, settings, spelling};
use crate::ast::Document;
use crate::diag::{Diagnostic, Severity, Sink, codes};
use crate::error::Error;
use crate::format::{Context, Dialect, Schema, TagLanguage};
use crate::meta::{DATE_KEYS, Entry, Meta, Value};
use crate::post::Post;

/// Hugo: Goldmark, YAML as goccy/go-yaml reads it, keys in any letter case.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Hugo;

const NAME: &str = "hugo";

fn cell(row: &KeyRow) -> Cell {
    row.hugo
}

static SET: LazyLock<NameSet> = LazyLock::new(|| read_by(cell));

const NAMES: Names = Names {
    dialect: NAME,
    cell,
    set: &SET,
    any_case: true,
    unknown: &["updated", "publish_date", "expiry_date"],
    zoneless: Zoneless::SiteZone,
    address: url::alias,
};

/// Names at top level that Hugo takes for settings of its own, in lower case, beside those that the table has. A key of
/// another generator that has one of these names would change how the page is built, or stop the build (0.111 and 0.168).
const RESERVED: &[&str] = &[
    "_build",
    "build",
    "cascade",
    "expirydate",
    "headless",
    "iscjklanguage",
    "lastmod",
    "linktitle",
    "markup",
    "menu",
    "menus",
    "modified",
    "outputs",
    "pubdate",
    "publishdate",
    "published",
    "resources",
    "sitemap",
    "sites",
    "translationkey",
    "type",
    "unpublishdate",
];

/// Those, and the canonical names that Hugo has too.
static TAKEN: LazyLock<NameSet> = LazyLock::new(|| {
    let own = super::KEYS.iter().map(|row| row.canonical).filter(|name| SET.find(name).is_some());
    NameSet::new(RESERVED.iter().copied().chain(own).map(|name| (name, 0)))
});

/// Keys that Hugo's posts have and Jekyll's hardly ever, in lower case.
const SIGNS: &[&str] = &[
    "aliases",
    "draft",
    "expirydate",
    "lastmod",
    "linktitle",
    "menu",
    "menus",
    "publishdate",
    "resources",
    "type",
    "url",
    "weight",
    "cascade",
    "build",
    "translationkey",
];

impl Dialect for Hugo {
    fn name(&self) -> &str {
        NAME
    }

    fn schema(&self) -> Schema {
        Schema::Hugo
    }

    fn default_extensions(&self) -> &[&str] {
        &["tables", "strikethrough", "task_lists", "footnotes", "definition_lists", "heading_attributes"]
    }

    fn post_folders(&self) -> &[&str] {
        &["content"]
    }

    fn signs(&self, meta: &Meta, path: Option<&str>) -> u32 {
        let has = |key: &&&str| meta.map.iter().any(|entry| entry.key.eq_ignore_ascii_case(key));
        let keys = u32::try_from(SIGNS.iter().filter(has).count()).unwrap_or(u32::MAX);
        let in_content = path.is_some_and(|path| path.split('/').any(|part| part == "content"));
        keys * 3 + u32::from(in_content) * 6
    }

    fn tags(&self, _: &Meta) -> Option<&dyn TagLanguage> {
        Some(&Shortcodes)
    }

    fn normalize(&self, post: &mut Post, context: &Context<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        keys::set_defaults(post, context.site);
        keys::to_canonical(post, &NAMES, context, sink);
        dates::date_from_others(post);
        url::normalize(post, context, sink);
        reserved::take_up(post, NAME, is_out_of_place);
        Ok(())
    }

    fn localize(&self, post: &mut Post, context: &Context<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let path = context.path.map(str::to_owned).or_else(|| self.path(post, context.file_extension));
        if context.path.or(post.path.as_deref()).is_some_and(address::is_in_content) {
            url::leave_out_what_the_path_says(post, path.as_deref(), context);
        }
        dates::leave_out_date_of_others(post);
        if context.front == "yaml" {
            note_retyped(&post.meta, sink);
        }
        let is_own = is_hugo(post);
        if !is_own {
            excerpt::hide_from_hugo(post);
            let is_from_html = post.body.source().is_some_and(|(source, _)| source.markup == "html");
            if is_from_html && context.markup == "markdown" {
                excerpt::settle_for_hugo(post, context.extensions.has("as_shown"), sink);
            }
            note_set_aside(&post.meta, sink);
        }
        let restored = spelling::restore(post, NAME);
        let restored_names = spelling::names_of(post, &restored);
        let has_no_place =
            |entry: &Entry| is_rejected(entry) || (!is_own && is_reserved(entry) && !context.is_named(&entry.key));
        reserved::set_aside(&mut post.meta, &restored_names, "Hugo", has_no_place, sink);
        keys::from_canonical(post, &NAMES, &restored);
        if !restored.iter().any(|key| key == "url") {
            url::localize(post, sink);
        }
        url::leave_out_rejected_aliases(post, sink);
        leap::leave_out(&mut post.meta, "Hugo", sink);
        keys::take_up_users_own(&mut post.meta, &NAMES);
        drop_names_that_differ_in_case(&mut post.meta, sink);
        Ok(())
    }

    fn reads_back(&self, post: &Post, text: &str, context: &Context<'_>) -> bool {
        !is_hugo(post) && settings::may_lean_on_some(post, text, context.extensions)
    }

    fn review(&self, post: &Post, written: &Document, context: &Context<'_>, sink: &mut dyn Sink) {
        if is_hugo(post) {
            return;
        }
        let settings = settings::needed(post, written, context.extensions);
        if !settings.is_empty() {
            let message = "Hugo shows this post as meant with these settings";
            sink.report(Diagnostic::new(&codes::HUGO_CONFIG, message).settings(settings));
        }
    }

    fn path(&self, post: &Post, extension: &str) -> Option<String> {
        let path = post.path.as_deref()?;
        let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
        let mut out = String::new();
        // Jekyll's folders for posts are no part of an address; in Hugo they would be. The date in a file name stays: the
        // address does not lean on the name, two posts of one name on two days need two files, and the way back needs it.
        for part in folder.split('/').filter(|part| !matches!(*part, "_posts" | "_drafts")) {
            out.push_str(part);
            out.push('/');
        }
        let out = if folder.is_empty() { "" } else { out.as_str() };
        Some(format!("{out}{}.{extension}", post.file_stem()?))
    }
}

fn is_hugo(post: &Post) -> bool {
    post.origin.original().split(['+', '-']).next() == Some(NAME)
}

/// Whether the key would mean to Hugo what it did not mean to its writer.
fn is_reserved(entry: &Entry) -> bool {
    // A canonical key means what it says; `Title` is one that only Hugo takes for `title`.
    !is_canonical(&entry.key) && TAKEN.find_in_any_case(&entry.key).is_some()
}

/// Whether Hugo builds no site with this entry at top level (0.111 or 0.168).
fn is_rejected(entry: &Entry) -> bool {
    match entry.key.as_str() {
        "date" | "updated" | "publish_date" | "expiry_date" => !entry.value.is_date(),
        "params" => entry.value.as_map().is_none(),
        "url" => entry.value.as_str().is_none(),
        _ => false,
    }
}

/// Whether an entry under `params` stands there only for its name or value. Not so the canonical names that another
/// dialect set aside there, as long as Hugo would take them.
fn is_out_of_place(entry: &Entry) -> bool {
    match entry.key.as_str() {
        "url" | "updated" | "publish_date" | "expiry_date" => false,
        key if is_canonical(key) => is_rejected(entry),
        _ => is_reserved(entry) || is_rejected(entry),
    }
}

/// Says what another dialect set aside under `params`, for it means there something that it did not mean.
fn note_set_aside(meta: &Meta, sink: &mut dyn Sink) {
    let Some(params) = meta.get("params").and_then(Value::as_map) else { return };
    for key in ["url", "draft", "summary", "publish_date", "expiry_date"] {
        // An entry with a place was written at top level, or by the user under `params`, where it is as before.
        if let Some(entry) =
            params.entry(key).filter(|_| meta.map.entry("params").is_none_or(|all| all.span.is_empty()))
        {
            let message = format!("`{key}` is the post's own and no setting: written as `params.{key}`");
            sink.report(Diagnostic::new(&codes::KEY_MOVED, message).at(entry.span));
        }
    }
}

/// Hugo's YAML (goccy/go-yaml 1.19) has neither dates nor numbers of more than 64 bits: both are read as text. Hugo itself
/// makes dates of its own date keys.
fn note_retyped(meta: &Meta, sink: &mut dyn Sink) {
    for entry in meta.map.iter().filter(|entry| !DATE_KEYS.contains(&entry.key.as_str())) {
        let mut values = vec![&entry.value];
        while let Some(value) = values.pop() {
            let (code, what) = match value {
                value if value.is_date() => (&codes::DATE_AS_TEXT, "a date"),
                Value::Integer(number) if number.as_i64().is_none() && number.to_string().parse::<u64>().is_err() => {
                    (&codes::INTEGER_AS_TEXT, "a number of more than 64 bits")
                }
                Value::List(items) => {
                    values.extend(items);
                    continue;
                }
                Value::Map(map) => {
                    values.extend(map.iter().map(|entry| &entry.value));
                    continue;
                }
                _ => continue,
            };
            let message = format!("`{}` holds {what}, which Hugo's YAML reads as text", entry.key);
            let mut diagnostic = Diagnostic::new(code, message).at(entry.span);
            diagnostic.severity = Severity::Note;
            sink.report(diagnostic);
            break;
        }
    }
}

/// Hugo does not tell `Foo` from `foo`: the second is left out, and said.
fn drop_names_that_differ_in_case(meta: &mut Meta, sink: &mut dyn Sink) {
    if meta.map.iter().all(|entry| entry.key.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase())) {
        return;
    }
    let mut seen: Vec<String> = Vec::new();
    let mut doubled: Vec<Entry> = Vec::new();
    for entry in &meta.map {
        let folded = entry.key.to_lowercase();
        if seen.contains(&folded) {
            doubled.push(entry.clone());
        } else {
            seen.push(folded);
        }
    }
    for entry in doubled {
        let message = format!("`{}` was left out: Hugo does not tell it from the key of the same letters", entry.key);
        sink.report(Diagnostic::new(&codes::KEY_DROPPED, message).at(entry.span));
        meta.remove(&entry.key);
    }
}

#[cfg(test)]
mod tests {
    use super::NAMES;

    #[test]
    fn the_unknown_names_are_the_tables() {
        assert_eq!(NAMES.unknown, NAMES.unknown_by_table());
    }
}
