//! Sites of our own: what becomes of each kind of file.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::site::{build_hugo, build_jekyll, files, migrate, migrated, read, run, said, site_of, write};
use crate::{generators, site};

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/site")
}

#[test]
fn every_file_has_its_place() {
    let (work, told, is_whole) = migrated(&example(), &[]);
    assert!(is_whole, "{told}");
    let paths: Vec<String> = files(&work.path().join("new")).into_keys().collect();
    assert_eq!(
        paths,
        [
            "content/_index.md",
            "content/about.md",
            "content/posts/2023-04-12-night-ferry.md",
            "content/posts/fog.md",
            "content/posts/travel/2023-05-02-quiet-harbour.md",
            "content/tea/house.md",
            "data/people.yml",
            "hugo.toml",
            "layouts/_default/baseof.html",
            "layouts/_default/list.html",
            "layouts/_default/single.html",
            "layouts/index.html",
            "layouts/shortcodes/include-related.html",
            "postferry-urls.csv",
            "static/css/plain.css",
            "static/robots.txt",
        ]
    );
    assert_eq!(read(&work, "static/css/plain.css"), "body { color: black; }\n");
    assert_eq!(
        read(&work, "postferry-urls.csv"),
        "old,new,how\n/,/,url\n/2023/04/night-ferry/,/2023/04/night-ferry/,url\n\
         /2023/05/quiet-harbour/,/2023/05/quiet-harbour/,url\n/about/,/about/,url\n/css/plain.css,/css/plain.css,copied\n\
         /feed.xml,/feed.xml,made by hugo\n/old/ferry.html,/2023/04/night-ferry/,alias\n/robots.txt,/robots.txt,copied\n\
         /tea/house/,/tea/house/,url\n"
    );
    assert_eq!(
        read(&work, "hugo.toml"),
        "baseURL = 'https://harbour.example/'\ntitle = 'Harbour notes'\ntimeZone = 'Europe/Amsterdam'\n\n\
         [outputFormats.RSS]\nbaseName = 'feed'\n\n\
         [markup.goldmark.renderer]\nunsafe = true\n"
    );
    let post = read(&work, "content/posts/travel/2023-05-02-quiet-harbour.md");
    assert!(post.contains("date = 2023-05-02T21:30:00+02:00\nurl = '/2023/05/quiet-harbour/'\n"), "{post}");
    assert!(post.contains("author = 'Jo'\ncategories = ['travel']\n"), "{post}");
    assert!(post.contains("<!--More-->Jo was, at"), "{post}");
    assert!(post.ends_with("{{< include-related tag=\"sea\" >}}\n"), "{post}");
    assert!(read(&work, "content/posts/fog.md").contains("draft = true"));
    assert!(!read(&work, "content/tea/house.md").contains("url"), "the path says it");
    assert!(
        read(&work, "content/posts/2023-04-12-night-ferry.md").contains("See [the harbour](/2023/05/quiet-harbour/).")
    );
    assert!(!work.path().join("new/.postferry").exists());
}

#[test]
fn the_page_in_docs_shows_what_is_told() {
    let (_work, told, _) = migrated(&example(), &[]);
    let told = told.replace("old is now", "examples/site is now").replace("../new", "new");
    let docs = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/migrate.md")).unwrap();
    assert!(docs.contains(&told), "docs/migrate.md does not show:\n{told}");
}

#[test]
fn the_report_says_all_of_each_file() {
    let work = TempDir::new().unwrap();
    let report = work.path().join("report");
    assert!(migrate(&example(), &work.path().join("new"), &["--report", report.to_str().unwrap()]).status.success());
    let report: Value = serde_json::from_slice(&fs::read(report.join("report.json")).unwrap()).unwrap();
    let files = report["files"].as_array().unwrap();
    let file = |path: &str| files.iter().find(|file| file["path"] == path).unwrap();
    assert_eq!(files.len(), 13);
    assert_eq!(file("index.html")["has_logic"], true);
    assert_eq!(file("about.md")["has_logic"], false);
    assert_eq!(file("feed.xml")["fate"], "not-content");
    assert_eq!(file("_layouts/post.html")["fate"], "layout");
    let told = file("_posts/travel/2023-05-02-quiet-harbour.md")["told"].as_array().unwrap();
    let told: Vec<_> =
        told.iter().map(|told| (told["code"].as_str().unwrap(), &told["line"], &told["column"])).collect();
    assert!(told.contains(&("include-stub", &9.into(), &1.into())), "{told:?}");
    assert!(told.contains(&("shown-otherwise", &6.into(), &1.into())), "{told:?}");
}

