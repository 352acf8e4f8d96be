//! Files of the project that are made from the code. `POSTFERRY_BLESS=1 cargo test --test cli` writes them anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use postferry::diag::codes;

/// Fails if the file is not what is made of the code; writes it if told to.
fn check(path: &str, made: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("POSTFERRY_BLESS").is_some() {
        fs::write(&file, made).unwrap();
    }
    let standing = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(standing == made, "{path} is stale: POSTFERRY_BLESS=1 cargo test --test cli");
}

#[test]
fn diagnostics_are_documented() {
    let mut out = String::from(
        "# Diagnostics\n\n\
         <!-- Made from src/diag/codes by `POSTFERRY_BLESS=1 cargo test --test cli`. Do not edit. -->\n\n\
         Every message of postferry carries one of these codes, in brackets. A code never changes its meaning; \
         `postferry explain CODE` prints what stands here.\n\n\
         | severity | means |\n|---|---|\n\
         | error | there is no output for the post |\n\
         | loss | something of the post is not in the output; `--strict` makes it a failure |\n\
         | warning | the source has something odd, or the result needs a look |\n\
         | note | nothing was lost; something is good to know |\n",
    );
    for code in codes::all() {
        let _ = write!(out, "\n## {}\n\n*{}*: {}.\n\n{}\n", code.name, code.severity, code.title, code.explanation);
        if !code.example.is_empty() {
            let fence = if code.example.contains("```") { "````" } else { "```" };
            let _ = write!(out, "\n{fence}text\n{}\n{fence}\n", code.example);
        }
    }
    check("docs/diagnostics.md", &out);
}
