//! What the world does to a run: docs/trust.md lists each fault and the test here that shows it.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::support::{Folder, Ran};

/// A folder `posts` of so many posts.
fn posts(count: usize) -> Folder {
    let folder = Folder::new();
    for n in 0..count {
        folder.write(&format!("posts/{n:05}.html"), format!("---\ntitle: Post {n}\n---\n<p>Word {n}.</p>\n"));
    }
    folder
}

/// The names of the posts in `folder`; no other file may be there.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.iter().all(|name| name.ends_with(".md")), "{names:?}");
    names
}

fn start(folder: &Folder, arguments: &[&str]) -> Child {
    folder.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(status.success());
}

/// Waits until `is_so`, a minute at most.
fn wait_until(is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(60), "it never came so far");
        std::thread::yield_now();
    }
}

fn mkfifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// Runs `script` in a mount namespace of its own, where it may mount; `None` where the system does not let it.
fn in_namespace(folder: &Folder, script: &str) -> Option<Output> {
    let run = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-c", script, "sh", env!("CARGO_BIN_EXE_postferry")]);
        command.current_dir(folder.path(".")).stdin(Stdio::null()).output()
    };
    fs::create_dir_all(folder.path("mounted")).unwrap();
    let can = run("mount -t tmpfs tmpfs mounted").is_ok_and(|output| output.status.success());
    if !can {
        println!("skipped: nothing can be mounted here");
        return None;
    }
    Some(run(script).unwrap())
}

#[test]
fn a_full_disk_leaves_whole_posts_and_no_others() {
    let folder = posts(40);
    let script = "mount -t tmpfs -o size=64k tmpfs mounted && mkdir mounted/out
        \"$1\" convert posts -t hugo -o mounted/out --message-format short; echo \"exit $?\" >&2
        cp -a mounted/out kept";
    let Some(output) = in_namespace(&folder, script) else { return };
    let stderr = String::from_utf8(output.stderr).unwrap();
    let written = names(&folder.path("kept"));
    assert!((1..40).contains(&written.len()), "{written:?}");
    for name in &written {
        let text = folder.read(&format!("kept/{name}"));
        assert!(text.ends_with(&format!("Word {}.\n", name[..5].parse::<usize>().unwrap())), "{name}: {text:?}");
    }
    let failed = stderr.lines().filter(|line| line.contains("error[write-failed]: ")).count();
    assert_eq!(written.len() + failed, 40, "{stderr}");
    assert!(stderr.contains("cannot be written: no space left on device") && stderr.ends_with("exit 1\n"), "{stderr}");
}

#[test]
fn an_output_folder_that_goes_is_not_made_again() {
    for _ in 0..10 {
        let folder = posts(1_500);
        let child = start(&folder, &["convert", "posts", "-t", "hugo", "-o", "out", "--message-format", "short"]);
        wait_until(|| fs::read_dir(folder.path("out")).is_ok_and(|mut files| files.next().is_some()));
        fs::rename(folder.path("out"), folder.path("gone")).unwrap();
        let ran = Ran::of(child.wait_with_output().unwrap());
        if ran.code == Some(0) {
            // All was written before it went.
            continue;
        }
        assert!(!folder.path("out").exists());
        let failed = ran.stderr.lines().filter(|line| line.contains("error[write-failed]")).count();
        let written = fs::read_dir(folder.path("gone")).unwrap();
        let written = written.filter(|file| file.as_ref().unwrap().path().extension().unwrap() == "md").count();
        assert_eq!((ran.code, written + failed), (Some(1), 1_500));
        assert!(ran.stderr.contains("cannot be written: the output folder is gone"), "{}", &ran.stderr[..2_000]);
        return;
    }
    panic!("the folder never went in time");
}

#[test]
fn an_interrupted_run_finishes_what_is_in_hand_and_goes_on_when_run_again() {
    let arguments = ["convert", "posts", "-t", "hugo", "-o", "out"];
    for name in ["-INT", "-TERM"] {
        let is_shown = (0..10).any(|_| {
            let folder = posts(1_500);
            let child = start(&folder, &arguments);
            wait_until(|| fs::read_dir(folder.path("out")).is_ok_and(|mut files| files.next().is_some()));
            signal(&child, name);
            let ran = Ran::of(child.wait_with_output().unwrap());
            let written = names(&folder.path("out")).len();
            if written == 1_500 {
                return false;
            }
            assert_eq!(ran.code, Some(130), "{}", ran.stderr);
            let told =
                format!("error[interrupted]: interrupted: {written} of 1500 posts were written, each of them whole");
            assert!(ran.stderr.contains(&told), "{}", ran.stderr);
            assert!(ran.stderr.contains("run the same command again to go on"), "{}", ran.stderr);

            let again = folder.run(&arguments);
            assert_eq!(again.code, Some(0), "{}", again.stderr);
            let told = format!("{} posts written to out, {written} stood there already", 1_500 - written);
            assert!(again.stderr.contains(&told), "{}", again.stderr);
            assert_eq!(names(&folder.path("out")).len(), 1_500);
            true
        });
        assert!(is_shown, "it was never interrupted in time");
    }
}

