//! Bad input: one clear message with file, line and column, exit 1, and the rest of the run goes on.

use super::support::Folder;

/// Converts `bad` beside a good post; checks that the good one is written and what is told of the bad one.
#[track_caller]
fn told(bad: &str, bytes: impl AsRef<[u8]>, snapshot: &str) {
    let folder =
        Folder::new().with(&format!("posts/{bad}"), bytes).with("posts/good.md", "+++\ntitle = 'Good'\n+++\nYes.\n");
    let ran = folder.run(&["convert", "posts", "-t", "hugo+yaml", "-o", "out"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    ran.check(snapshot);
    assert_eq!(folder.read("out/good.md"), "---\ntitle: Good\n---\n\nYes.\n");
    assert_eq!(folder.files().iter().filter(|file| file.starts_with("out/")).count(), 1, "{:?}", folder.files());

    // The same place in one line.
    let short = folder.run(&["convert", "posts", "-t", "hugo+yaml", "-o", "again", "--message-format", "short"]);
    let place = short.stderr.lines().find(|line| line.contains("error[")).unwrap();
    let parts: Vec<&str> = place.splitn(4, ':').collect();
    assert_eq!(parts[0], format!("posts/{bad}"));
    assert!(parts[1].parse::<usize>().is_ok() && parts[2].parse::<usize>().is_ok(), "{place}");
}

#[test]
fn broken_yaml() {
    told("bad.html", "---\ntitle: Hello\ntags: [a, b\n---\n<p>B</p>\n", "broken-yaml");
    told("bad.html", "---\ntitle: Release: the notes\n---\n<p>B</p>\n", "broken-yaml-colon");
}

#[test]
fn broken_toml() {
    told("bad.md", "+++\ntitle = 'Hello\n+++\nB\n", "broken-toml");
}

#[test]
fn broken_json() {
    told("bad.md", "{\n  \"title\": \"Hello\",\n  \"draft\": tru\n}\nB\n", "broken-json");
    told("bad.json", "{\"version\": 1, \"title\": \"Hello\"", "broken-json-post");
}

#[test]
fn a_json_that_is_no_post() {
    told("bad.json", "{\"name\": \"left-pad\", \"version\": \"1.0.0\"}\n", "broken-json-shape");
}

#[test]
fn front_matter_never_closed() {
    told("bad.md", "---\ntitle: Hello\n\nText.\n", "broken-open-yaml");
    told("bad.md", "+++\ntitle = 'Hello'\n\nText.\n", "broken-open-toml");
}

#[test]
fn bytes_that_are_not_utf8() {
    told("bad.html", b"---\ntitle: Hi\n---\n<p>caf\xe9</p>\n", "broken-utf8");
    told("bad.html", b"\xff\xfe<\0p\0>\0", "broken-utf16");
}

#[test]
fn bytes_that_are_not_of_the_named_encoding() {
    let folder = Folder::new().with("a.html", b"<p>\x82\xa0 \x82\x20</p>");
    folder.run(&["convert", "a.html", "-t", "markdown", "--encoding", "shift_jis"]).check("broken-encoding");
}

#[test]
fn a_file_that_is_not_there() {
    let folder = Folder::new().with("a.md", "# A\n");
    folder.run(&["convert", "b.md", "-t", "hugo"]).check("broken-missing");
    let ran = folder.run(&["convert", "b.md", "a.md", "-t", "hugo", "-o", "out"]);
    ran.check("broken-missing-of-two");
    assert!(folder.read("out/a.md").contains("title = 'A'"));
}

#[cfg(unix)]
mod unix {
    use std::fs;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::process::{Command, Stdio};

    use super::super::support::{Folder, Ran};

    #[test]
    fn a_directory_loop() {
        let folder = Folder::new().with("posts/a/one.md", "# One\n").with("posts/two.md", "# Two\n");
        symlink("..", folder.path("posts/a/up")).unwrap();
        let ran = folder.run(&["convert", "posts", "-t", "hugo", "-o", "out"]);
        ran.check("broken-loop");
        assert_eq!((folder.path("out/a/one.md").exists(), folder.path("out/two.md").exists()), (true, true));
    }

    #[test]
    fn links_that_lead_nowhere() {
        let folder = Folder::new().with("posts/a.md", "# A\n");
        symlink("gone.md", folder.path("posts/b.md")).unwrap();
        symlink("gone.png", folder.path("posts/b.png")).unwrap();
        folder.run(&["convert", "posts", "-t", "hugo", "-o", "out"]).check("broken-dead-links");
    }

    /// Root reads and writes everything; as root, the command is run as nobody.
    fn run_unprivileged(folder: &Folder, arguments: &[&str]) -> Option<Ran> {
        fs::set_permissions(folder.path("."), fs::Permissions::from_mode(0o777)).unwrap();
        if fs::metadata(folder.path(".")).unwrap().uid() != 0 {
            return Some(folder.run(arguments));
        }
        let program = env!("CARGO_BIN_EXE_postferry");
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", program]).args(arguments);
        let output = command.current_dir(folder.path(".")).stdin(Stdio::null()).output();
        let ran = output.ok().map(Ran::of).filter(|ran| !ran.stderr.starts_with("setpriv:"));
        if ran.is_none() {
            println!("skipped: this is root, and setpriv does not work here");
        }
        ran
    }

    #[test]
    fn unreadable_files_and_folders() {
        let folder =
            Folder::new().with("posts/a.md", "# A\n").with("posts/b.md", "# B\n").with("posts/shut/c.md", "# C\n");
        fs::set_permissions(folder.path("posts/b.md"), fs::Permissions::from_mode(0o000)).unwrap();
        fs::set_permissions(folder.path("posts/shut"), fs::Permissions::from_mode(0o000)).unwrap();
        let ran = run_unprivileged(&folder, &["convert", "posts", "-t", "hugo", "-o", "out"]);
        fs::set_permissions(folder.path("posts/shut"), fs::Permissions::from_mode(0o700)).unwrap();
        let Some(ran) = ran else { return };
        ran.check("broken-unreadable");
        assert!(folder.path("out/a.md").exists());
    }

    #[test]
    fn a_folder_that_cannot_be_written() {
        let folder = Folder::new().with("a.md", "# A\n").with("out/old.md", "");
        fs::set_permissions(folder.path("out"), fs::Permissions::from_mode(0o555)).unwrap();
        let Some(ran) = run_unprivileged(&folder, &["convert", "a.md", "-t", "hugo", "-o", "out"]) else { return };
        ran.check("broken-unwritable");
        assert_eq!(folder.files(), ["a.md", "out/old.md"]);
    }

    #[test]
    fn a_full_disk() {
        if !fs::exists("/dev/full").unwrap() {
            println!("skipped: no /dev/full");
            return;
        }
        let folder = Folder::new().with("a.md", "# A\n");
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = folder.command(&["convert", "a.md", "-t", "hugo"]).stdout(full).output().unwrap();
        Ran::of(output).check("broken-full");
    }

    #[test]
    fn a_pipe_among_posts_is_not_waited_for() {
        let folder = Folder::new().with("posts/a.md", "# A\n");
        let made = std::process::Command::new("mkfifo").arg(folder.path("posts/b.md")).status();
        if !made.is_ok_and(|status| status.success()) {
            println!("skipped: no mkfifo");
            return;
        }
        folder.run(&["convert", "posts", "-t", "hugo", "-o", "out"]).check("broken-pipe-file");
    }

    #[test]
    fn a_name_that_is_not_utf8() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let folder = Folder::new().with("posts/a.md", "# A\n");
        let name = folder.path("posts").join(OsStr::from_bytes(b"caf\xe9.md"));
        if fs::write(&name, "# B\n").is_err() {
            println!("skipped: this file system has no such names");
            return;
        }
        folder.run(&["convert", "posts", "-t", "hugo", "-o", "out"]).check("broken-name");
    }
}
