//! The real Jekyll and Hugo, run on small sites with bare layouts.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a generator made of one page.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) title: String,
    /// Seconds since 1970.
    pub(crate) date: i64,
    /// The body as HTML.
    pub(crate) body: String,
    /// Where the page was written, from the root of the site.
    pub(crate) path: String,
}

/// A program, of the version that tests speak of where it is a generator: in the folder that `POSTFERRY_GENERATORS` names,
/// or on the `PATH`. `None` with a line that says so where it is not there; where `POSTFERRY_NO_SKIP` is set that is a
/// failure.
pub(crate) fn program(name: &str, test: &str) -> Option<PathBuf> {
    let (argument, version) = match name {
        "hugo" => ("version", "v0.168."),
        "hugo-0.111" => ("version", "v0.111."),
        "jekyll" => ("--version", "jekyll 4.3."),
        "pandoc" => ("--version", "pandoc 3."),
        "turndown" => ("--version", "turndown 7."),
        _ => ("--version", ""),
    };
    let is_it = |path: &PathBuf| {
        let output = Command::new(path).arg(argument).output();
        output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(version))
    };
    let folders: Vec<OsString> = ["POSTFERRY_GENERATORS", "PATH"].into_iter().filter_map(std::env::var_os).collect();
    let mut paths = folders.iter().flat_map(std::env::split_paths).map(|folder| folder.join(name));
    let found = paths.find(|path| path.is_file() && is_it(path));
    if found.is_none() {
        assert!(
            std::env::var_os("POSTFERRY_NO_SKIP").is_none(),
            "{test}: there is no {name} {version}, and no test may skip"
        );
        println!("skipped: {test} wants the real {name} ({version}); name its folder in POSTFERRY_GENERATORS");
    }
    found
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn run(command: &mut Command) {
    try_run(command).unwrap_or_else(|said| panic!("{said}"));
}

fn try_run(command: &mut Command) -> Result<(), String> {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.success() { Ok(()) } else { Err(format!("{command:?} failed:\n{said}")) }
}

/// A Hugo site of one post, with `config` as all there is in its configuration beside what makes pages bare.
pub(crate) fn hugo(program: &Path, file: &str, text: &str, config: &str) -> Page {
    try_hugo(program, file, text, config).unwrap_or_else(|said| panic!("{said}"))
}

/// The same, or what Hugo says if it does not build the site.
pub(crate) fn try_hugo(program: &Path, file: &str, text: &str, config: &str) -> Result<Page, String> {
    let site = TempDir::new().unwrap();
    let bare = "{{ dict \"title\" .Title \"date\" .Date.Unix | jsonify | safeHTML }}\n<main>{{ .Content }}</main>";
    write(site.path(), "layouts/_default/single.html", bare);
    write(site.path(), &format!("content/posts/{file}"), text);
    let own = "baseURL = 'https://example.org/'\n\
               disableKinds = ['home', 'section', 'taxonomy', 'term', 'RSS', 'sitemap', 'robotsTXT', '404']\n\
               refLinksErrorLevel = 'warning'\n\
               [markup.highlight]\ncodeFences = false\n";
    write(site.path(), "hugo.toml", &format!("{own}{config}"));
    try_run(Command::new(program).args(["--buildDrafts", "--buildFuture", "--buildExpired"]).current_dir(&site))?;
    Ok(one_page(&site.path().join("public")))
}

/// A Jekyll site of one post.
pub(crate) fn jekyll(program: &Path, file: &str, text: &str) -> Page {
    let site = TempDir::new().unwrap();
    let bare =
        "{\"title\": {{ page.title | jsonify }}, \"date\": {{ page.date | date: '%s' }}}\n<main>{{ content }}</main>";
    for layout in ["post", "page", "default", "tutorial", "links", "release", "gallery", "single"] {
        write(site.path(), &format!("_layouts/{layout}.html"), bare);
    }
    write(site.path(), &format!("_posts/{file}"), text);
    // A post without a layout has the bare one too.
    let config = "plugins: []\nfuture: true\nunpublished: true\ntimezone: UTC\nstrict_front_matter: true\n\
                  highlighter: none\nkramdown:\n  syntax_highlighter_opts:\n    disable: true\n\
                  defaults:\n  - scope: {path: ''}\n    values: {layout: post}\n";
    write(site.path(), "_config.yml", config);
    run(Command::new(program).args(["build", "--quiet", "--unpublished", "--disable-disk-cache"]).current_dir(&site));
    one_page(&site.path().join("_site"))
}

fn one_page(output: &Path) -> Page {
    let mut pages = Vec::new();
    let mut folders = vec![output.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "html") {
                let text = fs::read_to_string(&path).unwrap();
                if text.contains("<main>") {
                    let path = path.strip_prefix(output).unwrap().to_string_lossy().replace('\\', "/");
                    pages.push((path, text));
                }
            }
        }
    }
    assert_eq!(pages.len(), 1, "one page was to be built in {}, not {pages:?}", output.display());
    let (path, page) = pages.remove(0);
    let (head, body) = page.split_once("<main>").unwrap();
    let body = body.rsplit_once("</main>").unwrap().0;
    let head: serde_json::Value = serde_json::from_str(head).unwrap_or_else(|error| panic!("{error}: {head}"));
    Page {
        title: head["title"].as_str().map_or_else(|| head["title"].to_string(), str::to_owned),
        date: head["date"].as_i64().unwrap_or_default(),
        body: body.to_owned(),
        path,
    }
}

/// What `hugo import jekyll` makes of one post: the name of the file and its text.
pub(crate) fn hugo_import(program: &Path, file: &str, text: &str) -> (String, String) {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "jekyll/_config.yml", "title: A site\n");
    write(folder.path(), &format!("jekyll/_posts/{file}"), text);
    run(Command::new(program).args(["import", "jekyll", "jekyll", "hugo"]).current_dir(&folder));
    let mut posts = fs::read_dir(folder.path().join("hugo/content/post")).unwrap().map(|entry| entry.unwrap().path());
    let post = posts.next().unwrap_or_else(|| panic!("{file} was not imported"));
    (post.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(post).unwrap())
}

/// What a program that reads HTML on standard input writes as Markdown.
pub(crate) fn through(program: &Path, arguments: &[&str], html: &str) -> String {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    child.stdin.take().unwrap().write_all(html.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{command:?} failed");
    String::from_utf8(output.stdout).unwrap()
}
