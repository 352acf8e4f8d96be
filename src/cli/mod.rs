//! The command line. Only here are files, the clock, the environment and the terminal touched.

mod args;
mod compare;
mod completions;
mod convert;
mod decode;
mod explain;
mod formats;
mod front;
mod inspect;
mod interrupt;
mod man;
mod message;
mod migrate;
mod ndjson;
mod output;
mod panics;
mod reading;
mod render;
mod settings;
mod terminal;
mod threads;
mod visible;
mod volume;
mod words;

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};
use postferry::diag::codes;
use postferry::{Error, json};

use args::{Cli, Command, MessageFormat};
use message::Message;
use render::Renderer;
use settings::Settings;
use volume::Volume;

/// Why a command could not do its work at all.
pub(crate) enum Stop {
    /// The command line makes no sense.
    Usage(String),
    /// The command line names something that is not there: a format, an encoding, a zone.
    Names(Error),
    /// A file of the user's wishes, whose text this is, says something that makes no sense.
    File { error: Error, text: String },
    /// The one thing that the command is about cannot be had.
    Failed(Box<Message>),
    /// Standard output takes no more.
    Output(io::Error),
}

impl Stop {
    /// For an error in the `text` of the user's file at `path`.
    pub(crate) fn in_file(error: Error, path: &Path, text: String) -> Self {
        Stop::File { error: error.locate(&text).in_path(Some(&path.to_string_lossy())), text }
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Output(error)
    }
}

/// How a command ended that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Everything was converted.
    Done,
    /// A post was not, or lost something under `--strict`.
    Failed,
    /// The user ended it.
    Interrupted,
}

/// Runs the command that the process was started with. The exit code is 0 if all went well, 1 if a post failed, 2 if the
/// command line makes no sense, 130 if the run was interrupted.
pub(crate) fn run() -> ExitCode {
    panics::install();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return print_usage(&with_tip(error)),
    };
    let (name, format) = match &cli.command {
        Command::Convert(args) => ("convert", args.format()),
        Command::Migrate(_) => ("migrate", MessageFormat::Human),
        Command::Inspect(_) => ("inspect", MessageFormat::Human),
        Command::Front(_) => ("front", MessageFormat::Human),
        Command::Compare(args) => ("compare", args.message_format),
        _ => ("", MessageFormat::Human),
    };
    match dispatch(cli) {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Failed) => ExitCode::from(1),
        Ok(End::Interrupted) => ExitCode::from(interrupt::EXIT_CODE),
        Err(stop) => explain_stop(stop, name, format),
    }
}

fn dispatch(cli: Cli) -> Result<End, Stop> {
    let Cli { common, command } = cli;
    let volume = Volume::new(&common);
    match command {
        Command::Convert(mut args) => {
            let settings = Settings::load(&common)?;
            settings.fill(&mut args);
            tell_settings(&settings, volume, args.format());
            if args.ndjson { ndjson::run(&args) } else { convert::run(&args, volume) }
        }
        Command::Inspect(mut args) => {
            let settings = Settings::load(&common)?;
            settings.fill_reading(&mut args.reading);
            tell_settings(&settings, volume, MessageFormat::Human);
            inspect::run(&args, volume)
        }
        Command::Front(mut args) => {
            let settings = Settings::load(&common)?;
            settings.fill_reading(&mut args.reading);
            tell_settings(&settings, volume, MessageFormat::Human);
            front::run(&args, volume)
        }
        Command::Migrate(args) => migrate::run(&args),
        Command::Formats(args) => formats::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Schema => print(json::SCHEMA),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}

/// Says which file the settings stand in, if the user wants to know.
fn tell_settings(settings: &Settings, volume: Volume, format: MessageFormat) {
    if let (Volume::Full, Some(file)) = (volume, settings.file()) {
        let message = Message::new(&codes::SETTINGS_USED, "settings are taken from this file");
        let message = message.about(&file.to_string_lossy().into());
        terminal::tell(&Renderer::new(format, terminal::is_styled()).render(&message, None));
    }
}

/// Writes `text` to standard output.
pub(crate) fn print(text: &str) -> Result<End, Stop> {
    let mut out = BufWriter::new(io::stdout().lock());
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(End::Done)
}

/// The error as clap words one of its own, with the usage of the command `name`.
fn usage(name: &str, text: String) -> clap::Error {
    let mut command = Cli::command();
    command.build();
    match command.find_subcommand_mut(name) {
        Some(command) => command.error(ErrorKind::ArgumentConflict, text),
        None => command.error(ErrorKind::ArgumentConflict, text),
    }
}

/// A file or folder in the place of a command is most likely to be converted.
fn with_tip(mut error: clap::Error) -> clap::Error {
    if let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand)
        && Path::new(word).exists()
    {
        let folder = if Path::new(word).is_dir() { " -o DIR" } else { "" };
        let tip = format!("to convert it: postferry convert {word} -t FORMAT{folder}");
        error.remove(ContextKind::SuggestedSubcommand);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

fn print_usage(error: &clap::Error) -> ExitCode {
    // The terminal may be gone; that changes nothing.
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn explain_stop(stop: Stop, name: &str, format: MessageFormat) -> ExitCode {
    let tell_with = |message: &Message, source: Option<&str>| {
        terminal::tell(&Renderer::new(format, terminal::is_styled()).render(message, source));
    };
    let tell = |message: &Message| tell_with(message, None);
    let wish = |error: &Error| {
        let mut message = Message::from_error(error);
        if format == MessageFormat::Short {
            // The one line must do: what can be named instead stands in the help.
            message.text.extend(error.help_text().map(|help| format!("; {help}")));
        }
        message
    };
    match stop {
        Stop::Usage(text) => print_usage(&usage(name, text)),
        Stop::Names(error) => {
            tell(&wish(&error));
            ExitCode::from(1)
        }
        Stop::File { error, text } => {
            tell_with(&wish(&error), Some(&text));
            ExitCode::from(1)
        }
        Stop::Failed(message) => {
            tell(&message);
            ExitCode::from(1)
        }
        // Whoever read has had enough, as `head` has.
        Stop::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Stop::Output(error) => {
            let text = format!("standard output cannot be written: {}", output::describe(&error));
            tell(&Message::new(&codes::WRITE_FAILED, text));
            ExitCode::from(1)
        }
    }
}
