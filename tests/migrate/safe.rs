//! Whatever happens on the way: the old site is untouched, and in the end the new one is whole.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use tempfile::TempDir;

use crate::site::{copy_all, files, migrate, said, write};

fn big_site(root: &Path, posts: usize) {
    write(root, "_config.yml", "title: Big\npermalink: pretty\n");
    for number in 0..posts {
        let text = format!(
            "---\ntitle: Post {number}\ntags: [a, b{}]\n---\n<p>Number <b>{number}</b>, {{{{ site.title }}}}.</p>\n{}",
            number % 7,
            "<p>More of it, with <em>words</em> and <a href=\"/x\">a link</a>.</p>\n".repeat(20)
        );
        write(
            root,
            &format!("_posts/20{:02}-{:02}-{:02}-post-{number}.html", number % 20, number % 12 + 1, number % 28 + 1),
            text,
        );
        write(root, &format!("img/{number}.txt"), "x".repeat(2000));
    }
}

/// The same of Hugo, with data to be written anew and shortcodes that become includes.
fn big_hugo_site(root: &Path, posts: usize) {
    write(root, "hugo.toml", "title = 'Big'\n");
    write(root, "layouts/shortcodes/own.html", "{{ range site.Pages }}{{ .Title }}{{ end }}\n");
    for number in 0..posts {
        let text = format!(
            "---\ntitle: Post {number}\ndate: 2020-01-{:02}\ntags: [a, b{}]\naliases: [/old/{number}/]\n---\n\nNumber **{number}**.\n\n{}",
            number % 28 + 1,
            number % 7,
            "See https://example.org/, or {{< own >}}.\n\n".repeat(20)
        );
        write(root, &format!("content/posts/post-{number}.md"), text);
        write(root, &format!("data/{number}.toml"), format!("number = {number}\n"));
        write(root, &format!("static/{number}.txt"), format!("---\n{}", "x".repeat(2000)));
    }
}

#[test]
fn killed_at_any_moment_it_goes_on_to_the_same_end() {
    goes_on(|root| big_site(root, 400), 20);
}

#[test]
fn killed_on_the_way_to_jekyll_it_goes_on_too() {
    goes_on(|root| big_hugo_site(root, 200), 8);
}

fn goes_on(site: impl Fn(&Path), rounds: u32) {
    let work = TempDir::new().unwrap();
    let old = work.path().join("old");
    site(&old);
    let before = files(&old);
    let clean = work.path().join("clean");
    let started = Instant::now();
    assert!(migrate(&old, &clean, &[]).status.success());
    let whole = started.elapsed();
    let clean = files(&clean);
    let seed = std::env::var("POSTFERRY_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64 | 1);
    println!("POSTFERRY_SEED={seed}");
    let mut state: u64 = seed;
    for round in 0..rounds {
        let new = work.path().join(format!("new-{round}"));
        // xorshift: some moment of the run, another in each.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let wait = whole * u32::try_from(state % 1000).unwrap() / 1000;
        for again in [false, true] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_postferry"));
            command.arg("migrate").arg(&old).arg(&new).stdout(Stdio::null()).stderr(Stdio::null());
            if again {
                command.arg("--resume");
            }
            let mut child = command.spawn().unwrap();
            std::thread::sleep(if again { wait / 2 } else { wait });
            let _ = child.kill();
            child.wait().unwrap();
        }
        let output = migrate(&old, &new, &["--resume"]);
        assert!(output.status.success(), "{round}: {}", said(&output));
        let new = files(&new);
        assert_eq!(new.keys().collect::<Vec<_>>(), clean.keys().collect::<Vec<_>>(), "{round}");
        assert!(
            new == clean,
            "{round}: {:?}",
            new.iter().find(|(path, bytes)| clean[*path] != **bytes).map(|(path, _)| path)
        );
    }
    assert!(files(&old) == before, "the old site is as it was");
}

