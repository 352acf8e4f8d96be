//! How fast two large sites are compared, and in how much memory: `cargo bench --bench compare`.
//!
//! Two sites of 20,000 pages of a made-up blog, each with a frame, a table of links, some code and a few thousand characters of
//! text; on one page in a hundred something differs. The command itself is run, on two threads.

#![allow(clippy::expect_used)] // a bench is a test

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PAGES: usize = 20_000;
const FOLDERS: usize = 200;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    let bytes = write(&old, "quotes \"as typed\"", false) + write(&new, "quotes “as typed”", true);
    println!("{PAGES} pages a side, {} MB", bytes / 1_000_000);
    for round in 1..=3 {
        let start = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_postferry"))
            .args(["compare", "--jobs", "2", "--report"])
            .arg(folder.path().join("report"))
            .args([&old, &new])
            .stdout(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut most = 0;
        let status = loop {
            most = most.max(memory(child.id()));
            match child.try_wait().expect("it can be waited for") {
                Some(status) => break status,
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        };
        let took = start.elapsed().as_secs_f64();
        assert_eq!(status.code(), Some(1), "the sites differ");
        println!(
            "measured: round {round}: {:.0} pages a second on two threads, {:.1} s, at most {} MB",
            PAGES as f64 / took,
            took,
            most / 1_000
        );
    }
    println!(
        "the report is {} KB",
        fs::metadata(folder.path().join("report/report.html")).map_or(0, |file| file.len() / 1_000)
    );
}

/// The most memory that a process has had, in KB, where the system tells.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
}

fn write(root: &Path, quotes: &str, is_new: bool) -> usize {
    let mut bytes = 0;
    for page in 0..PAGES {
        let path = root.join(format!("{}/page-{page}/index.html", page % FOLDERS));
        let html = html(page, quotes, is_new && page % 100 == 7);
        bytes += html.len();
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, html).expect("a page");
    }
    bytes
}

fn html(page: usize, quotes: &str, is_changed: bool) -> String {
    let mut out = format!(
        "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Page {page}</title><link rel=canonical \
         href=\"https://example.org/{}/page-{page}/\"></head><body class=p{page}><header><nav>",
        page % FOLDERS
    );
    for link in 0..10 {
        let _ = write!(out, "<a href=\"/{link}/page-{link}/\">Section {link}</a> ");
    }
    let _ = write!(out, "</nav></header><main><article><h1 id=top-{page}>Page {page}</h1>");
    for paragraph in 0..12 {
        let _ = write!(out, "<h2 id=part-{paragraph}>Part {paragraph}</h2><p>");
        for word in 0..50 {
            let _ = write!(out, "word{} ", (page * 31 + paragraph * 7 + word * word) % 5_000);
        }
        let next = (page + paragraph * 101) % PAGES;
        let _ = write!(
            out,
            "{quotes} <a href=\"../../{}/page-{next}/#part-{paragraph}\">next</a>, <em>more</em> text.</p>",
            next % FOLDERS
        );
    }
    let _ = write!(out, "<pre><code class=language-x><span class=k>let</span> a = {page};\n</code></pre>");
    if is_changed {
        out.push_str("<p>Something that was not there.</p>");
    }
    out.push_str("</article></main><footer>Made by a bench</footer></body></html>\n");
    out
}
