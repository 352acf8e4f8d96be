//! The real Hugo reads every front matter that we write: the same title, instant, terms and parameters.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use postferry::format::{FrontMatter, Schema};
use postferry::front::{Json, Toml, Yaml, value_text};
use postferry::meta::{Map, Meta, Value};
use postferry::{Converter, FormatSpec, Input, Registry};
use serde_json::{Value as JsonValue, json};
use support::generators::program;
use support::shared;

/// A post of the corpus, with its front matter and hardly a body.
struct Post {
    path: String,
    from: FormatSpec,
    text: String,
}

fn corpus(test: &str) -> Option<Vec<Post>> {
    let root = shared::find("corpus", test)?;
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    // Code that is not optimised takes minutes for all of them.
    let step = if cfg!(debug_assertions) { 3 } else { 1 };
    Some(files.iter().step_by(step).filter_map(|file| post(&root, file)).collect())
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

fn post(root: &Path, file: &Path) -> Option<Post> {
    let text = String::from_utf8(fs::read(file).ok()?).ok()?;
    let path = file.strip_prefix(root).ok()?.to_str()?.to_owned();
    let (from, schema) = match path.split('-').next()? {
        "jekyll" => ("jekyll", Schema::Jekyll),
        "hugo" => ("hugo", Schema::Hugo),
        _ => return None,
    };
    let (toml, yaml, json) = (Toml::default(), Yaml::default(), Json::default());
    let syntaxes: [&dyn FrontMatter; 3] = [&yaml, &toml, &json];
    let body = syntaxes.iter().find_map(|syntax| syntax.split(&text, schema).ok().flatten())?.body;
    let text = format!("{}Body.\n", &text[..body.start]);
    Some(Post { path, from: from.parse().unwrap(), text })
}

/// Keys that Hugo takes for its own, so that they are not, or not as written, among a page's parameters.
const OWN: &[&str] = &[
    "title",
    "date",
    "lastmod",
    "publishdate",
    "expirydate",
    "draft",
    "slug",
    "url",
    "aliases",
    "description",
    "summary",
    "keywords",
    "layout",
    "weight",
    "type",
    "linktitle",
    "menu",
    "menus",
    "resources",
    "cascade",
    "build",
    "_build",
    "outputs",
    "markup",
    "sitemap",
    "translationkey",
    "headless",
    "params",
    "iscjklanguage",
    "kind",
    "lang",
    "path",
    "modified",
    "pubdate",
    "published",
    "unpublishdate",
    "content",
    "tags",
    "categories",
    "sites",
    "images",
    "videos",
    "audio",
    "author",
];

#[test]
fn hugo_reads_what_we_write() {
    let test = "the corpus' front matter in the real Hugo";
    let Some(posts) = corpus(test) else { return };
    let mut wrong = Vec::new();
    for to in ["hugo", "hugo+yaml", "hugo+json"] {
        let written = write(&posts, to);
        assert!(written.len() > 1_000, "only {} are written", written.len());
        for version in ["hugo", "hugo-0.111"] {
            let Some(hugo) = program(version, test) else { continue };
            let pages = build(&hugo, &written);
            let before = wrong.len();
            let mut compared = 0;
            for (name, text) in &written {
                let Some(page) = pages.get(name) else {
                    wrong.push(format!("{to} in {version}: {name} is not built:\n{text}"));
                    continue;
                };
                compared += compare(&format!("{to} in {version}"), name, text, page, &mut wrong);
            }
            println!(
                "measured: {to} in {version}: {} front matters, {compared} values compared, {} wrong",
                written.len(),
                wrong.len() - before
            );
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn hugo_gets_no_leap_second() {
    // As the date of a Jekyll post it is the second after, for Ruby has none either.
    let text = "---\ntitle: x\nseen: 2016-12-31 23:59:60 +0000\nother:\n  when: 2016-12-31 23:59:60 Z\ndate: 2016-12-31 23:59:60 +0000\n---\nBody.\n";
    let convert = |to: &str| {
        let (from, to) = ("jekyll".parse().unwrap(), to.parse().unwrap());
        let converter = Converter::new(Arc::new(Registry::builtin()), Some(&from), &to).unwrap();
        converter.convert(Input::new(text)).unwrap()
    };
    let conversion = convert("hugo");
    assert_eq!(conversion.text.matches("2016-12-31T23:59:59Z").count(), 2, "{}", conversion.text);
    assert!(conversion.text.contains("\ndate = 2017-01-01T00:00:00Z\n"), "{}", conversion.text);
    let told =
        conversion.report.diagnostics().iter().filter(|diagnostic| diagnostic.code.name == "leap-second").count();
    assert_eq!(told, 2);
    assert_eq!(convert("markdown+meta").text.matches("23:59:60Z").count(), 2);
}

/// Every post in a format, by a name for its file that says nothing.
fn write(posts: &[Post], to: &str) -> BTreeMap<String, String> {
    let registry = Arc::new(Registry::builtin());
    let mut written = BTreeMap::new();
    for (index, post) in posts.iter().enumerate() {
        let converter = Converter::new(registry.clone(), Some(&post.from), &to.parse().unwrap()).unwrap();
        let Ok(conversion) = converter.convert(Input::new(&post.text).path(Some(&post.path))) else { continue };
        written.insert(format!("p{index}"), conversion.text);
    }
    written
}

fn build(hugo: &Path, written: &BTreeMap<String, String>) -> BTreeMap<String, JsonValue> {
    let site = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "hugo.toml",
        "baseURL = 'https://example.org/'\n\
         disableKinds = ['section', 'taxonomy', 'term', 'RSS', 'sitemap', 'robotsTXT', '404']\n\
         refLinksErrorLevel = 'warning'\nenableRobotsTXT = false\n[outputs]\nhome = ['json']\n",
    );
    let page = "{{ dict \"name\" (path.BaseName .File.Path) \"title\" .Title \"date\" .Date.Unix \"lastmod\" .Lastmod.Unix \
                \"draft\" .Draft \"params\" .Params | jsonify }}";
    // Pages have no output of their own, lest one stand in the way of another.
    write(
        "layouts/index.json",
        &format!(
            "[{{{{ range $i, $p := site.Pages }}}}{{{{ with $p }}}}{{{{ if .File }}}}{page},{{{{ end }}}}{{{{ end }}}}{{{{ end }}}}null]"
        ),
    );
    for (name, text) in written {
        write(&format!("content/posts/{name}.md"), text);
    }
    let output = Command::new(hugo)
        .args(["--buildDrafts", "--buildFuture", "--buildExpired", "--config", "hugo.toml"])
        .current_dir(&site)
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "Hugo failed:\n{}", &said[said.len().saturating_sub(3_000)..]);
    let pages = fs::read_to_string(site.path().join("public/index.json")).unwrap();
    let pages: Vec<JsonValue> = serde_json::from_str(&pages).unwrap();
    let named = |page: JsonValue| Some((page.get("name")?.as_str()?.to_owned(), page));
    pages.into_iter().filter_map(named).collect()
}

/// Compares what Hugo read with what was written, and says how many values that were.
fn compare(what: &str, name: &str, text: &str, page: &JsonValue, wrong: &mut Vec<String>) -> usize {
    let meta = read(text);
    let mut compared = 0;
    let mut check = |key: &str, is: &JsonValue, was: &JsonValue| {
        compared += 1;
        if is == was {
            return;
        }
        wrong.push(format!("{what}: {name}: `{key}` is {is}, not {was}\n{text}"));
    };
    if let Some(title) = meta.get("title").filter(|title| **title != Value::Null) {
        check("title", &page["title"], &json!(value_text(title)));
    }
    for key in ["date", "lastmod"] {
        if let Some(date) = meta.get(key).and_then(instant) {
            check(key, &page[key], &json!(date));
        }
    }
    for entry in &meta.map {
        let key = entry.key.to_lowercase();
        if !OWN.contains(&key.as_str()) {
            check(&entry.key, &plain(&page["params"][&key]), &plain(&lower(&entry.value)));
        }
    }
    for key in ["tags", "categories"] {
        if let Some(terms) = meta.get(key).and_then(Value::as_list).filter(|terms| !terms.is_empty()) {
            check(key, &page["params"][key], &terms.iter().map(value_text).collect());
        }
    }
    compared
}

fn read(text: &str) -> Meta {
    let (toml, yaml, json) = (Toml::default(), Yaml::default(), Json::default());
    let syntaxes: [&dyn FrontMatter; 3] = [&yaml, &toml, &json];
    let found = syntaxes.iter().find_map(|syntax| Some((syntax, syntax.split(text, Schema::Hugo).ok()??)));
    let Some((syntax, split)) = found else { return Meta::new() };
    syntax.parse(text, split.front, Schema::Hugo, &mut ()).unwrap()
}

fn instant(value: &Value) -> Option<i64> {
    let text = value_text(value);
    let day = |text: &str| text.parse::<jiff::civil::Date>().ok();
    match text.parse::<jiff::Timestamp>() {
        Ok(instant) => Some(instant.as_second()),
        Err(_) => Some(day(&text)?.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second()),
    }
}

/// The value as JSON, keys of maps in small letters, as Hugo has them.
fn lower(value: &Value) -> JsonValue {
    match value {
        Value::Map(map) => JsonValue::Object(lower_keys(map)),
        Value::List(items) => items.iter().map(lower).collect(),
        Value::String(text) => json!(text),
        Value::Date(_) | Value::LocalDateTime(_) | Value::OffsetDateTime(_) => json!(value_text(value)),
        other => serde_json::to_value(other).unwrap(),
    }
}

fn lower_keys(map: &Map) -> serde_json::Map<String, JsonValue> {
    map.iter().map(|entry| (entry.key.to_lowercase(), lower(&entry.value))).collect()
}

/// Numbers as floats, dates as instants, nothing for null, empty lists and empty maps.
fn plain(value: &JsonValue) -> JsonValue {
    match value {
        JsonValue::Number(number) => number.to_string().parse::<f64>().map_or(JsonValue::Null, |number| json!(number)),
        JsonValue::Array(items) if items.is_empty() => JsonValue::Null,
        JsonValue::Array(items) => items.iter().map(plain).collect(),
        JsonValue::Object(map) => {
            let entries = map.iter().map(|(key, value)| (key.clone(), plain(value)));
            let entries: serde_json::Map<String, JsonValue> = entries.filter(|(_, value)| !value.is_null()).collect();
            if entries.is_empty() { JsonValue::Null } else { JsonValue::Object(entries) }
        }
        JsonValue::String(text) => match instant(&Value::from(text.as_str())) {
            Some(instant) => json!(format!("instant {instant}")),
            None => value.clone(),
        },
        other => other.clone(),
    }
}
