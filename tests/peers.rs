//! The README's tables, measured here on the fixtures: postferry beside `hugo import jekyll`, pandoc, html2md and turndown,
//! and beside `serde_yaml`. `POSTFERRY_BLESS=1 cargo test --test peers -- --test-threads 1` writes what was measured.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use postferry::format::{FrontMatter, Schema};
use postferry::front::Yaml;
use postferry::meta::{Meta, Value};
use support::generators::{Page, hugo_import, jekyll, program, through, try_hugo};
use support::{carry, dom, fixtures};

/// Texts that some reader takes for something else if they stand without quotes, or with the wrong ones.
const STRINGS: [&str; 40] = [
    "yes",
    "No",
    "on",
    "OFF",
    "y",
    "true",
    "null",
    "~",
    "",
    " lead",
    "trail ",
    "0755",
    "0o17",
    "0x1F",
    "1_000",
    "12:30",
    "12:30:45",
    "1:30",
    "2019-05-01",
    "2019-5-1",
    "2019-05-01 12:00:00",
    "2019-05-01T12:00:00Z",
    "1e3",
    "1.",
    ".5",
    "+1",
    "-0",
    ".inf",
    ".NaN",
    "<<",
    "=",
    "- a",
    "a: b",
    "a #b",
    "#a",
    "'a'",
    "\"a\"",
    "@a",
    "a\nb\n",
    "!x",
];

/// A row of one of the README's tables: what is counted, of how many, and what each made of it, as its head has them.
/// `None` where the program is not there to be measured.
struct Row {
    what: &'static str,
    total: usize,
    counts: Vec<Option<Count>>,
}

/// What a program kept; or that it does no such thing.
#[derive(Clone, Copy)]
enum Count {
    Of(usize),
    Not,
}

/// Holds the README's rows against those that were measured.
fn shows(rows: &[Row]) {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let mut readme = std::fs::read_to_string(file).unwrap();
    let is_blessed = std::env::var_os("POSTFERRY_BLESS").is_some();
    let mut wrong = Vec::new();
    for Row { what, total, counts } in rows {
        let cell = |count: &Option<Count>| match count {
            Some(Count::Of(count)) => format!("{count} of {total}"),
            Some(Count::Not) => "–".to_owned(),
            None => "?".to_owned(),
        };
        let cells: Vec<String> = counts.iter().map(cell).collect();
        println!("measured: | {what} | {} |", cells.join(" | "));
        let head = format!("| {what} | ");
        let shown = readme.lines().find_map(|line| line.strip_prefix(&head)).unwrap_or_default().to_owned();
        let shown: Vec<&str> = shown.trim_end_matches('|').split('|').map(str::trim).collect();
        let is_so = shown.len() == cells.len()
            && shown.iter().zip(&cells).all(|(shown, cell)| *shown == cell.as_str() || cell == "?");
        if !is_so && is_blessed && !cells.contains(&"?".to_owned()) {
            let old = readme.lines().find(|line| line.starts_with(&head)).unwrap_or_default().to_owned();
            readme = readme.replace(&old, &format!("{head}{} |", cells.join(" | ")));
            std::fs::write(file, &readme).unwrap();
        } else if !is_so {
            wrong.push(format!("{head}{} |", cells.join(" | ")));
        }
    }
    assert!(wrong.is_empty(), "the README does not say\n{}", wrong.join("\n"));
}

/// The bodies of the fixtures as HTML.
fn bodies() -> Vec<String> {
    let registry = carry::builtin();
    let html = |fixture: &fixtures::Fixture| {
        let (json, _) = carry::carry(&registry, &fixture.into(), "json+html").unwrap();
        let post: serde_json::Value = serde_json::from_str(&json.text).unwrap();
        post["body"]["text"].as_str().unwrap().to_owned()
    };
    fixtures::all().iter().map(html).filter(|body| !body.trim().is_empty()).collect()
}