/// A pipe keeps the run at the place where it is wanted: it is read before anything is converted.
#[test]
fn a_run_interrupted_before_it_writes_says_so() {
    let folder = Folder::new().with("a.md", "# A\n").with("b.md", "# B\n").with("out/x", "");
    mkfifo(&folder.path("gate"));
    mkfifo(&folder.path("other"));
    let child = start(&folder, &["convert", "a.md", "b.md", "gate", "-t", "hugo", "-o", "out", "--jobs", "1"]);
    let gate = fs::File::options().write(true).open(folder.path("gate")).unwrap();
    // Now it has been seen that `a.md` is a file; it is read when the gate is open, and what it is then holds it up.
    fs::rename(folder.path("other"), folder.path("a.md")).unwrap();
    drop(gate);
    let mut a = fs::File::options().write(true).open(folder.path("a.md")).unwrap();
    signal(&child, "-INT");
    std::thread::sleep(Duration::from_millis(200));
    a.write_all(b"# A\n").unwrap();
    drop(a);
    let ran = Ran::of(child.wait_with_output().unwrap());
    ran.check("fault-interrupted");
    assert_eq!(folder.files().iter().filter(|file| file.starts_with("out/")).count(), 1);
}

#[test]
fn a_file_that_goes_before_it_is_read_fails_alone() {
    let folder = Folder::new().with("a.md", "# A\n").with("b.md", "# B\n").with("out/x", "");
    mkfifo(&folder.path("gate"));
    let child = start(&folder, &["convert", "a.md", "b.md", "gate", "-t", "hugo", "-o", "out"]);
    let mut gate = fs::File::options().write(true).open(folder.path("gate")).unwrap();
    fs::remove_file(folder.path("a.md")).unwrap();
    gate.write_all(b"# From a pipe\n").unwrap();
    drop(gate);
    Ran::of(child.wait_with_output().unwrap()).check("fault-vanished");
    assert!(folder.read("out/b.md").contains("title = 'B'"));
}

#[test]
fn what_has_no_end_is_read_up_to_the_limit() {
    let folder = Folder::new().with("b.md", "# B\n");
    let ran = folder.run(&["convert", "/dev/zero", "b.md", "-t", "hugo", "-o", "out", "--limit", "text=64K"]);
    ran.check("fault-endless-device");
    assert!(folder.path("out/b.md").exists());

    let mut child = folder.command(&["convert", "-", "-t", "hugo", "-f", "markdown", "--limit", "text=64K"]);
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || while input.write_all(b"word\n").is_ok() {});
    Ran::of(child.wait_with_output().unwrap()).check("fault-endless-input");
    writer.join().unwrap();
}

#[test]
fn a_file_that_grows_while_it_is_read_is_read_up_to_the_limit() {
    let folder = Folder::new().with("log.md", "word\n".repeat(20_000)).with("b.md", "# B\n");
    let mut log = fs::File::options().append(true).open(folder.path("log.md")).unwrap();
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let writer = std::thread::spawn(move || {
        // 64 MB at most.
        for _ in 0..1_000 {
            if stopped.try_recv().is_ok() {
                break;
            }
            log.write_all(&b"word\n".repeat(11_500)).unwrap();
        }
    });
    let ran = folder.run(&["convert", "log.md", "b.md", "-t", "hugo", "-o", "out", "--limit", "text=90K"]);
    let _ = stop.send(());
    writer.join().unwrap();
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("error[text-too-long]: the text is longer than 92160 bytes"), "{}", ran.stderr);
    assert_eq!((folder.path("out/log.md").exists(), folder.path("out/b.md").exists()), (false, true));
}

#[test]
fn links_in_a_circle_and_devices_are_not_read() {
    let folder = Folder::new().with("posts/a.md", "# A\n");
    symlink("circle.md", folder.path("posts/circle.md")).unwrap();
    symlink("/dev/zero", folder.path("posts/zero.md")).unwrap();
    folder.run(&["convert", "posts", "-t", "hugo", "-o", "out"]).check("fault-links");
    assert!(folder.path("out/a.md").exists());
}

#[test]
fn nobody_reads_what_is_printed() {
    let folder = Folder::new().with("a.md", "# A\n");
    for arguments in [&["convert", "a.md", "-t", "hugo"][..], &["inspect", "a.md"], &["explain"], &["schema"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ran = Ran::of(folder.command(arguments).stdout(writer).output().unwrap());
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    }
    // Without standard output at all, and with nobody to tell either.
    let program = env!("CARGO_BIN_EXE_postferry");
    for closed in ["1>&-", "2>&-", "1>&- 2>&-"] {
        let script = format!("{program} convert a.md -t hugo {closed}");
        let status = Command::new("sh").args(["-c", &script]).current_dir(folder.path(".")).status().unwrap();
        assert_eq!(status.code(), Some(0), "{closed}");
    }
}

#[test]
fn a_full_disk_behind_a_stream_is_told() {
    let folder = Folder::new();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = folder.command(&["convert", "--ndjson", "-f", "html", "-t", "markdown"]);
    let mut child = command.stdin(Stdio::piped()).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || while input.write_all(b"{\"text\": \"<p>a</p>\"}\n").is_ok() {});
    let ran = Ran::of(child.wait_with_output().unwrap());
    writer.join().unwrap();
    ran.check("fault-full-stream");
}

