//! `postferry convert`: what the arguments mean, and the work.

mod claims;
mod crowd;
mod deliver;
mod gather;
mod summary;
mod tell;
mod work;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use postferry::{FormatSpec, Registry};

use super::args::ConvertArgs;
use super::interrupt::Interrupt;
use super::output::Existing;
use super::reading::{Reading, map_file};
use super::threads::Threads;
use super::volume::Volume;
use super::{End, Stop};
pub(super) use gather::{Gather, Job, STDIN};
use tell::Teller;

/// Where converted posts go.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    /// The one post to standard output.
    Stdout,
    /// The one post to this file.
    File(PathBuf),
    /// Each to its own path in this folder.
    Folder(PathBuf),
    /// Nowhere: they are listed or compared, and no folder was named.
    Nowhere,
}

/// What is done with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Write(Existing),
    List,
    Diff,
}

/// What the command line asks for.
struct Plan {
    inputs: Vec<PathBuf>,
    target: Target,
    deed: Deed,
    is_strict: bool,
}

pub(super) fn run(args: &ConvertArgs, volume: Volume) -> Result<End, Stop> {
    let to = target_format(args)?;
    let plan = Plan::new(args)?;
    let reading = Reading::new(&args.reading)?;
    let map = args.map.as_deref().map(map_file).transpose()?;
    let converter = reading.converter(&to)?.map_file(map).proof(args.proof());

    let from = reading.from.as_ref().map(|from| from.name.as_str());
    let output = match &plan.target {
        Target::Folder(folder) => Some(folder.as_path()),
        Target::Stdout | Target::File(_) | Target::Nowhere => None,
    };
    let found = Gather::new(&reading, from, output).all(&plan.inputs);
    let mut teller = Teller::new(args.format(), volume, found.jobs.len(), plan.is_strict);
    for message in found.notes {
        teller.tell_one(message);
    }

    let threads = Threads::new(args.jobs);
    let worker = work::Worker {
        reading: &reading,
        converter: &converter,
        renderer: teller.renderer(),
        is_full: teller.is_full(),
        // Until here there is nothing to finish, and input may be waited for that never comes.
        interrupt: Interrupt::watch(),
    };
    let made = work::convert_all(&worker, &found.jobs, &threads, &mut teller);
    deliver::deliver(&plan, &worker, &found.jobs, made, &threads, &mut teller)?;
    if worker.interrupt.came() {
        teller.interrupted(&plan.target);
    }
    let end = teller.finish(plan.done().as_deref());
    Ok(if worker.interrupt.came() { End::Interrupted } else { end })
}

impl Plan {
    /// What was done with the posts, for the last line; `None` if there was only one.
    fn done(&self) -> Option<String> {
        match (self.deed, &self.target) {
            (_, Target::Stdout | Target::File(_)) => None,
            (Deed::Write(_), Target::Folder(folder)) => Some(format!("written to {}", folder.display())),
            (Deed::Diff, _) => Some("compared, nothing written".to_owned()),
            _ => Some("listed, nothing written".to_owned()),
        }
    }

    fn new(args: &ConvertArgs) -> Result<Self, Stop> {
        let mut inputs = args.inputs.clone();
        if inputs.is_empty() {
            if std::io::stdin().is_terminal() {
                return Err(Stop::Usage("name the posts to convert, or - for standard input".to_owned()));
            }
            inputs.push("-".into());
        }
        let deed = match (args.dry_run, args.diff) {
            (true, _) => Deed::List,
            (_, true) => Deed::Diff,
            _ => Deed::Write(if args.force { Existing::Replace } else { Existing::Keep }),
        };
        let target = target(&inputs, args.output.as_deref(), deed)?;
        Ok(Plan { inputs, target, deed, is_strict: args.strict })
    }
}

/// The format to write.
pub(super) fn target_format(args: &ConvertArgs) -> Result<FormatSpec, Stop> {
    if let Some(to) = &args.to {
        return to.parse().map_err(Stop::Names);
    }
    let registry = Registry::builtin();
    let names: Vec<String> =
        registry.formats().into_iter().filter(|format| format.writes).map(|format| format.name).collect();
    let is_format = |input: &&PathBuf| !input.exists() && names.iter().any(|name| input.as_os_str() == name.as_str());
    Err(Stop::Usage(match args.inputs.iter().find(is_format) {
        Some(name) => format!("the format to write is named with -t: did you mean -t {}?", name.display()),
        None => format!("name the format to write with -t: one of {}", names.join(", ")),
    }))
}

/// Where the posts go, by what was asked for and what stands there.
fn target(inputs: &[PathBuf], output: Option<&Path>, deed: Deed) -> Result<Target, Stop> {
    let is_stdin = |input: &PathBuf| input.as_os_str() == "-";
    if inputs.iter().filter(|input| is_stdin(input)).count() > 1 {
        return Err(Stop::Usage("standard input (-) can be named once".to_owned()));
    }
    let is_single = matches!(inputs, [input] if !input.is_dir());
    let output = output.filter(|output| output.as_os_str() != "-");
    match output {
        None if is_single => Ok(Target::Stdout),
        None if !matches!(deed, Deed::Write(_)) => Ok(Target::Nowhere),
        None => Err(Stop::Usage("several posts need a folder to go to: add -o DIR".to_owned())),
        Some(output) => {
            let ends_in_slash = output.as_os_str().as_encoded_bytes().ends_with(b"/");
            let is_folder = output.is_dir() || ends_in_slash || !is_single;
            if is_folder && output.exists() && !output.is_dir() {
                let text = format!("several posts need a folder to go to, and {} is a file", output.display());
                return Err(Stop::Usage(text));
            }
            if is_folder && inputs.iter().any(is_stdin) {
                return Err(Stop::Usage("the post from standard input has no name: -o must name a file".to_owned()));
            }
            Ok(if is_folder { Target::Folder(output.to_owned()) } else { Target::File(output.to_owned()) })
        }
    }
}