fn ours(html: &str) -> String {
    let from = carry::Cargo::new("html", format!("<!DOCTYPE html>\n<body>\n{html}\n</body>\n"), None);
    carry::carry(&carry::builtin(), &from, "markdown").unwrap().0.text
}

#[test]
fn html_to_markdown_on_the_fixtures() {
    let test = "HTML to Markdown by others";
    let (pandoc, turndown) = (program("pandoc", test), program("turndown", test));
    let bodies = bodies();
    let by_pandoc = |html: &str| {
        let arguments = ["--from", "html", "--to", "gfm", "--wrap", "preserve"];
        pandoc.as_deref().map(|pandoc| through(pandoc, &arguments, html))
    };
    let by_turndown = |html: &str| turndown.as_deref().map(|turndown| through(turndown, &[], html));
    let by_html2md = |html: &str| Some(html2md::parse_html(html));
    let converted = |convert: &dyn Fn(&str) -> Option<String>| -> Option<Vec<String>> {
        bodies.iter().map(|html| convert(html).map(|markdown| dom::markdown_to_html(&markdown))).collect()
    };
    let all = [&|html: &str| Some(ours(html)) as _, &by_pandoc as &dyn Fn(&str) -> _, &by_html2md, &by_turndown];
    let all: Vec<Option<Vec<String>>> = all.into_iter().map(converted).collect();
    let row = |what, same: &dyn Fn(&str, &str) -> bool| {
        let count = |back: &Option<Vec<String>>| {
            let back = back.as_ref()?;
            Some(Count::Of(bodies.iter().zip(back).filter(|(html, back)| same(html, back)).count()))
        };
        let mut counts: Vec<Option<Count>> = all.iter().map(count).collect();
        // It leaves HTML as it is.
        counts.insert(1, Some(Count::Not));
        Row { what, total: bodies.len(), counts }
    };
    shows(&[
        row("HTML bodies whose Markdown has every word", &|a, b| dom::visible_text(a) == dom::visible_text(b)),
        row("… and every link, image, list and table", &|a, b| dom::reader_equal(a, b).is_ok()),
    ]);
}

#[test]
fn jekyll_to_hugo_on_the_fixtures() {
    let test = "Jekyll to Hugo by others";
    let (Some(real_jekyll), Some(real_hugo)) = (program("jekyll", test), program("hugo", test)) else { return };
    let fixtures: Vec<fixtures::Fixture> =
        fixtures::all().into_iter().filter(|fixture| carry::is_of(fixture.format, "jekyll")).collect();
    // HTML is shown, and read: what somebody sets who imports posts in HTML.
    let open = "[markup.goldmark.renderer]\nunsafe = true\n[security]\nallowContent = ['.*']\n";
    let is_seen = |was: &Page, is: &Page| {
        was.title == is.title && was.date == is.date && dom::reader_equal(&was.body, &is.body).is_ok()
    };
    // Of each: what is seen, where it is found, how many comments are left.
    let (mut theirs, mut our_own) = ([0; 3], [0; 3]);
    let mut comments = 0;
    for fixture in &fixtures {
        let was = jekyll(&real_jekyll, fixture.file, &fixture.text);
        let its_comments = comments_of(&fixture.into());
        comments += its_comments.len();
        let (file, text) = hugo_import(&real_hugo, fixture.file, &fixture.text);
        let (there, conversion) = carry::carry(&carry::builtin(), &fixture.into(), "hugo").unwrap();
        let settings =
            conversion.report.diagnostics().iter().filter(|diagnostic| diagnostic.code.name == "hugo-config");
        let settings: String = settings.filter_map(|diagnostic| diagnostic.help.as_deref()).collect();
        let there_file = there.path.as_deref().unwrap().rsplit('/').next().unwrap();
        for (counts, file, text, settings) in
            [(&mut theirs, file.as_str(), &text, open), (&mut our_own, there_file, &there.text, settings.as_str())]
        {
            let kept = comments_of(&carry::Cargo::new("hugo", text.as_str(), Some(file)));
            counts[2] += its_comments.iter().filter(|comment| kept.contains(comment)).count();
            // What Hugo does not build it does not show.
            let Ok(is) = try_hugo(&real_hugo, file, text, settings) else { continue };
            counts[0] += usize::from(is_seen(&was, &is));
            counts[1] += usize::from(is.path == was.path);
        }
    }
    let row = |what, total, place: usize| {
        let not = Some(Count::Not);
        Row {
            what,
            total,
            counts: vec![Some(Count::Of(our_own[place])), Some(Count::Of(theirs[place])), not, not, not],
        }
    };
    shows(&[
        row("Jekyll posts that Hugo shows the same: title, date, body", fixtures.len(), 0),
        row("… and at the address that they had", fixtures.len(), 1),
        row("comments in their front matter that are kept", comments, 2),
    ]);
}

