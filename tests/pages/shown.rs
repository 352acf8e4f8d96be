//! Commands that pages show, run; and the output that they show, compared.

use std::path::Path;
use std::process::Command;

use super::blocks::{self, Block, Page, page, root};
use super::programs::built;

/// Commands that a test cannot run: they build or run the tests. `.ci/run` runs those of the README.
const SHOWN_ONLY: [&str; 4] = ["cargo test", "cargo bench", "cargo install", ".ci/run"];

/// Programs that are not ours. Where one is not there the command that begins with it is not run, which is said.
const OTHERS: [&str; 4] = ["hugo", "jekyll", "python3", "jq"];

/// A command and what it is shown to print.
struct Shown {
    line: usize,
    command: String,
    output: String,
}

fn commands(page: &Page, block: &Block) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    for (index, line) in block.text.lines().enumerate() {
        match (line.strip_prefix("$ "), found.last_mut()) {
            (Some(command), _) => {
                let line = block.line + 1 + index;
                found.push(Shown { line, command: command.to_owned(), output: String::new() });
            }
            (None, Some(last)) => last.output.push_str(&format!("{line}\n")),
            (None, None) => panic!("{}:{}: output without a command", page.name, block.line),
        }
    }
    found
}

/// Runs a script in a folder, and gives whether it succeeded and what it printed, on either output.
fn run(script: &str, folder: &Path) -> (bool, String) {
    let program = env!("CARGO_BIN_EXE_postferry");
    let script = script.replace("cargo run -q --release --", program).replace("cargo run -q --", program);
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    // Programs of `examples/` are called by their names.
    let own = Path::new(program).parent().unwrap();
    let own = format!("{}:{}", own.display(), built().display());
    let output = Command::new("bash")
        .args(["-c", &format!("{{ {script}\n}} 2>&1")])
        .current_dir(folder)
        .env("PATH", format!("{own}:{}:{}", variable("POSTFERRY_GENERATORS"), variable("PATH")))
        .env("NO_COLOR", "1")
        .output()
        .expect("bash runs");
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

/// Whether `output` is what is shown, where a line `...` stands for any lines.
fn matches(shown: &str, output: &str) -> bool {
    let output: Vec<&str> = output.trim_end().lines().collect();
    let (mut at, mut is_skipping) = (0, false);
    for wanted in shown.trim_end().lines() {
        if wanted == "..." {
            is_skipping = true;
            continue;
        }
        match output.iter().skip(at).position(|line| *line == wanted) {
            Some(0) => at += 1,
            Some(offset) if is_skipping => at += offset + 1,
            _ => return false,
        }
        is_skipping = false;
    }
    is_skipping || at == output.len()
}

/// Whether a test can run the command.
fn is_run(command: &str) -> bool {
    if SHOWN_ONLY.iter().any(|only| command.starts_with(only)) {
        return false;
    }
    let first = command.split_whitespace().next().unwrap_or_default();
    let is_there = !OTHERS.contains(&first) || run(&format!("command -v {first}"), Path::new(".")).0;
    if !is_there {
        assert!(std::env::var_os("POSTFERRY_NO_SKIP").is_none(), "there is no {first}, and no test may skip");
        println!("skipped: a page shows `{command}`, and there is no {first}");
    }
    is_there
}

/// Runs what the page shows, says how many commands that were, and what is not as shown.
fn run_page(page: &Page) -> (usize, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let copied = Command::new("cp").arg("-r").arg(root().join("examples")).arg(folder.path()).status().unwrap();
    assert!(copied.success());
    std::fs::write(folder.path().join("posts.ndjson"), "{\"id\": 1, \"text\": \"<p>Hi.</p>\"}\n").unwrap();
    let (mut ran, mut wrong) = (0, Vec::new());
    for block in page.blocks() {
        if let Some(file) = &block.file {
            let file = folder.path().join(file);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, &block.text).unwrap();
        }
        let place = format!("{}:{}", page.name, block.line);
        match block.language.as_str() {
            "sh" if is_run(&block.text) => {
                let (succeeded, output) = run(&format!("set -eo pipefail\n{}", block.text), folder.path());
                if !succeeded {
                    wrong.push(format!("{place}: the script\n{}fails and prints\n{output}", block.text));
                }
                ran += 1;
            }
            "console" => {
                for Shown { line, command, output: wanted } in commands(page, &block) {
                    if is_run(&command) {
                        let (_, output) = run(&command, folder.path());
                        let place = format!("{}:{line}", page.name);
                        if !matches(&wanted, &output) {
                            wrong.push(format!("{place}: `{command}` prints\n{output}\nand the page shows\n{wanted}"));
                        }
                        ran += 1;
                    }
                }
            }
            _ => {}
        }
    }
    (ran, wrong)
}

#[test]
fn what_the_pages_show_is_what_the_program_does() {
    let (ran, wrong): (Vec<usize>, Vec<Vec<String>>) = blocks::all().iter().map(run_page).unzip();
    assert!(wrong.iter().all(Vec::is_empty), "{}", wrong.concat().join("\n"));
    let ran: usize = ran.iter().sum();
    assert!(ran > 10, "the pages show {ran} commands");
}

#[test]
fn the_first_two_cargo_commands_are_the_main_job_and_the_tests() {
    let readme = page("README.md");
    let lines = readme.text.lines().map(|line| line.trim_start_matches("$ "));
    let commands: Vec<&str> = lines.filter(|line| line.starts_with("cargo")).take(2).collect();
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
    let wrong = |text: &str| {
        let page = Page { name: "page".to_owned(), text: text.to_owned() };
        !run_page(&page).1.is_empty()
    };
    assert!(!wrong("```console\n$ echo a\na\n```\n") && wrong("```console\n$ echo a\nb\n```\n"));
    assert!(!wrong("```sh\ntrue\n```\n") && wrong("```sh\nfalse\ntrue\n```\n"));
    assert!(!wrong("```toml file=a/b.toml\nc = 1\n```\n\n```console\n$ cat a/b.toml\nc = 1\n```\n"));
}
