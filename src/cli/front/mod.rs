//! `postferry front`: the front matter alone, for scripts.

mod change;
mod path;

use postferry::diag::codes;
use postferry::meta::Value;
use postferry::{Error, FormatSpec, FrontPart, Input, LineIndex};

use super::args::{FrontArgs, FrontSyntax, MessageFormat};
use super::convert::{Gather, Job};
use super::message::Message;
use super::output::{self, Existing};
use super::reading::Reading;
use super::render::Renderer;
use super::{End, Stop, panics, print, terminal};
use change::{Changed, Written};

pub(super) fn run(args: &FrontArgs) -> Result<End, Stop> {
    check(args)?;
    let reading = Reading::new(&args.reading)?;
    let found = Gather::new(&reading.registry, None, None).all(std::slice::from_ref(&args.input));
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
            tell_losses(&written, &job, &text);
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
    let wanted = args.to.and_then(|to| reading.registry.front(to.name()));
    if let Some(key) = &args.get {
        let value = part.as_ref().and_then(|part| path::get(&part.meta, key));
        let value = value.ok_or_else(|| no_such_key(part.as_ref(), key))?;
        let is_json = args.to == Some(FrontSyntax::Json);
        let text = format!("{}\n", if is_json { json(value) } else { plain(value) });
        return Ok(Output::Print(Written { text, losses: Vec::new() }));
    }

    let mut meta = part.as_ref().map(|part| part.meta.clone()).unwrap_or_default();
    for assignment in &args.set {
        path::set(&mut meta, assignment)?;
    }
    let syntax = wanted.or_else(|| part.as_ref().map(|part| part.syntax.clone()));
    let Some(syntax) = syntax.or_else(|| reading.registry.front("yaml")) else {
        return Err(Error::new(&codes::FRONT_NONE, "there is no syntax to write").into());
    };
    let changed = Changed { text, part: part.as_ref(), meta: &meta, syntax };
    let written = if args.in_place { changed.whole()? } else { changed.front()? };
    Ok(if args.in_place { Output::Write(written) } else { Output::Print(written) })
}

fn no_such_key(part: Option<&FrontPart>, key: &str) -> Error {
    let keys: Vec<&str> =
        part.map(|part| part.meta.map.iter().map(|entry| entry.key.as_str()).collect()).unwrap_or_default();
    let help = if keys.is_empty() { "there are none".to_owned() } else { format!("there are {}", keys.join(", ")) };
    Error::new(&codes::FRONT_KEY, format!("there is no key `{key}`")).help(help)
}

/// A value as a script wants it: text as it is, anything richer as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Float(number) => number.text().map_or_else(|| json(value), str::to_owned),
        value => date(value).unwrap_or_else(|| json(value)),
    }
}

fn date(value: &Value) -> Option<String> {
    match value {
        Value::Date(date) => Some(date.to_string()),
        Value::LocalDateTime(datetime) => Some(datetime.to_string()),
        Value::OffsetDateTime(datetime) => Some(datetime.to_string()),
        _ => None,
    }
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
