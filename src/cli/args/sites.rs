//! The command lines of whole sites.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{MessageFormat, at_least_one};

/// Migrate a whole site: content, addresses, files, configuration
///
/// A Jekyll site becomes a Hugo site that builds at once, and a Hugo site a Jekyll site. Every old address lands, or the
/// report says which does not and why.
/// The old site is only read.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postferry migrate old-site new-site --dry-run
  postferry migrate old-site new-site
  postferry migrate old-site new-site --resume
  postferry migrate new-site jekyll-site --to jekyll
  postferry migrate old-site proved-site --prove --report report

Exit status: 0 if every file arrived; 1 if one did not, the site cannot be migrated, or --prove found what nothing explains; 2 if the command line makes no sense.")]
pub(crate) struct MigrateArgs {
    /// The folder of the old site
    #[arg(value_name = "SRC", value_hint = ValueHint::DirPath)]
    pub(crate) source: PathBuf,

    /// The folder of the new one: new or empty
    #[arg(value_name = "DST", value_hint = ValueHint::DirPath)]
    pub(crate) output: PathBuf,

    /// The generator of the old site; found out if not named
    #[arg(short, long, value_name = "SPEC")]
    pub(crate) from: Option<String>,

    /// The generator of the new one; for Hugo 0.111 hugo+hugo_0_111 [default: hugo for a Jekyll site, jekyll for a Hugo site]
    #[arg(short, long, value_name = "SPEC")]
    pub(crate) to: Option<String>,

    /// Write nothing: say what would become of the site
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Go on with a run that was interrupted
    #[arg(long)]
    pub(crate) resume: bool,

    /// The zone of times that name none [default: the site's own, else UTC]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    pub(crate) timezone: Option<String>,

    /// What to do with single keys and tags, as TOML: drop, rename, default, split, join, params, tags
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) map: Option<PathBuf>,

    /// Write report.json with everything there is to know, file by file, into this folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) report: Option<PathBuf>,

    /// Build both sites with the `jekyll` and `hugo` on the PATH, under bare layouts, and say what differs and why
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) prove: bool,

    /// Leave out the plain layouts, for a site that has a theme
    #[arg(long)]
    pub(crate) no_layouts: bool,

    /// Do not read back what was written: faster, and taken on trust
    #[arg(long)]
    pub(crate) no_proof: bool,

    /// How many files to convert at once [default: one for each core]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) jobs: Option<NonZeroUsize>,
}

/// Tell whether two built sites are the same to a reader
///
/// Compares two folders of HTML page by page, whatever made them: addresses, titles, text, elements, ids of headings, links
/// and images, and the bytes of other files. How quotes and dashes are set, white space and the colours of code are no
/// difference.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postferry compare _site public
  postferry compare _site public --select main --ignore .comments --report out

Exit status: 0 if the sites are the same; 1 if they differ; 2 if the command line makes no sense.")]
pub(crate) struct CompareArgs {
    /// The folder of the old site, as it was built
    #[arg(value_name = "OLD", value_hint = ValueHint::DirPath)]
    pub(crate) old: PathBuf,

    /// The folder of the new site, as it was built
    #[arg(value_name = "NEW", value_hint = ValueHint::DirPath)]
    pub(crate) new: PathBuf,

    /// Compare only what is in these elements of each page [default: what pages have not in common]
    #[arg(long, value_name = "CSS")]
    pub(crate) select: Option<String>,

    /// Leave these elements out
    #[arg(long, value_name = "CSS")]
    pub(crate) ignore: Vec<String>,

    /// Tell of what no reader notices too
    #[arg(long)]
    pub(crate) exact: bool,

    /// Write report.json and report.html, which shows every difference word by word, into this folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) report: Option<PathBuf>,

    /// How differences are told
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(crate) message_format: MessageFormat,

    /// How many pages to compare at once [default: one for each core]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) jobs: Option<NonZeroUsize>,
}
