//! `postferry completions`

use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory};
use postferry::Registry;
use postferry::diag::codes;

use super::args::{Cli, CompletionsArgs};
use super::{End, Stop, print};

pub(crate) fn run(args: &CompletionsArgs) -> Result<End, Stop> {
    let mut command = with_known_words(Cli::command());
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "postferry", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// The command with the names of formats and codes, as a shell is to offer them. More is allowed: a format may have words
/// behind it.
fn with_known_words(command: Command) -> Command {
    let formats = Registry::builtin().formats();
    let named = |wanted: fn(&postferry::FormatInfo) -> bool| {
        let names = formats.iter().filter(|format| wanted(format)).map(|format| format.name.clone());
        PossibleValuesParser::new(names.collect::<Vec<_>>())
    };
    let (read, written) = (named(|format| format.reads), named(|format| format.writes));
    let codes = PossibleValuesParser::new(codes::all().into_iter().map(|code| code.name));
    let from = |command: Command, read: PossibleValuesParser| command.mut_arg("from", |arg| arg.value_parser(read));
    let (read_there, read_here) = (read.clone(), read.clone());
    command
        .mut_subcommand("convert", |convert| from(convert, read).mut_arg("to", |arg| arg.value_parser(written)))
        .mut_subcommand("inspect", |inspect| from(inspect, read_there))
        .mut_subcommand("front", |front| from(front, read_here))
        .mut_subcommand("explain", |explain| explain.mut_arg("code", |arg| arg.value_parser(codes)))
}