#[test]
fn what_a_page_and_an_include_know_is_worked_out() {
    let (work, told, is_whole) = site_of(&[
        ("_config.yml", "baseurl: /blog\nurl: https://h.example\ntimezone: Europe/Paris\nplaces: [a, b]\n"),
        (
            "_includes/figure.html",
            "<img src=\"{{ include.src | relative_url }}\"{% if site.places %} title=\"{{ site.places | join: '+' }}\"{% endif %}>\n",
        ),
        (
            "_posts/2018-06-04-a.md",
            "---\ndate: 2018-06-04 23:30 -0800\ntags: x y\n---\n{{ page.date | date: \"%-d %B %Y\" }} {{ page.date | date_to_xmlschema }} \
             {{ page.tags | join: '/' }} {{ page.title }} {{ page.path }}\n\n{% include figure.html src=\"/a b.png\" %}\n",
        ),
    ]);
    assert!(is_whole && told.contains("nothing needs a hand"), "{told}");
    let post = read(&work, "content/posts/2018-06-04-a.md");
    assert!(post.contains("\n5 June 2018 2018-06-05T09:30:00+02:00 x/y A _posts/2018-06-04-a.md\n"), "{post}");
    assert!(post.contains("<img\nsrc=\"/blog/a%20b.png\" title=\"a+b\">\n"), "{post}");
}

