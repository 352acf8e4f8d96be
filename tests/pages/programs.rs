//! The programs in `examples/` do what they say, and what pages show of programs is theirs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use super::blocks::{self, root};

/// The programs, each with its text.
fn programs() -> Vec<(String, String)> {
    let files = fs::read_dir(root().join("examples")).unwrap().map(|entry| entry.unwrap().path());
    let is_program = |path: &PathBuf| path.is_file();
    let mut programs: Vec<(String, String)> = files
        .filter(is_program)
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    programs.sort();
    programs
}

/// Whether the lines stand in the text one after the other, however far they are indented there.
fn is_passage(lines: &str, text: &str) -> bool {
    let bare = |text: &str| {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.fold(String::from("\n"), |bare, line| bare + line + "\n")
    };
    bare(text).contains(&bare(lines))
}

#[test]
fn programs_on_pages_are_compiled_and_run() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let programs = programs();
    let mut wrong = Vec::new();
    for page in blocks::all() {
        let is_doctest = lib.contains(&format!("include_str!(\"../{}\")", page.name));
        for block in page.blocks() {
            let kind = match block.language.as_str() {
                "rust" if is_doctest => continue,
                "rust" => ".rs",
                "python" => ".py",
                _ => continue,
            };
            let mut its_own = programs.iter().filter(|(name, _)| name.ends_with(kind));
            if !its_own.any(|(_, text)| is_passage(&block.text, text)) {
                let place = format!("{}:{}", page.name, block.line);
                wrong.push(format!("{place}: this {} is no passage of a program in examples/", block.language));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_passage_that_is_not_there_is_found_out() {
    let text = "fn main() {\n    one();\n\n    two();\n}\n";
    assert!(is_passage("one();\ntwo();\n", text));
    assert!(!is_passage("two();\none();\n", text));
    assert!(!is_passage("one()\n", text));
}

/// The folder of the programs, as they are now: only a bare `cargo test` builds them before the tests run.
pub fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = Path::new(env!("CARGO_BIN_EXE_postferry")).parent().unwrap();
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--examples"]).current_dir(root());
        cargo.args(folder.ends_with("release").then_some("--release"));
        let output = cargo.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        folder.join("examples")
    })
}

fn example(name: &str) -> PathBuf {
    built().join(name)
}

fn run(command: &mut Command) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_postferry"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap_or_default());
    command.env("PATH", path).output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

fn is_there(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        assert!(std::env::var_os("POSTFERRY_NO_SKIP").is_none(), "there is no {program}, and no test may skip");
        println!("skipped: the import script wants {program}");
    }
    found
}

/// The example posts, and one that is broken.
fn posts() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let posts = folder.path().join("posts");
    fs::create_dir_all(&posts).unwrap();
    for entry in fs::read_dir(root().join("examples/posts")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), posts.join(entry.file_name())).unwrap();
    }
    fs::write(posts.join("2020-01-02-broken.html"), "---\ntitle: a: b\n---\n<p>Hi.</p>\n").unwrap();
    folder
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let mut files: Vec<(String, String)> = entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// An import script writes what the command writes, says what is wrong with the broken post, and fails because of it.
fn imports(script: &mut Command) {
    let folder = posts();
    let output = run(script.args(["posts", "imported"]).current_dir(folder.path()));
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("2020-01-02-broken.html:2:9: "), "{told}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_postferry"));
    command.args(["convert", "posts", "-t", "hugo", "-o", "converted"]).current_dir(folder.path());
    run(&mut command);
    let (imported, converted) = (files(&folder.path().join("imported")), files(&folder.path().join("converted")));
    assert_eq!(imported.len(), 3, "{told}");
    assert_eq!(imported, converted);
}

#[test]
fn the_script_in_rust_imports_a_folder() {
    imports(&mut Command::new(example("import")));
}

#[test]
fn the_script_in_python_imports_a_folder() {
    if is_there("python3") {
        imports(Command::new("python3").arg(root().join("examples/import.py")));
    }
}

#[test]
fn the_script_in_shell_imports_a_folder() {
    if is_there("jq") {
        imports(Command::new("bash").arg(root().join("examples/import.sh")));
    }
}

#[test]
fn the_other_examples_run() {
    let printed = |name: &str| {
        let output = run(Command::new(example(name)).current_dir(root()));
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(printed("convert").contains("date = 2023-04-12T21:40:05+01:00\n"));
    assert!(printed("serde").contains("- scotland\n"));
    assert_eq!(
        printed("own_format"),
        "---\ntitle: Ferry times\ndate: 2024-09-02\n---\n\nThe *last* boat leaves at seven.\n"
    );
    assert!(printed("own_dialect").starts_with("+++\ntitle = 'Tea'\nimage = '/pot.jpg'\ndraft = true\n+++\n"));
    assert!(printed("html2md_reader").contains("lost: "));
}

#[test]
fn made_posts_are_the_same_on_every_run_and_are_converted() {
    let made = || run(Command::new(example("many_posts")).args(["--count", "20"]));
    let lines = String::from_utf8(made().stdout).unwrap();
    assert_eq!((lines.lines().count(), lines.as_bytes()), (20, made().stdout.as_slice()));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("posts.ndjson"), &lines).unwrap();
    let input = fs::File::open(folder.path().join("posts.ndjson")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_postferry"));
    let output = run(command.args(["convert", "--ndjson", "-t", "hugo", "--strict"]).stdin(input));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let size = lines.len() / 20;
    assert!((4_000..16_000).contains(&size), "posts of {size} bytes are not of a real size");
}

#[test]
fn every_example_is_run_by_a_test() {
    let here = fs::read_to_string(root().join("tests/pages/programs.rs")).unwrap();
    for (name, _) in programs() {
        let stem = name.split('.').next().unwrap();
        assert!(
            here.contains(&format!("\"{stem}\"")) || here.contains(&format!("examples/{name}")),
            "{name} is not run"
        );
    }
}
