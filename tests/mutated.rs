//! Real posts with bits flipped, cut short, spliced into one another: nothing panics, what is written is read again, and what
//! fails says where. 500 of them; with `POSTFERRY_MUTATED=10000` as many.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::{fs, panic, thread};

use postferry::{Converter, Error, Input, Registry};
use support::carry::{TARGETS, builtin, spec};
use support::{fixtures, shared};

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

type Post = (String, Vec<u8>);

fn posts() -> Vec<Post> {
    let mut posts: Vec<Post> =
        fixtures::all().into_iter().map(|fixture| (fixture.path.clone(), fixture.text.clone().into_bytes())).collect();
    if let Some(corpus) = shared::find("corpus", "mutations of real posts") {
        for folder in ["jekyll-html", "jekyll-md", "hugo-toml", "hugo-yaml", "hugo-json", "other-md"] {
            collect(&corpus.join(folder), &mut posts);
        }
    }
    posts
}

fn collect(folder: &Path, posts: &mut Vec<Post>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, posts);
        } else if path.extension().and_then(|e| e.to_str()).is_some_and(|e| matches!(e, "md" | "markdown" | "html")) {
            let name = path.file_name().unwrap().to_str().unwrap();
            posts.push((format!("_posts/{name}"), fs::read(&path).unwrap()));
        }
    }
}

/// The post number `seed`: a real one with something done to it. Most of them stay UTF-8, or decoding would be all that is
/// tried.
fn mutated(posts: &[Post], seed: usize) -> Post {
    let mut dice = Dice(seed as u64);
    let (path, bytes) = &posts[dice.below(posts.len())];
    let mut bytes = bytes.clone();
    for _ in 0..=dice.below(3) {
        let at = dice.below(bytes.len());
        match dice.below(7) {
            0 => {
                for _ in 0..=dice.below(8) {
                    let (at, bit) = (dice.below(bytes.len()), dice.below(7));
                    bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << bit);
                }
            }
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(..at)),
            3 => {
                let (_, other) = &posts[dice.below(posts.len())];
                bytes.truncate(at);
                bytes.extend_from_slice(&other[dice.below(other.len())..]);
            }
            4 => {
                let (_, other) = &posts[dice.below(posts.len())];
                let from = dice.below(other.len());
                let part = &other[from..(from + dice.below(400)).min(other.len())];
                bytes.splice(at..at, part.iter().copied());
            }
            5 => {
                let end = (at + dice.below(100)).min(bytes.len());
                bytes.drain(at..end);
            }
            _ => {
                const PIECES: [&str; 16] = [
                    "<b>", "</div>", "```\n", "---\n", "> ", "[", "](", "{{", "%}", "\"", "&", "\\", "\r\n", "|",
                    "\u{0}", "+++\n",
                ];
                let piece = PIECES[dice.below(PIECES.len())];
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
    if dice.below(10) > 0 {
        bytes = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
    }
    (path.clone(), bytes)
}

#[derive(Default)]
struct Seen {
    converted: AtomicUsize,
    failed: AtomicUsize,
    wrong: Mutex<Vec<String>>,
}

impl Seen {
    fn wrong(&self, seed: usize, what: &str) {
        self.wrong.lock().unwrap().push(format!("post {seed}: {what}"));
    }

    /// An error names file, line and column.
    fn error(&self, seed: usize, error: &Error) {
        self.failed.fetch_add(1, Ordering::Relaxed);
        if error.path().is_none() || error.position().is_none() {
            self.wrong(seed, &format!("an error without a place: {error}"));
        }
    }

    fn try_post(&self, registry: &Arc<Registry>, seed: usize, (path, bytes): &Post) {
        let text = match postferry::decode(bytes, Some(path)) {
            Ok(text) => text,
            Err(error) => return self.error(seed, &error),
        };
        for to in TARGETS {
            let converter = Converter::new(registry.clone(), None, &spec(to)).unwrap();
            let input = Input::new(text).path(Some(path));
            let there = match panic::catch_unwind(AssertUnwindSafe(|| converter.convert(input))) {
                Ok(Ok(there)) => there,
                Ok(Err(error)) => {
                    self.error(seed, &error);
                    continue;
                }
                Err(_) => {
                    self.wrong(seed, &format!("to {to}: a panic"));
                    continue;
                }
            };
            self.converted.fetch_add(1, Ordering::Relaxed);
            let back = Converter::new(registry.clone(), Some(&spec(to)), &spec(to)).unwrap();
            let input = Input::new(&there.text).path(there.path.as_deref());
            match panic::catch_unwind(AssertUnwindSafe(|| back.read(input))) {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => self.wrong(seed, &format!("{} to {to}: the output is not read: {error}", there.from)),
                Err(_) => self.wrong(seed, &format!("{} to {to}: a panic on the way back", there.from)),
            }
        }
    }
}

#[test]
fn mutated_posts_arrive_or_fail_with_their_place() {
    let count = std::env::var("POSTFERRY_MUTATED").map_or(500, |count| count.parse().unwrap());
    let only: Option<usize> = std::env::var("POSTFERRY_SEED").ok().map(|seed| seed.parse().unwrap());
    let (posts, registry, seen, next) = (posts(), builtin(), Seen::default(), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= count {
                        break;
                    }
                    let post = mutated(&posts, seed);
                    if only.is_none_or(|only| only == seed) {
                        seen.try_post(&registry, seed, &post);
                    }
                    if only == Some(seed) {
                        println!("{}\n{}", post.0, String::from_utf8_lossy(&post.1));
                    }
                }
            });
        }
    });
    let mut wrong = seen.wrong.into_inner().unwrap();
    wrong.sort();
    let (converted, failed) = (seen.converted.into_inner(), seen.failed.into_inner());
    println!(
        "measured: {count} mutations of {} posts: {converted} conversions, {failed} errors with a place",
        posts.len()
    );
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(30)].join("\n"));
    assert!(only.is_some() || converted > count * TARGETS.len() / 2, "only {converted} were converted");
}
