//! `convert --ndjson`: the contract, word for word.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use serde_json::{Value, json};

use super::support::{Folder, Ran};

const POST: &str = "---\ntitle: Hello\n---\n<p>A <b>bold</b> start.</p>\n";

fn convert(input: &str) -> Ran {
    Folder::new().run_with(&["convert", "--ndjson", "-f", "jekyll", "-t", "hugo"], input)
}

fn answers(ran: &Ran) -> Vec<Value> {
    ran.stdout().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_line_has_its_answer() {
    let lines = [
        json!({"id": 1, "path": "_posts/2019-05-01-hello.html", "text": POST}),
        json!({"text": "<p>No front matter.</p>\n"}),
        json!({"id": {"any": [1.50, null]}, "text": "---\ntitle: [\n---\n"}),
        json!({"id": null, "path": null, "text": ""}),
    ];
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    convert(&input).check("ndjson");
}

#[test]
fn a_line_that_is_no_post_is_answered_with_its_place() {
    let input = [
        "{\"id\": 1, \"text\": \"<p>a</p>\"}",
        "",
        "[1, null, \"<p>b</p>\"]",
        "{\"id\": 2}",
        "{\"id\": 3, \"text\": 4}",
        "   ",
        "{\"id\": 5, \"text\": \"é\" oops}",
        "{\"id\": 6, \"text\": \"\\ud800\"}",
        "{\"id\": 7, \"text\": \"<p>c</p>\", \"more\": true}",
        "not json",
    ];
    convert(&input.join("\n")).check("ndjson-lines");
}

#[test]
fn bytes_that_are_not_utf8_spoil_their_own_line_only() {
    let input = b"{\"id\": 1, \"text\": \"\xff\"}\r\n{\"id\": 2, \"text\": \"<p>a</p>\"}\r\n";
    let ran = Folder::new().run_with(&["convert", "--ndjson", "-f", "html", "-t", "markdown"], input);
    let answers = answers(&ran);
    assert_eq!(answers[0]["error"]["code"], "ndjson-line");
    assert_eq!(answers[1], json!({"id": 2, "path": null, "text": "a\n", "report": []}));
    assert_eq!(ran.code, Some(1));
}

#[test]
fn an_id_comes_back_as_it_was() {
    let ids =
        ["0", "-0.0", "1e400", "123456789012345678901234567890.5", "\"\\u0000\"", "[{\"b\": 1, \"a\": 2}]", "false"];
    let input: String = ids.iter().map(|id| format!("{{\"text\": \"a\", \"id\": {id}}}\n")).collect();
    let ran = Folder::new().run_with(&["convert", "--ndjson", "-f", "html", "-t", "markdown"], input);
    for (line, id) in ran.stdout().lines().zip(ids) {
        assert!(line.starts_with(&format!("{{\"id\":{id},\"path\":null,")), "{line}");
    }
    assert_eq!((ran.stdout().lines().count(), ran.code), (ids.len(), Some(0)));
}

#[test]
fn losses_fail_only_if_strict() {
    let line = json!({"text": "---\ntitle: A\nweather: rain\n---\nB\n"}).to_string();
    let run = |more: &[&str]| {
        let arguments = [&["convert", "--ndjson", "-f", "jekyll+markdown", "-t", "markdown"], more].concat();
        Folder::new().run_with(&arguments, &line)
    };
    assert_eq!(run(&[]).code, Some(0));
    let strict = run(&["--strict"]);
    assert_eq!((strict.code, strict.stderr.as_str()), (Some(1), ""));
    assert_eq!(answers(&strict)[0]["report"][0]["severity"], "loss");
    assert_eq!(answers(&strict)[0]["text"], "# A\n\nB\n");
}

/// A program that sends one line and waits for its answer before it sends the next.
#[test]
fn a_line_sent_alone_is_answered_at_once() {
    let folder = Folder::new();
    let mut command = folder.command(&["convert", "--ndjson", "-f", "html", "-t", "markdown"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let (sender, answers) = mpsc::channel();
    let reader = std::thread::spawn(move || output.lines().try_for_each(|line| sender.send(line.unwrap())));
    for turn in 0..50 {
        // Several lines at once now and then, and half a line before the other half.
        let count = if turn % 10 == 0 { 7 } else { 1 };
        let lines: String =
            (0..count).map(|at| format!("{}\n", json!({"id": [turn, at], "text": "<p>a</p>"}))).collect();
        let (head, tail) = lines.split_at(lines.len() / 2);
        input.write_all(head.as_bytes()).unwrap();
        input.flush().unwrap();
        input.write_all(tail.as_bytes()).unwrap();
        input.flush().unwrap();
        for at in 0..count {
            let answer = answers.recv_timeout(Duration::from_secs(20)).expect("an answer while no more input waits");
            let answer: Value = serde_json::from_str(&answer).unwrap();
            assert_eq!(answer, json!({"id": [turn, at], "path": null, "text": "a\n", "report": []}));
        }
    }
    drop(input);
    assert!(child.wait().unwrap().success());
    drop(answers);
    let _ = reader.join();
}

#[test]
fn order_is_kept_whatever_the_threads_do() {
    let input: String = (0..3000)
        .map(|id| format!("{}\n", json!({"id": id, "text": format!("<p>{}</p>", "word ".repeat(id % 97 * 5))})))
        .collect();
    let run = |jobs: &str| {
        Folder::new().run_with(&["convert", "--ndjson", "-f", "html", "-t", "markdown", "--jobs", jobs], &input)
    };
    let (one, four) = (run("1"), run("4"));
    assert_eq!(one.stdout, four.stdout);
    let ids: Vec<u64> = answers(&one).iter().map(|answer| answer["id"].as_u64().unwrap()).collect();
    assert!(ids.iter().copied().eq(0..3000));
}

#[test]
fn a_reader_that_has_had_enough_is_no_failure() {
    let folder = Folder::new();
    let mut command = folder.command(&["convert", "--ndjson", "-f", "html", "-t", "markdown"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || while input.write_all(b"{\"text\": \"<p>a</p>\"}\n").is_ok() {});
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
