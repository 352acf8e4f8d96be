//! `postferry convert --ndjson`: a stream of posts, one JSON object a line.
//!
//! One thread reads ahead, the pool converts what has come, one thread writes. Between them lie queues of bounded size, so
//! memory does not grow with the stream. Whatever has come is answered before more is waited for, be it one line.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::panic;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use postferry::diag::codes;
use postferry::{Converter, Diagnostic, Input, LineIndex, Position};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::args::ConvertArgs;
use super::interrupt::Interrupt;
use super::message::Message;
use super::reading::{Reading, map_file, read_failed};
use super::render::Renderer;
use super::threads::Threads;
use super::{End, Stop, convert, panics, terminal};

/// How many bytes are asked of the system at once. What one answer of it holds is converted together.
const BUFFER: usize = 256 << 10;

/// How many such pieces are read ahead, and converted together, at most.
const AHEAD: usize = 8;

/// How often it is looked whether the user wants no more, while nothing comes.
const LOOK: Duration = Duration::from_millis(100);

/// How many times as long as a post a line may be: JSON has two bytes for a line break or a quote.
const LONGER: usize = 2;

/// A line of the input.
#[derive(Deserialize)]
struct Request<'a> {
    /// As it was written.
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(default)]
    path: Option<String>,
    text: String,
}

/// The answer to a post that was converted.
#[derive(Serialize)]
struct Converted<'a> {
    id: Option<&'a RawValue>,
    path: Option<&'a str>,
    text: &'a str,
    report: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    code: &'a str,
    severity: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
}

/// The answer to a post that was not.
#[derive(Serialize)]
struct Failed<'a> {
    id: Option<&'a RawValue>,
    path: Option<&'a str>,
    error: Failure<'a>,
}

#[derive(Serialize)]
struct Failure<'a> {
    code: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
}

/// A line as it came, with its number.
struct Line {
    number: usize,
    bytes: Vec<u8>,
    /// Whether it was longer than a line may be; then `bytes` are its beginning.
    is_cut: bool,
}

/// An answer, its newline included, and whether it is a good one.
struct Answer {
    json: Vec<u8>,
    end: End,
}

pub(super) fn run(args: &ConvertArgs) -> Result<End, Stop> {
    let reading = Reading::new(&args.reading)?;
    let map = args.map.as_deref().map(map_file).transpose()?;
    let converter = reading.converter(&convert::target_format(args)?)?.map_file(map).proof(args.proof());
    let (piece_sender, pieces) = sync_channel(AHEAD);
    let (answer_sender, answers) = sync_channel(1);
    let interrupt = Interrupt::watch();
    let longest = reading.limits.text.saturating_mul(LONGER);
    let reader = thread::spawn(move || read_lines(io::stdin().lock(), longest, &piece_sender));
    let writer = thread::spawn(move || write_answers(io::stdout().lock(), &answers));

    let mut end = End::Done;
    let mut last = 0;
    let threads = Threads::new(args.jobs);
    while let Some(lines) = next_lines(&pieces, &interrupt) {
        last = lines.last().map_or(last, |line| line.number);
        let mut batch = Vec::new();
        for answer in threads.map(lines, |line| answer(&converter, &line, args.strict)) {
            batch.extend_from_slice(&answer.json);
            if answer.end == End::Failed {
                end = End::Failed;
            }
        }
        if answer_sender.send(batch).is_err() {
            break;
        }
    }
    drop(answer_sender);
    // Where nobody reads the answers, nobody waits for the reader either: it may be waiting for input that never comes.
    outcome(writer)?;
    if interrupt.came() {
        let text = format!("interrupted: every line up to line {last} was answered");
        let message = Message::new(&codes::INTERRUPTED, text).help(format!("go on with line {}", last + 1));
        terminal::tell(&Renderer::new(args.format(), terminal::is_styled()).render(&message, None));
        return Ok(End::Interrupted);
    }
    match outcome(reader) {
        Err(error) => {
            let message = Message::from_error(&read_failed(&error)).about(&convert::STDIN.into());
            Err(Stop::Failed(Box::new(message)))
        }
        Ok(()) => Ok(end),
    }
}

