//! `postferry front`: the front matter alone, for scripts.

mod change;
mod value;

use postferry::diag::codes;
use postferry::front::{FrontDocument, value_text};
use postferry::meta::Value;
use postferry::{Error, FormatSpec, Input, LineIndex, Severity};

use super::args::{FrontArgs, FrontSyntax, MessageFormat};
use super::convert::{Gather, Job};
use super::message::Message;
use super::output::{self, Existing};
use super::reading::Reading;
use super::render::Renderer;
use super::volume::Volume;
use super::{End, Stop, panics, print, terminal};
use change::{Changed, Written};
use value::value;

pub(super) fn run(args: &FrontArgs, volume: Volume) -> Result<End, Stop> {
    check(args)?;
    let reading = Reading::new(&args.reading)?;
    let found = Gather::new(&reading, None, None).all(std::slice::from_ref(&args.input));
    let Some(job) = found.jobs.into_iter().next() else { return Err(Stop::Usage("name a post".to_owned())) };
    let job = job.map_err(Stop::Failed)?;
    let text = match job.text(&reading) {
        Ok(text) => text,
        Err(unread) => return failed(&unread.error, &job, unread.text.as_deref()),
    };
    match panics::guard(|| work(args, &reading, &job, &text)) {
        // The post keeps what the printed syntax cannot say: its comments in JSON.
        Ok(Ok(Output::Print(written))) => print(&written.text),
        Ok(Ok(Output::Write(written))) => {
            if volume.tells(Severity::Loss) {
                tell_losses(&written, &job, &text);
            }
            write(&job, &written.text)
        }
        Ok(Err(Refused::Post(error))) => failed(&error, &job, Some(&text)),
        Ok(Err(Refused::Run(stop))) => Err(stop),
        Err(message) => {
            terminal::tell(&renderer().render(&message.about(&job.shown), None));
            Ok(End::Failed)
        }
    }
}

/// What is to be done with the outcome.
enum Output {
    Print(Written),
    Write(Written),
}

/// Why there is none.
enum Refused {
    Post(Error),
    Run(Stop),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Refused::Post(error)
    }
}

impl From<Stop> for Refused {
    fn from(stop: Stop) -> Self {
        Refused::Run(stop)
    }
}

fn check(args: &FrontArgs) -> Result<(), Stop> {
    let usage = |text: &str| Err(Stop::Usage(text.to_owned()));
    if args.input.is_dir() {
        return usage(&format!("{} is a folder: name one post", args.input.display()));
    }
    if args.in_place && args.input.as_os_str() == "-" {
        return usage("standard input cannot be changed in place");
    }
    if args.in_place && args.set.is_empty() && args.to.is_none() {
        return usage("nothing is to be changed: add --set KEY=VALUE or --to SYNTAX");
    }
    if args.get.is_some() && args.to.is_some_and(|to| to != FrontSyntax::Json) {
        return usage("a single value is printed as text or, with --to json, as JSON");
    }
    Ok(())
}

fn work(args: &FrontArgs, reading: &Reading, job: &Job, text: &str) -> Result<Output, Refused> {
    // Nothing is converted, and front matter is read the same whatever the target.
    let converter = reading.converter(&FormatSpec::new("json"))?;
    let part = converter.read_front(Input::new(text).path(job.path.as_deref()))?;
    let schema = part.as_ref().map(|part| part.schema).unwrap_or_default();
    let mut document = FrontDocument::read(text, schema, &mut ())?;
    if let Some(key) = &args.get {
        let value = document.get(key).ok_or_else(|| no_such_key(&document, key))?;
        let text = if args.to == Some(FrontSyntax::Json) { json(value) } else { value_text(value) };
        return Ok(Output::Print(Written { text: format!("{text}\n"), losses: Vec::new() }));
    }

    for assignment in &args.set {
        let (key, text) = assignment.split_once('=').unwrap_or((assignment, ""));
        document.set(key, value(text))?;
    }
    let named = args.to.map(FrontSyntax::name).or(part.is_none().then_some("yaml"));
    let syntax = named.and_then(|name| reading.registry.front(name)).or(part.as_ref().map(|part| part.syntax.clone()));
    let syntax = syntax.ok_or_else(|| Error::new(&codes::FRONT_NONE, "there is no syntax to write"))?;
    let changed = Changed { text, part: part.as_ref(), document: &document, syntax };
    Ok(if args.in_place { Output::Write(changed.whole()?) } else { Output::Print(changed.front()?) })
}

fn no_such_key(document: &FrontDocument, key: &str) -> Error {
    let keys: Vec<&str> = document.meta().map.iter().map(|entry| entry.key.as_str()).collect();
    let help = if keys.is_empty() { "there are none".to_owned() } else { format!("there are {}", keys.join(", ")) };
    Error::new(&codes::FRONT_KEY, format!("there is no key `{key}`")).help(help)
}

fn json(value: &Value) -> String {
    // Every value has a form in JSON.
    serde_json::to_string(value).unwrap_or_default()
}

fn write(job: &Job, text: &str) -> Result<End, Stop> {
    let Some(file) = job.file() else { return Ok(End::Done) };
    match output::write(file, text, Existing::Replace) {
        Ok(()) => Ok(End::Done),
        Err(error) => {
            let text = format!("the file cannot be written: {}", output::describe(&error));
            Err(Stop::Failed(Message::new(&codes::WRITE_FAILED, text).about(&job.shown).into()))
        }
    }
}

fn tell_losses(written: &Written, job: &Job, source: &str) {
    let lines = LineIndex::new(source);
    for loss in &written.losses {
        terminal::tell(&renderer().render(&Message::from_diagnostic(loss, &job.shown, &lines), Some(source)));
    }
}

fn failed(error: &Error, job: &Job, source: Option<&str>) -> Result<End, Stop> {
    terminal::tell(&renderer().render(&Message::from_error(error).about(&job.shown), source));
    Ok(End::Failed)
}

fn renderer() -> Renderer {
    Renderer::new(MessageFormat::Human, terminal::is_styled())
}
