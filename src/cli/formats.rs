//! `postferry formats`

use std::fmt::Write as _;

use postferry::{FormatInfo, Registry};
use serde_json::{Value, json};

use super::args::FormatsArgs;
use super::{End, Stop, print};

/// How the words are used.
const FOOT: &str = "
The first word of a line is what is written. +word behind a name takes another or switches it on, -word switches it off:
hugo+yaml, jekyll+markdown, markdown+meta, markdown+math-tables.
";

pub(crate) fn run(args: &FormatsArgs) -> Result<End, Stop> {
    let formats = Registry::builtin().formats();
    print(&if args.json { as_json(&formats) } else { as_text(&formats) })
}

fn as_json(formats: &[FormatInfo]) -> String {
    let formats: Vec<Value> = formats
        .iter()
        .map(|format| {
            let extensions: serde_json::Map<String, Value> =
                format.extensions.iter().map(|(name, is_on)| (name.clone(), Value::Bool(*is_on))).collect();
            json!({
                "name": format.name,
                "description": format.description,
                "reads": format.reads,
                "writes": format.writes,
                "front_matter": format.fronts,
                "markups": format.markups,
                "extensions": extensions,
                "file_extensions": format.file_extensions,
            })
        })
        .collect();
    format!("{:#}\n", Value::Array(formats))
}

fn as_text(formats: &[FormatInfo]) -> String {
    let width = formats.iter().map(|format| format.name.len()).max().unwrap_or_default();
    let mut out = String::new();
    for format in formats {
        let direction = match (format.reads, format.writes) {
            (true, false) => " (read only)",
            (false, true) => " (written only)",
            _ => "",
        };
        let _ = writeln!(out, "{:width$}  {}{direction}", format.name, format.description);
        let on = |is_on: bool| {
            let names = format.extensions.iter().filter(|(_, on)| *on == is_on).map(|(name, _)| name.as_str());
            names.collect::<Vec<_>>().join(" ")
        };
        let files: Vec<String> = format.file_extensions.iter().map(|name| format!(".{name}")).collect();
        let mut line = |label: &str, text: &str| {
            if !text.is_empty() {
                let _ = writeln!(out, "{:width$}    {label:<13} {text}", "");
            }
        };
        line("front matter", &format.fronts.join(" "));
        line("markup", &format.markups.join(" "));
        line("on", &on(true));
        line("off", &on(false));
        line("files", &files.join(" "));
    }
    out.push_str(FOOT);
    out
}