/// The comments in the front matter of a post.
fn comments_of(cargo: &carry::Cargo) -> Vec<String> {
    let meta = carry::read(&carry::builtin(), cargo).map(|read| read.post.meta).unwrap_or_default();
    meta.comments.into_iter().filter_map(|comment| comment.text).collect()
}

fn read_as_jekyll(yaml: &str) -> Option<Meta> {
    let text = format!("---\n{}\n---\n", yaml.trim_end_matches('\n'));
    let split = Yaml::default().split(&text, Schema::Jekyll).ok()??;
    Yaml::default().parse(&text, split.front, Schema::Jekyll, &mut ()).ok()
}

fn by_serde_yaml(meta: &Meta) -> String {
    serde_yaml::to_string(meta).unwrap()
}

fn by_postferry(meta: &Meta) -> String {
    let mut out = String::new();
    Yaml::default().print(meta, "", &mut out, &mut ()).unwrap();
    out.trim_start_matches("---\n").trim_end_matches("---\n").to_owned()
}

#[test]
fn yaml_on_strings_and_on_the_fixtures() {
    let reads_back = |write: &dyn Fn(&Meta) -> String| {
        let same = |text: &&&str| {
            let mut meta = Meta::new();
            meta.insert("key", **text);
            read_as_jekyll(&write(&meta)).is_some_and(|back| back.get("key") == Some(&Value::from(**text)))
        };
        STRINGS.iter().filter(same).count()
    };

    let registry = carry::builtin();
    let fronts: Vec<Meta> = fixtures::all()
        .iter()
        .map(|fixture| carry::read(&registry, &fixture.into()).unwrap().post.meta)
        .filter(|meta| !meta.map.is_empty())
        .collect();
    let values_survive = |write: &dyn Fn(&Meta) -> String| {
        fronts.iter().filter(|meta| read_as_jekyll(&write(meta)).is_some_and(|back| back.map == meta.map)).count()
    };
    let comments: usize = fronts.iter().map(|meta| meta.comments.iter().filter(|c| c.text.is_some()).count()).sum();
    let comments_survive = |write: &dyn Fn(&Meta) -> String| -> usize {
        let kept = |meta: &Meta| {
            read_as_jekyll(&write(meta)).map_or(0, |back| back.comments.iter().filter(|c| c.text.is_some()).count())
        };
        fronts.iter().map(kept).sum()
    };
    let row = |what, total, peer, ours| Row { what, total, counts: vec![Some(Count::Of(ours)), Some(Count::Of(peer))] };
    shows(&[
        row(
            "texts that Jekyll reads back as written",
            STRINGS.len(),
            reads_back(&by_serde_yaml),
            reads_back(&by_postferry),
        ),
        row(
            "front matters whose values keep their types",
            fronts.len(),
            values_survive(&by_serde_yaml),
            values_survive(&by_postferry),
        ),
        row("comments kept", comments, comments_survive(&by_serde_yaml), comments_survive(&by_postferry)),
    ]);
}
