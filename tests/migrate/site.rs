//! Sites on disk, and the programs that build them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

pub(crate) fn write(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

pub(crate) fn copy_all(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        write(to, &path, bytes);
    }
}

/// Every file below a folder, by its path there.
pub(crate) fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut found, mut folders) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

pub(crate) fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Runs a program that has to succeed; gives what it said.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = said(&output);
    assert!(output.status.success(), "{command:?} failed:\n{}", said.chars().take(3000).collect::<String>());
    said
}

pub(crate) fn migrate(from: &Path, to: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_postferry")).arg("migrate").arg(from).arg(to).args(more).output().unwrap()
}

/// What a page is shown in on both sides: what is known of it, and its content.
const JEKYLL: &str = "<!--page {\"title\":{{ page.title | jsonify }},\"date\":{{ page.date | date: '%s' | default: 'null' }},\
                      \"tags\":{{ page.tags | jsonify }},\"categories\":{{ page.categories | jsonify }}}-->\n<main>{{ content }}</main>\n";
const HUGO: &str = "<!--page {\"title\":{{ .Title | jsonify | safeHTML }},\"date\":{{ .Date.Unix }},\
                    \"tags\":{{ .Params.tags | jsonify | safeHTML }},\"categories\":{{ .Params.categories | jsonify | safeHTML }}}-->\n\
                    <main>{{ .Content }}</main>\n";

/// Puts a bare layout under every name that the site's files use.
pub(crate) fn bare_jekyll(root: &Path) {
    let mut names = vec!["bare".to_owned()];
    for bytes in files(root).values() {
        for line in String::from_utf8_lossy(bytes).lines().filter(|line| line.trim_start().starts_with("layout:")) {
            names.push(line.split_once(':').unwrap().1.trim().trim_matches(['"', '\'']).to_owned());
        }
    }
    for name in names.iter().filter(|name| !name.is_empty() && !name.contains(['{', '#', '<'])) {
        write(root, &format!("_layouts/{name}.html"), JEKYLL);
    }
}

/// What Jekyll makes of the site at `root`. Includes that are missing are empty.
pub(crate) fn build_jekyll(program: &Path, root: &Path, to: &Path) {
    write(
        root,
        "_bare.yml",
        "plugins: []\nhighlighter: none\nmarkdown: kramdown\nkramdown:\n  syntax_highlighter_opts:\n    disable: true\n",
    );
    let configs = if root.join("_config.yml").is_file() { "_config.yml,_bare.yml" } else { "_bare.yml" };
    loop {
        let mut command = Command::new(program);
        command.args(["build", "--safe", "--disable-disk-cache", "--config", configs, "-d"]).arg(to).current_dir(root);
        let output = command.env("TZ", "UTC").output().unwrap();
        let said = said(&output);
        if output.status.success() {
            break;
        }
        let missing = said.split_once("included file '").and_then(|(_, rest)| rest.split_once('\''));
        let Some((missing, _)) = missing else { panic!("Jekyll failed:\n{said}") };
        write(root, &format!("_includes/{missing}"), "");
    }
    fs::remove_file(root.join("_bare.yml")).unwrap();
}

/// What Hugo makes of the site at `root` under bare layouts. It must build without an error.
pub(crate) fn build_hugo(program: &Path, root: &Path, to: &Path) {
    for layout in ["single", "list", "baseof"] {
        let path = root.join(format!("layouts/_default/{layout}.html"));
        let _ = fs::remove_file(path);
    }
    let _ = fs::remove_file(root.join("layouts/index.html"));
    write(root, "layouts/_default/single.html", HUGO);
    write(root, "layouts/_default/list.html", HUGO);
    let said = run(Command::new(program).arg("-d").arg(to).current_dir(root));
    assert!(!said.contains("ERROR"), "{said}");
}

/// A site, migrated: where the new one is as `new`, what was said, and whether all of it arrived.
pub(crate) fn migrated(from: &Path, more: &[&str]) -> (TempDir, String, bool) {
    let work = TempDir::new().unwrap();
    let output = migrate(from, &work.path().join("new"), more);
    let text = said(&output).replace(work.path().to_str().unwrap(), "..").replace(from.to_str().unwrap(), "old");
    (work, text, output.status.success())
}

/// A file of the new site.
pub(crate) fn read(work: &TempDir, path: &str) -> String {
    fs::read_to_string(work.path().join("new").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A site of these files, migrated.
pub(crate) fn site_of(all: &[(&str, &str)]) -> (TempDir, String, bool) {
    let old = TempDir::new().unwrap();
    for (path, text) in all {
        write(old.path(), path, text);
    }
    migrated(old.path(), &[])
}
