//! `postferry compare`: what it says, on which stream, with which exit code.

use super::support::Folder;

fn sites() -> Folder {
    Folder::new()
        .with("old/index.html", "<title>Home</title><p>He said \"no\"... <a href=post/>a</a></p>")
        .with("old/post/index.html", "<title>Post</title><h2 id=one>One</h2><p>some words here</p>")
        .with("old/gone.html", "<title>Gone</title><p>gone")
        .with("old/a.css", "a")
        .with("new/index.html", "<title>Home</title>\n<p>He said “no”… <a href=/post/>a</a></p>\n")
        .with("new/post/index.html", "<title>The post</title><h2>One</h2><p>some words there <img src=x.png></p>")
        .with("new/a.css", "b")
        .with("new/tags/index.html", "<title>Tags</title>")
        .with("same/index.html", "<title>Home</title><p>He said &ldquo;no&rdquo;&hellip; <a href=/post/>a</a></p>")
        .with("same/post/index.html", "<title>Post</title><h2 id=one>One</h2><p>some words here</p>")
        .with("same/gone.html", "<title>Gone</title><p>gone")
        .with("same/a.css", "a")
}

#[test]
fn two_sites_that_are_the_same() {
    let ran = sites().run(&["compare", "old", "same"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout());
    ran.check("compare-same");
}

#[test]
fn two_sites_that_differ_in_every_form() {
    for format in ["human", "short", "json"] {
        let ran = sites().run(&["compare", "old", "new", "--message-format", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), ""));
        ran.check(&format!("compare-{format}"));
    }
    sites().run(&["compare", "old", "same", "--exact"]).check("compare-exact");
}

#[test]
fn the_report_is_written() {
    let folder = sites();
    let ran = folder.run(&["compare", "old", "new", "--report", "out/deep", "--jobs", "1"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout().contains("out/deep/report.html"));
    let json: serde_json::Value = serde_json::from_str(&folder.read("out/deep/report.json")).unwrap();
    assert_eq!(json["totals"]["differing"], 4, "{json:#}");
    assert!(folder.read("out/deep/report.html").contains("some words"));
    // The same again, whatever the threads do.
    let one = folder.read("out/deep/report.json");
    folder.run(&["compare", "old", "new", "--report", "out/deep", "--jobs", "4"]);
    assert_eq!(folder.read("out/deep/report.json"), one);
}

#[test]
fn what_is_selected_or_ignored() {
    let folder = sites();
    let ran = folder.run(&["compare", "old", "new", "--select", "h2", "--ignore", "title"]);
    assert!(!ran.stdout().contains("words"), "{}", ran.stdout());
}

#[test]
fn command_lines_that_make_no_sense() {
    let folder = sites();
    for (arguments, name) in [
        (&["compare", "old"][..], "compare-one-site"),
        (&["compare", "old", "nowhere"], "compare-no-folder"),
        (&["compare", "old", "old/index.html"], "compare-file"),
        (&["compare", "old", "new", "--select", "a:hover"], "compare-selector"),
    ] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.stdout()), (Some(2), ""), "{}", ran.stderr);
        ran.check(name);
    }
}
