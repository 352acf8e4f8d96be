//! What the crate stands on: nothing that touches the network or starts a program, nothing under a licence or from a place
//! that `deny.toml` does not allow, nothing twice.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

/// The packages, and which of them are reached how.
struct Tree {
    metadata: Json,
}

impl Tree {
    fn new() -> Self {
        let output = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--locked", "--all-features"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Tree { metadata: serde_json::from_slice(&output.stdout).unwrap() }
    }

    fn packages(&self) -> Vec<&Json> {
        self.metadata["packages"].as_array().unwrap().iter().collect()
    }

    /// What is linked into what is shipped, with what builds it if `with_build`.
    fn shipped(&self, with_build: bool) -> Vec<&Json> {
        let nodes: BTreeMap<&str, &Json> = self.metadata["resolve"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| (node["id"].as_str().unwrap(), node))
            .collect();
        let mut reached = BTreeSet::new();
        let mut waiting = vec![self.metadata["resolve"]["root"].as_str().unwrap()];
        while let Some(id) = waiting.pop() {
            if !reached.insert(id) {
                continue;
            }
            for dependency in nodes[id]["deps"].as_array().unwrap() {
                let kinds = dependency["dep_kinds"].as_array().unwrap();
                if kinds.iter().any(|kind| kind["kind"].is_null() || with_build && kind["kind"] == "build") {
                    waiting.push(dependency["pkg"].as_str().unwrap());
                }
            }
        }
        self.packages().into_iter().filter(|package| reached.contains(package["id"].as_str().unwrap())).collect()
    }
}

fn name(package: &Json) -> &str {
    package["name"].as_str().unwrap()
}

fn deny() -> toml::Table {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml")).unwrap().parse().unwrap()
}

fn texts(value: &toml::Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

/// Whether one of the choices that `expression` leaves is made of allowed licences alone.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let expression = expression.replace('/', " OR ");
    let (mut depth, mut at_or, mut at_and) = (0, Vec::new(), Vec::new());
    for (index, c) in expression.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 && expression[index..].starts_with(" OR ") => at_or.push((index, 4)),
            _ if depth == 0 && expression[index..].starts_with(" AND ") => at_and.push((index, 5)),
            _ => {}
        }
    }
    let parts = |cuts: &[(usize, usize)]| {
        let mut parts = Vec::new();
        let mut start = 0;
        for (index, length) in cuts {
            parts.push(expression[start..*index].to_owned());
            start = index + length;
        }
        parts.push(expression[start..].to_owned());
        parts
    };
    if !at_or.is_empty() {
        return parts(&at_or).iter().any(|part| is_allowed(part, allowed));
    }
    if !at_and.is_empty() {
        return parts(&at_and).iter().all(|part| is_allowed(part, allowed));
    }
    let one = expression.trim();
    match one.strip_prefix('(').and_then(|one| one.strip_suffix(')')) {
        Some(inner) => is_allowed(inner, allowed),
        None => allowed.contains(&one),
    }
}

