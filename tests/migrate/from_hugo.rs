//! Hugo sites of our own on their way to Jekyll: what becomes of each kind of file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::hugo_corpus::{build_hugo, build_jekyll, content, fates, without_year_one};
use crate::site::{files, migrate, migrated, read, said, site_of, write};
use crate::{compare, generators};

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hugo-site")
}

#[test]
fn every_file_has_its_place() {
    let before = files(&example());
    let (work, told, is_whole) = migrated(&example(), &[]);
    assert!(is_whole, "{told}");
    assert_eq!(files(&example()), before);
    let paths: Vec<String> = files(&work.path().join("new")).into_keys().collect();
    assert_eq!(
        paths,
        [
            "_config.yml",
            "_data/people.yml",
            "_drafts/fog.md",
            "_layouts/default.html",
            "_layouts/list.html",
            "_not-converted/content/posts/quiet-harbour/steps.md",
            "_posts/2023-04-12-night-ferry.md",
            "_posts/2023-05-02-harbour.md",
            "_redirects",
            "about.md",
            "admin.yml",
            "css/plain.css",
            "en/index.html",
            "index.md",
            "nl/about.md",
            "nl/index.html",
            "notes/index.html",
            "old/about.html",
            "postferry-urls.csv",
            "posts/harbour/quay.svg",
            "posts/index.html",
            "tea/house.md",
            "tea/index.md",
            "tea/winter.md",
            "tides.md",
            "who/index.html",
        ]
    );
    assert_eq!(
        read(&work, "_config.yml"),
        "title: Harbour notes\nurl: https://harbour.example\ntimezone: Europe/Amsterdam\npermalink: /posts/:title/\n\
         excerpt_separator: <!--more-->\ninclude: [_redirects]\ndefaults:\n  - scope:\n      path: ''\n    \
         values:\n      layout: default\n"
    );
    assert_eq!(
        read(&work, "_posts/2023-04-12-night-ferry.md"),
        "---\ntitle: Night ferry\ndate: 2023-04-12T22:15:00+02:00\ntags: [sea, night]\n---\n\nThe boat leaves at ten. See \
         <https://ferries.example/times> for more.\n\n<!--more-->\n\n## On deck (*outside*)\n\n| Hour | Place |\n|------|-------|\n\
         | 22   | quay  |\n\n<p class=\"note\">Bring a coat.</p>\n"
    );
    assert_eq!(
        read(&work, "about.md"),
        "---\ntitle: About\n---\n\nWrite to <jo@harbour.example>, or read the [night ferry](/posts/night-ferry/).\n"
    );
    assert_eq!(read(&work, "_data/people.yml"), "jo:\n  name: Jo\n  since: 2019\n");
    assert_eq!(
        read(&work, "tea/house.md"),
        "---\ntitle: House blend\nweight: 1\ncup: blue\n---\n\nBlack, with `{% raw %}{{ milk }}{% endraw %}`.\n"
    );
    assert!(read(&work, "tea/winter.md").contains("\npublished: false\n"));
    assert!(told.contains("content/tea/winter.md: its time is over"), "{told}");
    // What begins like front matter keeps its bytes behind some of its own.
    assert_eq!(
        read(&work, "admin.yml"),
        "---\nlayout: none\npermalink: /admin.yml\nrender_with_liquid: false\n---\n---\nname: admin\n"
    );
    assert!(read(&work, "old/about.html").contains("url=https://harbour.example/about/\""));
}

#[test]
fn the_page_in_docs_shows_what_is_told() {
    let (_work, told, _) = migrated(&example(), &[]);
    let told = told.replace("old is now", "examples/hugo-site is now").replace("../new", "jekyll-site");
    let docs = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/migrate.md")).unwrap();
    assert!(docs.contains(&told), "docs/migrate.md does not show:\n{told}");
}

