//! The README and the pages under `docs/` show what the program does: what they show is run.
//!
//! In a `console` block, a line that begins with `$ ` is a command and the lines up to the next one are its output; a line
//! `...` stands for any number of lines. In an `sh` block each line is a command that must succeed. Commands run one after the
//! other in a folder that has the project's `examples/` and a stream of posts, `posts.ndjson`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

/// Commands that a test cannot run: they run the tests, or build.
const SHOWN_ONLY: [&str; 4] = ["cargo test", "cargo bench", "cargo run -q -- ", ".ci/run"];

struct Shown {
    page: String,
    line: usize,
    command: String,
    /// What it prints; a command in an `sh` block has none shown and must only succeed.
    output: Option<String>,
}

fn shown() -> Vec<Shown> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.md"), root.join("CONTRIBUTING.md")];
    let docs = std::fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    pages.extend(docs.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    pages.sort();
    pages.iter().flat_map(|page| commands(page)).collect()
}

fn commands(page: &Path) -> Vec<Shown> {
    let text = std::fs::read_to_string(page).unwrap();
    let mut found: Vec<Shown> = Vec::new();
    // The fence that is open, and what its block is.
    let (mut open, mut block) = ("", "");
    for (index, line) in text.lines().enumerate() {
        let show = |command: &str, output| Shown {
            page: page.file_name().unwrap().to_string_lossy().into_owned(),
            line: index + 1,
            command: command.split("   #").next().unwrap_or(command).trim().to_owned(),
            output,
        };
        let word = line.trim_start_matches('`');
        let fence = &line[..line.len() - word.len()];
        if open.is_empty() && fence.len() >= 3 {
            (open, block) = (fence, word);
            continue;
        }
        if !open.is_empty() && line == open {
            (open, block) = ("", "");
            continue;
        }
        match (block, line.strip_prefix("$ ")) {
            ("console", Some(command)) => found.push(show(command, Some(String::new()))),
            ("console", None) => match found.last_mut().and_then(|last| last.output.as_mut()) {
                Some(output) => {
                    output.push_str(line);
                    output.push('\n');
                }
                None => panic!("{}:{}: output without a command", page.display(), index + 1),
            },
            ("sh", _) => found.push(show(line, None)),
            _ => {}
        }
    }
    found
}

/// Runs a command line in a shell, at the top of a copy of what a reader has there, and gives both its outputs.
fn run(command: &str, directory: &Path) -> (bool, String) {
    let program = env!("CARGO_BIN_EXE_postferry");
    let line = command.replace("cargo run -q --release --", program);
    let path =
        format!("{}:{}", Path::new(program).parent().unwrap().display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("bash")
        .args(["-c", &format!("{{ {line}\n}} 2>&1")])
        .current_dir(directory)
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .output()
        .expect("bash runs");
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

/// Whether `output` is what is shown, where a line `...` stands for any lines.
fn matches(shown: &str, output: &str) -> bool {
    let shown: Vec<&str> = shown.trim_end().lines().collect();
    let output: Vec<&str> = output.trim_end().lines().collect();
    let mut at = 0;
    let mut skipping = false;
    for wanted in shown {
        if wanted == "..." {
            skipping = true;
            continue;
        }
        let found = output.iter().skip(at).position(|line| *line == wanted);
        match found {
            Some(0) => at += 1,
            Some(offset) if skipping => at += offset + 1,
            _ => return false,
        }
        skipping = false;
    }
    skipping || at == output.len()
}

#[test]
fn what_the_pages_show_is_what_the_program_does() {
    let directory = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let copied = Command::new("cp").arg("-r").arg(root.join("examples")).arg(directory.path()).status().unwrap();
    assert!(copied.success());
    std::fs::write(directory.path().join("posts.ndjson"), "{\"id\": 1, \"text\": \"<p>Hi.</p>\"}\n").unwrap();
    let mut ran = 0;
    for shown in shown() {
        if SHOWN_ONLY.iter().any(|only| shown.command.starts_with(only)) {
            continue;
        }
        let Shown { page, line, command, output: wanted } = shown;
        let (succeeded, output) = run(&command, directory.path());
        match wanted {
            Some(wanted) => assert!(
                matches(&wanted, &output),
                "{page}:{line}: `{command}` prints\n{output}\nand the page shows\n{wanted}"
            ),
            None => assert!(succeeded, "{page}:{line}: `{command}` fails and prints\n{output}"),
        }
        ran += 1;
    }
    assert!(ran > 0, "no page shows a command");
}

#[test]
fn the_first_two_cargo_commands_are_the_main_job_and_the_tests() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let commands: Vec<&str> = readme
        .lines()
        .map(|line| line.trim_start_matches("$ "))
        .filter(|line| line.starts_with("cargo"))
        .take(2)
        .collect();
    assert!(commands[0].starts_with("cargo run -q --release -- convert examples/"), "{commands:?}");
    assert!(commands[0].split("   #").next().unwrap().trim().ends_with("-t hugo"), "{commands:?}");
    assert_eq!(commands[1].split("   #").next().unwrap().trim(), "cargo test");
}

#[test]
fn a_page_that_shows_something_else_is_found_out() {
    assert!(matches("a\nb\n", "a\nb\n"));
    assert!(matches("a\n...\nc\n", "a\nb\nb\nc\n"));
    assert!(matches("a\n...\n", "a\nb\n"));
    assert!(!matches("a\nb\n", "a\nc\n"));
    assert!(!matches("a\n", "a\nb\n"));
    assert!(!matches("a\n...\nc\n", "a\nb\n"));
}