#[test]
fn licence_expressions_are_understood() {
    let allowed = ["MIT", "Apache-2.0"];
    for good in ["MIT", "MIT/GPL-3.0", "GPL-3.0 OR (MIT AND Apache-2.0)", "(MIT OR GPL-3.0) AND Apache-2.0"] {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in ["GPL-3.0", "MIT AND GPL-3.0", "MIT AND (GPL-3.0 OR LGPL-2.1)", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}

#[test]
fn licences_are_those_that_are_allowed() {
    let (tree, deny) = (Tree::new(), deny());
    let allowed = texts(&deny["licenses"]["allow"]);
    let exceptions: BTreeMap<&str, Vec<&str>> = deny["licenses"]["exceptions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|exception| (exception["crate"].as_str().unwrap(), texts(&exception["allow"])))
        .collect();
    let mut wrong = Vec::new();
    for package in tree.packages() {
        let licence = package["license"].as_str().unwrap_or("none");
        let excepted = exceptions.get(name(package)).is_some_and(|allowed| is_allowed(licence, allowed));
        if !is_allowed(licence, &allowed) && !excepted {
            wrong.push(format!("{}: {licence}", name(package)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(exceptions.keys().collect::<Vec<_>>(), [&"html2md"]);
    let shipped: BTreeSet<&str> = tree.shipped(true).into_iter().map(name).collect();
    assert!(shipped.contains("html5ever") && !shipped.contains("html2md"));
}

#[test]
fn everything_comes_from_the_registry_and_nothing_shipped_comes_twice() {
    let (tree, deny) = (Tree::new(), deny());
    let known: Vec<String> =
        texts(&deny["sources"]["allow-registry"]).iter().map(|source| format!("registry+{source}")).collect();
    for package in tree.packages() {
        let source = package["source"].as_str();
        assert!(source.is_none_or(|source| known.iter().any(|known| known == source)), "{}: {source:?}", name(package));
    }
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in tree.shipped(true) {
        versions.entry(name(package)).or_default().push(package["version"].as_str().unwrap());
    }
    versions.retain(|_, versions| versions.len() > 1);
    assert!(versions.is_empty(), "{versions:?}");
}

/// Not by the names of known clients, which would let an unknown one in: no package that is linked names the parts of the
/// standard library without which none can be made.
#[test]
fn nothing_shipped_can_reach_the_network_or_start_a_program() {
    const WORDS: [&str; 8] = [
        "TcpStream",
        "TcpListener",
        "UdpSocket",
        "UnixStream::connect",
        "ToSocketAddrs",
        "process::Command",
        "libc::execv",
        "libc::fork(",
    ];
    let (tree, deny) = (Tree::new(), deny());
    let mut wrong = Vec::new();
    let mut files = 0;
    for package in tree.shipped(false) {
        let is_macro = package["targets"].as_array().unwrap().iter().any(|target| target["kind"][0] == "proc-macro");
        if is_macro || name(package) == "postferry" {
            continue;
        }
        let is_library =
            |target: &&Json| target["kind"].as_array().unwrap().iter().any(|kind| kind == "lib" || kind == "rlib");
        let library = package["targets"].as_array().unwrap().iter().find(is_library);
        let folder = Path::new(library.unwrap()["src_path"].as_str().unwrap()).parent().unwrap();
        each_source(folder, &mut |path, text| {
            files += 1;
            for (number, line) in text.lines().enumerate() {
                let code = line.split("//").next().unwrap_or_default();
                for word in WORDS.iter().filter(|word| code.contains(**word)) {
                    wrong.push(format!("{} {}:{}: {word}", name(package), path.display(), number + 1));
                }
            }
        });
    }
    println!("measured: {files} files of dependencies hold no network and start no program");
    assert!(files > 500, "only {files} files were looked at");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Those that everybody knows are named all the same, so that `cargo deny` finds them too.
    let banned: BTreeSet<&str> =
        deny["bans"]["deny"].as_array().unwrap().iter().map(|ban| ban["crate"].as_str().unwrap()).collect();
    for package in tree.shipped(true) {
        assert!(!banned.contains(name(package)), "{}", name(package));
    }
    // And our own, but for the room that asks the real generators, which is only reached by `--prove`.
    each_source(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut |path, text| {
        let is_proving = path.components().any(|part| part.as_os_str() == "prove");
        for word in WORDS {
            assert!(is_proving || !text.contains(word), "{}: {word}", path.display());
        }
    });
}

/// Calls `look` with every Rust file below `folder`, without its unit tests, which stand at its end or in files of their own.
fn each_source(folder: &Path, look: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("tests") && !path.ends_with("bin") {
                each_source(&path, look);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = ["\n#[cfg(test)]", "\n#[test]", "\n    #[test]", "\nmod tests {"];
            let end = code.iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
            look(&path, &text[..end]);
        }
    }
}