#[test]
fn attributes_of_blocks_stay_attributes() {
    let (work, told, is_whole) = site_of(&[
        ("_config.yml", "title: A\n"),
        (
            "a.md",
            "---\n---\nOne *a*\n{: .note #x}\n\n{: title=\"t\"}\nTwo [l](/x){:target=\"_blank\"}\n\n> Three\n{: .q}\n\n- four\n{: .l}\n\n\
             | 5 |\n|---|\n| 6 |\n{: .t}\n\nSeven\n{: .s}\nmore\n\nEight\n{: onclick=\"x()\"}\n",
        ),
        // Hugo would take these for attributes now.
        ("b.md", "---\n---\nnot\n{.a}\n\n```\n{.b}\n```\n"),
    ]);
    assert!(is_whole && told.contains("nothing needs a hand"), "{told}");
    let page = read(&work, "content/a.md");
    for said in
        ["One *a*\n{.note #x}\n\n", "\n{title=\"t\"}\n", "> Three\n{.q}\n", "- four\n{.l}\n", "\n{.t}\n", "<p onclick"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    let page = read(&work, "content/b.md");
    assert!(page.contains("not\n\\{.a}\n") && page.contains("```\n{.b}\n```"), "{page}");
    assert!(read(&work, "hugo.toml").contains("[markup.goldmark.parser.attribute]\nblock = true\n"));
}

#[test]
fn an_escaped_parenthesis_opens_no_formula() {
    let (work, told, is_whole) = site_of(&[
        ("_config.yml", "title: A\n"),
        ("a.md", "---\n---\nA formula $$a_b$$ and \\(one\\).\n"),
        ("b.md", "---\n---\nNo formula, but \\(one\\), `\\(two\\)` and \\\\(three\\\\).\n"),
    ]);
    assert!(is_whole && told.contains("nothing needs a hand"), "{told}");
    assert!(read(&work, "content/a.md").ends_with("A formula \\(a_b\\) and (one).\n"));
    let page = read(&work, "content/b.md");
    assert!(page.ends_with("No formula, but (one), `\\(two\\)` and \\\\(three\\\\).\n"), "{page}");
}

#[test]
fn a_stub_gets_values_and_what_is_to_come_had_no_address() {
    let (work, told, is_whole) = site_of(&[
        ("_config.yml", "permalink: pretty\n"),
        ("_includes/more.html", "{% for post in site.posts %}{{ include.of }}{% endfor %}\n"),
        (
            "_posts/2020-01-01-a.md",
            "---\ntitle: One\n---\nOne<!--more--> paragraph.\n\n{% include more.html of=page.title n=1 %}\n",
        ),
        ("_posts/2999-01-01-b.md", "---\ntitle: Later\n---\nLater\n"),
    ]);
    assert!(is_whole, "{told}");
    let post = read(&work, "content/posts/2020-01-01-a.md");
    assert!(post.contains("{{< include-more of=\"One\" n=\"1\" >}}"), "{post}");
    assert!(post.contains("One<!--More--> paragraph."), "{post}");
    assert_eq!(read(&work, "postferry-urls.csv"), "old,new,how\n/2020/01/01/a/,/2020/01/01/a/,url\n");
    assert!(work.path().join("new/content/posts/2999-01-01-b.md").is_file());
}

#[test]
fn a_dry_run_writes_nothing() {
    let (work, told, is_whole) = migrated(&example(), &["--dry-run"]);
    assert!(is_whole && told.contains("would become") && !work.path().join("new").exists(), "{told}");
}

#[test]
fn a_theme_needs_no_layouts() {
    let (work, _, _) = migrated(&example(), &["--no-layouts"]);
    let left = files(&work.path().join("new/layouts"));
    assert_eq!(left.keys().collect::<Vec<_>>(), ["shortcodes/include-related.html"]);
}

#[test]
fn what_is_not_whole_is_refused() {
    let work = TempDir::new().unwrap();
    for arguments in [vec!["--to", "jekyll"], vec!["--from", "hugo"]] {
        let output = migrate(&example(), &work.path().join("new"), &arguments);
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains("error[site-unknown]"), "{}", said(&output));
    }
    let output = migrate(work.path(), &work.path().join("new"), &[]);
    assert!(said(&output).contains("is the root of neither a Jekyll site nor a Hugo site"));
    assert!(!work.path().join("new").exists());
}

#[test]
fn a_page_can_be_the_page_of_a_section_or_a_term() {
    let (work, told, is_whole) = site_of(&[
        ("_config.yml", "permalink: /posts/:title/\n"),
        ("_posts/2020-01-01-a.md", "---\ntags: [Big Sea]\n---\nA\n"),
        ("all.md", "---\ntitle: All\npermalink: /posts/\n---\n"),
        ("tags.md", "---\ntitle: Tags\npermalink: /tags/\n---\n"),
        ("sea.md", "---\ntitle: Sea\npermalink: /tags/big-sea/\n---\n"),
        ("x/index.md", "---\ntitle: X\n---\n"),
        ("x/y.md", "---\ntitle: Y\n---\n"),
    ]);
    assert!(is_whole, "{told}");
    for path in ["posts", "tags", "tags/big-sea", "x"] {
        read(&work, &format!("content/{path}/_index.md"));
    }
    read(&work, "content/x/y.md");
}

#[test]
fn quotes_are_set_in_markdown_and_not_in_html() {
    let html = "---\n---\n<p>\"It's\" -- so... &lt;&lt;a&gt;&gt;</p>\n";
    let (work, told, is_whole) = site_of(&[
        ("_config.yml", ""),
        ("_posts/2020-01-01-a.md", "---\n---\n\"It's\" -- so\n"),
        ("_posts/2020-01-02-b.html", html),
    ]);
    assert!(is_whole, "{told}");
    assert!(read(&work, "content/posts/2020-01-01-a.md").ends_with("\n\"It's\" -- so\n"));
    let post = read(&work, "content/posts/2020-01-02-b.md");
    assert!(post.ends_with("\n\\\"It\\'s\\\" \\-- so\\... \\<\\<a\\>>\n"), "{post}");
    assert!(!read(&work, "hugo.toml").contains("typographer"));
    // Alone, HTML needs no escapes: the setting does it.
    let (work, _, _) = site_of(&[("_config.yml", ""), ("_posts/2020-01-02-b.html", html)]);
    assert!(read(&work, "hugo.toml").contains("typographer = false"));
    assert!(read(&work, "content/posts/2020-01-02-b.md").contains("\n\"It's\" -- so..."));
}

