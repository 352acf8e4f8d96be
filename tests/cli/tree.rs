//! Folders of posts.

use super::support::Folder;

fn site() -> Folder {
    Folder::new()
        .with("site/_posts/2019-05-01-one.html", "---\ntitle: One\n---\n<p>1</p>\n")
        .with("site/_posts/2020-06-02-two.html", "---\ntitle: Two\n---\n<p>2</p>\n")
        .with("site/about.md", "---\nlayout: page\ntitle: About\n---\nMe.\n")
        .with("site/.hidden.md", "---\nlayout: page\n---\nStill a post.\n")
        .with("site/img/cat.png", "PNG")
        .with("site/img/dog.png", "PNG")
        .with("site/CNAME", "example.org\n")
        .with("site/.git/info.md", "# No post\n")
        .with("site/.gitignore", "about.md\n")
}

#[test]
fn a_folder_goes_to_a_folder() {
    let folder = site();
    folder.run(&["convert", "site", "-t", "hugo", "-o", "out"]).check("tree");
    let out: Vec<String> = folder.files().into_iter().filter(|file| file.starts_with("out/")).collect();
    assert_eq!(out, ["out/.hidden.md", "out/2019-05-01-one.md", "out/2020-06-02-two.md", "out/about.md"]);
}

#[test]
fn paths_are_told_from_the_folder_that_was_named() {
    let folder = site();
    let ran = folder.run(&["convert", "site/_posts", "-t", "jekyll+markdown", "-o", "out"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let ran = folder.run(&["convert", "site", "-t", "jekyll+markdown", "-o", "whole"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let has = |path: &str| folder.path(path).exists();
    assert!(has("out/2019-05-01-one.md") && has("whole/_posts/2019-05-01-one.md"), "{:?}", folder.files());
}

#[test]
fn a_folder_can_be_listed_and_compared_without_an_output() {
    let folder = site();
    let files = folder.files();
    folder.run(&["convert", "site", "-t", "hugo", "--dry-run"]).check("tree-dry-run");
    folder.run(&["convert", "site", "-t", "hugo", "--dry-run", "-o", "out"]).check("tree-dry-run-output");
    folder.run(&["convert", "site/_posts", "-t", "hugo", "--diff"]).check("tree-diff");
    assert_eq!(folder.files(), files);
}

#[test]
fn an_output_inside_the_input_is_no_input() {
    let folder = site();
    for _ in 0..2 {
        let ran = folder.run(&["convert", "site", "-t", "hugo", "-o", "site/out", "--force"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }
    assert!(!folder.path("site/out/out").exists());
}

#[test]
fn two_posts_for_one_file_are_both_refused_and_the_rest_is_written() {
    let folder = Folder::new().with("p/a.html", "<p>1</p>\n").with("p/a.md", "# 2\n").with("p/b.md", "# 3\n");
    folder.run(&["convert", "p", "-t", "hugo", "-o", "out"]).check("tree-twice");
    let out: Vec<String> = folder.files().into_iter().filter(|file| file.starts_with("out/")).collect();
    assert_eq!(out, ["out/b.md"]);
}

#[test]
fn standing_files_stay_and_the_rest_is_written() {
    let folder = site().with("out/about.md", "mine\n");
    folder.run(&["convert", "site", "-t", "hugo", "-o", "out"]).check("tree-standing");
    assert_eq!(folder.read("out/about.md"), "mine\n");
    assert!(folder.path("out/2019-05-01-one.md").exists());
}

#[test]
fn the_own_folders_of_a_site_hold_no_posts() {
    let page = "<p>{{ content }}</p>\n";
    let folder = Folder::new()
        .with("jekyll/_config.yml", "title: A\n")
        .with("jekyll/_layouts/default.html", page)
        .with("jekyll/_site/index.html", page)
        .with("jekyll/_posts/2019-05-01-a.md", "# A\n")
        .with("jekyll/about/_layouts/b.md", "# B\n")
        .with("hugo/hugo.toml", "title = 'A'\n")
        .with("hugo/layouts/single.html", page)
        .with("hugo/content/a.md", "# A\n");
    folder.run(&["convert", "jekyll", "-t", "json", "--dry-run"]).check("tree-site-jekyll");
    folder.run(&["convert", "hugo", "-t", "json", "--dry-run"]).check("tree-site-hugo");
    // A folder that is named is looked into, whatever it is called.
    let named = folder.run(&["convert", "jekyll/_layouts", "-t", "json", "--dry-run"]);
    assert!(named.stdout().contains("default.html"), "{}", named.stderr);
}

#[test]
fn a_second_run_changes_nothing_and_is_no_failure() {
    let folder = Folder::new().with("p/a.md", "# A\n").with("p/b.md", "# B\n");
    let arguments = ["convert", "p", "-t", "hugo", "-o", "out"];
    assert_eq!(folder.run(&arguments).code, Some(0));
    folder.write("p/c.md", "# C\n");
    folder.run(&arguments).check("tree-again");
    // One that somebody changed since is left as it is.
    folder.write("out/a.md", "mine\n");
    folder.run(&arguments).check("tree-again-changed");
    assert_eq!(folder.read("out/a.md"), "mine\n");
    let file = ["convert", "p/b.md", "-t", "hugo", "-o", "out/b.md"];
    assert_eq!(folder.run(&file).code, Some(0));
}

#[test]
fn a_path_that_leads_out_of_the_folder_is_refused() {
    let post = |path: &str| {
        format!(
            "{{\"version\": 1, \"title\": \"X\", \"body\": {{\"markup\": \"html\", \"text\": \"<p>x</p>\"}}, \"source\": {{\"path\": {path:?}}}}}\n"
        )
    };
    let folder = Folder::new()
        .with("p/a.json", post("../../evil.html"))
        .with("p/b.json", post("/tmp/evil.html"))
        .with("p/c.json", post("_posts/2019-05-01-good.html"));
    folder.run(&["convert", "p", "-t", "jekyll", "-o", "out"]).check("tree-outside");
    let out: Vec<String> = folder.files().into_iter().filter(|file| !file.starts_with("p/")).collect();
    assert_eq!(out, ["out/_posts/2019-05-01-good.html"]);
}

#[test]
fn losses_of_many_posts_are_summed_up() {
    let folder = Folder::new();
    for n in 1..=12 {
        folder.write(&format!("p/{n:02}.md"), format!("---\ntitle: T{n}\nweather: rain\nmood: {n}\n---\nB\n"));
    }
    folder.run(&["convert", "p", "-f", "jekyll", "-t", "markdown", "-o", "out"]).check("tree-losses");
    let strict = folder.run(&["convert", "p", "-f", "jekyll", "-t", "markdown", "-o", "out", "--strict", "--force"]);
    assert_eq!(strict.code, Some(1));
    let short = ["convert", "p", "-f", "jekyll", "-t", "markdown", "-o", "more", "--message-format", "short"];
    let lines = folder.run(&short).stderr;
    assert_eq!(lines.lines().count(), 24);
    let mut sorted: Vec<&str> = lines.lines().collect();
    sorted.sort_by_key(|line| line.split(':').next());
    assert_eq!(sorted, lines.lines().collect::<Vec<_>>(), "messages come in the order of the files");
}

#[test]
fn messages_and_files_are_the_same_whatever_the_threads_do() {
    let folder = Folder::new();
    for n in 0..600 {
        let text =
            if n % 50 == 7 { "---\ntitle: [\n---\n".to_owned() } else { format!("# T{n}\n\n{}\n", "word ".repeat(n)) };
        folder.write(&format!("p/{:03}/{n}.md", n % 10), text);
    }
    let run = |jobs: &str, out: &str| {
        folder.run(&["convert", "p", "-t", "hugo", "-o", out, "--jobs", jobs, "--message-format", "short"])
    };
    let (one, four) = (run("1", "one"), run("4", "four"));
    assert_eq!((one.code, &one.stderr), (Some(1), &four.stderr));
    let of = |out: &str| -> Vec<(String, String)> {
        let files = folder.files().into_iter();
        files.filter_map(|file| Some((file.strip_prefix(out)?.to_owned(), folder.read(&file)))).collect()
    };
    assert_eq!(of("one/").len(), 588);
    assert_eq!(of("one/"), of("four/"));
}

#[cfg(unix)]
#[test]
fn a_failed_write_leaves_nothing_half_done() {
    // A folder stands where a file should go, and a file where a folder should.
    let folder = Folder::new()
        .with("p/a.md", "# A\n")
        .with("p/b/c.md", "# C\n")
        .with("p/d.md", "# D\n")
        .with("out/a.md/x", "")
        .with("out/b", "");
    folder.run(&["convert", "p", "-t", "hugo", "-o", "out"]).check("tree-write-failed");
    let out: Vec<String> = folder.files().into_iter().filter(|file| file.starts_with("out/")).collect();
    assert_eq!(out, ["out/a.md/x", "out/b", "out/d.md"]);
}
