//! The command line as it is typed. What it means is worked out by the command concerned.

mod sites;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use postferry::format::Proof;
use serde::Deserialize;
pub(crate) use sites::{CompareArgs, MigrateArgs};

/// Ferries posts between Jekyll, Hugo, Markdown, HTML and JSON.
///
/// Every post arrives whole, or you are told exactly what did not, and where.
#[derive(Debug, Parser)]
#[command(name = "postferry", version, arg_required_else_help = true, propagate_version = false)]
#[command(after_help = "\
Examples:
  postferry convert post.html -t hugo                   one post, to the terminal
  postferry convert _posts -t hugo -o content/posts     a folder: every post in it
  postferry inspect post.html                           what it is taken for
  postferry explain hugo-config                         what a message means

`postferry help convert` says more.")]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: CommonArgs,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Behind the flags of the command itself.
const LAST: usize = 100;

/// What can be said to every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct CommonArgs {
    /// Say less: only what was lost or went wrong; -qq: only what went wrong
    #[arg(short, long, global = true, display_order = LAST, action = ArgAction::Count)]
    pub(crate) quiet: u8,

    /// Say more: every message in full, and where settings come from
    #[arg(short, long, global = true, display_order = LAST, conflicts_with = "quiet")]
    pub(crate) verbose: bool,

    /// The file of settings [default: the nearest postferry.toml, from here upwards]
    #[arg(long, value_name = "FILE", global = true, display_order = LAST, value_hint = ValueHint::FilePath)]
    pub(crate) config: Option<PathBuf>,

    /// Use no file of settings
    #[arg(long, global = true, display_order = LAST, conflicts_with = "config")]
    pub(crate) no_config: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Convert(ConvertArgs),
    Migrate(MigrateArgs),
    Formats(FormatsArgs),
    Inspect(InspectArgs),
    Front(FrontArgs),
    Compare(CompareArgs),
    Explain(ExplainArgs),
    /// Print the JSON Schema of a JSON post
    Schema,
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Convert posts into another format
///
/// One post goes to standard output, several posts and whole folders to the folder that -o names. What a target
/// cannot say is reported on standard error, with its line and column.
#[derive(Debug, Args)]
#[command(override_usage = "postferry convert [OPTIONS] --to <SPEC> [FILE|DIR|-]...")]
#[command(after_help = "\
Examples:
  postferry convert _posts/2019-05-01-hello.html -t hugo
  postferry convert _posts -t hugo -o content/posts
  postferry convert post.md -t jekyll+markdown --diff
  cat post.json | postferry convert -f json -t markdown+meta
  postferry convert _posts/*.md -t hugo+yaml -o content --strict

What holds for every run in a site, such as --permalink or --to, can stand in a file postferry.toml.

Exit status: 0 if every post was converted; 1 if one was not or, with --strict, lost something, or if there is no such format; 2 if the command line \
makes no sense; 130 if the run was interrupted.")]
pub(crate) struct ConvertArgs {
    /// Posts, folders of posts, or - for standard input
    #[arg(value_name = "FILE|DIR|-", value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    /// The format to write, such as hugo or jekyll+markdown; `postferry formats` lists them
    #[arg(short, long, value_name = "SPEC")]
    pub(crate) to: Option<String>,

    /// Where to write: a file for one post, a folder for several
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) output: Option<PathBuf>,

    /// What to do with single keys and tags, as TOML: drop, rename, default, split, join, params, tags
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) map: Option<PathBuf>,

    /// Exit with 1 if anything of a post is lost; it is written all the same
    #[arg(long)]
    pub(crate) strict: bool,

    /// Do not read back what was written: faster, and taken on trust
    #[arg(long)]
    pub(crate) no_proof: bool,

    /// How messages on standard error look [default: human]
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub(crate) message_format: Option<MessageFormat>,

    /// Replace files that exist
    #[arg(long)]
    pub(crate) force: bool,

    /// Write nothing: list what would be written
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Write nothing: show the difference to the file that would be replaced, or else to the source
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) diff: bool,

    /// How many posts to convert at once [default: one for each core]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Read one JSON object a line from standard input and answer each with one
    ///
    /// A line {"id"?: any, "path"?: string, "text": string} is answered by {"id", "path", "text", "report"} or {"id", "path",
    /// "error"}, in the order of the input. A line sent alone is answered at once.
    #[arg(long, conflicts_with_all = ["inputs", "output", "force", "dry_run", "diff", "encoding"])]
    pub(crate) ndjson: bool,
}

impl ConvertArgs {
    /// How messages look.
    pub(crate) fn format(&self) -> MessageFormat {
        self.message_format.unwrap_or_default()
    }

    /// Whether what is written is read back.
    pub(crate) fn proof(&self) -> Proof {
        if self.no_proof { Proof::Off } else { Proof::On }
    }
}

fn at_least_one(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "it must be a whole number, at least 1".to_owned())
}

/// How posts are read.
#[derive(Debug, Args)]
pub(crate) struct ReadingArgs {
    /// The format to read; found out for each post if not named
    #[arg(short, long, value_name = "SPEC")]
    pub(crate) from: Option<String>,

    /// The encoding of posts that are not UTF-8, such as windows-1252
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,

    /// The zone of times that name none: Europe/Amsterdam, +02:00 [default: UTC]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    pub(crate) timezone: Option<String>,

    /// The permalinks of the site that posts come from: pretty, /:year/:title/ [default: the generator's own]
    #[arg(long, value_name = "STYLE")]
    pub(crate) permalink: Option<String>,

    /// How much a post may ask for: text=SIZE, front=SIZE, entries=N [default: 100M, 32M, 1000000]
    ///
    /// The length of a post in bytes, the length of its front matter, and how many entries a folder may have. K, M and G stand
    /// for 1024 bytes and so on.
    #[arg(long, value_name = "NAME=SIZE", value_parser = limit)]
    pub(crate) limit: Vec<Limit>,
}

/// A limit that was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Text(usize),
    Front(usize),
    Entries(usize),
}

fn limit(text: &str) -> Result<Limit, String> {
    let (name, size) = text.split_once('=').ok_or("it must be a name, = and a number")?;
    let digits = size.trim_end_matches(['K', 'M', 'G']);
    let unit = match &size[digits.len()..] {
        "" => 1,
        "K" => 1 << 10,
        "M" => 1 << 20,
        "G" => 1 << 30,
        _ => return Err(format!("`{size}` is no size")),
    };
    let number: Option<usize> = digits.parse().ok();
    let size = number.and_then(|number| number.checked_mul(unit)).ok_or_else(|| format!("`{size}` is no size"))?;
    match name {
        "text" => Ok(Limit::Text(size)),
        "front" => Ok(Limit::Front(size)),
        "entries" => Ok(Limit::Entries(size)),
        _ => Err(format!("there is no limit `{name}`; there are text, front, entries")),
    }
}

/// How messages look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MessageFormat {
    /// The line concerned, what happened and what to do; for many posts a summary
    #[default]
    Human,
    /// file:line:column: severity[code]: message
    Short,
    /// One JSON object a line
    Json,
}

/// List the formats
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postferry formats
  postferry formats --json")]
pub(crate) struct FormatsArgs {
    /// Print them as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Show how a post is understood: its format, its keys with their types, the outline of its body
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postferry inspect _posts/2019-05-01-hello.html
  postferry inspect -f jekyll - < post.html")]
pub(crate) struct InspectArgs {
    /// The post, or - for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

/// Print the front matter of a post, or change it
///
/// Keys are those of the file; nothing is converted. The front matter is printed without its fences.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postferry front post.md --to json
  postferry front post.md --get title
  postferry front post.md --set draft=false --set 'tags=[\"a\", \"b\"]' --in-place")]
pub(crate) struct FrontArgs {
    /// The post, or - for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    /// Print it, or with --in-place write it, in this syntax
    #[arg(short, long, value_name = "SYNTAX", value_enum)]
    pub(crate) to: Option<FrontSyntax>,

    /// Print one value: text as it is, anything else as JSON. A dot leads into a map or list: params.author, tags.0
    #[arg(long, value_name = "KEY", conflicts_with_all = ["set", "in_place"])]
    pub(crate) get: Option<String>,

    /// Change a value, or add one: JSON or a date; anything else is text
    #[arg(long, value_name = "KEY=VALUE", value_parser = assignment)]
    pub(crate) set: Vec<String>,

    /// Write the post back with its front matter changed, instead of printing
    #[arg(long)]
    pub(crate) in_place: bool,
}

fn assignment(text: &str) -> Result<String, String> {
    match text.split_once('=') {
        Some((key, _)) if !key.is_empty() => Ok(text.to_owned()),
        _ => Err("it must be a key, = and a value".to_owned()),
    }
}

/// A syntax of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FrontSyntax {
    Yaml,
    Toml,
    Json,
}

impl FrontSyntax {
    /// The word for it in a format.
    pub(crate) fn name(self) -> &'static str {
        match self {
            FrontSyntax::Yaml => "yaml",
            FrontSyntax::Toml => "toml",
            FrontSyntax::Json => "json",
        }
    }
}

/// Explain the code of a message; without a code, list all of them
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postferry explain
  postferry explain not-utf8")]
pub(crate) struct ExplainArgs {
    /// The word in brackets, such as not-utf8
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}

/// Print what completes postferry's words in a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postferry completions bash > postferry.bash           source it in ~/.bashrc
  postferry completions zsh > _postferry                into a folder of $fpath
  postferry completions fish > postferry.fish           into ~/.config/fish/completions")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: Shell,
}

/// Print a page of the manual, or write all of them
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postferry man convert > postferry-convert.1
  postferry man --out man/man1")]
pub(crate) struct ManArgs {
    /// The command that the page is about [default: postferry itself]
    #[arg(value_name = "COMMAND")]
    pub(crate) about: Option<String>,

    /// Write a page for each command into this folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "about")]
    pub(crate) out: Option<PathBuf>,
}
