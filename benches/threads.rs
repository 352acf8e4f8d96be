//! What a second thread gains: `cargo bench --bench threads`, or with `-- 2000` for so many posts.
//!
//! 20,000 made-up posts of some eight kilobytes are converted on one thread and on two, three rounds in turn, and the best of each
//! counts. The machine must be quiet: the second thread needs a processor of its own. Each run writes into a folder of its own, and
//! none is removed before the end: a file system such as ext4 passes over what was just removed when it looks for a place for a new
//! file, which took longer than the conversion, and longer still with two threads.

#![allow(clippy::expect_used)] // a bench is a test

#[allow(dead_code)] // its own `main`
#[path = "../examples/many_posts.rs"]
mod many_posts;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

const POSTS: u64 = 20_000;
/// How many times faster two threads must be.
const GAIN: f64 = 1.8;

fn main() -> ExitCode {
    let posts = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(POSTS);
    let folder = tempfile::tempdir().expect("a folder");
    let mut bytes = 0;
    for number in 0..posts {
        let (path, text) = many_posts::post(number);
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("it can be made");
        bytes += text.len();
        std::fs::write(file, text).expect("it can be written");
    }
    println!("{posts} posts, {} MB", bytes / 1_000_000);
    let mut best = [Duration::MAX; 2];
    for round in 1..=3 {
        for threads in [1, 2] {
            let took = convert(folder.path(), &format!("out-{round}-{threads}"), threads);
            println!("round {round}, {threads} threads: {took:.2?}");
            best[threads - 1] = best[threads - 1].min(took);
        }
    }
    let gain = best[0].as_secs_f64() / best[1].as_secs_f64();
    println!("measured: {:.2?} on one thread, {:.2?} on two: {gain:.2} times as fast", best[0], best[1]);
    ExitCode::from(u8::from(gain < GAIN))
}

fn convert(folder: &Path, out: &str, threads: usize) -> Duration {
    let start = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_postferry"))
        .args(["convert", "_posts", "-t", "hugo", "-o", out, "--quiet", "--jobs", &threads.to_string()])
        .current_dir(folder)
        .stderr(Stdio::null())
        .status()
        .expect("it starts");
    let took = start.elapsed();
    assert!(status.success(), "every post is converted");
    took
}