#[test]
fn links_to_documents_are_addresses() {
    let (work, told, is_whole) = site_of(&[
        ("_config.yml", "baseurl: /b\ncollections: {docs: {output: true, permalink: '/d/:path/'}}\n"),
        ("_docs/index.md", "---\npermalink: /d/\n---\n"),
        ("a.md", "---\n---\n[x]({% link _docs/index.md %}#y) [a]({% link a.md %})\n"),
    ]);
    assert!(is_whole, "{told}");
    let page = read(&work, "content/a.md");
    assert!(page.ends_with("\n[x](/b/d/#y) [a](/b/a.html)\n"), "{page}");
}

#[test]
fn two_claims_on_one_address_are_an_error() {
    let (work, told, is_whole) = site_of(&[
        ("_config.yml", ""),
        ("a.md", "---\npermalink: /x/\n---\nA\n"),
        ("b.md", "---\npermalink: /x/\n---\nB\n"),
        ("c.md", "---\nbroken: [\n---\nC\n"),
        ("d.md", "---\npermalink: /%2e%2e/%2e%2e/d/\n---\nD\n"),
    ]);
    assert!(!is_whole);
    assert!(told.contains("error[address-twice]: the address `/x/` is that of a.md too"), "{told}");
    assert!(
        told.contains("--> b.md") && told.contains("--> c.md:2") && told.contains("error[output-outside]"),
        "{told}"
    );
    assert_eq!(files(&work.path().join("new/content")).keys().collect::<Vec<_>>(), ["a.md"]);
}

#[test]
fn names_that_only_differ_in_case_or_are_devices_do_not_clash() {
    let (work, told, is_whole) = site_of(&[
        ("_config.yml", ""),
        ("a/x.md", "---\n---\n"),
        ("a/X.md", "---\n---\n"),
        ("con.md", "---\n---\n"),
        ("a.nl.md", "---\n---\n"),
        ("aux.txt", "text"),
        ("_pages/z.md", "---\n---\n"),
    ]);
    assert!(is_whole, "{told}");
    let paths: Vec<String> = files(&work.path().join("new/content")).into_keys().collect();
    assert_eq!(paths, ["a-nl.md", "a/X.md", "a/x-2.md", "con-page.md"]);
    assert!(told.contains("warning[name-not-portable]") && told.contains("aux.txt"), "{told}");
}

#[cfg(unix)]
#[test]
fn links_inside_are_followed_and_no_others() {
    use std::os::unix::fs::symlink;
    let old = TempDir::new().unwrap();
    let outside = TempDir::new().unwrap();
    write(outside.path(), "secret.md", "---\n---\nsecret\n");
    write(old.path(), "_config.yml", "");
    write(old.path(), "real/a.md", "---\n---\nA\n");
    symlink("real", old.path().join("linked")).unwrap();
    symlink(".", old.path().join("real/round")).unwrap();
    symlink(outside.path(), old.path().join("out")).unwrap();
    symlink(outside.path().join("secret.md"), old.path().join("secret.md")).unwrap();
    run(std::process::Command::new("mkfifo").arg(old.path().join("pipe")));
    let (work, told, is_whole) = migrated(old.path(), &[]);
    assert!(is_whole, "{told}");
    assert_eq!(files(&work.path().join("new/content")).keys().collect::<Vec<_>>(), ["linked/a.md", "real/a.md"]);
    for what in
        ["out (it is a link that leads out", "secret.md (it is a link", "pipe (it is neither", "real/round (it is"]
    {
        assert!(told.contains(what), "{what}: {told}");
    }
}

