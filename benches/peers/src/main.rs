//! HTML to Markdown: postferry beside the other Rust crates that do it. One run, one thread, the thread's own time.
//!
//! `cargo run --release --manifest-path benches/peers/Cargo.toml [FOLDER [NAME]]` reads every `.html` file below FOLDER (as a rule
//! `../shared/corpus/jekyll-html`, seen from the project's root), makes 2,000 files of about 8 KB and one of 5 MB of their
//! bodies, and prints for each crate (with NAME in its name) MB/s, the ratio to html2md, and the peak of memory over the size of the large file.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use postferry::format::{Extensions, Markup, Proof, WriteOptions};
use postferry::markup::{Html, Markdown};
use postferry::{Body, Span};

/// Counts what is allocated.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(now, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let now = NOW.fetch_add(size, Ordering::Relaxed) + size - layout.size();
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        PEAK.fetch_max(now, Ordering::Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often each is timed; the shortest time counts.
const ROUNDS: usize = 7;

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "../shared/corpus/jekyll-html".to_owned());
    let bodies = bodies(Path::new(&folder));
    if bodies.is_empty() {
        eprintln!("no .html file below {folder}");
        std::process::exit(1);
    }
    let small = parcels(&bodies, 8_000, 2_000);
    let large = parcels(&bodies, 5_000_000, 1);

    let crates: [(&str, fn(&str) -> usize); 8] = [
        ("html2md", |html| html2md::parse_html(html).len()),
        ("fast_html2md", |html| fast_html2md::rewrite_html(html, true).len()),
        ("htmd", |html| htmd::convert(html).map_or(0, |markdown| markdown.len())),
        ("mdka", |html| mdka::html_to_markdown(html).len()),
        ("html-to-markdown-rs", |html| {
            let result = html_to_markdown_rs::convert(html, None).ok();
            result.and_then(|result| result.content).map_or(0, |markdown| markdown.len())
        }),
        ("postferry, reading only", |html| read(html).blocks.len()),
        ("postferry, no proof", |html| write(read(html), Proof::Off)),
        ("postferry", |html| write(read(html), Proof::On)),
    ];

    let bytes = |files: &[String]| files.iter().map(String::len).sum::<usize>();
    println!(
        "{} files of {:.1} MB together, one file of {:.1} MB",
        small.len(),
        bytes(&small) as f64 / 1e6,
        bytes(&large) as f64 / 1e6
    );
    println!("{:24} {:>9} {:>6} {:>9} {:>6} {:>8}", "", "small", "", "large", "", "memory");
    let wanted = std::env::args().nth(2).unwrap_or_default();
    let crates: Vec<_> = crates.into_iter().filter(|(name, _)| name.contains(&wanted)).collect();
    // Each round runs them all, so that a busy machine is busy for all of them.
    let mut times = vec![(Duration::MAX, Duration::MAX); crates.len()];
    for _ in 0..ROUNDS {
        for ((name, convert), (on_small, on_large)) in crates.iter().zip(&mut times) {
            *on_small = (*on_small).min(time(&small, *convert));
            // html2md takes seconds for each megabyte of a large file.
            if *name != "html2md" || *on_large == Duration::MAX {
                *on_large = (*on_large).min(time(&large, *convert));
            }
        }
    }
    let mut base = None;
    for ((name, convert), (on_small, on_large)) in crates.into_iter().zip(times) {
        let rate = |files: &[String], time: Duration| bytes(files) as f64 / 1e6 / time.as_secs_f64();
        let (on_small, on_large) = (rate(&small, on_small), rate(&large, on_large));
        let (base_small, base_large) = *base.get_or_insert((on_small, on_large));
        println!(
            "{name:24} {on_small:>5.1}MB/s {:>5.2}x {on_large:>5.1}MB/s {:>5.2}x {:>7.1}x",
            on_small / base_small,
            on_large / base_large,
            peak(&large[0], convert) as f64 / large[0].len() as f64,
        );
    }
}

fn read(html: &str) -> postferry::ast::Document {
    let span = Span::new(0, html.len());
    Html.parse(html, span, &Extensions::new(), &mut ()).unwrap_or_default()
}

fn write(document: postferry::ast::Document, proof: Proof) -> usize {
    let extensions: Extensions = ["tables", "strikethrough", "task_lists", "footnotes"].into_iter().collect();
    let options = WriteOptions::new(extensions).proof(proof);
    let mut out = String::new();
    let written = Markdown::commonmark().print(&Body::new(document), &options, &mut out, &mut ());
    written.map_or(0, |()| out.len())
}

/// How long all files take.
fn time(files: &[String], convert: fn(&str) -> usize) -> Duration {
    let start = cpu_time();
    for file in files {
        black_box(convert(black_box(file)));
    }
    cpu_time() - start
}

/// How long this thread has run; where the system does not say, what the clock says.
fn cpu_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = stat.and_then(|stat| stat.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

fn peak(file: &str, convert: fn(&str) -> usize) -> usize {
    let before = NOW.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    black_box(convert(file));
    PEAK.load(Ordering::Relaxed) - before
}

/// `count` texts of about `size` bytes, made of whole bodies over and over.
fn parcels(bodies: &[String], size: usize, count: usize) -> Vec<String> {
    let mut next = bodies.iter().cycle();
    let parcel = || {
        let mut out = String::new();
        while out.len() < size {
            let Some(body) = next.next() else { break };
            out.push_str(body);
            out.push('\n');
        }
        out
    };
    std::iter::repeat_with(parcel).take(count).collect()
}

fn bodies(folder: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    html_files(folder, &mut paths);
    let body = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).ok()?;
        let rest = text.strip_prefix("---").and_then(|rest| rest.split_once("\n---"));
        let body = rest.map_or(text.as_str(), |(_, body)| body).trim().to_owned();
        // What is larger than a parcel would make the small files large.
        (body.len() < 8_000).then_some(body)
    };
    paths.iter().filter_map(body).collect()
}

fn html_files(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            html_files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            out.push(path);
        }
    }
}
