//! What makes programs slow, through every reader, writer and the proof: time must grow with the length of the text, and what
//! is 100,000 deep must take less than a second and 256 MB.
//!
//! ```console
//! $ cargo bench --bench pathological              # all of it, a quarter of an hour
//! $ cargo bench --bench pathological -- quotes    # the case of that name, or those whose names hold the word
//! ```
//!
//! Each measurement is a process of its own: one that falls over is seen, and its memory is its own. Time is the processor's,
//! of at least 200 ms of runs, and the best of up to three such measurements counts. Other programs share the caches, so a
//! growth that seems too steep is judged by the number of instructions, which `valgrind` counts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "pathological/cases.rs"]
mod cases;

use std::collections::BTreeSet;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Duration;

use cases::{CASES, Case};
use postferry::{Converter, Input, Registry};

/// Into which formats each case is converted: every writer, every front matter, every kind of markup.
const TARGETS: [&str; 6] = ["hugo", "jekyll", "jekyll+markdown", "markdown+meta", "json", "html"];

/// How much more twice the text may take.
const GROWTH: f64 = 2.5;
/// What takes less is not measured well enough to be judged.
const LEAST: Duration = Duration::from_millis(2);
/// How many times a growth beyond the limit is measured before it is believed.
const TRIES: usize = 3;

const DEEP: usize = 100_000;
const DEEP_TIME: Duration = Duration::from_secs(1);
const DEEP_MEMORY: u64 = 256 << 10;

/// How long one run takes, and how many kilobytes the process had at most.
#[derive(Clone, Copy, Debug)]
struct Measured {
    time: Duration,
    peak: u64,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [word, case, target, size] = arguments.as_slice()
        && let Some(least) =
            [("--one", Duration::from_millis(200)), ("--once", Duration::ZERO)].iter().find(|(name, _)| name == word)
    {
        let case = CASES.iter().find(|known| known.name == *case).expect("the case is known");
        let measured = measure(case, target, size.parse().expect("a number"), least.1);
        println!("{} {}", measured.time.as_nanos(), measured.peak);
        return ExitCode::SUCCESS;
    }
    let names: BTreeSet<&str> = CASES.iter().map(|case| case.name).collect();
    assert_eq!(names.len(), CASES.len(), "a case is found by its name");
    let is_name = |word: &str| names.contains(word);
    let is_meant = |word: &String, case: &Case| case.name == *word || !is_name(word) && case.name.contains(word);
    let is_wanted = |case: &&Case| arguments.is_empty() || arguments.iter().any(|word| is_meant(word, case));
    let (mut wrong, mut count) = (Vec::new(), 0);
    let (mut steepest, mut slowest, mut largest) = (0_f64, Duration::ZERO, 0);
    for case in CASES.iter().filter(is_wanted) {
        for target in TARGETS {
            count += 1;
            let growth = growth(case, target, &mut wrong);
            steepest = steepest.max(growth);
            if case.is_deep {
                let deep = depth(case, target, &mut wrong);
                slowest = slowest.max(deep.time);
                largest = largest.max(deep.peak);
            }
        }
    }
    println!(
        "measured: {count} conversions of {} cases; growth {steepest:.2} at most; {DEEP} deep: {:.0} ms, {} MB at most",
        CASES.iter().filter(is_wanted).count(),
        slowest.as_secs_f64() * 1e3,
        largest >> 10
    );
    for line in &wrong {
        println!("WRONG  {line}");
    }
    ExitCode::from(u8::from(!wrong.is_empty()))
}

