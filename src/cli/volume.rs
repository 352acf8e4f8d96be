//! How much is told: [`Volume`].

use postferry::Severity;

use super::args::CommonArgs;

/// How much the user wants to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Volume {
    /// Only what went wrong.
    Errors,
    /// What was lost too.
    Losses,
    /// Everything, of many posts summed up.
    Usual,
    /// Everything, each message in full.
    Full,
}

impl Volume {
    /// As the flags say.
    pub(crate) fn new(args: &CommonArgs) -> Self {
        match (args.verbose, args.quiet) {
            (true, _) => Volume::Full,
            (false, 0) => Volume::Usual,
            (false, 1) => Volume::Losses,
            (false, _) => Volume::Errors,
        }
    }

    /// Whether messages of this severity are told.
    pub(crate) fn tells(self, severity: Severity) -> bool {
        match self {
            Volume::Errors => severity >= Severity::Error,
            Volume::Losses => severity >= Severity::Loss,
            Volume::Usual | Volume::Full => true,
        }
    }

    /// Whether how far the work is, and what was done, is told.
    pub(crate) fn tells_progress(self) -> bool {
        matches!(self, Volume::Usual | Volume::Full)
    }
}
