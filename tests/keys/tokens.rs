//! The tokens of Hugo's permalinks, one by one, on names that are hard: what both Hugos make of them.

use postferry::{Input, Site};

use crate::programs;
use crate::table::converter;

/// Tokens, and whether Hugo 0.111 has them too.
const TOKENS: &[(&str, bool)] = &[
    (":year", true),
    (":month", true),
    (":monthname", true),
    (":day", true),
    (":weekday", true),
    (":weekdayname", true),
    (":yearday", true),
    (":section", true),
    (":sections", true),
    (":sections[1:]", true),
    (":sections[last]", true),
    (":title", true),
    (":slug", true),
    (":filename", true),
    (":slugorfilename", true),
    (":contentbasename", false),
    (":slugorcontentbasename", false),
    (":2006/:01/:02", true),
    (":06/:1/:2", true),
];

/// Paths below `content`, with more of the front matter than title and date.
const POSTS: &[(&str, &str, &str)] = &[
    ("posts/Hello World.md", "A Title", ""),
    ("posts/a+b.md", "T+x, y", ""),
    ("posts/sub/_index.md", "Sub", ""),
    ("posts/sub/x_y.md", "T: Z", "slug: My Slug\n"),
    ("posts/My Bundle/index.md", "Bun/dle", ""),
    ("posts/2019-05-01-A.name.with.dots.md", "Dots", ""),
    ("posts/it's & that.md", "It's & C", ""),
    ("posts/Ünïcode--x.md", "Ünï", "slug: a/b\n"),
    ("posts/-edges-.md", "-edges-", "slug: -edges-\n"),
    ("posts/日本語.md", "日本 語", ""),
];

/// Where Hugo 0.111 does otherwise: the last of one folder was none, and a slash in a title stayed one.
fn is_otherwise_in_old(token: &str, path: &str) -> bool {
    let depth = path.matches('/').count() - usize::from(path.ends_with("/index.md"));
    token == ":sections[last]" && depth == 1
        || matches!(token, ":title" | ":slug") && path == "posts/My Bundle/index.md"
}

#[test]
fn tokens_of_permalinks_are_filled_in_as_the_hugos_do() {
    let posts: Vec<(&str, String)> = POSTS
        .iter()
        .map(|(path, title, more)| (*path, format!("---\ntitle: \"{title}\"\ndate: 2019-05-01\n{more}---\nText.\n")))
        .collect();
    let (mut compared, mut wrong) = (0, Vec::new());
    for (name, program) in programs::hugos("keys: the tokens of Hugo's permalinks") {
        for (token, _) in TOKENS.iter().filter(|(_, is_old)| *is_old || name == "hugo") {
            // The name behind the token keeps posts of one address apart.
            let template = format!("/{token}/:filename/");
            let config = format!("[permalinks]\nposts = '{template}'\n");
            let pages = programs::hugo(&program, posts.iter().map(|(path, text)| (*path, text.as_str())), &config);
            let converter = converter("hugo", "json", None).from_site(Site::new().permalink(Some(template)));
            for (path, text) in posts.iter().filter(|(path, _)| !path.ends_with("_index.md")) {
                let Some((_, file)) = pages.get(*path) else {
                    wrong.push(format!("{name} {token} {path}: no page"));
                    continue;
                };
                let read = converter.read(Input::new(text).path(Some(&format!("content/{path}")))).unwrap();
                let ours = read.post.meta.get_str("url").unwrap_or_default().to_owned();
                compared += 1;
                let is_equal = file.strip_suffix("index.html") == Some(&ours);
                if is_equal == (name == "hugo-0.111" && is_otherwise_in_old(token, path)) {
                    wrong.push(format!("{name} {token} {path}: {ours} and {file}"));
                }
            }
        }
    }
    println!(
        "measured: {} of {compared} addresses by tokens are those of the Hugos, but for two noted ways of 0.111",
        compared - wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
