//! What helps in a shell: help, with examples that work; words that are completed; the pages of the manual.

use std::process::{Command, Output, Stdio};

use super::support::{Folder, Ran};

/// Every command, as help lists them.
fn commands() -> Vec<String> {
    let help = Folder::new().run(&["help"]);
    let listed = help.stdout().split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let named = listed.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    let names: Vec<String> = named.filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
    assert!(names.len() > 6 && names.contains(&"convert".to_owned()), "{names:?}");
    names.into_iter().filter(|name| name != "help").collect()
}

/// A folder with all that the examples speak of.
fn examples_folder() -> Folder {
    let post = "---\ntitle: Hello\ndate: 2019-05-01 12:09:07 +0200\ntags: [a, b]\n---\n";
    let json = Folder::new()
        .with("hello.md", format!("{post}Hi.\n"))
        .run(&["convert", "hello.md", "-f", "jekyll", "-t", "json"]);
    Folder::new()
        .with("post.html", format!("{post}<p>Hi.</p>\n"))
        .with("post.md", format!("{post}Hi.\n"))
        .with("post.json", json.stdout)
        .with("_posts/2019-05-01-hello.html", format!("{post}<p>Hi.</p>\n"))
        .with("_posts/2019-05-02-again.md", format!("{post}Hi again.\n"))
        .with("_site/index.html", "<title>Home</title><main><p>Hi, \"you\".</p></main>")
        .with("public/index.html", "<title>Home</title>\n<main>\n<p>Hi, “you”.</p>\n</main>\n")
        .with("old-site/_config.yml", "title: Old\n")
        .with("old-site/_posts/2019-05-01-hello.md", format!("{post}Hi.\n"))
}

fn shell(folder: &Folder, line: &str) -> Output {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_postferry"));
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", program.parent().unwrap().display());
    let mut command = Command::new("bash");
    command.args(["-c", &format!("set -o pipefail; {line}")]).env("PATH", path).stdin(Stdio::null());
    command.current_dir(folder.path("")).output().unwrap()
}

/// The example lines of a help, without what stands behind them to explain.
fn examples(help: &str) -> Vec<String> {
    let Some(part) = help.split("\nExamples:\n").nth(1) else { return Vec::new() };
    let lines = part.lines().take_while(|line| line.starts_with("  "));
    lines.map(|line| line.trim().split("   ").next().unwrap().to_owned()).collect()
}

#[test]
fn help_teaches_by_example() {
    let folder = Folder::new();
    folder.run(&["--help"]).check("help");
    folder.run(&["convert", "--help"]).check("help-convert");
    let version = folder.run(&["--version"]);
    assert_eq!(version.stdout(), format!("postferry {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn every_example_in_help_works() {
    let mut ran = 0;
    for name in std::iter::once(String::new()).chain(commands()) {
        let arguments: Vec<&str> = [name.as_str(), "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let help = Folder::new().run(&arguments);
        let lines = examples(help.stdout());
        assert!(!lines.is_empty() || name == "schema", "`postferry {name} --help` shows no example");
        // Each command's examples are those of one folder, one after the other.
        let folder = examples_folder();
        for line in lines {
            assert!(line.contains("postferry"), "{line}");
            let output = shell(&folder, &line);
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "`{line}` of `postferry {name} --help` fails:\n{said}");
            ran += 1;
        }
    }
    assert!(ran > 15, "{ran}");
}

#[test]
fn every_message_names_commands_that_are_there() {
    let names = commands();
    let folder = Folder::new();
    for name in &names {
        let ran = folder.run(&[name, "--help"]);
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.stderr);
    }
}

/// What a shell that is not there cannot be asked.
fn is_there(shell: &str, test: &str) -> bool {
    let found = Command::new(shell).arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        assert!(std::env::var_os("POSTFERRY_NO_SKIP").is_none(), "{test}: there is no {shell}, and no test may skip");
        println!("skipped: {test} wants {shell}");
    }
    found
}

#[test]
fn shells_complete_commands_flags_and_formats() {
    let folder = Folder::new();
    for name in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = folder.run(&["completions", name]);
        assert_eq!(script.code, Some(0), "{}", script.stderr);
        for word in ["convert", "inspect", "permalink", "no-config"] {
            assert!(script.stdout().contains(word), "{name} does not complete {word}");
        }
        folder.write(&format!("completions.{name}"), &script.stdout);
    }
    folder.run(&["completions", "tcsh"]).check("completions-unknown-shell");

    let test = "completing words in a shell";
    let bash = |words: &str, last: usize| {
        let line = format!(
            "source completions.bash; COMP_WORDS=({words}); COMP_CWORD={last}; _postferry postferry \"${{COMP_WORDS[{last}]}}\" \"${{COMP_WORDS[{last}-1]}}\"; echo \"${{COMPREPLY[@]}}\""
        );
        String::from_utf8(shell(&folder, &line).stdout).unwrap().trim().to_owned()
    };
    assert_eq!(bash("postferry conv", 1), "convert");
    assert_eq!(bash("postferry convert --perm", 2), "--permalink");
    assert_eq!(bash("postferry convert -t h", 3), "hugo html");
    assert_eq!(bash("postferry explain not-u", 2), "not-utf8");
    if is_there("fish", test) {
        let fish = |line: &str| {
            let command = format!("fish --no-config -c 'source completions.fish; complete -C \"{line}\"'");
            String::from_utf8(shell(&folder, &command).stdout).unwrap()
        };
        assert!(fish("postferry conv").starts_with("convert\t"), "{}", fish("postferry conv"));
        assert!(fish("postferry convert -t hu").contains("hugo"), "{}", fish("postferry convert -t hu"));
    }
    if is_there("zsh", test) {
        let output = shell(&folder, "zsh -f -n completions.zsh");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let folder = Folder::new();
    let ran = folder.run(&["man", "--out", "man1"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let mut pages: Vec<String> = commands().iter().map(|name| format!("man1/postferry-{name}.1")).collect();
    pages.push("man1/postferry.1".to_owned());
    pages.sort();
    assert_eq!(folder.files(), pages);
    let convert = folder.read("man1/postferry-convert.1");
    for text in [".TH POSTFERRY-CONVERT 1", "\\-\\-permalink", "content/posts", "Exit status"] {
        assert!(convert.contains(text), "the page does not say {text}:\n{convert}");
    }
    assert_eq!(folder.run(&["man", "convert"]).stdout(), convert);
    assert_eq!(folder.run(&["man"]).stdout(), folder.read("man1/postferry.1"));
    folder.run(&["man", "convrt"]).check("man-unknown-command");
    if is_there_for_pages() {
        let output = shell(&folder, "for page in man1/*; do man -l \"$page\" >/dev/null || exit 1; done");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn is_there_for_pages() -> bool {
    Command::new("man").arg("--version").output().is_ok_and(|output| output.status.success())
}

#[test]
fn a_path_in_the_place_of_a_command_is_a_hint() {
    let folder = Folder::new().with("blog/a.md", "# A\n").with("b.md", "# B\n");
    let told: Vec<Ran> = [&["blog"][..], &["b.md"], &["blgo"], &["convert", "blog", "hugo"], &["convert", "b.md"]]
        .iter()
        .map(|arguments| folder.run(arguments))
        .collect();
    for (ran, name) in told.iter().zip(["hint-folder", "hint-file", "hint-none", "hint-format", "hint-no-format"]) {
        ran.check(name);
    }
}
