//! What the mapping of keys adds to reading front matter and writing it in another syntax, from Jekyll to Hugo and from
//! Hugo to Jekyll: run with `cargo bench --bench keys` (`-- ROUNDS` for a profiler).
//!
//! The front matters are those of the posts in `../shared/corpus`, or else those of `tests/keys/cases.txt`, and what they
//! are in Hugo.
#![allow(missing_docs, clippy::unwrap_used, clippy::default_constructed_unit_structs)]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use postferry::ast::Document;
use postferry::dialect::{Hugo, Jekyll};
use postferry::format::{Context, Dialect, Extensions, FrontMatter, Schema};
use postferry::front::{Json, Toml, Yaml};
use postferry::{Post, Span};

/// One post's path and front matter with its fences.
struct Source {
    path: String,
    text: String,
}

/// One of the two generators, with what it writes.
struct Side {
    dialect: Box<dyn Dialect>,
    schema: Schema,
    written: Box<dyn FrontMatter>,
    sets: &'static [&'static str],
    folder: &'static str,
}

fn jekyll() -> Side {
    Side {
        dialect: Box::new(Jekyll::default()),
        schema: Schema::Jekyll,
        written: Box::new(Yaml::default()),
        sets: &["jekyll-html", "jekyll-md"],
        folder: "_posts",
    }
}

fn hugo() -> Side {
    Side {
        dialect: Box::new(Hugo::default()),
        schema: Schema::Hugo,
        written: Box::new(Toml::default()),
        sets: &["hugo-toml", "hugo-yaml", "hugo-json"],
        folder: "content/posts",
    }
}

/// The syntax that a text is in, and where its front matter stands.
fn split(text: &str, schema: Schema) -> Option<(Box<dyn FrontMatter>, Span)> {
    let syntaxes: [Box<dyn FrontMatter>; 3] =
        [Box::new(Yaml::default()), Box::new(Toml::default()), Box::new(Json::default())];
    syntaxes.into_iter().find_map(|syntax| {
        let front = syntax.split(text, schema).ok()??.front;
        Some((syntax, front))
    })
}

fn main() {
    let rounds = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(60);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sides = [jekyll(), hugo()];
    let [mut posts, mut pages] = sides.each_ref().map(|side| collect(root, side));
    let [jekyll, hugo] = sides;
    if posts.is_empty() {
        posts = cases(root);
    }
    if pages.is_empty() {
        let there = |post: &Source| Source {
            path: post.path.replace("_posts", hugo.folder),
            text: mapped(post, &jekyll, &hugo),
        };
        pages = posts.iter().map(there).collect();
    }
    measure("Jekyll to Hugo", &posts, &jekyll, &hugo, rounds);
    measure("Hugo to Jekyll", &pages, &hugo, &jekyll, rounds);
}

fn measure(name: &str, posts: &[Source], from: &Side, to: &Side, rounds: usize) {
    let bytes: usize = posts.iter().map(|post| post.text.len()).sum();
    let mut best = vec![[Duration::MAX; 2]; posts.len()];
    // Turn about, and of each post the best of many: the two are compared, not measured for themselves, on a machine that
    // does other things too.
    for _ in 0..rounds {
        for (mode, convert) in [plain, mapped].into_iter().enumerate() {
            for (post, slots) in posts.iter().zip(&mut best) {
                let began = Instant::now();
                black_box(convert(post, from, to));
                slots[mode] = slots[mode].min(began.elapsed());
            }
        }
    }
    let [plain, mapped] = [0, 1].map(|mode| best.iter().map(|slots| slots[mode]).sum::<Duration>().as_secs_f64());
    println!("{name}: {} front matters, {bytes} bytes", posts.len());
    println!("parse and print            {:8.2} ms  {:6.1} MB/s", plain * 1e3, bytes as f64 / plain / 1e6);
    println!("with the mapping of keys   {:8.2} ms  {:6.1} MB/s", mapped * 1e3, bytes as f64 / mapped / 1e6);
    println!("measured: {name}, the mapping of keys adds {:.1} % to parse and print", (mapped / plain - 1.0) * 100.0);
}

#[inline(never)]
fn plain(post: &Source, from: &Side, to: &Side) -> String {
    let (_, read) = read(post, from);
    print(&read, to)
}

#[inline(never)]
fn mapped(post: &Source, from: &Side, to: &Side) -> String {
    let (syntax, mut read) = read(post, from);
    map_keys(&mut read, syntax.as_ref(), from, to);
    print(&read, to)
}

fn read(post: &Source, from: &Side) -> (Box<dyn FrontMatter>, Post) {
    let (syntax, front) = split(&post.text, from.schema).unwrap();
    let meta = syntax.parse(&post.text, front, from.schema, &mut ()).unwrap_or_default();
    let mut read = Post::new(meta, Document::default());
    read.path = Some(post.path.clone());
    read.origin.format = from.dialect.name().to_owned();
    (syntax, read)
}

fn print(post: &Post, to: &Side) -> String {
    let mut out = String::new();
    to.written.print(&post.meta, "", &mut out, &mut ()).unwrap();
    out
}

#[inline(never)]
fn map_keys(post: &mut Post, syntax: &dyn FrontMatter, from: &Side, to: &Side) {
    let extensions = Extensions::new();
    from.dialect.normalize(post, &Context::new(syntax.name(), "html", &extensions), &mut ()).unwrap();
    let context = Context::new(to.written.name(), "markdown", &extensions).file_extension("md");
    to.dialect.localize(post, &context, &mut ()).unwrap();
}

fn collect(root: &Path, side: &Side) -> Vec<Source> {
    let mut posts = Vec::new();
    for set in side.sets {
        walk(&root.join("../shared/corpus").join(set), side.folder, &mut posts);
    }
    posts.retain(|post| split(&post.text, side.schema).is_some());
    posts.sort_by(|a, b| a.path.cmp(&b.path));
    posts
}

fn walk(folder: &Path, place: &str, posts: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, place, posts);
        } else if let Some((text, name)) =
            fs::read_to_string(&path).ok().zip(path.file_name().and_then(|name| name.to_str()))
        {
            // The front matter is what is measured, not the look for its end.
            let end =
                ["\n---", "\n+++", "\n}"].iter().filter_map(|fence| Some(text.find(fence)? + fence.len() + 1)).min();
            let text = text.get(..end.unwrap_or(0).min(text.len())).unwrap_or_default().to_owned();
            posts.push(Source { path: format!("{place}/{name}"), text });
        }
    }
}

fn cases(root: &Path) -> Vec<Source> {
    let cases = fs::read_to_string(root.join("tests/keys/cases.txt")).unwrap();
    let cases = cases.split("%%%% ").skip(1).map(|case| {
        let (path, text) = case.split_once('\n').unwrap();
        let text = text.strip_prefix("%% ").map_or(text, |text| text.split_once('\n').unwrap().1);
        Source { path: path.to_owned(), text: text.to_owned() }
    });
    cases.filter(|post| split(&post.text, Schema::Jekyll).is_some()).collect()
}
