//! Pairs of small pages, each with the verdict that a reader would give.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use postferry::compare::{MemorySite, Options, Report, Selector, Status, compare, one_by_one};

/// What each pair of pages is made of, and of what kinds the differences are: to a reader, and exactly. None is `same`.
const PAIRS: &[(&str, &str, &str, &str, &str)] = &[
    ("nothing", "<p>a</p>", "<p>a</p>", "same", "same"),
    // No difference to a reader.
    ("double quotes", "<p>\"a\" b</p>", "<p>“a” b</p>", "same", "text"),
    ("single quotes", "<p>it's 'a'</p>", "<p>it’s ‘a’</p>", "same", "text"),
    ("German quotes", "<p>„a“</p>", "<p>\"a\"</p>", "same", "text"),
    ("a dash typed", "<p>a -- b</p>", "<p>a – b</p>", "same", "text"),
    ("a long dash typed", "<p>a --- b</p>", "<p>a — b</p>", "same", "text"),
    ("three dots", "<p>a...</p>", "<p>a…</p>", "same", "text"),
    ("quotes in alt", "<p><img src=x.png alt=\"it's\"></p>", "<p><img src=x.png alt=\"it’s\"></p>", "same", "dom"),
    ("bare text is a paragraph", "<div>a</div>", "<div><p>a</p></div>", "same", "dom"),
    ("pre without code", "<pre>a\nb</pre>", "<pre><code>a\nb</code></pre>", "same", "dom"),
    ("loose and tight", "<ul><li>a</li><li>b</li></ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>", "same", "dom"),
    ("a space at an inner edge", "<p>a <b>b </b>c</p>", "<p>a <b>b</b> c</p>", "same", "dom"),
    ("an empty inline element", "<p>a<span></span>b</p>", "<p>ab</p>", "same", "dom text"),
    ("line breaks", "<p>a\n   b</p>", "<p>a b</p>", "same", "dom"),
    ("space between blocks", "<p>a</p><p>b</p>", "<p>a</p>\n\n  <p>b</p>\n", "same", "dom"),
    ("the order of attributes", "<p class=a lang=en>a</p>", "<p lang=en class=a>a</p>", "same", "dom"),
    (
        "highlighted code",
        "<div class=highlight><pre class=chroma><code class=language-rb><span class=k>def</span> x</code></pre></div>",
        "<pre><code>def x</code></pre>",
        "same",
        "dom",
    ),
    (
        "two highlighters",
        "<div class='language-rb highlighter-rouge'><div class=highlight><pre class=highlight><code><span class=k>a</span>\n</code></pre></div></div>",
        "<div class=highlight><pre tabindex=0 class=chroma><code class=language-rb data-lang=rb><span class=line>a\n</span></code></pre></div>",
        "same",
        "dom",
    ),
    (
        "code in a line",
        "<p><code class='language-x highlighter-rouge'>a</code></p>",
        "<p><code>a</code></p>",
        "same",
        "dom",
    ),
    ("an id that a heading got", "<h2>a</h2>", "<h2 id=a>a</h2>", "same", "dom"),
    ("comments", "<p>a</p><!-- x -->", "<p>a</p>", "same", "dom"),
    ("b is strong", "<p><b>a</b></p>", "<p><strong>a</strong></p>", "same", "dom"),
    ("how a link is spelt", "<p><a href=other.html>a</a></p>", "<p><a href=/other.html>a</a></p>", "same", "link"),
    // Differences.
    ("a word", "<p>one two three</p>", "<p>one 2 three</p>", "text", "text"),
    ("a word in code", "<pre><code>a b</code></pre>", "<pre><code>a c</code></pre>", "text", "text"),
    ("quotes in code", "<p><code>\"a\"</code></p>", "<p><code>“a”</code></p>", "text", "text"),
    ("space in pre", "<pre>a  b</pre>", "<pre>a b</pre>", "dom", "dom"),
    ("a hyphen is no dash", "<p>a-b</p>", "<p>a–b</p>", "text", "text"),
    ("a space that was none", "<p>a b</p>", "<p>ab</p>", "text", "text"),
    ("a space beside a tag", "<p>a <b>b</b></p>", "<p>a<b>b</b></p>", "dom", "dom"),
    ("an element", "<p>a <em>b</em></p>", "<p>a <strong>b</strong></p>", "dom", "dom"),
    ("an element more", "<p>a b</p>", "<p>a <em>b</em></p>", "dom", "dom"),
    ("an attribute", "<p class=a>a</p>", "<p class=b>a</p>", "dom", "dom"),
    ("a paragraph gone", "<p>a</p><p>b</p>", "<p>a</p>", "dom text", "dom text"),
    ("a list that became a paragraph", "<ul><li>a</li></ul>", "<p>a</p>", "dom", "dom"),
    ("the order of words", "<p>a b</p>", "<p>b a</p>", "text", "text"),
    (
        "where a link leads",
        "<p><a href=https://a.org/>a</a></p>",
        "<p><a href=https://b.org/>a</a></p>",
        "link",
        "link",
    ),
    ("a link to another page", "<p><a href=other.html>a</a></p>", "<p><a href=/>a</a></p>", "link", "link"),
    (
        "a link to a page that is not there",
        "<p><a href=other.html>a</a></p>",
        "<p><a href=othr.html>a</a></p>",
        "link link-broken",
        "link link-broken",
    ),
    (
        "a link that never led anywhere",
        "<p><a href=gone.html>a</a></p>",
        "<p><a href=gone.html>a</a></p>",
        "same",
        "same",
    ),
    ("an anchor that is gone", "<h2 id=a>a</h2>", "<h2>a</h2>", "heading-id", "dom heading-id"),
    ("an anchor with another name", "<h2 id=a>a</h2>", "<h2 id=b>a</h2>", "heading-id", "dom heading-id"),
    (
        "a link to an anchor that is gone",
        "<h2 id=a>a</h2><p><a href=#a>x</a></p>",
        "<h2>a</h2><p><a href=#a>x</a></p>",
        "heading-id link-broken",
        "dom heading-id link-broken",
    ),
    ("another image", "<p><img src=x.png alt=a></p>", "<p><img src=y.png alt=a></p>", "image", "image"),
    (
        "an image that is not there",
        "<p><img src=x.png alt=a></p>",
        "<p><img src=z.png alt=a></p>",
        "image image-broken",
        "image image-broken",
    ),
    ("the words for an image", "<p><img src=x.png alt=a></p>", "<p><img src=x.png alt=b></p>", "dom", "dom"),
];

