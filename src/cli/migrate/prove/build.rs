//! Building a site with its own generator, under layouts that show the content and nothing else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use postferry::diag::codes;
use postferry::site::{Fate, Plan};

use super::stop;
use crate::cli::Stop;
use crate::cli::message::Message;

const JEKYLL: &str = "<!DOCTYPE html>\n<title>{{ page.title | escape }}</title>\n<main>{{ content }}</main>\n";
const HUGO: &str = "<!DOCTYPE html>\n<title>{{ .Title }}</title>\n<main>{{ .Content }}</main>\n";

/// What of the old site's configuration would put anything around the content: plugins, a theme, colours in code.
const SETTINGS: &str = "plugins: []\ntheme:\nmarkdown: kramdown\nhighlighter: none\npaginate:\nprofile: false\n";

/// The name of the file with these.
const SETTINGS_FILE: &str = "_postferry-prove.yml";

/// The generators, of which it is known that they run.
pub(in crate::cli::migrate) struct Programs(());

/// The files that Jekyll reads its settings from.
const CONFIGS: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

impl Programs {
    /// Looks for both before anything is done.
    pub(in crate::cli::migrate) fn find() -> Result<Self, Stop> {
        for (program, argument) in [("jekyll", "--version"), ("hugo", "version")] {
            let found = Command::new(program).arg(argument).output();
            if !found.is_ok_and(|output| output.status.success()) {
                let text = format!("--prove builds both sites, and there is no `{program}` that runs");
                let help = format!("install {program} and see that it is on the PATH, or leave --prove out");
                return Err(Stop::Failed(Box::new(Message::new(&codes::PROOF_STOPPED, text).help(help))));
            }
        }
        Ok(Programs(()))
    }

    /// Builds a copy of the old site below `work`, and gives the folder of what was built.
    pub(super) fn old_site(&self, plan: &Plan, work: &Path) -> Result<PathBuf, Stop> {
        let (source, built) = (work.join("old"), work.join("old-built"));
        copy_old(plan, &source).map_err(|error| stop("the old site cannot be copied", &error))?;
        let mut configs: Vec<&str> = CONFIGS.into_iter().filter(|name| source.join(name).is_file()).take(1).collect();
        configs.push(SETTINGS_FILE);
        let mut command = Command::new("jekyll");
        command
            .args(["build", "--safe", "--disable-disk-cache", "--quiet", "--config", &configs.join(","), "-d"])
            .arg(&built)
            .current_dir(&source)
            .env("TZ", plan.timezone.as_deref().unwrap_or("UTC"))
            .env("LC_ALL", "C.UTF-8")
            .env("JEKYLL_NO_BUNDLER_REQUIRE", "true");
        run(&mut command, "Jekyll cannot build the old site")?;
        Ok(built)
    }

    /// Builds the new site, and gives the folder of what was built. Nothing is written into the site itself.
    pub(super) fn new_site(&self, output: &Path, work: &Path) -> Result<PathBuf, Stop> {
        let (layouts, built) = (work.join("layouts"), work.join("new-built"));
        let write = || -> io::Result<()> {
            for name in ["single", "list"] {
                put(&layouts.join(format!("_default/{name}.html")), HUGO)?;
            }
            let shortcodes = output.join("layouts/shortcodes");
            for entry in fs::read_dir(&shortcodes).into_iter().flatten() {
                let entry = entry?;
                put(&layouts.join("shortcodes").join(entry.file_name()), &fs::read_to_string(entry.path())?)?;
            }
            Ok(())
        };
        write().map_err(|error| stop("no room for the proof", &error))?;
        let mut command = Command::new("hugo");
        command.args(["--noBuildLock", "--quiet", "--source"]).arg(output).arg("--layoutDir").arg(&layouts);
        command.arg("--destination").arg(&built);
        // So that numbers of lines can be told from code.
        command.env("HUGO_MARKUP_HIGHLIGHT_NOCLASSES", "false");
        run(&mut command, "Hugo cannot build the new site")?;
        Ok(built)
    }
}

/// Copies what Jekyll reads, with bare layouts under every name that a file asks for. What no content is, such as style
/// sheets, may lean on what is not there: it is left out, since nothing is compared with it.
fn copy_old(plan: &Plan, to: &Path) -> io::Result<()> {
    for item in plan.items.iter().filter(|item| !matches!(item.fate, Fate::Layout | Fate::NotContent)) {
        copy(&plan.source(item), &to.join(&*item.path))?;
    }
    for name in CONFIGS {
        let config = plan.root.join(name);
        if config.is_file() {
            copy(&config, &to.join(name))?;
        }
    }
    let layouts = to.join(&plan.config.folders.layouts);
    for name in &plan.layouts {
        // A name that leads elsewhere is none that Jekyll finds.
        let is_none = matches!(&**name, "none" | "nil" | "null");
        if !is_none && !name.split('/').any(|part| part == "..") && !name.starts_with('/') {
            put(&layouts.join(format!("{name}.html")), JEKYLL)?;
        }
    }
    put(&to.join(SETTINGS_FILE), SETTINGS)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).map(|_| ())
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// Runs a generator; what it says is shown only if it fails.
fn run(command: &mut Command, failed: &str) -> Result<(), Stop> {
    let output = command.output().map_err(|error| stop(failed, &error))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stderr, output.stdout].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).take(8).collect();
    let message = Message::new(&codes::PROOF_STOPPED, failed).help(lines.join("\n"));
    Err(Stop::Failed(Box::new(message)))
}
