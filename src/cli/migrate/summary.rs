//! What a person is told at the end of a migration.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use postferry::diag::codes;
use postferry::site::{Fate, Plan};
use postferry::{Code, Severity};

use super::count;
use super::journal::ToldOf;
use super::prove::Proved;
use crate::cli::args::MigrateArgs;
use crate::cli::visible::visible_line;

/// How many places are shown of one kind.
const PLACES: usize = 3;

/// How many names are listed in one line.
const NAMES: usize = 6;

/// What was told, by kind.
#[derive(Default)]
pub(super) struct Summary {
    groups: BTreeMap<(Severity, String), Group>,
    /// Files with tags that only the old site can work out.
    worked_out: Vec<String>,
}

#[derive(Default)]
struct Group {
    count: usize,
    first: Vec<(String, String)>,
}

impl Summary {
    pub(super) fn add(&mut self, code: &Code, severity: Severity, place: &str, text: &str) {
        let group = self.groups.entry((severity, code.name.to_owned())).or_default();
        group.count += 1;
        if group.first.len() < PLACES {
            group.first.push((place.to_owned(), text.to_owned()));
        }
    }

    pub(super) fn add_entry(&mut self, path: &str, told: &ToldOf) {
        let Some(code) = codes::find(&told.code) else { return };
        if is_logic(told) && self.worked_out.last().is_none_or(|last| last != path) {
            self.worked_out.push(path.to_owned());
        }
        let severity = match told.severity.as_str() {
            "loss" => Severity::Loss,
            "warning" => Severity::Warning,
            _ => Severity::Note,
        };
        let place = match (told.line, told.column) {
            (Some(line), Some(column)) => format!("{path}:{line}:{column}"),
            _ => path.to_owned(),
        };
        self.add(code, severity, &place, &told.message);
    }

    /// All of it.
    pub(super) fn text(&self, plan: &Plan, args: &MigrateArgs, failed: usize, proved: Option<&Proved>) -> String {
        let mut out = String::new();
        let (_, to) = plan.generators();
        let verb = if args.dry_run { "would become" } else { "is now" };
        let _ = writeln!(out, "{} {verb} the {to} site {}", args.source.display(), args.output.display());
        let _ = writeln!(out);
        self.counts(plan, failed, &mut out);
        self.by_hand(&mut out);
        lists(plan, self.worked_out.clone(), &mut out);
        if let Some(proved) = proved {
            out.push_str(&proved.text());
        }
        let next = match (args.dry_run, failed) {
            (true, _) => format!("postferry migrate {} {}", args.source.display(), args.output.display()),
            (false, _) => {
                let serve = if to == "Hugo" { "hugo server" } else { "jekyll serve" };
                format!("cd {} && {serve}", args.output.display())
            }
        };
        let _ = writeln!(out, "next: {next}");
        out
    }

    fn counts(&self, plan: &Plan, failed: usize, out: &mut String) {
        let of = |fate| count(plan, fate);
        let posts = plan.items.iter().filter(|item| item.fate == Fate::Post);
        let drafts = posts.clone().filter(|item| item.is_draft).count();
        let mut kinds = vec![number(posts.count(), "post")];
        kinds.extend([(Fate::Page, "page"), (Fate::Document, "document")].iter().filter_map(|(fate, name)| {
            let count = of(*fate);
            (count > 0).then(|| number(count, name))
        }));
        let drafts = if drafts > 0 { format!(" ({} of the posts)", number(drafts, "draft")) } else { String::new() };
        let _ = writeln!(out, "  converted   {}{drafts}", kinds.join(", "));
        let copied = of(Fate::Static) + of(Fate::Text);
        let _ = writeln!(out, "  copied      {}, {}", number(copied, "file"), number(of(Fate::Data), "data file"));
        let is_kept = |fate: Fate| fate.is_content() || matches!(fate, Fate::Static | Fate::Text);
        let kept = plan
            .items
            .iter()
            .filter(|item| item.address.is_some() && !item.is_draft && !item.is_future && is_kept(item.fate));
        let aliases = match plan.aliases.len() {
            0 => String::new(),
            1 => ", 1 more leads on".to_owned(),
            count => format!(", {} more lead on", grouped(count)),
        };
        let _ = writeln!(out, "  addresses   {} kept as they were{aliases}", grouped(kept.count()));
        let not_content = of(Fate::NotContent);
        if not_content > 0 {
            let _ = writeln!(out, "  left out    {} that the old site worked out", number(not_content, "file"));
        }
        if failed > 0 {
            let _ = writeln!(out, "  failed      {}", number(failed, "file"));
        }
        let _ = writeln!(out);
    }

    fn by_hand(&self, out: &mut String) {
        let mut groups: Vec<_> = self.groups.iter().filter(|((severity, _), _)| *severity > Severity::Note).collect();
        groups.sort_by_key(|((severity, name), group)| (Reverse(*severity), Reverse(group.count), name.clone()));
        if groups.is_empty() {
            let _ = writeln!(out, "nothing needs a hand\n");
            return;
        }
        let _ = writeln!(out, "what needs a hand");
        for ((severity, name), group) in groups {
            let title = codes::find(name).map_or("", |code| code.title);
            let _ = writeln!(out, "  {} x {severity}[{name}]: {title}", grouped(group.count));
            for (place, text) in &group.first {
                let _ = writeln!(out, "      {}", visible_line(&format!("{place}: {text}")));
            }
            if group.count > group.first.len() {
                let _ = writeln!(out, "      ...");
            }
        }
        let _ = writeln!(out, "`postferry explain CODE` says what to do\n");
    }
}

/// Whether a tag was kept that is no mere value.
pub(super) fn is_logic(told: &ToldOf) -> bool {
    const LOGIC: [&str; 6] = ["for ", "if ", "unless ", "case ", "assign ", "capture "];
    let markup = told.message.split_once("{%").map_or("", |(_, markup)| markup.trim_start_matches('-').trim_start());
    told.code == codes::TAG_UNTRANSLATED.name && LOGIC.iter().any(|word| markup.starts_with(word))
}

/// What is only listed.
fn lists(plan: &Plan, worked_out: Vec<String>, out: &mut String) {
    let mut list = |what: &str, mut names: Vec<String>| {
        if names.is_empty() {
            return;
        }
        let more = names.len().saturating_sub(NAMES);
        names.truncate(NAMES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let _ = writeln!(out, "{what}: {}{more}", visible_line(&names.join(", ")));
    };
    let paths = |fate: Fate| plan.items.iter().filter(move |item| item.fate == fate).map(|item| item.path.to_string());
    list("pages with logic of the old site in them", worked_out);
    list(&format!("not content, to be had in {} another way", plan.generators().1), paths(Fate::NotContent).collect());
    list("old layouts, for a theme to replace", paths(Fate::Layout).collect());
    let odd = plan.left.iter().filter(|left| left.is_odd);
    list("not taken", odd.map(|left| format!("{} ({})", left.path, left.why)).collect());
}

fn number(count: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// `12,345`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
