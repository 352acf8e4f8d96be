//! Which way a site goes.

use std::fs;
use std::path::{Path, PathBuf};

use postferry::diag::codes;

use crate::cli::Stop;
use crate::cli::args::MigrateArgs;
use crate::cli::message::Message;

/// From one generator to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    ToHugo,
    ToJekyll,
}

/// A Hugo that passes no formulas through and makes other ids of headings.
const OLD_HUGO: &str = "hugo+hugo_0_111";

/// What says that a folder is the root of a Jekyll site.
const JEKYLL: [&str; 5] = ["_config.yml", "_config.yaml", "_config.toml", "_posts", "_layouts"];

/// The same for Hugo; `config` is a folder there.
const HUGO: [&str; 9] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "config/_default",
];

impl Direction {
    /// As the user says it, or as the old site shows it.
    pub(super) fn of(args: &MigrateArgs) -> Result<Self, Stop> {
        let refuse = |text: String, help: &str| {
            Err(Stop::Failed(Box::new(Message::new(&codes::SITE_UNKNOWN, text).help(help.to_owned()))))
        };
        let only = "sites go from Jekyll to Hugo and from Hugo to Jekyll; single posts go in every direction: postferry convert";
        if let Some(to) = args.to.as_deref().filter(|to| !matches!(*to, "hugo" | "jekyll" | OLD_HUGO)) {
            return refuse(format!("a site cannot be migrated to `{to}`"), only);
        }
        if let Some(from) = args.from.as_deref().filter(|from| !matches!(*from, "hugo" | "jekyll")) {
            return refuse(format!("a site cannot be migrated from `{from}`"), only);
        }
        if !args.source.is_dir() {
            return refuse(format!("{} is no folder", args.source.display()), "name the folder of the old site");
        }
        let has = |names: &[&str]| names.iter().any(|name| args.source.join(name).exists());
        let from = match (args.from.as_deref(), has(&JEKYLL), has(&HUGO)) {
            (Some(from), ..) => from,
            (None, true, _) => "jekyll",
            (None, false, true) => "hugo",
            (None, false, false) => {
                let text = format!("{} is the root of neither a Jekyll site nor a Hugo site", args.source.display());
                let help = "name the folder that holds _config.yml and _posts, or hugo.toml and content, or say --from";
                return refuse(text, help);
            }
        };
        if from == "hugo" && !has(&HUGO) && !has(&["content"]) {
            let text = format!("{} is not the root of a Hugo site", args.source.display());
            return refuse(text, "name the folder that holds hugo.toml and content");
        }
        let other = if from == "jekyll" { "hugo" } else { "jekyll" };
        let to = args.to.as_deref().map_or(other, |to| to.split('+').next().unwrap_or(to));
        if from == to {
            let name = if from == "jekyll" { "Jekyll" } else { "Hugo" };
            return refuse(format!("{} is a {name} site already", args.source.display()), only);
        }
        if let Some(folder) = outside(&args.source, &args.output) {
            return refuse(
                format!("{} would be written into itself", folder.display()),
                "name a folder outside the old site",
            );
        }
        Ok(if to == "hugo" { Direction::ToHugo } else { Direction::ToJekyll })
    }
}

/// The old site, if the new one is it, or holds it.
fn outside(source: &Path, output: &Path) -> Option<PathBuf> {
    let source = fs::canonicalize(source).ok()?;
    let output = fs::canonicalize(output).ok()?;
    source.starts_with(&output).then_some(source)
}