/// Built by the generators, the old site and the new one are the same.
#[test]
fn both_generators_show_the_same() {
    let test = "both_generators_show_the_same";
    let programs = ["jekyll", "hugo", "hugo-0.111"].map(|name| generators::program(name, test));
    let [Some(jekyll), Some(hugo), Some(old_hugo)] = programs else { return };
    let work = TempDir::new().unwrap();
    let (new, report) = (work.path().join("new"), work.path().join("report"));
    let output = migrate(&example(), &new, &["--report", report.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    let is = build_jekyll(&jekyll, &new, work.path(), "is");
    let told = crate::corpus::said(&report.join("report.json"));
    for (name, hugo) in [("was", hugo), ("was-older", old_hugo)] {
        let was = without_year_one(build_hugo(&hugo, &example(), work.path(), name));
        let mut wrong = Vec::new();
        let was = content(was, &fates(&new), &is, &mut wrong);
        assert_eq!(wrong, Vec::<String>::new());
        let figures = compare::compare(&was, &is, &told, 0);
        println!("measured example, {name}: {}", figures.line());
        assert_eq!(figures.pages, 8);
        let lists = [&figures.missing, &figures.titles, &figures.dates, &figures.terms, &figures.ids, &figures.text];
        for list in lists {
            assert_eq!(*list, Vec::<String>::new(), "{name}");
        }
        // Hugo 0.168 writes the whole address of a picture that lies beside a page; what begins like front matter has some
        // of its own in front of it.
        let is_known = |line: &&String| line.contains("src=\\\"quay.svg\\\"") || line.contains("src=\"quay.svg\"");
        assert!(figures.dom.iter().chain(&figures.silent).all(|line| is_known(&line)), "{figures:?}");
    }
}

#[test]
fn names_and_settings_of_every_kind() {
    let (work, told, is_whole) = site_of(&[
        ("config/_default/hugo.yaml", "baseURL: https://a.example/b/\nenableEmoji: true\n"),
        ("config/_default/permalinks.toml", "blog = '/:year/:month/:slug/'\n"),
        ("config/production/hugo.json", "{\"title\": \"Last\"}"),
        ("content/blog/One Post.md", "---\ntitle: One & \"two\"\ndate: 2020-05-01\n---\nText\n"),
        (
            "content/blog/two.md",
            "---\ntitle: Two\ndate: 2020-05-02\nurl: /own/place.html\naliases: [old, /x/]\n---\nText\n",
        ),
        ("content/blog/undated.md", "Text\n"),
        ("content/docs/pic.PNG", "picture"),
        ("content/docs/_index.md", "---\ntitle: Docs\n---\n"),
        ("content/docs/page.adoc", "= Page\n"),
        ("content/.hidden.md", "Text\n"),
        ("content/lone.nl.md", "---\ntitle: Lone\n---\nText\n"),
        ("static/.well-known/x", "x"),
        ("static/_posts/y.txt", "y"),
        ("static/notes.md", "---\na: b\n---\n"),
        ("assets/x.scss", "x"),
    ]);
    assert!(!is_whole, "{told}");
    let config = read(&work, "_config.yml");
    assert!(
        config.starts_with(
            "title: Last\nurl: https://a.example\nbaseurl: /b\ntimezone: UTC\npermalink: /:year/:month/:title/\n"
        ),
        "{config}"
    );
    assert!(config.contains("include: [.well-known]\n"), "{config}");
    assert_eq!(read(&work, "_posts/2020-05-01-one-two.md"), "---\ntitle: One & \"two\"\ndate: 2020-05-01\n---\nText\n");
    let two = read(&work, "_posts/2020-05-02-place.md");
    assert!(two.contains("permalink: /own/place.html\n") && !two.contains("aliases"), "{two}");
    assert!(read(&work, "own/old/index.html").contains("https://a.example/b/own/place.html"));
    assert_eq!(read(&work, "docs/pic.PNG"), "picture");
    assert_eq!(read(&work, "_not-converted/content/docs/page.adoc"), "= Page\n");
    assert_eq!(read(&work, "lone-nl.md"), "---\ntitle: Lone\npermalink: /lone.nl/\n---\nText\n");
    for said in [
        "error[content-format]: `page.adoc` is in a format that is not converted",
        "error[file-not-served]: Jekyll keeps the folder of `_posts/y.txt` for itself",
        "error[file-not-served]: `static/notes.md` begins with front matter",
        "the setting `enableEmoji` is not followed: `:smile:` stays as it is written",
        "not taken: assets/ (Hugo works it out, and only layouts ask for it)",
    ] {
        assert!(told.contains(said), "{said}\n{told}");
    }
    assert_eq!(
        read(&work, "postferry-urls.csv"),
        "old,new,how\n/,/,made by jekyll\n/.well-known/x,/.well-known/x,copied\n/2020/05/one-two/,/2020/05/one-two/,url\n\
         /_posts/y.txt,,failed\n/blog/,/blog/,made by jekyll\n/blog/undated/,/blog/undated/,url\n/categories/,,not content\n\
         /docs/,/docs/,url\n/docs/page/,,failed\n/docs/pic.PNG,/docs/pic.PNG,copied\n/lone.nl/,/lone.nl/,url\n/notes.md,,failed\n\
         /own/old/,/own/place.html,alias\n/own/place.html,/own/place.html,url\n/tags/,,not content\n/x/,/own/place.html,alias\n"
    );
}

#[test]
fn shortcodes_and_links_of_the_site() {
    let (work, told, is_whole) = site_of(&[
        ("hugo.toml", "baseURL = 'https://a.example/b/'\ntheme = 'tea'\n"),
        ("layouts/shortcodes/list.html", "{{ range site.Pages }}{{ .Title }}{{ end }}\n"),
        ("layouts/shortcodes/box.html", "<div>{{ .Inner | markdownify }}</div>\n"),
        ("themes/tea/layouts/shortcodes/cup.html", "<b>{{ with .Get \"of\" }}{{ . }}{{ else }}tea{{ end }}</b>"),
        (
            "content/a/one.md",
            "{{< list \"x\" of=\"y\" >}}\n\nA {{< cup of=\"<mint>\" >}}, a {{< cup >}}.\n\n{{< box >}}\n*Two*\n{{< /box >}}\n\n\
             [b]({{< relref \"two\" >}}), [c]({{< ref \"/b/two.md#x\" >}}), [gone]({{< ref \"nowhere\" >}}).\n",
        ),
        ("content/a/two.md", "A\n"),
        ("content/b/two.md", "B\n"),
    ]);
    assert!(is_whole, "{told}");
    let text = read(&work, "a/one.md");
    let expected = "---\n---\n\n{% include shortcode-list.html p0=\"x\" of=\"y\" %}\n\nA <b>&lt;mint&gt;</b>, a <b>tea</b>.\n\n\
                    <div markdown=\"1\">\n\n\n*Two*\n\n\n</div>\n\n[b](/b/a/two/), [c](https://a.example/b/b/two/#x), [gone](";
    assert!(text.starts_with(expected), "{text}");
    let stub = read(&work, "_includes/shortcode-list.html");
    assert!(stub.starts_with("{% comment %}\nWhat the shortcode `list` of the old site was."), "{stub}");
    assert!(told.contains("a shortcode became the include `shortcode-list.html`, which shows nothing yet"), "{told}");
    assert!(told.contains("`{{< ref \"nowhere\" >}}` has no form in jekyll"), "{told}");
}

#[test]
fn what_the_user_wants() {
    let (work, _, is_whole) = migrated(&example(), &["--no-layouts"]);
    assert!(is_whole);
    for path in ["_layouts", "posts/index.html", "notes"] {
        assert!(!work.path().join("new").join(path).exists(), "{path}");
    }
    assert!(!read(&work, "_config.yml").contains("layout"));
    assert!(read(&work, "postferry-urls.csv").contains("/posts/,,not content\n"));
    let old = TempDir::new().unwrap();
    write(old.path(), "hugo.toml", "");
    write(old.path(), "content/posts/a.md", "---\ntitle: A\nmood: calm\ndate: 2020-01-02T23:30:00\n---\nA\n");
    write(old.path(), "map.toml", "drop = ['mood']\n");
    let map = old.path().join("map.toml");
    let (work, told, _) = migrated(old.path(), &["--timezone", "America/New_York", "--map", map.to_str().unwrap()]);
    assert_eq!(
        read(&work, "_posts/2020-01-02-a.md"),
        "---\ntitle: A\ndate: 2020-01-02T23:30:00-05:00\n---\nA\n",
        "{told}"
    );
    assert!(read(&work, "_config.yml").contains("timezone: America/New_York\n"));
}

/// A site of one kind, built by both: every address of the old one is there, or accounted for.
fn addresses_hold(name: &str, all: &[(&str, &str)], pages: usize, hugos: &[&str]) {
    let Some(jekyll) = generators::program("jekyll", name) else { return };
    let found: Option<Vec<PathBuf>> = hugos.iter().map(|program| generators::program(program, name)).collect();
    let Some(found) = found else { return };
    let (work, old) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    for (path, text) in all {
        write(old.path(), path, text);
    }
    let (new, report) = (work.path().join("new"), work.path().join("report"));
    let output = migrate(old.path(), &new, &["--report", report.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    let is = build_jekyll(&jekyll, &new, work.path(), "is");
    let told = crate::corpus::said(&report.join("report.json"));
    let mut built = BTreeSet::new();
    for (which, hugo) in hugos.iter().zip(&found) {
        let was = without_year_one(build_hugo(hugo, old.path(), work.path(), which));
        let mut wrong = Vec::new();
        let was = content(was, &fates(&new), &is, &mut wrong);
        assert_eq!(wrong, Vec::<String>::new(), "{name}, {which}");
        built.extend(was.keys().cloned());
        let figures = compare::compare(&was, &is, &told, 0);
        assert_eq!(figures.pages, pages, "{name}, {which}: {:?}", was.keys());
        let lists = [&figures.missing, &figures.titles, &figures.dates, &figures.terms, &figures.ids, &figures.text];
        for list in lists.into_iter().chain([&figures.dom]) {
            assert_eq!(*list, Vec::<String>::new(), "{name}, {which}");
        }
    }
    // And nothing is promised that was never there.
    for (path, how) in fates(&new) {
        assert!(!matches!(how.as_str(), "url" | "copied") || built.contains(&path), "{name}: {path} never was");
    }
}

const BOTH: [&str; 2] = ["hugo", "hugo-0.111"];

/// Where an older Hugo has other addresses, the newer one's are kept.
const NEWER: [&str; 1] = ["hugo"];

const PAGE: &str = "---\ntitle: Page\ndate: 2020-03-04\n---\n\nSome *text*.\n";

#[test]
fn ugly_addresses() {
    addresses_hold(
        "ugly_addresses",
        &[
            ("hugo.toml", "uglyURLs = true\ntitle = 'T'\n"),
            (
                "content/posts/one.md",
                "---\ntitle: One\ndate: 2020-03-04\naliases: [/old, rel/x]\n---\n\nSome *text*.\n",
            ),
            ("content/posts/bundle/index.md", PAGE),
            ("content/posts/bundle/data.txt", "data"),
            ("content/docs/_index.md", "---\ntitle: Docs\n---\n\nDocs.\n"),
            ("content/docs/a.md", PAGE),
            ("content/about.md", "---\ntitle: About\n---\n\nText.\n"),
        ],
        5,
        &NEWER,
    );
}

#[test]
fn languages_with_folders_of_their_own() {
    addresses_hold(
        "languages_with_folders_of_their_own",
        &[
            (
                "hugo.toml",
                "title = 'T'\ndefaultContentLanguage = 'nl'\n[languages.nl]\ncontentDir = 'content/nl'\n[languages.en]\n\
                 contentDir = 'content/en'\n",
            ),
            ("content/nl/posts/een.md", PAGE),
            ("content/en/posts/one.md", "---\ntitle: One\ndate: 2020-03-04\naliases: [/first/]\n---\n\nSome *text*.\n"),
            ("content/en/posts/pics/index.md", PAGE),
            ("content/en/posts/pics/a.txt", "a"),
            ("content/en/own.md", "---\ntitle: Own\nurl: own/place/\n---\n\nText.\n"),
            ("content/nl/_index.md", "---\ntitle: Thuis\n---\n\nTekst.\n"),
        ],
        5,
        &NEWER,
    );
}

#[test]
fn permalinks_slugs_and_odd_names() {
    addresses_hold(
        "permalinks_slugs_and_odd_names",
        &[
            (
                "config.toml",
                "title = 'T'\ntimeZone = 'America/New_York'\n[permalinks]\nblog = '/:year/:month/:day/:slug/'\nnotes = '/n/:yearday/:filename/'\n",
            ),
            ("content/blog/a.md", "---\ntitle: Late at Night\ndate: 2020-03-04T23:30:00-05:00\n---\n\nSome *text*.\n"),
            (
                "content/blog/b.md",
                "---\ntitle: B\nslug: With Caps\ndate: 2020-03-05\ntags: [A b, c]\ncategories: [x]\n---\n\nText.\n",
            ),
            ("content/blog/deep/c/index.md", "---\ntitle: 'C: d & \"e\"'\ndate: 2020-03-06 10:00:00\n---\n\nText.\n"),
            ("content/blog/deep/c/sub/x.txt", "x"),
            ("content/notes/Été d'or.md", PAGE),
            ("content/notes/v1.2.md", PAGE),
            ("content/_index.md", "---\ntitle: Home\n---\n\nWelcome.\n"),
            ("content/Mixed Case/Some Page.md", "---\ntitle: Mixed\n---\n\nText.\n"),
            ("content/lone/index.md", "---\ntitle: Lone\nurl: /x/Y/lone/\n---\n\n[me](pic.txt)\n"),
            ("content/lone/pic.txt", "pic"),
            ("static/CNAME", "example.org"),
            ("static/.nojekyll", ""),
            ("static/node_modules/x.js", "x"),
            ("static/vendor/bundle/x.js", "x"),
            ("static/vendor/y.js", "y"),
            ("static/x/_y/.z~", "z"),
            ("static/x/a.html", "---\na: {{ b }}\n---\n{% c %}\n"),
        ],
        8,
        &BOTH,
    );
}

#[test]
fn what_is_not_shown_stays_hidden() {
    addresses_hold(
        "what_is_not_shown_stays_hidden",
        &[
            ("hugo.yaml", "title: T\ntaxonomies: {tag: tags, author: authors}\n"),
            ("content/posts/shown.md", "---\ntitle: Shown\ndate: 2020-03-04\nauthors: [Jo]\n---\n\nText.\n"),
            ("content/posts/draft.md", "---\ntitle: Draft\ndate: 2020-03-04\ndraft: true\n---\n\nText.\n"),
            ("content/posts/later.md", "---\ntitle: Later\ndate: 2190-03-04\n---\n\nText.\n"),
            ("content/posts/over.md", "---\ntitle: Over\ndate: 2020-03-04\nexpiryDate: 2021-01-01\n---\n\nText.\n"),
            ("content/pages/later.md", "---\ntitle: Later\npublishDate: 2190-03-04\n---\n\nText.\n"),
            ("content/pages/here.md", "---\ntitle: Here\n---\n\nText.\n"),
            ("content/head/index.md", "---\ntitle: Head\nheadless: true\n---\n\nText.\n"),
            ("content/head/x.txt", "x"),
            ("content/gone/index.md", "---\ntitle: Gone\ndraft: true\n---\n\nText.\n"),
            ("content/gone/x.txt", "x"),
        ],
        2,
        &BOTH,
    );
}

#[test]
fn which_way_is_found_out() {
    let (_, told, _) = site_of(&[("hugo.toml", ""), ("content/a.md", "a\n")]);
    assert!(told.contains("is now the Jekyll site"), "{told}");
    let old = TempDir::new().unwrap();
    write(old.path(), "hugo.toml", "");
    let (_, told, is_whole) = migrated(old.path(), &["--to", "hugo"]);
    assert!(!is_whole && told.contains("old is a Hugo site already"), "{told}");
    let (work, told, is_whole) = migrated(old.path(), &["--dry-run"]);
    assert!(is_whole && told.contains("would become the Jekyll site"), "{told}");
    assert!(!work.path().join("new").exists());
}

/// `--prove` builds the old site with Hugo and the new one with Jekyll.
#[test]
fn the_proof_runs_the_other_way_too() {
    let test = "the_proof_runs_the_other_way_too";
    let (Some(jekyll), Some(_)) = (generators::program("jekyll", test), generators::program("hugo", test)) else {
        return;
    };
    let path = format!("{}:{}", jekyll.parent().unwrap().display(), std::env::var("PATH").unwrap_or_default());
    let (work, before) = (TempDir::new().unwrap(), files(&example()));
    let report = work.path().join("report");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_postferry"));
    command.arg("migrate").arg(example()).arg(work.path().join("new")).args(["--prove", "--report"]).arg(&report);
    let output = command.env("PATH", path).output().unwrap();
    let text = said(&output);
    assert!(output.status.success(), "{text}");
    assert!(text.contains(" addresses show the same under bare layouts"), "{text}");
    let json: Value = serde_json::from_slice(&fs::read(report.join("report.json")).unwrap()).unwrap();
    assert_eq!(json["proof"]["totals"]["kinds"]["address-missing"], Value::Null, "{text}");
    assert_eq!(files(&example()), before);
}