/// The lines to answer next; `None` if there are no more, or the user wants no more.
fn next_lines(pieces: &Receiver<Vec<Line>>, interrupt: &Interrupt) -> Option<Vec<Line>> {
    loop {
        match pieces.recv_timeout(LOOK) {
            _ if interrupt.came() => return None,
            Ok(mut lines) => {
                lines.extend(pieces.try_iter().take(AHEAD).flatten());
                return Some(lines);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

/// What the thread came to. If it panicked, so does this one: an end of the stream is not to be taken for granted.
fn outcome(thread: JoinHandle<io::Result<()>>) -> io::Result<()> {
    thread.join().unwrap_or_else(|panicked| panic::resume_unwind(panicked))
}

/// Sends the lines of `input`, those together that came together, until it ends or nobody takes them.
fn read_lines(input: impl io::Read, longest: usize, pieces: &SyncSender<Vec<Line>>) -> io::Result<()> {
    let mut input = BufReader::with_capacity(BUFFER, input);
    let mut number = 0;
    loop {
        let mut piece = Vec::new();
        let more = read_piece(&mut input, longest, &mut number, &mut piece);
        if !piece.is_empty() && pieces.send(piece).is_err() {
            return Ok(());
        }
        if !more? {
            return Ok(());
        }
    }
}

/// Reads a line, waiting for it, and those that have come with it. Says whether there may be more.
fn read_piece(
    input: &mut BufReader<impl io::Read>,
    longest: usize,
    number: &mut usize,
    piece: &mut Vec<Line>,
) -> io::Result<bool> {
    loop {
        let mut bytes = Vec::new();
        if input.by_ref().take(longest as u64).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(false);
        }
        *number += 1;
        let is_cut = bytes.len() == longest && bytes.last() != Some(&b'\n');
        if is_cut {
            input.skip_until(b'\n')?;
        }
        if !bytes.trim_ascii().is_empty() {
            piece.push(Line { number: *number, bytes, is_cut });
        }
        if memchr::memchr(b'\n', input.buffer()).is_none() {
            return Ok(true);
        }
    }
}

/// Writes the answers as they come; before it waits for more, what was written goes out.
fn write_answers(mut out: impl Write, answers: &Receiver<Vec<u8>>) -> io::Result<()> {
    for batch in answers {
        out.write_all(&batch)?;
        out.flush()?;
    }
    Ok(())
}

fn answer(converter: &Converter, line: &Line, is_strict: bool) -> Answer {
    let request = match parse(line) {
        Ok(request) => request,
        Err(message) => return failed(None, None, &message),
    };
    panics::guard(|| convert_one(converter, &request, is_strict))
        .unwrap_or_else(|message| failed(request.id, request.path.as_deref(), &message))
}

fn convert_one(converter: &Converter, request: &Request<'_>, is_strict: bool) -> Answer {
    let path = request.path.as_deref();
    match converter.convert(Input::new(&request.text).path(path)) {
        Ok(conversion) => {
            let lines = LineIndex::new(&request.text);
            let report = conversion.report.diagnostics().iter().map(|diagnostic| item(diagnostic, &lines)).collect();
            let end = if is_strict && !conversion.report.is_lossless() { End::Failed } else { End::Done };
            Answer { json: line_of(&Converted { id: request.id, path, text: &conversion.text, report }), end }
        }
        Err(error) => failed(request.id, path, &Message::from_error(&error)),
    }
}

fn item<'a>(diagnostic: &'a Diagnostic, lines: &LineIndex<'_>) -> Item<'a> {
    let position = diagnostic.span.map(|span| lines.position(span.start));
    Item {
        code: diagnostic.code.name,
        severity: diagnostic.severity.as_str(),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
        message: &diagnostic.message,
    }
}

fn parse(line: &Line) -> Result<Request<'_>, Box<Message>> {
    let wrong = |column: Option<usize>, what: &str| {
        let mut message = Message::new(&codes::NDJSON_LINE, format!("the line is not a post: {what}"));
        message.position = Some(Position { line: line.number, column: column.unwrap_or(1) });
        Box::new(message)
    };
    if line.is_cut {
        return Err(wrong(None, &format!("it is longer than {} bytes", line.bytes.len())));
    }
    // serde would take a list of three for such an object too.
    if line.bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(wrong(None, "it is no JSON object"));
    }
    serde_json::from_slice(&line.bytes).map_err(|error| {
        let text = error.to_string();
        let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
        let before = line.bytes.get(..error.column().saturating_sub(1)).unwrap_or_default();
        wrong(Some(String::from_utf8_lossy(before).chars().count() + 1), what)
    })
}

fn failed(id: Option<&RawValue>, path: Option<&str>, message: &Message) -> Answer {
    let (line, column) = (message.position.map(|at| at.line), message.position.map(|at| at.column));
    let error = Failure { code: message.code.name, line, column, message: &message.text };
    Answer { json: line_of(&Failed { id, path, error }), end: End::Failed }
}

/// One line of JSON. Strings, numbers and what came as JSON always have a form in it.
fn line_of(value: &impl Serialize) -> Vec<u8> {
    let mut json = serde_json::to_vec(value).unwrap_or_default();
    json.push(b'\n');
    json
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::cli::panics::tests::falls_over;

    #[test]
    fn a_line_on_which_the_program_falls_over_fails_alone() {
        panics::install();
        let brittle = "brittle".parse().unwrap();
        let converter = Converter::new(Arc::new(falls_over()), Some(&brittle), &brittle).unwrap();
        let answer = |id: usize, text: &str| {
            let bytes = format!("{{\"id\": {id}, \"path\": \"{id}.txt\", \"text\": \"{text}\"}}").into_bytes();
            let answer = answer(&converter, &Line { number: id, bytes, is_cut: false }, false);
            (String::from_utf8(answer.json).unwrap(), answer.end)
        };
        assert_eq!(answer(1, "fine").1, End::Done);
        let (json, end) = answer(2, "fall over");
        assert_eq!(end, End::Failed);
        assert!(json.starts_with("{\"id\":2,\"path\":\"2.txt\",\"error\":{\"code\":\"panicked\""), "{json}");
        assert!(json.contains("the ferry sank"), "{json}");
        assert_eq!(answer(3, "fine too").1, End::Done);
    }
}