/// Files that try Jekyll's rules for addresses, each somewhat odd.
const ODD: &[(&str, &str)] = &[
    ("a/_posts/b/2019-05-01-x.md", "---\ncategories: c D\n---\n"),
    ("_posts/20-5-1-two-digits.markdown", "---\n---\n"),
    ("_posts/2019-05-02-dots.in.name.md", "---\n---\n"),
    ("_posts/2019-05-03-no-front.md", "Text\n"),
    ("_posts/no-date.md", "---\n---\n"),
    ("_posts/2019-05-04-own.html", "---\npermalink: /own/:year/:slug\n---\n"),
    ("_posts/2019-05-05-späße und mehr.md", "---\n---\n"),
    ("_posts/_hidden/2019-05-05-hidden.md", "---\n---\n"),
    ("_posts/2019-05-06-hidden.md", "---\npublished: false\n---\n"),
    ("_posts/2999-05-06-later.md", "---\n---\n"),
    ("_drafts/d.md", "---\n---\n"),
    ("about.md", "---\n---\n"),
    ("page.with.dots.html", "---\n---\n"),
    ("dir/index.html", "---\n---\n"),
    ("dir/other.htm", "---\n---\n"),
    ("dir/plain.html", "no front matter\n"),
    ("dir/feed.xml", "---\npermalink: /f/feed.xml\n---\n<x/>\n"),
    ("_hidden.md", "---\n---\n"),
    ("wanted/_in.md", "---\n---\n"),
    ("left/x.md", "---\n---\n"),
    ("a%20b.txt", "x"),
    ("_docs/intro.md", "---\n---\n"),
    ("_docs/sub/2019-01-01-dated.md", "---\n---\n"),
    ("_docs/raw.txt", "x"),
    ("_docs/unpublished.md", "---\npublished: false\n---\n"),
    ("_secret/x.md", "---\n---\n"),
    (".htaccess", "x"),
    ("old~", "x"),
    ("node_modules/x.js", "x"),
];

#[test]
fn addresses_are_jekylls() {
    let test = "addresses_are_jekylls";
    let Some(jekyll) = generators::program("jekyll", test) else { return };
    let hugos = ["hugo", "hugo-0.111"].map(|name| generators::program(name, test));
    for style in ["date", "pretty", "none", "ordinal", "weekdate", "/:title", "/x/:categories/:name:output_ext"] {
        let work = TempDir::new().unwrap();
        let old = work.path().join("old");
        for (path, text) in ODD {
            write(&old, path, text);
        }
        let config = format!(
            "permalink: {style}\ncollections:\n  docs: {{output: true}}\n  secret: {{}}\ninclude: [.htaccess, _in.md]\nexclude: [left]\n\
             defaults:\n- scope: {{path: ''}}\n  values: {{layout: bare}}\n"
        );
        write(&old, "_config.yml", config);
        site::bare_jekyll(&old);
        build_jekyll(&jekyll, &old, &work.path().join("was"));
        let was: Vec<String> = files(&work.path().join("was")).into_keys().collect();
        let output = migrate(&old, &work.path().join("new"), &[]);
        assert!(output.status.success(), "{style}: {}", said(&output));
        for hugo in hugos.iter().flatten() {
            let (bare, is) = (work.path().join("bare"), work.path().join("is"));
            let _ = fs::remove_dir_all(&bare);
            let _ = fs::remove_dir_all(&is);
            site::copy_all(&work.path().join("new"), &bare);
            build_hugo(hugo, &bare, &is);
            let is = files(&is);
            let missing: Vec<&String> = was.iter().filter(|path| !is.contains_key(*path)).collect();
            assert!(missing.is_empty(), "{style}: {missing:?} of {was:?}\n{:?}", is.keys());
        }
    }
}

