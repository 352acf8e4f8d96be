//! One post: where it goes, what is told of it.

use super::support::Folder;

const JEKYLL: &str = "---\ntitle: Hello\ndate: Wed, 01 May 2019 12:09:07 +0200\n---\n<p>A <b>bold</b> start.</p>\n";

fn hello() -> Folder {
    Folder::new().with("_posts/2019-05-01-hello.html", JEKYLL)
}

#[test]
fn one_post_goes_to_standard_output() {
    hello().run(&["convert", "_posts/2019-05-01-hello.html", "-t", "hugo"]).check("convert");
}

#[test]
fn without_the_proof_a_sound_post_is_the_same() {
    let folder = hello();
    let arguments = ["convert", "_posts/2019-05-01-hello.html", "-t", "hugo"];
    let proved = folder.run(&arguments);
    let trusted = folder.run(&[&arguments[..], &["--no-proof"]].concat());
    assert_eq!((trusted.code, trusted.stdout()), (Some(0), proved.stdout()));
}

#[test]
fn standard_input_is_a_post_too() {
    let folder = Folder::new();
    let named = folder.run_with(&["convert", "-", "-f", "jekyll", "-t", "hugo"], JEKYLL);
    named.check("convert-stdin");
    let unnamed = folder.run_with(&["convert", "-f", "jekyll", "-t", "hugo"], JEKYLL);
    assert_eq!((unnamed.code, unnamed.stdout), (Some(0), named.stdout));
}

#[test]
fn an_output_is_a_file_or_a_folder() {
    let folder = hello();
    let to = |output: &str| {
        let ran = folder.run(&["convert", "_posts/2019-05-01-hello.html", "-t", "hugo", "-o", output]);
        assert_eq!((ran.code, ran.stdout()), (Some(0), ""), "{}", ran.stderr);
    };
    to("new/post.md");
    to("out/");
    std::fs::create_dir(folder.path("there")).unwrap();
    to("there");
    let written =
        ["_posts/2019-05-01-hello.html", "new/post.md", "out/2019-05-01-hello.md", "there/2019-05-01-hello.md"];
    assert_eq!(folder.files(), written);
    for path in &written[1..] {
        assert!(folder.read(path).contains("title = 'Hello'"), "{path}");
    }
}

#[test]
fn a_standing_output_is_replaced_only_by_force() {
    let folder = hello().with("post.md", "mine\n");
    let convert = ["convert", "_posts/2019-05-01-hello.html", "-t", "hugo", "-o", "post.md"];
    folder.run(&convert).check("convert-output-exists");
    assert_eq!(folder.read("post.md"), "mine\n");
    let forced = folder.run(&[&convert[..], &["--force"]].concat());
    assert_eq!((forced.code, forced.stdout()), (Some(0), ""));
    assert!(forced.stderr.starts_with("note[address-assumed]"), "{}", forced.stderr);
    assert!(folder.read("post.md").contains("Hello"));
    assert_eq!(folder.files(), ["_posts/2019-05-01-hello.html", "post.md"]);
}

#[test]
fn a_source_is_never_replaced() {
    let folder = Folder::new().with("post.md", "# Hello\n\nText.\n");
    let absolute = folder.path("post.md").display().to_string();
    for output in ["post.md", "./post.md", &absolute] {
        let ran = folder.run(&["convert", "post.md", "-t", "hugo", "-o", output, "--force"]);
        assert_eq!(ran.code, Some(1), "{output}: {}", ran.stderr);
        assert_eq!(folder.read("post.md"), "# Hello\n\nText.\n");
    }
    folder.run(&["convert", "post.md", "-t", "hugo", "-o", "post.md", "--force"]).check("convert-output-is-input");
}

#[cfg(unix)]
#[test]
fn a_source_behind_a_link_is_never_replaced() {
    let folder = Folder::new().with("post.md", "# Hello\n");
    std::os::unix::fs::symlink("post.md", folder.path("link.md")).unwrap();
    let ran = folder.run(&["convert", "post.md", "-t", "hugo", "-o", "link.md", "--force"]);
    assert!(ran.code == Some(1) && ran.stderr.contains("output-is-input"), "{}", ran.stderr);
    assert_eq!(folder.read("post.md"), "# Hello\n");
}

#[test]
fn what_would_change_is_shown_and_nothing_written() {
    let folder = hello();
    let convert = ["convert", "_posts/2019-05-01-hello.html", "-t", "hugo"];
    folder.run(&[&convert[..], &["--diff"]].concat()).check("convert-diff-to-source");
    folder.run(&[&convert[..], &["--diff", "-o", "out/"]].concat()).check("convert-diff-to-new");
    folder.run(&[&convert[..], &["--dry-run", "-o", "out/"]].concat()).check("convert-dry-run");
    folder.run(&[&convert[..], &["--dry-run"]].concat()).check("convert-dry-run-stdout");
    folder.write("post.md", "+++\ntitle = 'Old'\n+++\n\nA **bold** start.\n");
    folder.run(&[&convert[..], &["--diff", "-o", "post.md"]].concat()).check("convert-diff-to-standing");
    assert_eq!(folder.files(), ["_posts/2019-05-01-hello.html", "post.md"]);
}