/// The growth from the size to twice the size.
fn growth(case: &Case, target: &str, wrong: &mut Vec<String>) -> f64 {
    let (mut small, mut large, mut growth) = (Duration::MAX, Duration::MAX, f64::INFINITY);
    // Some texts grow with the square of their number.
    let longer = (case.text)(2 * case.size).len() as f64 / (case.text)(case.size).len() as f64 / 2.0;
    for _ in 0..TRIES {
        let (Some(short), Some(long)) = (process(case, target, case.size), process(case, target, 2 * case.size)) else {
            wrong.push(format!("{} to {target}: it fell over", case.name));
            return f64::INFINITY;
        };
        (small, large) = (small.min(short.time), large.min(long.time));
        growth = large.as_secs_f64() / small.max(LEAST).as_secs_f64() / longer;
        if growth < GROWTH {
            break;
        }
    }
    if growth >= GROWTH
        && let (Some(few), Some(many)) =
            (instructions(case, target, case.size), instructions(case, target, 2 * case.size))
    {
        println!("{} to {target}: {growth:.2} by time, {few} instructions, {many} for twice as much", case.name);
        growth = many as f64 / few as f64 / longer;
    }
    let line = format!("{} to {target}: {small:.1?}, twice as much {large:.1?}, growth {growth:.2}", case.name);
    println!("{line}");
    if growth >= GROWTH {
        wrong.push(line);
    }
    growth
}

/// What 100,000 levels take.
fn depth(case: &Case, target: &str, wrong: &mut Vec<String>) -> Measured {
    let mut best = Measured { time: Duration::MAX, peak: u64::MAX };
    for _ in 0..TRIES {
        let Some(measured) = process(case, target, DEEP) else {
            wrong.push(format!("{} to {target}: it fell over {DEEP} deep", case.name));
            return Measured { time: Duration::ZERO, peak: 0 };
        };
        best = Measured { time: best.time.min(measured.time), peak: best.peak.min(measured.peak) };
        if best.time < DEEP_TIME && best.peak < DEEP_MEMORY {
            return best;
        }
    }
    wrong.push(format!("{} to {target}, {DEEP} deep: {:.0?}, {} MB", case.name, best.time, best.peak >> 10));
    best
}

/// Measures in a process of its own; `None` if it fell over.
fn process(case: &Case, target: &str, size: usize) -> Option<Measured> {
    let program = std::env::current_exe().expect("this program has a place");
    let output =
        Command::new(program).args(["--one", case.name, target, &size.to_string()]).output().expect("it starts");
    if !output.status.success() {
        eprintln!("{}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    let text = String::from_utf8(output.stdout).ok()?;
    let (time, peak) = text.trim().split_once(' ')?;
    Some(Measured { time: Duration::from_nanos(time.parse().ok()?), peak: peak.parse().ok()? })
}

/// How many instructions one run takes, where `valgrind` is there to count them.
fn instructions(case: &Case, target: &str, size: usize) -> Option<u64> {
    let program = std::env::current_exe().expect("this program has a place");
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
    let output = valgrind.args(["--once", case.name, target, &size.to_string()]).output().ok()?;
    let told = String::from_utf8(output.stderr).ok()?;
    told.split("Collected : ").nth(1)?.split_whitespace().next()?.parse().ok()
}

/// The time that one run takes: so much time of runs, divided.
fn measure(case: &Case, target: &str, size: usize, least: Duration) -> Measured {
    let spec = |name: &str| name.parse().expect("the format is known");
    let converter =
        Converter::new(Arc::new(Registry::builtin()), Some(&spec(case.from)), &spec(target)).expect("it can");
    let text = (case.text)(size);
    let text = if text.starts_with(['-', '+', '{']) || case.from == "hugo" {
        text
    } else {
        format!("---\nlayout: post\n---\n{text}\n")
    };
    let input = Input::new(&text).path(Some(case.path));
    let start = processor_time();
    let mut runs = 0;
    loop {
        // An error is as good an end as any, if it comes soon.
        let _ = std::hint::black_box(converter.convert(input));
        runs += 1;
        let time = processor_time() - start;
        if time >= least || runs >= 50 {
            return Measured { time: time / runs, peak: peak() };
        }
    }
}

/// How long this thread has had the processor.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("this is Linux");
    Duration::from_nanos(stat.split(' ').next().and_then(|time| time.parse().ok()).expect("a number"))
}

/// The most memory that this process has had, in kilobytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("this is Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("it is told");
    line.split_whitespace().nth(1).and_then(|size| size.parse().ok()).expect("a number")
}
