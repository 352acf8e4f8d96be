//! `postferry explain`

use std::fmt::Write as _;

use postferry::diag::codes;
use postferry::{Code, Error};

use super::args::ExplainArgs;
use super::{End, Stop, print};

/// The width that text is folded to, in characters.
const WIDTH: usize = 80;

pub(crate) fn run(args: &ExplainArgs) -> Result<End, Stop> {
    match args.code.as_deref() {
        None => print(&list()),
        Some(name) => match codes::find(name.trim_matches(['[', ']'])) {
            Some(code) => print(&explain(code)),
            None => Err(Stop::Names(unknown(name))),
        },
    }
}

fn unknown(name: &str) -> Error {
    let near = codes::suggest(name).map(|code| format!("did you mean `{code}`? ")).unwrap_or_default();
    Error::new(&codes::CODE_UNKNOWN, format!("there is no code `{name}`"))
        .help(format!("{near}`postferry explain` lists all codes"))
}

fn list() -> String {
    let all = codes::all();
    let width = all.iter().map(|code| code.name.len()).max().unwrap_or_default();
    let mut out = String::new();
    for code in all {
        let _ = writeln!(out, "{:width$}  {:7}  {}", code.name, code.severity.as_str(), code.title);
    }
    out
}

fn explain(code: &Code) -> String {
    let mut out = format!("{} ({}): {}\n\n", code.name, code.severity, code.title);
    for paragraph in code.explanation.split("\n\n") {
        fold(paragraph, &mut out);
        out.push('\n');
    }
    if !code.example.is_empty() {
        out.push_str("Example:\n\n");
        for line in code.example.lines() {
            let _ = writeln!(out, "{}", format!("    {line}").trim_end());
        }
    }
    format!("{}\n", out.trim_end())
}

/// Breaks a paragraph into lines.
fn fold(paragraph: &str, out: &mut String) {
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > WIDTH {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out.push('\n');
}
