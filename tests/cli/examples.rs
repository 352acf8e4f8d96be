//! The examples of codes that are typed into a shell: each brings its code about.

use std::env;
use std::path::Path;
use std::process::Command;

use postferry::Code;
use postferry::diag::codes;

use super::support::Folder;

/// What the example's commands say, on both streams, run one after the other in an empty folder.
fn said(code: &Code) -> String {
    let commands: Vec<&str> = code.example.lines().filter_map(|line| line.strip_prefix("$ ")).collect();
    let folder = Folder::new();
    let of_postferry = Path::new(env!("CARGO_BIN_EXE_postferry")).parent().unwrap();
    let path =
        env::join_paths([of_postferry.to_owned()].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap())));
    let ran = Command::new("sh")
        .args(["-c", &commands.join("\n")])
        .current_dir(folder.path(""))
        .env("PATH", path.unwrap())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    String::from_utf8_lossy(&ran.stderr).into_owned() + &String::from_utf8_lossy(&ran.stdout)
}

#[test]
fn every_example_in_a_shell_brings_its_code_about() {
    let examples: Vec<&Code> = codes::all().into_iter().filter(|code| code.example.starts_with("$ ")).collect();
    assert!(examples.len() >= 25, "{}", examples.len());
    let missing: Vec<String> = examples
        .iter()
        .map(|code| (code, said(code)))
        .filter(|(code, said)| !said.contains(&format!("[{}]", code.name)))
        .map(|(code, said)| format!("{code}\n{}\n{said}", code.example))
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n\n"));
}