#[test]
fn an_interrupted_stream_says_where_to_go_on() {
    let folder = Folder::new();
    let mut command = folder.command(&["convert", "--ndjson", "-f", "html", "-t", "markdown"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(&b"{\"text\": \"<p>a</p>\"}\n".repeat(5)).unwrap();
    let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
    for _ in 0..5 {
        let mut answer = String::new();
        std::io::BufRead::read_line(&mut output, &mut answer).unwrap();
        assert!(answer.contains("\"text\":\"a\\n\""), "{answer}");
    }
    // More may come, but it is wanted no more.
    signal(&child, "-INT");
    let ran = Ran::of(child.wait_with_output().unwrap());
    drop(input);
    ran.check("fault-interrupted-stream");
}

#[test]
fn limits_are_told_and_can_be_set() {
    let long = "word ".repeat(300);
    let folder = Folder::new()
        .with("posts/long.md", format!("---\ntitle: Long\n---\n{long}\n"))
        .with("posts/front.md", format!("---\ntitle: {}\n---\nText.\n", long.trim()))
        .with("posts/short.md", "---\ntitle: Short\n---\nText.\n");
    let tight = ["--limit", "text=1600", "--limit", "front=1K"];
    folder.run(&[&["convert", "posts", "-t", "markdown", "-o", "out"][..], &tight].concat()).check("limits-length");
    let wide = ["--limit", "text=1M", "--limit", "front=2K"];
    let ran = folder.run(&[&["convert", "posts", "-t", "markdown", "-o", "out"][..], &wide].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);

    folder.run(&["convert", "posts", "-t", "json", "-o", "few", "--limit", "entries=2"]).check("limits-entries");
    folder.write(
        "deep.html",
        "<div>\n<div>\n<div class=c>\n<p>In three.</p>\n</div>\n</div>\n</div>\n<p a b c>Text.</p>\n",
    );
    folder.write("lists.md", "- a\n  - b\n    - c\n");
    let small = ["--limit", "nesting=2", "--limit", "attributes=2"];
    let ran = folder.run(&[&["convert", "deep.html", "lists.md", "-t", "jekyll", "-o", "kept"][..], &small].concat());
    ran.check("limits-body");
    let kept = folder.read("kept/deep.html");
    assert!(kept.ends_with("<p a b c>Text.</p>\n") && kept.contains("<div class=c>\n<p>In three.</p>"), "{kept}");
    let kept = folder.read("kept/lists.html");
    assert!(kept.contains("<li>b") && !kept.contains("<li>c") && kept.contains("- c"), "{kept}");
    folder.write("quotes.md", "---\ntitle: Quotes\n---\n> > > Three deep.\n");
    let kramdown = ["convert", "quotes.md", "-f", "jekyll", "-t", "html", "--limit"];
    folder.run(&[&kramdown[..], &["nesting=2"]].concat()).check("limits-kramdown");
    let ran = folder.run(&[&kramdown[..], &["nesting=3"]].concat());
    assert!(!ran.stderr.contains("nested-too-deep"), "{}", ran.stderr);
    folder.run(&["convert", "posts", "-t", "json", "-o", "few", "--limit", "depth=2"]).check("limits-unknown");
    folder.run(&["convert", "posts", "-t", "json", "-o", "few", "--limit", "text=2T"]).check("limits-no-size");

    let line = format!("{{\"id\": 1, \"text\": \"<p>{long}</p>\"}}\n{{\"id\": 2, \"text\": \"<p>b</p>\"}}\n");
    let stream = ["convert", "--ndjson", "-f", "html", "-t", "markdown", "--limit"];
    let ran = folder.run_with(&[&stream[..], &["text=500"]].concat(), &line);
    ran.check("limits-line");
}

/// So many files, or 100,000 in a long run: each arrives, and memory holds what it must.
#[test]
fn a_folder_of_very_many_files() {
    let count = if std::env::var_os("POSTFERRY_LONG").is_some() { 100_000 } else { 1_500 };
    let folder = posts(count);
    let start = Instant::now();
    let ran = folder.run(&["convert", "posts", "-t", "hugo", "-o", "out"]);
    println!("measured: {count} files in {:?}", start.elapsed());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stderr.ends_with(&format!("{count} posts written to out (read as: {count} jekyll)\n")),
        "{}",
        ran.stderr
    );
    assert_eq!(names(&folder.path("out")).len(), count);
    assert_eq!(folder.read("out/01234.md"), "+++\ntitle = 'Post 1234'\n+++\n\nWord 1234.\n");
}
