//! Messages summed up by code, for runs of many posts.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use postferry::{Code, Severity};

use crate::cli::message::Message;
use crate::cli::visible::{visible, visible_line};

/// How many messages of one code are shown. Notes, of which nothing need be done, only where there is one.
const PLACES: usize = 3;

/// How many different pieces of help are shown for one code.
const HELPS: usize = 4;

/// The messages that are not shown in full, by severity and code.
#[derive(Default)]
pub(super) struct Summary {
    groups: BTreeMap<(Reverse<Severity>, &'static str), Group>,
}

struct Group {
    code: &'static Code,
    count: usize,
    /// The first messages, each with its place.
    first: Vec<String>,
    /// What to do, each piece once.
    helps: Vec<String>,
}

impl Summary {
    pub(super) fn add(&mut self, message: &Message) {
        let key = (Reverse(message.severity), message.code.name);
        let new = || Group { code: message.code, count: 0, first: Vec::new(), helps: Vec::new() };
        let group = self.groups.entry(key).or_insert_with(new);
        group.count += 1;
        if group.first.len() < PLACES {
            group.first.push(format!("{}: {}", message.place(), message.text));
        }
        for help in message.help.as_deref().map(pieces).unwrap_or_default() {
            if group.helps.len() < HELPS && !group.helps.contains(&help) {
                group.helps.push(help);
            }
        }
    }

    /// The text of it; empty if there is nothing to sum up. `are_more` says that others of the same codes were shown.
    pub(super) fn text(&self, are_more: bool) -> String {
        let mut out = String::new();
        for ((Reverse(severity), _), group) in &self.groups {
            let Group { code, count, first, helps } = group;
            let times = match (are_more, count) {
                (true, count) => format!(" × {count} more"),
                (false, 1) => String::new(),
                (false, count) => format!(" × {count}"),
            };
            let _ = writeln!(out, "{severity}[{code}]{times}: {}", code.title);
            if *severity > Severity::Note || *count == 1 {
                for place in first {
                    let _ = writeln!(out, "    {}", visible_line(place));
                }
                if *count > first.len() {
                    out.push_str("    …\n");
                }
            }
            if !helps.is_empty() {
                let helps = visible(&helps.join("\n")).replace('\n', "\n          ");
                let _ = writeln!(out, "  = help: {helps}");
            }
            out.push('\n');
        }
        if !out.is_empty() {
            out.push_str("`postferry explain CODE` says more, `--message-format short` lists every message\n");
        }
        out
    }
}

/// A help as a rule is one piece. Settings are as many as they have tables, so that those of several posts can be put
/// together.
fn pieces(help: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for line in help.trim_end().lines() {
        match pieces.last_mut() {
            Some(piece) if !line.starts_with('[') => {
                piece.push('\n');
                piece.push_str(line);
            }
            _ => pieces.push(line.to_owned()),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use postferry::diag::codes;

    use super::*;

    #[test]
    fn settings_of_several_posts_are_put_together() {
        let mut summary = Summary::default();
        for help in ["[a]\nx = 1\n[b]\ny = 2\n", "[b]\ny = 2\n", "[c]\nz = 3\n"] {
            summary.add(&Message::new(&codes::HUGO_CONFIG, "settings").help(help));
        }
        let text = summary.text(false);
        assert!(text.starts_with("note[hugo-config] × 3: "), "{text}");
        assert!(text.contains(
            "  = help: [a]\n          x = 1\n          [b]\n          y = 2\n          [c]\n          z = 3\n\n"
        ));
    }
}
