//! A real site of the corpus, built by the real Jekyll: two builds are the same, and each change in one is found.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use postferry::compare::{MemorySite, Options, Report, Status, compare, one_by_one};
use support::generators::program;
use support::shared;

/// A site with everything that themes have around the content.
const LAYOUT: &str = "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n<title>{{ page.title | escape }} - Site</title>\n\
    <meta name=\"generator\" content=\"Jekyll\">\n<link rel=\"canonical\" href=\"https://example.org{{ page.url }}\">\n\
    <link rel=\"stylesheet\" href=\"/main.css\">\n</head>\n<body class=\"page-{{ page.slug }}\">\n\
    <header class=\"top\"><a href=\"/\">Site</a><nav><a href=\"/feed.xml\">Feed</a></nav></header>\n\
    <div class=\"wrap\"><main><article class=\"post\"><h1 class=\"t\">{{ page.title }}</h1>\n<div class=\"body\">\n{{ content }}\n</div>\
    </article></main>\n<aside><h2 id=\"recent\">Recent</h2>{% for post in site.posts limit: 3 %}<a href=\"{{ post.url }}\">{{ post.title }}</a> {% endfor %}</aside></div>\n\
    <footer>Made by hand</footer>\n</body>\n</html>\n";

const FEED: &str = "---\n---\n<feed><updated>{{ 'now' | date: '%s %N' }}</updated>{% for post in site.posts limit: 9 %}<entry>{{ post.url }}</entry>{% endfor %}</feed>\n";

type Files = BTreeMap<String, Vec<u8>>;

/// Builds the site anew in a folder of its own.
fn build(jekyll: &Path, source: &Path) -> Files {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let posts: Vec<_> = found(&source.join("_posts"));
    assert!(posts.len() > 100, "{} posts", posts.len());
    fs::create_dir_all(site.join("_posts")).unwrap();
    fs::create_dir_all(site.join("_layouts")).unwrap();
    for post in posts {
        fs::copy(&post, site.join("_posts").join(post.file_name().unwrap())).unwrap();
    }
    for layout in ["default", "post", "page", "article", "link", "quote", "photo", "video"] {
        fs::write(site.join(format!("_layouts/{layout}.html")), LAYOUT).unwrap();
    }
    fs::write(site.join("feed.xml"), FEED).unwrap();
    fs::write(site.join("main.css"), "body { color: black }\n").unwrap();
    fs::write(site.join("index.html"), "---\nlayout: default\ntitle: Accueil\n---\n{% for post in site.posts %}<p><a href=\"{{ post.url }}\">{{ post.title }}</a></p>{% endfor %}\n").unwrap();
    let config = "permalink: /:year/:month/:title/\nplugins: []\nkramdown:\n  syntax_highlighter: null\ndefaults:\n  - scope: { path: \"\" }\n    values: { layout: post }\n";
    fs::write(site.join("_config.yml"), config).unwrap();
    let out = folder.path().join("out");
    let ran = Command::new(jekyll)
        .args(["build", "--safe", "--quiet", "-s"])
        .arg(&site)
        .arg("-d")
        .arg(&out)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let files = found(&out).into_iter().map(|path| {
        let name = path.strip_prefix(&out).unwrap().to_str().unwrap().to_owned();
        (name, fs::read(&path).unwrap())
    });
    files.collect()
}

fn found(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            if entry.path().is_dir() { folders.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found.sort();
    found
}

fn against(old: &Files, new: &Files) -> Report {
    let site = |files: &Files| files.clone().into_iter().collect::<MemorySite>();
    compare(&site(old), &site(new), &Options::default(), &one_by_one)
}

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// A place in a page: where something is taken out, and what is put in.
type Place = (usize, usize, String);

/// Every place of one kind in a page.
type Places = fn(&str) -> Vec<Place>;

/// The part of the page in which readers read.
fn body(html: &str) -> (usize, usize) {
    (html.find("<body").unwrap_or(0), html.rfind("</body>").unwrap_or(html.len()))
}

/// The text between tags, scripts and code left out, with where it begins.
fn texts(html: &str) -> Vec<(usize, &str)> {
    let (start, end) = body(html);
    let mut at = start;
    let mut found = Vec::new();
    while let Some(open) = html[at..end].find('<').map(|open| at + open) {
        let close = html[open..end].find('>').map_or(end, |close| open + close + 1);
        let skipped = ["script", "style"].iter().find(|name| html[open + 1..].starts_with(**name));
        at = match skipped {
            Some(name) => html[open..end].find(&format!("</{name}")).map_or(end, |end| open + end),
            None if html[open..].starts_with("<!--") => html[open..end].find("-->").map_or(end, |end| open + end + 3),
            None => close,
        };
        let next = html[at..end].find('<').map_or(end, |next| at + next);
        found.push((at, &html[at..next]));
        at = next;
        if at >= end {
            break;
        }
    }
    found
}

/// The first word of each text that has one with letters only.
fn words(html: &str) -> Vec<Place> {
    let word = |(at, text): (usize, &str)| {
        let mut start = 0;
        for word in text.split(' ') {
            if word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                return Some((at + start, at + start + word.len(), format!("{word}zz")));
            }
            start += word.len() + 1;
        }
        None
    };
    texts(html).into_iter().filter_map(word).collect()
}