fn site(body: &str) -> MemorySite {
    let page = |title: &str, body: &str| {
        format!("<!DOCTYPE html><html lang=en><head><title>{title}</title></head><body>{body}</body></html>")
    };
    MemorySite::from([
        ("index.html", page("Home", body)),
        ("other.html", page("Other", "<p>Other</p>")),
        ("x.png", "x".to_owned()),
        ("y.png", "y".to_owned()),
    ])
}

fn kinds(report: &Report) -> String {
    let found: BTreeSet<&str> = report.totals.kinds.keys().copied().collect();
    let found: Vec<&str> = found.into_iter().collect();
    assert_eq!(found.is_empty(), report.is_same());
    if found.is_empty() { "same".to_owned() } else { found.join(" ") }
}

fn files(files: &[(&str, &str)]) -> MemorySite {
    files.iter().map(|(path, text)| (*path, *text)).collect()
}

fn reader(old: &[(&str, &str)], new: &[(&str, &str)]) -> Report {
    compare(&files(old), &files(new), &Options::default(), &one_by_one)
}

#[test]
fn each_pair_gets_its_verdict() {
    assert!(PAIRS.len() >= 40);
    let mut wrong = Vec::new();
    for (name, old, new, to_reader, exactly) in PAIRS {
        for (is_exact, expected) in [(false, to_reader), (true, exactly)] {
            let options = Options::default().exact(is_exact);
            let report = compare(&site(old), &site(new), &options, &one_by_one);
            let found = kinds(&report);
            if found != *expected {
                let messages: Vec<String> =
                    report.pages.iter().flat_map(|page| &page.findings).map(|finding| finding.message()).collect();
                wrong.push(format!("{name} (exact: {is_exact}): {found}, not {expected}: {messages:?}"));
            }
            // A difference is one whichever side is the old one.
            let back = compare(&site(new), &site(old), &options, &one_by_one);
            let only_old = ["an id that a heading got", "an anchor that is gone", "a link to an anchor that is gone"];
            if back.is_same() != report.is_same() && !only_old.contains(name) {
                wrong.push(format!("{name} (exact: {is_exact}): not the same both ways"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn addresses_that_are_gone_new_or_moved() {
    let redirect = "<meta http-equiv=refresh content='0; url=/new/'><link rel=canonical href=/new/>";
    let (old, page) = (("old/index.html", "<title>T</title><p>a b c"), ("new/index.html", "<title>T</title><p>a b c"));
    let gone = reader(&[old, ("index.html", "x")], &[page, ("index.html", "x")]);
    assert_eq!(kinds(&gone), "address-missing address-new");
    let missing = gone.pages.iter().find(|page| page.status == Status::Missing).unwrap();
    assert_eq!((missing.address.as_str(), missing.findings[0].new.as_str()), ("/old/", "/new/"));

    let moved = reader(&[old], &[page, ("old/index.html", redirect)]);
    assert_eq!((kinds(&moved).as_str(), moved.totals.moved), ("same", 1));
    assert_eq!(moved.pages[0].moved_to.as_deref(), Some("/new/"));
    let listed = reader(&[old], &[page, ("_redirects", "/old/ /new/ 301\n")]);
    assert_eq!((kinds(&listed).as_str(), listed.totals.moved), ("same", 1));
    let exactly = compare(
        &files(&[old]),
        &files(&[page, ("old/index.html", redirect)]),
        &Options::default().exact(true),
        &one_by_one,
    );
    assert_eq!(kinds(&exactly), "redirect");

    let other = reader(&[old], &[("new/index.html", "<title>T</title><p>other"), ("old/index.html", redirect)]);
    assert_eq!(kinds(&other), "text");
    // An alias that is new is nothing that a visitor finds.
    let alias = reader(&[page], &[page, ("old/index.html", redirect)]);
    assert_eq!(kinds(&alias), "same");
    let alias_gone = reader(&[page, ("old/index.html", redirect)], &[page]);
    assert_eq!(kinds(&alias_gone), "address-missing");
    // Links to the old address and to the new are the same where one leads to the other.
    let link = |to: &str| format!("<a href={to}>a</a>");
    let (to_old, to_new) = (link("/old/"), link("/new/"));
    let linked =
        reader(&[old, ("index.html", &to_old)], &[page, ("old/index.html", redirect), ("index.html", &to_new)]);
    assert_eq!(kinds(&linked), "same");
}

#[test]
fn redirects_that_go_in_circles_or_away() {
    let to = |url: &str| format!("<meta http-equiv=refresh content='0; url={url}'>");
    let (circle, back, away, elsewhere) = (to("/b/"), to("/a/"), to("https://x.org/"), to("https://y.org/"));
    let round = [("a/index.html", circle.as_str()), ("b/index.html", back.as_str())];
    assert!(reader(&round, &round).totals.old_pages == 2);
    assert_eq!(kinds(&reader(&[("a/index.html", &away)], &[("a/index.html", &away)])), "same");
    assert_eq!(kinds(&reader(&[("a/index.html", &away)], &[("a/index.html", &elsewhere)])), "redirect");
    assert_eq!(kinds(&reader(&[("a/index.html", "page")], &[("a/index.html", &away)])), "redirect");
}

#[test]
fn other_files_are_compared_by_their_bytes() {
    let report =
        reader(&[("a.css", "x"), ("b.png", "y"), ("c.txt", "z")], &[("a.css", "x"), ("b.png", "yy"), ("d.txt", "z")]);
    assert_eq!(kinds(&report), "address-missing address-new bytes");
    let feed = |time: &str, title: &str| {
        format!("<feed><updated>{time}</updated><entry><title>{title}</title></entry></feed>")
    };
    let (one, two, other) = (feed("1", "a"), feed("2", "a"), feed("1", "b"));
    assert_eq!(kinds(&reader(&[("feed.xml", &one)], &[("feed.xml", &two)])), "same");
    assert_eq!(kinds(&reader(&[("feed.xml", &one)], &[("feed.xml", &other)])), "bytes");
    let exact = Options::default().exact(true);
    assert_eq!(
        kinds(&compare(&files(&[("feed.xml", &one)]), &files(&[("feed.xml", &two)]), &exact, &one_by_one)),
        "bytes"
    );
}

#[test]
fn what_is_selected_and_what_is_ignored() {
    let old = "<title>A</title><nav>x</nav><main><h1>a</h1><p class=date>1</p></main>";
    let new = "<title>A</title><nav>y</nav><main class=z><h1>a</h1><p class=date>2</p></main>";
    let found = |select: Option<&str>, ignore: &[&str]| {
        let mut options = Options::default().select(select.map(|css| Selector::parse(css).unwrap()));
        for css in ignore {
            options = options.ignore(Selector::parse(css).unwrap());
        }
        let report = compare(&files(&[("index.html", old)]), &files(&[("index.html", new)]), &options, &one_by_one);
        (kinds(&report), report.totals.kinds.values().sum::<usize>())
    };
    assert_eq!(found(None, &[]), ("dom text".to_owned(), 3));
    assert_eq!(found(Some("main"), &[]), ("text".to_owned(), 1));
    assert_eq!(found(Some("main"), &[".date"]), ("same".to_owned(), 0));
    assert_eq!(found(Some("h1"), &[]), ("same".to_owned(), 0));
    assert_eq!(found(None, &["nav", "main"]), ("same".to_owned(), 0));
}

/// Ten pages in a frame.
fn framed(before: &str, around: (&str, &str), behind: &str, content: impl Fn(usize) -> String) -> MemorySite {
    let page = |number: usize| {
        let content = content(number);
        format!("<title>T{number}</title><body>{before}{}{content}{}{behind}</body>", around.0, around.1)
    };
    (0..10).map(|number| (format!("p{number}.html"), page(number))).collect()
}

fn words(number: usize) -> String {
    let words: String = (0..60).map(|word| format!("w{} ", word * (number + 7))).collect();
    format!("<h1>Title {number}</h1><p>{words}</p><p>last {number}</p>")
}

#[test]
fn another_frame_is_no_difference_and_the_content_is_found() {
    let old =
        framed("<header><a href=/>Home</a> Since 1999</header>", ("<main>", "</main>"), "<footer>Ours</footer>", words);
    let new = framed(
        "<div class=top><h6>Another theme</h6></div>",
        ("<div class=page><article>", "</article></div>"),
        "<p>All rights</p>",
        words,
    );
    let report = compare(&old, &new, &Options::default(), &one_by_one);
    let (old_places, new_places) = report.content.clone().unwrap();
    assert_eq!(old_places, ["body > main"]);
    assert_eq!(new_places, ["body > div.page > article"]);
    assert_eq!(kinds(&report), "link-broken".replace("link-broken", "same"), "{:?}", report.pages);
    assert_eq!(report.notes.len(), 1);
    let changed = framed("<div>T</div>", ("<section>", "</section>"), "<p>R</p>", |number| {
        if number == 4 { words(number).replace("last", "least") } else { words(number) }
    });
    let report = compare(&old, &changed, &Options::default(), &one_by_one);
    assert_eq!((kinds(&report).as_str(), report.totals.differing), ("text", 1));
}

#[test]
fn the_same_frame_is_compared_too() {
    let frame = |number: usize, text: &str| {
        if number == 3 { format!("<nav>{text}</nav>") } else { "<nav>Home</nav>".to_owned() }
    };
    let site = |text: &'static str| {
        (0..10)
            .map(|number| (format!("p{number}.html"), format!("{}<main>{}</main>", frame(number, text), words(number))))
            .collect::<MemorySite>()
    };
    let report = compare(&site("Home"), &site("Hme"), &Options::default(), &one_by_one);
    assert_eq!((kinds(&report).as_str(), report.totals.differing), ("text", 1));
    assert!(report.notes.is_empty());
}

#[test]
fn pages_that_share_nothing_are_compared_whole_and_that_is_told() {
    let report = reader(&[("index.html", "<p>a")], &[("index.html", "<p>b")]);
    assert!(report.content.is_none() && report.notes[0].contains("compared whole"));
    assert_eq!(kinds(&report), "text");
}

#[test]
fn hostile_pages_are_told_of_and_end() {
    let (deep, deeper) = ("<div>".repeat(50_000), "<div>".repeat(60_000));
    assert_eq!(kinds(&reader(&[("index.html", &deep)], &[("index.html", &deep)])), "same");
    let report = reader(&[("index.html", &deep)], &[("index.html", &deeper)]);
    assert_eq!((report.pages[0].status, report.totals.differing), (Status::Failed, 1));
    // Two long texts that share nothing: told apart as a whole, not word by word.
    let long = |word: &str| (0..60_000).map(|n| format!("{word}{n} ")).collect::<String>();
    let report = reader(&[("index.html", &long("a"))], &[("index.html", &long("b"))]);
    assert_eq!(kinds(&report), "text");
    assert!(report.to_html().len() < 100_000);
    let bytes = MemorySite::from([("index.html", vec![0xff_u8, 0xfe, b'<', b'p', b'>', 0, 0xe9])]);
    assert!(compare(&bytes, &bytes, &Options::default(), &one_by_one).is_same());
}

#[test]
fn the_report_shows_both_sides_and_needs_no_network() {
    let report = reader(
        &[("index.html", "<title>A & B</title><p>one <b>two</b> three</p><script>alert(1)</script>")],
        &[("index.html", "<title>A & C</title><p>one <b>2 < 3</b> three</p><script>alert(1)</script>")],
    );
    let html = report.to_html();
    assert!(html.contains("<del>two</del>") && html.contains("<ins>2 &lt; 3</ins>"), "{html}");
    assert!(html.contains("<del>A &amp; B</del>") && html.contains("width=device-width"));
    for outside in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!html.contains(outside), "{outside}");
    }
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["pages"][0]["findings"][1]["kind"], "text");
    assert_eq!(json["totals"]["kinds"]["title"], 1);
}