#[test]
fn a_diff_of_standard_input_is_shown_too() {
    Folder::new().run_with(&["convert", "-f", "jekyll", "-t", "hugo", "--diff"], JEKYLL).check("convert-diff-stdin");
}

#[test]
fn losses_are_told_in_full_and_fail_only_if_strict() {
    let folder = Folder::new().with("a.md", "---\ntitle: A\nweather: rain\n---\nB\n");
    let convert = ["convert", "a.md", "-f", "jekyll", "-t", "markdown"];
    folder.run(&convert).check("convert-loss");
    folder.run(&[&convert[..], &["--strict"]].concat()).check("convert-loss-strict");
    folder.run(&[&convert[..], &["--message-format", "short"]].concat()).check("convert-loss-short");
    folder.run(&[&convert[..], &["--message-format", "json"]].concat()).check("convert-loss-json");
}

#[test]
fn many_messages_of_one_code_are_counted() {
    let keys: String = (1..=30).map(|n| format!("key{n}: {n}\n")).collect();
    let folder = Folder::new().with("a.md", format!("---\ntitle: A\n{keys}---\nB\n"));
    folder.run(&["convert", "a.md", "-f", "jekyll", "-t", "markdown"]).check("convert-many-losses");
    let short = folder.run(&["convert", "a.md", "-f", "jekyll", "-t", "markdown", "--message-format", "short"]);
    assert_eq!(short.stderr.lines().count(), 30);
}

#[test]
fn a_post_does_not_steer_the_terminal() {
    let folder = Folder::new().with("a.md", "---\ntitle: A\n\"x\\e[31m\\u202E\\u009B31m\": \u{202e}\n---\nB\n");
    for format in ["human", "short", "json"] {
        let ran = folder.run(&["convert", "a.md", "-f", "jekyll", "-t", "markdown", "--message-format", format]);
        assert!(ran.stderr.contains("key-dropped"), "{}", ran.stderr);
        let unsafe_character = ran.stderr.chars().find(|c| c.is_control() && *c != '\n' || *c == '\u{202e}');
        assert_eq!(unsafe_character, None, "{format}: {:?}", ran.stderr);
    }
}

#[test]
fn a_named_encoding_is_decoded() {
    let folder = Folder::new().with("old.html", b"<h1>Caf\xe9</h1>\n<p>\x93na\xefve\x94</p>\n");
    let ran = folder.run(&["convert", "old.html", "-t", "markdown", "--encoding", "windows-1252"]);
    assert_eq!((ran.code, ran.stdout()), (Some(0), "# Café\n\n“naïve”\n"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_read_and_written_as_it_is() {
    let folder = hello();
    let null = folder.run(&["convert", "_posts/2019-05-01-hello.html", "-t", "hugo", "-o", "/dev/null"]);
    assert!(null.code == Some(0) && null.stderr.starts_with("note[address-assumed]"), "{}", null.stderr);
    assert!(!std::fs::metadata("/dev/null").unwrap().is_file(), "/dev/null is still what it was");
    let stdin = folder.run_with(&["convert", "/dev/stdin", "-f", "jekyll", "-t", "hugo"], JEKYLL);
    assert!(stdin.code == Some(0) && stdin.stdout().contains("title = 'Hello'"), "{}", stdin.stderr);
}

#[test]
fn a_reader_that_has_had_enough_is_no_failure() {
    let folder = Folder::new().with("a.md", format!("# A\n\n{}", "word ".repeat(200_000)));
    let mut command = folder.command(&["convert", "a.md", "-t", "hugo"]);
    let mut child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn the_zone_of_a_time_can_be_named() {
    let folder = Folder::new().with("a.html", "---\ntitle: A\ndate: \"2019-05-01 12:09:07\"\n---\n<p>B</p>\n");
    let ran = folder.run(&["convert", "a.html", "-f", "jekyll", "-t", "hugo", "--timezone", "Europe/Amsterdam"]);
    assert!(ran.stdout().contains("date = 2019-05-01T12:09:07+02:00\n"), "{}", ran.stdout());
    let ran = folder.run(&["convert", "a.html", "-f", "jekyll", "-t", "hugo", "--timezone", "-03:30"]);
    assert!(ran.stdout().contains("date = 2019-05-01T12:09:07-03:30\n"), "{}", ran.stdout());
}
