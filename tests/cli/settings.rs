//! `postferry.toml`, and how much is told.

use super::support::Folder;

/// A post whose time names no zone, and whose address is the site's.
const POST: &str = "---\ntitle: Tea\ndate: 2023-04-12 21:40\n---\n<p>Warm the pot.</p>\n";

fn site(settings: &str) -> Folder {
    Folder::new().with("blog/postferry.toml", settings).with("blog/_posts/2023-04-12-tea.html", POST)
}

#[test]
fn settings_are_found_upwards_and_flags_go_before_them() {
    let folder = site("to = 'hugo+yaml'\ntimezone = 'Europe/Amsterdam'\npermalink = 'pretty'\n");
    let run = |below: &str, arguments: &[&str]| {
        let mut command = folder.command(arguments);
        let output = command.current_dir(folder.path(below)).output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (text, told) = run("blog/_posts", &["convert", "2023-04-12-tea.html", "-v"]);
    assert!(text.starts_with("---\n"), "{text}");
    assert!(text.contains("date: 2023-04-12T21:40:00+02:00\n"), "{text}");
    assert!(text.contains("url: /2023/04/12/tea/\n"), "{text}");
    assert!(told.starts_with("note[settings-used]") && told.contains("../postferry.toml"), "{told}");
    assert!(!told.contains("address-assumed"), "{told}");

    let (text, told) = run("blog", &["convert", "_posts/2023-04-12-tea.html", "-t", "hugo", "--permalink", "none"]);
    assert!(text.starts_with("+++\n"), "{text}");
    assert!(text.contains("date = 2023-04-12T21:40:00+02:00\n") && text.contains("url = '/tea.html'\n"), "{text}");
    assert!(!told.contains("settings-used"), "{told}");

    let (text, _) = run("blog", &["convert", "_posts/2023-04-12-tea.html", "-t", "hugo", "--no-config"]);
    assert!(text.contains("date = 2023-04-12T21:40:00Z\n"), "{text}");

    // From elsewhere they must be named.
    let (text, _) = run("", &["--config", "blog/postferry.toml", "convert", "blog/_posts/2023-04-12-tea.html"]);
    assert!(text.contains("date: 2023-04-12T21:40:00+02:00\n"), "{text}");

    let (text, _) = run("blog", &["inspect", "_posts/2023-04-12-tea.html"]);
    assert!(text.contains("2023-04-12T21:40:00+02:00"), "{text}");
}

#[test]
fn a_map_in_the_settings_lies_beside_them() {
    let folder = site("to = 'hugo'\nmap = 'keys.toml'\nmessage-format = 'short'\n");
    folder.write("blog/keys.toml", "[rename]\ntitle = 'name'\n");
    let ran = folder.run(&["--config", "blog/postferry.toml", "convert", "blog/_posts/2023-04-12-tea.html"]);
    assert!(ran.stdout().contains("name = 'Tea'"), "{}\n{}", ran.stdout(), ran.stderr);
    assert!(ran.stderr.starts_with("blog/_posts/2023-04-12-tea.html:3:"), "{}", ran.stderr);
}

#[test]
fn what_makes_no_sense_is_said_with_its_place() {
    let told = |settings: &str, name: &str| {
        let folder = Folder::new().with("postferry.toml", settings).with("a.md", "# A\n");
        let ran = folder.run(&["convert", "a.md", "-t", "hugo"]);
        assert_eq!((ran.code, ran.stdout()), (Some(1), ""), "{}", ran.stderr);
        ran.check(name);
    };
    told("to = 'hugo'\ntime_zone = 'UTC'\n", "settings-unknown-key");
    told("to = 'hugo'\nstrict = 'yes'\n", "settings-wrong-type");
    told("to = 'hugoo'\n", "settings-unknown-format");
    told("to = hugo\n", "settings-no-toml");
    let folder = Folder::new().with("a.md", "# A\n");
    folder.run(&["convert", "a.md", "-t", "hugo", "--config", "nowhere.toml"]).check("settings-missing");
}

#[test]
fn strict_can_be_set() {
    let folder = Folder::new().with("postferry.toml", "strict = true\nto = 'markdown'\n");
    folder.write("a.md", "---\ntitle: A\ntags: [b]\n---\nHi.\n");
    assert_eq!(folder.run(&["convert", "a.md", "-f", "jekyll"]).code, Some(1));
    assert_eq!(folder.run(&["convert", "a.md", "-f", "jekyll", "--no-config"]).code, Some(2));
    assert_eq!(folder.run(&["convert", "a.md", "-f", "jekyll", "--no-config", "-t", "markdown"]).code, Some(0));
}

#[test]
fn as_much_is_told_as_is_wanted() {
    let folder = Folder::new()
        .with("posts/a.md", "---\ntitle: A\ntags: [b]\n---\nHi.\n")
        .with("posts/bad.md", "---\ntitle: A\n")
        .with("posts/2023-04-12-tea.html", POST)
        .with("posts/photo.png", "");
    let told = |flags: &[&str]| {
        let arguments = [&["convert", "posts", "-f", "jekyll", "-t", "markdown", "--dry-run"], flags].concat();
        let ran = folder.run(&arguments);
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
        ran
    };
    told(&[]).check("volume-usual");
    told(&["-q"]).check("volume-quiet");
    told(&["-qq"]).check("volume-errors");
    told(&["-v"]).check("volume-full");
    // How messages look changes nothing of which are told.
    let lines = |flags: &[&str]| told(flags).stderr.lines().count();
    assert_eq!(lines(&["-qq", "--message-format", "short"]), 1);
    assert!(lines(&["-q", "--message-format", "json"]) < lines(&["--message-format", "json"]));
    folder.run(&["convert", "posts", "-t", "hugo", "-q", "-v"]).check("volume-both");
}
