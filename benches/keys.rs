//! What the mapping of keys adds to reading YAML and writing TOML: run with `cargo bench --bench keys`.
//!
//! The front matters are those of the Jekyll posts in `../shared/corpus`, or else of `tests/keys/cases.txt`.
#![allow(missing_docs, clippy::unwrap_used, clippy::default_constructed_unit_structs)]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use postferry::Post;
use postferry::ast::Document;
use postferry::dialect::{Hugo, Jekyll};
use postferry::format::{Context, Dialect, Extensions, FrontMatter, Schema};
use postferry::front::{Toml, Yaml};

fn main() {
    let posts = posts();
    let bytes: usize = posts.iter().map(|(_, text)| text.len()).sum();
    let mut best = [Duration::MAX; 2];
    // Turn about, the best of many: the two are compared, not measured for themselves.
    for _ in 0..15 {
        for (slot, keys) in best.iter_mut().zip([false, true]) {
            let began = Instant::now();
            for (path, text) in &posts {
                black_box(convert(path, text, keys));
            }
            *slot = (*slot).min(began.elapsed());
        }
    }
    let [plain, mapped] = best.map(|time| time.as_secs_f64());
    println!("{} front matters, {bytes} bytes", posts.len());
    println!("parse and print            {:8.2} ms  {:6.1} MB/s", plain * 1e3, bytes as f64 / plain / 1e6);
    println!("with the mapping of keys   {:8.2} ms  {:6.1} MB/s", mapped * 1e3, bytes as f64 / mapped / 1e6);
    println!("measured: the mapping of keys adds {:.1} % to parse and print", (mapped / plain - 1.0) * 100.0);
}

fn convert(path: &str, text: &str, keys: bool) -> String {
    let split = Yaml::default().split(text, Schema::Jekyll).unwrap().unwrap();
    let meta = Yaml::default().parse(text, split.front, Schema::Jekyll, &mut ()).unwrap_or_default();
    let mut post = Post::new(meta, Document::default());
    post.path = Some(path.to_owned());
    post.origin.format = "jekyll".to_owned();
    if keys {
        map_keys(&mut post);
    }
    let mut out = String::new();
    Toml::default().print(&post.meta, "", &mut out, &mut ()).unwrap();
    out
}

fn map_keys(post: &mut Post) {
    let extensions = Extensions::new();
    Jekyll::default().normalize(post, &Context::new("yaml", "html", &extensions), &mut ()).unwrap();
    let context = Context::new("toml", "markdown", &extensions).file_extension("md");
    Hugo::default().localize(post, &context, &mut ()).unwrap();
}

fn posts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut posts = Vec::new();
    for set in ["jekyll-html", "jekyll-md"] {
        collect(&root.join("../shared/corpus").join(set), &mut posts);
    }
    if posts.is_empty() {
        let cases = fs::read_to_string(root.join("tests/keys/cases.txt")).unwrap();
        for case in cases.split("%%%% ").skip(1) {
            let (path, text) = case.split_once('\n').unwrap();
            let text = text.strip_prefix("%% ").map_or(text, |text| text.split_once('\n').unwrap().1);
            posts.push((path.to_owned(), text.to_owned()));
        }
    }
    posts.retain(|(_, text)| matches!(Yaml::default().split(text, Schema::Jekyll), Ok(Some(_))));
    posts.sort();
    posts
}

fn collect(folder: &Path, posts: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, posts);
        } else if let Some((text, name)) =
            fs::read_to_string(&path).ok().zip(path.file_name().and_then(|name| name.to_str()))
        {
            // The front matter is what is measured, not the look for its end.
            let end = text.match_indices("\n---").next().map_or(0, |(at, _)| at + 5);
            posts.push((format!("_posts/{name}"), text.get(..end.min(text.len())).unwrap_or_default().to_owned()));
        }
    }
}
