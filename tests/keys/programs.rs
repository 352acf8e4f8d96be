//! The real Jekyll and Hugo, run once on many posts.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;
use tempfile::TempDir;

/// A program; `None`, with a line that says so, where it is not there and may be absent.
pub(crate) fn program(name: &str, test: &str) -> Option<PathBuf> {
    let folders: OsString =
        std::env::var_os("POSTFERRY_GENERATORS").or_else(|| std::env::var_os("PATH")).unwrap_or_default();
    let found = std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file());
    if found.is_none() {
        assert!(std::env::var_os("POSTFERRY_NO_SKIP").is_none(), "{test}: there is no {name}, and no test may skip");
        println!("skipped: {test} wants the real {name}; name its folder in POSTFERRY_GENERATORS");
    }
    found
}

/// Both Hugos, or none.
pub(crate) fn hugos(test: &str) -> Vec<(&'static str, PathBuf)> {
    ["hugo", "hugo-0.111"].into_iter().filter_map(|name| Some((name, program(name, test)?))).collect()
}

pub(crate) fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?} failed:\n{said}");
}

/// What Jekyll makes of a site of these posts, one JSON object a post, sorted.
pub(crate) fn jekyll<'a>(
    program: &Path,
    posts: impl IntoIterator<Item = (&'a str, &'a str)>,
    config: &str,
) -> Vec<Json> {
    let site = TempDir::new().unwrap();
    write(site.path(), "_plugins/dump.rb", include_str!("dump.rb"));
    for (path, text) in posts {
        write(site.path(), path, text);
    }
    let dump = site.path().join("_dump.jsonl");
    let config = format!(
        "dump: {}\nfuture: true\nunpublished: true\nshow_drafts: true\nstrict_front_matter: true\nplugins: []\n{config}",
        dump.display()
    );
    write(site.path(), "_config.yml", &config);
    run(Command::new(program).args(["build", "--quiet", "--disable-disk-cache"]).current_dir(&site));
    let dump = fs::read_to_string(dump).unwrap();
    dump.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What Hugo makes of a site of these files: by path below `content`, the page's object and the file that it wrote.
pub(crate) fn hugo<'a>(
    program: &Path,
    posts: impl IntoIterator<Item = (&'a str, &'a str)>,
    config: &str,
) -> BTreeMap<String, (Json, String)> {
    let site = TempDir::new().unwrap();
    for (path, text) in posts {
        write(site.path(), &format!("content/{path}"), text);
    }
    write(site.path(), "layouts/_default/single.html", SINGLE);
    let own = "baseURL = 'https://example.org/'\n\
               disableKinds = ['home', 'section', 'taxonomy', 'term', 'RSS', 'sitemap', 'robotsTXT', '404']\n\
               disableAliases = true\nrefLinksErrorLevel = 'warning'\n";
    write(site.path(), "hugo.toml", &format!("{own}{config}"));
    // The older one knows only its older name.
    write(site.path(), "config.toml", &format!("{own}{config}"));
    run(Command::new(program).args(["--buildDrafts", "--buildFuture", "--buildExpired", "--quiet"]).current_dir(&site));
    let output = site.path().join("public");
    let mut pages = BTreeMap::new();
    let mut folders = vec![output.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let page: Json =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}: {text}", path.display()));
            let file = format!("/{}", path.strip_prefix(&output).unwrap().to_str().unwrap());
            pages.insert(page["path"].as_str().unwrap().to_owned(), (page, file));
        }
    }
    pages
}

const SINGLE: &str = "{{ dict \"path\" .File.Path \"title\" .Title \"date\" .Date.Unix \"lastmod\" .Lastmod.Unix \
                      \"draft\" .Draft \"tags\" .Params.tags \"categories\" .Params.categories \
                      \"summary\" (.Summary | plainify | htmlUnescape) \
                      \"type\" .Type \"layout\" .Layout | jsonify | safeHTML }}";
