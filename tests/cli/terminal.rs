//! What a terminal is shown. `script` of util-linux stands in for one.

use std::process::{Command, Stdio};

use super::support::Folder;

/// What the command prints on a terminal, or nothing where none can be had.
fn on_terminal(folder: &Folder, before: &str, arguments: &str) -> Option<String> {
    let line = format!("{before} '{}' {arguments}", env!("CARGO_BIN_EXE_postferry"));
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).current_dir(folder.path("."));
    let output = command.env("TERM", "xterm-256color").env_remove("NO_COLOR").stdin(Stdio::null()).output();
    match output {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(_) => {
            println!("skipped: no `script`");
            None
        }
    }
}

#[test]
fn messages_are_coloured_on_a_terminal_unless_somebody_objects() {
    let folder = Folder::new().with("bad.md", "---\ntitle: [\n---\n");
    let Some(coloured) = on_terminal(&folder, "", "convert bad.md -t hugo") else { return };
    assert!(coloured.contains("\u{1b}[") && coloured.contains("yaml-syntax"), "{coloured:?}");
    for before in ["NO_COLOR=1", "TERM=dumb"] {
        let plain = on_terminal(&folder, before, "convert bad.md -t hugo").unwrap();
        assert!(!plain.contains('\u{1b}') && plain.contains("error[yaml-syntax]"), "{before}: {plain:?}");
    }
}

#[test]
fn a_folder_has_a_progress_bar_that_leaves_nothing_behind() {
    let folder = Folder::new();
    for n in 0..40 {
        folder.write(&format!("p/{n}.md"), "# A\n");
    }
    let Some(shown) = on_terminal(&folder, "", "convert p -t hugo -o out") else { return };
    assert!(shown.trim_end().ends_with("40 posts written to out (read as: 40 markdown)"), "{shown:?}");
    let Some(quiet) = on_terminal(&folder, "", "convert p -t hugo -o more --message-format short") else { return };
    assert_eq!(quiet, "");
}

#[test]
fn a_diff_does_not_steer_the_terminal() {
    let folder = Folder::new().with("a.md", "# A\n\nB \u{1b}[31m C\n");
    let Some(shown) = on_terminal(&folder, "NO_COLOR=1", "convert a.md -t hugo --diff") else { return };
    assert!(shown.contains("+title = 'A'") && !shown.contains('\u{1b}'), "{shown:?}");
    let piped = folder.run(&["convert", "a.md", "-t", "hugo", "--diff"]);
    assert!(piped.stdout().contains("B \u{1b}[31m C"), "a program gets the bytes as they are");
}
