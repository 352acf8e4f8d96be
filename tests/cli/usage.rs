//! Command lines that make no sense, exit 2, and such that name what is not there, exit 1: nothing on standard output,
//! nothing written.

use super::support::Folder;

fn posts() -> Folder {
    Folder::new().with("a.md", "# A\n").with("b.md", "# B\n").with("posts/c.md", "# C\n")
}

#[track_caller]
fn refused(arguments: &[&str], name: &str) {
    stopped(2, arguments, name);
}

#[track_caller]
fn unknown(arguments: &[&str], name: &str) {
    stopped(1, arguments, name);
}

#[track_caller]
fn stopped(code: i32, arguments: &[&str], name: &str) {
    let folder = posts();
    let files = folder.files();
    let ran = folder.run(arguments);
    assert_eq!((ran.code, ran.stdout()), (Some(code), ""), "{}", ran.stderr);
    ran.check(name);
    assert_eq!(folder.files(), files);
}

#[test]
fn an_unknown_format_names_the_known_and_the_nearest() {
    unknown(&["convert", "a.md", "-t", "hugoo"], "usage-format-unknown");
    unknown(&["convert", "a.md", "-f", "wordpress", "-t", "hugo"], "usage-format-unknown-from");
}

#[test]
fn an_unknown_word_names_what_fits() {
    unknown(&["convert", "a.md", "-t", "hugo+ymal"], "usage-format-word");
    unknown(&["convert", "a.md", "-t", "hugo+yaml+toml"], "usage-format-two-words");
    unknown(&["convert", "a.md", "-t", "hugo + yaml"], "usage-format-syntax");
}

#[test]
fn an_unknown_encoding_or_zone_is_told() {
    unknown(&["convert", "a.md", "-t", "hugo", "--encoding", "klingon"], "usage-encoding");
    unknown(&["convert", "a.md", "-t", "hugo", "--timezone", "Europe/Atlantis"], "usage-timezone");
}

#[test]
fn a_message_about_a_format_has_the_format_asked_for() {
    unknown(&["convert", "a.md", "-t", "hugoo", "--message-format", "short"], "usage-format-unknown-short");
    unknown(&["convert", "a.md", "-t", "hugoo", "--message-format", "json"], "usage-format-unknown-json");
}

#[test]
fn several_posts_need_a_folder() {
    refused(&["convert", "a.md", "b.md", "-t", "hugo"], "usage-several-to-stdout");
    refused(&["convert", "posts", "-t", "hugo"], "usage-folder-to-stdout");
    refused(&["convert", "posts", "-t", "hugo", "-o", "a.md"], "usage-folder-to-file");
    refused(&["convert", "-", "a.md", "-t", "hugo", "-o", "out"], "usage-stdin-to-folder");
    refused(&["convert", "-", "-", "-t", "hugo"], "usage-stdin-twice");
}

#[test]
fn arguments_that_exclude_each_other_do() {
    refused(&["convert", "a.md"], "usage-no-target");
    refused(&["convert", "a.md", "-t", "hugo", "--diff", "--dry-run"], "usage-diff-and-dry-run");
    refused(&["convert", "--ndjson", "a.md", "-t", "hugo"], "usage-ndjson-with-file");
    refused(&["convert", "a.md", "-t", "hugo", "--jobs", "0"], "usage-no-jobs");
    refused(&["inspect", "posts"], "usage-inspect-folder");
    refused(&["convrt"], "usage-unknown-command");
}