/// The values of attributes of this name in tags of this name.
fn values(html: &str, tag: &str, attr: &str, change: fn(&str) -> String) -> Vec<Place> {
    let (start, end) = body(html);
    let mut found = Vec::new();
    for (at, _) in html[start..end].match_indices(&format!("<{tag} ")) {
        let at = start + at;
        let close = html[at..].find('>').map_or(html.len(), |close| at + close);
        let Some(name) = html[at..close].find(&format!(" {attr}=\"")) else { continue };
        let value = at + name + attr.len() + 3;
        let Some(length) = html[value..close].find('"') else { continue };
        found.push((value, value + length, change(&html[value..value + length])));
    }
    found
}

fn classes(html: &str) -> Vec<Place> {
    ["div", "article", "p", "span", "h1", "header"]
        .iter()
        .flat_map(|tag| values(html, tag, "class", |class| format!("{class} zz")))
        .collect()
}

fn anchors(html: &str) -> Vec<Place> {
    ["h1", "h2", "h3", "h4", "h5"].iter().flat_map(|tag| values(html, tag, "id", |id| format!("{id}-zz"))).collect()
}

fn links(html: &str) -> Vec<Place> {
    let outside = values(html, "a", "href", |href| format!("{href}zz"));
    outside.into_iter().filter(|(start, ..)| html[*start..].starts_with("http")).collect()
}

fn images(html: &str) -> Vec<Place> {
    let outside = values(html, "img", "src", |src| format!("{src}zz"));
    outside.into_iter().filter(|(start, ..)| html[*start..].starts_with("http")).collect()
}

/// Changes a hundred places, and says which pages they are on.
fn changed(files: &Files, places: Places, random: &mut Random) -> (Files, BTreeSet<String>, usize) {
    let mut all: Vec<(String, Place)> = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        all.extend(places(html).into_iter().map(|place| (path.clone(), place)));
    }
    let mut chosen: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let count = all.len().min(100);
    for _ in 0..count {
        let (path, place) = all.swap_remove(random.below(all.len()));
        chosen.entry(path).or_default().push(place);
    }
    let mut files = files.clone();
    for (path, places) in &mut chosen {
        let mut html = String::from_utf8(files.remove(path).unwrap()).unwrap();
        places.sort_unstable();
        for (start, end, text) in places.iter().rev() {
            html.replace_range(*start..*end, text);
        }
        files.insert(path.clone(), html.into_bytes());
    }
    let pages = chosen.keys().map(|path| format!("/{}", path.trim_end_matches("index.html"))).collect();
    (files, pages, count)
}

#[test]
fn two_builds_are_the_same_and_every_change_is_found() {
    let test = "a real site compared with itself and with changes";
    let Some(corpus) = shared::find("corpus", test) else { return };
    let Some(jekyll) = program("jekyll", test) else { return };
    let source = found(&corpus.join("jekyll-html")).into_iter().find_map(|path| {
        let at = path.to_str()?.find("alienlebarge")?;
        let rest = &path.to_str()?[at..];
        let root = &path.to_str()?[..at + rest.find('/')?];
        Some(Path::new(root).to_owned())
    });
    let source = source.expect("the corpus has the site");
    let (first, second) = (build(&jekyll, &source), build(&jekyll, &source));
    assert_ne!(first["feed.xml"], second["feed.xml"], "they were built at different times");
    let report = against(&first, &second);
    assert!(report.is_same(), "{:#?}", report.pages);
    println!("measured: two builds: {} pages, no difference; content {:?}", report.totals.old_pages, report.content);
    assert!(report.content.is_some() && report.notes.is_empty(), "{:?}", report.notes);

    let mut random = Random(8);
    let kinds: [(&str, Places); 5] =
        [("text", words), ("dom", classes), ("heading-id", anchors), ("link", links), ("image", images)];
    for (kind, places) in kinds {
        let (files, pages, count) = changed(&first, places, &mut random);
        assert!(count >= 40, "only {count} places for {kind}");
        let report = against(&first, &files);
        let differing = report.pages.iter().filter(|page| page.status == Status::Differs);
        let differing: BTreeSet<String> = differing.map(|page| page.address.clone()).collect();
        println!("measured: {kind}: {count} places on {} pages changed, found {:?}", pages.len(), report.totals.kinds);
        let lost: Vec<_> = pages.difference(&differing).collect();
        let false_alarms: Vec<_> = differing.difference(&pages).collect();
        assert!(
            lost.is_empty() && false_alarms.is_empty(),
            "{kind}: not found {lost:?}, found for nothing {false_alarms:?}"
        );
        assert_eq!(report.totals.kinds, BTreeMap::from([(kind, count)]), "{kind}");
    }
}