/// Before the first line of the journal, and when the journal is put away already.
#[test]
fn killed_at_either_end_it_goes_on_too() {
    let work = TempDir::new().unwrap();
    let (old, new, clean) = (work.path().join("old"), work.path().join("new"), work.path().join("clean"));
    big_site(&old, 3);
    assert!(migrate(&old, &clean, &[]).status.success());
    std::fs::create_dir_all(new.join(".postferry")).unwrap();
    assert!(migrate(&old, &new, &["--resume"]).status.success());
    assert!(files(&new) == files(&clean));
    write(&new, ".postferry/x.part", "");
    assert!(migrate(&old, &new, &["--resume"]).status.success());
    assert!(files(&new) == files(&clean));
    assert!(!new.join(".postferry").exists());

    let taken = work.path().join("taken");
    write(&taken, ".postferry/own", "mine");
    let output = migrate(&old, &taken, &["--resume"]);
    assert!(!output.status.success() && said(&output).contains("is not empty"), "{}", said(&output));
    assert_eq!(std::fs::read_to_string(taken.join(".postferry/own")).unwrap(), "mine");
}

#[test]
fn a_line_that_a_power_cut_left_is_done_again() {
    let work = TempDir::new().unwrap();
    let (old, new, clean) = (work.path().join("old"), work.path().join("new"), work.path().join("clean"));
    big_site(&old, 600);
    assert!(migrate(&old, &clean, &[]).status.success());
    let mut child = Command::new(env!("CARGO_BIN_EXE_postferry"));
    let mut child = child.arg("migrate").arg(&old).arg(&new).stdout(Stdio::null()).spawn().unwrap();
    let journal = new.join(".postferry/journal");
    while std::fs::metadata(&journal).map_or(0, |metadata| metadata.len()) < 2000 {
        if child.try_wait().unwrap().is_some() {
            println!("skipped: it was done before it could be interrupted");
            return;
        }
        std::thread::yield_now();
    }
    let _ = child.kill();
    child.wait().unwrap();
    // A file that is named as finished and is not whole, one that is gone, and half a line at the end.
    let finished: Vec<_> = files(&new.join("content")).into_keys().take(2).collect();
    write(&new, &format!("content/{}", finished[0]), "half");
    std::fs::remove_file(new.join("content").join(&finished[1])).unwrap();
    let mut lines = std::fs::read(&journal).unwrap();
    lines.extend_from_slice(b"{\"path\":\"_po");
    std::fs::write(&journal, lines).unwrap();
    let output = migrate(&old, &new, &["--resume"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(files(&new) == files(&clean));
}

#[test]
fn what_stands_in_the_target_is_never_touched() {
    let work = TempDir::new().unwrap();
    let (old, new) = (work.path().join("old"), work.path().join("new"));
    big_site(&old, 3);
    write(&new, "mine.txt", "mine");
    let output = migrate(&old, &new, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("error[target-taken]"), "{}", said(&output));
    assert_eq!(files(&new).len(), 1);
    let into_itself = migrate(&old, &old, &[]);
    assert!(said(&into_itself).contains("written into itself"), "{}", said(&into_itself));
    // A folder inside the old site is none of it.
    let inside = old.join("new");
    assert!(migrate(&old, &inside, &[]).status.success());
    assert!(migrate(&old, &inside, &["--resume"]).status.success(), "it is finished, and says so");
    let outside = work.path().join("outside");
    let copy = work.path().join("copy");
    copy_all(&old, &copy);
    std::fs::remove_dir_all(copy.join("new")).unwrap();
    assert!(migrate(&copy, &outside, &[]).status.success());
    assert!(files(&inside) == files(&outside));
}

/// A file system of two megabytes needs rights that not every machine gives.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_stops_it_and_room_lets_it_go_on() {
    let work = TempDir::new().unwrap();
    let (old, clean, disk) = (work.path().join("old"), work.path().join("clean"), work.path().join("disk"));
    big_site(&old, 700);
    let before = files(&old);
    assert!(migrate(&old, &clean, &[]).status.success());
    std::fs::create_dir(&disk).unwrap();
    let mount = |options: &str| {
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&disk).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if !mount("size=2m") {
        println!("a small disk cannot be had here without more rights");
        return;
    }
    let new = disk.join("new");
    let first = migrate(&old, &new, &[]);
    let grown = mount("remount,size=200m");
    let second = migrate(&old, &new, &["--resume"]);
    let is_same = second.status.success() && files(&new) == files(&clean);
    Command::new("umount").arg(&disk).status().unwrap();
    assert!(grown && !first.status.success(), "{}", said(&first));
    assert!(said(&first).contains("--resume"), "{}", said(&first));
    assert!(is_same, "{}", said(&second));
    assert!(files(&old) == before, "the old site is as it was");
}
