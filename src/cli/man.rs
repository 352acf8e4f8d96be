//! `postferry man`: the pages of the manual, made of the one command line.

use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use postferry::diag::codes;

use super::args::{Cli, ManArgs};
use super::message::Message;
use super::output::{self, Existing};
use super::{End, Stop, print};

pub(crate) fn run(args: &ManArgs) -> Result<End, Stop> {
    let mut command = Cli::command();
    command.build();
    match (&args.out, &args.about) {
        (Some(folder), _) => write_all(&command, folder),
        (None, Some(name)) => {
            let page = command.find_subcommand(name).ok_or_else(|| unknown(&command, name))?;
            print(&page_of(page)?)
        }
        (None, None) => print(&page_of(&command)?),
    }
}

fn unknown(command: &Command, name: &str) -> Stop {
    let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    Stop::Usage(format!("there is no command `{name}`; there are {}", names.join(", ")))
}

/// `postferry-convert`, as its page is called.
fn page_name(command: &Command) -> String {
    command.get_bin_name().unwrap_or(command.get_name()).replace(' ', "-")
}

fn page_of(command: &Command) -> Result<String, Stop> {
    let mut page = Vec::new();
    let name = page_name(command);
    Man::new(command.clone().display_name(&name))
        .title(name.to_uppercase())
        // Without a date the source would stand in its place.
        .date(" ")
        .source(concat!("postferry ", env!("CARGO_PKG_VERSION")))
        .manual("postferry's manual")
        .render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// Writes a page for the command itself and for each of its commands.
fn write_all(command: &Command, folder: &Path) -> Result<End, Stop> {
    let pages = command.get_subcommands().filter(|command| command.get_name() != "help");
    for command in std::iter::once(command).chain(pages) {
        let file = folder.join(format!("{}.1", page_name(command)));
        output::write(&file, &page_of(command)?, Existing::Replace).map_err(|error| {
            let text = format!("the page cannot be written: {}", output::describe(&error));
            Stop::Failed(Message::new(&codes::WRITE_FAILED, text).about(&file.to_string_lossy().into()).into())
        })?;
    }
    Ok(End::Done)
}
