//! The plan of the house, held to: imports run one way, only the command line touches the world, no file grows too long.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of `src`, from the ground up. A room imports from itself and from those in lower layers; rooms of one layer
/// leave each other alone unless [`PEERS`] says otherwise.
const LAYERS: &[&[&str]] = &[
    &["nearest"],
    &["meta", "diag", "error", "ast"],
    &["date"],
    &["limits"],
    &["format", "options", "key_map", "spec", "post"],
    &["front", "markup", "dialect"],
    &["json", "post_format", "trace", "proof", "compare"],
    &["registry"],
    &["detect", "map_file"],
    &["convert"],
    &["site"],
    &["cli"],
    &["lib", "main"],
];

/// Rooms of one layer that may import from each other, as the plan has it: the seam's traits speak of posts.
const PEERS: &[(&str, &[&str])] = &[
    ("ast", &["diag"]),
    ("meta", &["diag"]),
    ("error", &["diag"]),
    ("diag", &["error"]),
    ("format", &["post", "options", "key_map"]),
    ("options", &["format", "key_map"]),
    ("post", &["format"]),
    ("json", &["post_format"]),
    ("post_format", &["trace"]),
];

/// How long a file may be without its unit tests.
const MAX_LINES: usize = 400;

/// Files that may be longer, and how long; to be made shorter, never longer.
const LONG: &[(&str, usize)] = &[
    // A list of kinds: splitting it would part each from its neighbours.
    ("ast/kind.rs", 520),
    ("registry.rs", 545),
];

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![src()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                let name = path.strip_prefix(src()).unwrap().to_str().unwrap().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The file without its unit tests, which stand at its end; files named `tests.rs` are not looked at.
fn without_tests(text: &str) -> &str {
    text.find("\n#[cfg(test)]\nmod ").map_or(text, |at| &text[..at])
}

fn room(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

fn layer(room: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&room))
}

/// The rooms that a file names in `crate::room`, in `use` lines and in running code alike.
fn imports(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for part in line.split("crate::").skip(1) {
            let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(part.len());
            found.insert(&part[..end]);
        }
    }
    found
}

#[test]
fn imports_run_one_way() {
    let rooms: BTreeSet<&str> = LAYERS.iter().flat_map(|layer| layer.iter().copied()).collect();
    let mut wrong = Vec::new();
    for (file, text) in files() {
        let from = room(&file);
        let Some(own) = layer(from) else {
            wrong.push(format!("{file} stands in no layer: name it in LAYERS"));
            continue;
        };
        for to in imports(without_tests(&text)) {
            // What is no room is a re-export of the root, such as `crate::Sink`, and says nothing of where it comes from.
            if !rooms.contains(to) {
                if own < layer("cli").unwrap() {
                    wrong.push(format!("{file} imports `crate::{to}`: name the room it stands in"));
                }
                continue;
            }
            let is_peer = PEERS.iter().any(|(room, peers)| *room == from && peers.contains(&to));
            if to != from && !is_peer && layer(to).unwrap() >= own {
                wrong.push(format!("{file} imports from `{to}`, which stands above it or beside it"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_command_line_touches_the_world() {
    const WORLD: &[&str] = &[
        "std::fs",
        "std::env",
        "std::process",
        "std::net",
        "std::thread",
        "std::io::stdin",
        "std::io::stdout",
        "println!",
        "print!(",
        "eprintln!",
        "eprint!(",
        "dbg!",
        "SystemTime",
        "Instant::now",
        "Zoned::now",
        "Timestamp::now",
    ];
    let mut wrong = Vec::new();
    for (file, text) in files() {
        if matches!(room(&file), "cli" | "main" | "site") {
            continue;
        }
        for (number, line) in without_tests(&text).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for word in WORLD.iter().filter(|word| code.contains(**word)) {
                wrong.push(format!("src/{file}:{}: {word}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether the line declares something hashed; that a field is filled is said where the field is declared.
fn is_declared(code: &str) -> bool {
    let code = code.trim_start();
    let is_use = code.starts_with("use ");
    ["HashMap", "HashSet"].iter().any(|name| {
        code.contains(&format!("{name}<")) || code.starts_with("let ") && code.contains(&format!("{name}::"))
    }) && !is_use
}

#[test]
fn no_output_depends_on_hash_order() {
    let mut wrong = Vec::new();
    for (file, text) in files() {
        let lines: Vec<&str> = without_tests(&text).lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let told = index > 0 && lines[index - 1].contains("// hash:");
            if is_declared(code) && !told {
                wrong.push(format!(
                    "src/{file}:{}: say in a comment `// hash: …` why no order can reach output",
                    index + 1
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_too_long() {
    let mut wrong = Vec::new();
    for (file, text) in files() {
        let lines = without_tests(&text).lines().count();
        let allowed = LONG.iter().find(|(known, _)| *known == file).map(|(_, lines)| *lines);
        if lines > allowed.unwrap_or(MAX_LINES) {
            wrong.push(format!("src/{file} has {lines} lines"));
        }
        if lines <= MAX_LINES && allowed.is_some() {
            wrong.push(format!("src/{file} is no longer long: take it off the list"));
        }
    }
    assert!(wrong.is_empty(), "more than {MAX_LINES} lines without tests:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_is_named_for_what_it_does() {
    const EMPTY_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "scaffold"];
    for (file, _) in files() {
        let is_empty = file.split('/').any(|part| EMPTY_NAMES.contains(&part.trim_end_matches(".rs")));
        assert!(!is_empty, "src/{file}");
    }
}

#[test]
fn no_function_takes_three_flags() {
    let mut wrong = Vec::new();
    for (file, text) in files() {
        for function in without_tests(&text).split("fn ").skip(1) {
            let signature = function.split(['{', ';']).next().unwrap_or_default();
            if signature.matches(": bool").count() >= 3 {
                wrong.push(format!("src/{file}: fn {}", signature.split('(').next().unwrap_or_default()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