#[test]
fn what_a_page_says_of_itself_is_worked_out() {
    let body = "{% assign word = 'night' %}{{ page.kind }} {{ word | upcase }}{% if page.late %}!{% endif %}\n\n{% include more.html %}\n\n\
                {% include_relative part.txt %}\n\n{% raw %}{{ page.kind }}{% endraw %}\n\n{{ page.excerpt | size }}\n";
    let (work, told, is_whole) = site_of(&[
        ("_config.yml", "defaults:\n- scope: {path: ''}\n  values: {kind: ferry}\n"),
        ("_includes/more.html", "<b>{{ word }} of {{ page.title }}</b>\n"),
        ("_posts/part.txt", "*beside*\n"),
        ("_posts/2020-01-01-a.md", &format!("---\ntitle: One\nlate: true\n---\n{body}")),
    ]);
    assert!(is_whole, "{told}");
    let post = read(&work, "content/posts/2020-01-01-a.md");
    for said in
        ["\nferry NIGHT!\n", "<b>night of One</b>", "\n*beside*\n", "\n{{ page.kind }}\n", "<!-- {{ page.excerpt"]
    {
        assert!(post.contains(said), "{said}: {post}");
    }
    // What stays is told at the line where it stands in the source.
    assert!(told.contains("_posts/2020-01-01-a.md:13:1: `{{ page.excerpt | size }}`"), "{told}");
}

#[test]
fn a_feed_stays_where_it_was_and_texts_are_worked_out() {
    let (work, told, is_whole) = site_of(&[
        ("_config.yml", "title: A & B\nbaseurl: /blog\n"),
        ("atom.xml", "---\n---\n<feed>{{ site.time }}</feed>\n"),
        ("app.js", "---\n---\nvar base = '{{ site.baseurl }}';\n"),
        ("_posts/2020-01-01-a.txt", "---\npermalink: /a/b.txt\n---\nplain\n"),
        ("_posts/2020-01-02-hidden.txt", "---\npublished: false\n---\nplain\n"),
    ]);
    assert!(is_whole, "{told}");
    assert!(read(&work, "hugo.toml").contains("[outputFormats.RSS]\nbaseName = 'atom'\n"));
    assert_eq!(read(&work, "static/app.js"), "var base = '/blog';\n");
    assert_eq!(read(&work, "static/a/b.txt"), "plain\n");
    let urls = read(&work, "postferry-urls.csv");
    assert_eq!(
        urls,
        "old,new,how\n/a/b.txt,/a/b.txt,copied\n/app.js,/app.js,copied\n/atom.xml,/atom.xml,made by hugo\n"
    );
}

#[test]
fn the_report_shows_both_sides() {
    let work = TempDir::new().unwrap();
    let (new, report) = (work.path().join("new"), work.path().join("report"));
    assert!(migrate(&example(), &new, &["--report", report.to_str().unwrap()]).status.success());
    let page = fs::read_to_string(report.join("report.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && !page.contains("http-equiv"), "{page}");
    assert!(page.contains("<summary>index.html</summary>"), "{page}");
    assert!(page.contains("<del>") && page.contains("{% for post in site.posts %}"), "{page}");
    let json: Value = serde_json::from_slice(&fs::read(report.join("report.json")).unwrap()).unwrap();
    assert!(
        json["files"].as_array().unwrap().iter().any(|file| file["path"] == "index.html" && file["has_logic"] == true)
    );
    assert!(json.get("proof").is_none());
}

#[test]
fn a_mark_in_running_text_ends_no_paragraph() {
    let (work, told, is_whole) = site_of(&[
        ("_config.yml", "title: x\n"),
        (
            "_posts/2020-01-01-a.html",
            "---\n---\nOne. <!--more-->\n\n<img src=\"a.png\" class=\"b\">\n\nTwo <b>three</b>.\n",
        ),
        ("_posts/2020-01-02-b.html", "---\n---\n<p>One.</p>\n<!--more-->\n<p>Two.</p>\n"),
    ]);
    assert!(is_whole, "{told}");
    let inside = read(&work, "content/posts/2020-01-01-a.md");
    assert!(inside.contains("One. <!-- more -->") && inside.contains("Two **three**."), "{inside}");
    let between = read(&work, "content/posts/2020-01-02-b.md");
    assert!(between.contains("One.\n\n<!--more-->\n\nTwo."), "{between}");
}
