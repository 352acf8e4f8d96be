use super::*;
use crate::ast::{Document, Equality};
use crate::diag::{Diagnostic, Span};
use crate::format::{Extensions, Limits};

fn github() -> Extensions {
    ["tables", "strikethrough", "task_lists", "footnotes"].into_iter().collect()
}

fn read(text: &str, extensions: &Extensions) -> Document {
    super::super::read::parse(text, Span::new(0, text.len()), extensions, &Limits::default(), &mut ())
}

fn write(document: &Document, extensions: &Extensions) -> (String, Vec<Diagnostic>) {
    let (mut out, mut report) = (String::new(), Vec::new());
    print(
        &Body::new(document.clone()),
        &WriteOptions::new(extensions.clone()),
        Flavor::CommonMark,
        &mut out,
        &mut report,
    )
    .unwrap();
    (out, report)
}

fn cases(name: &str) -> Vec<(String, String)> {
    let path = format!("{}/../shared/oracles/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let Ok(json) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: ../shared/oracles/{name}.json is not there");
        return Vec::new();
    };
    let cases: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let text = |case: &serde_json::Value, key: &str| case[key].to_string().trim_matches('"').to_owned();
    cases.iter().map(|case| (text(case, "id"), case["markdown"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn what_is_written_reads_back_on_every_example() {
    let mut failed = Vec::new();
    for name in ["commonmark", "gfm"] {
        for (id, text) in cases(name) {
            let meant = read(&text, &github());
            let (written, _) = write(&meant, &github());
            let back = read(&written, &github());
            if !back.same_meaning_as(&meant, Equality::Exact) {
                failed.push(format!("{name} {id}: {text:?} -> {written:?}"));
            } else {
                let (again, _) = write(&back, &github());
                if again != written {
                    failed.push(format!("{name} {id} no fixpoint: {text:?} -> {written:?} -> {again:?}"));
                }
            }
        }
    }
    assert!(failed.is_empty(), "{} fail:\n{}", failed.len(), failed.join("\n"));
}

/// HTML as Markdown.
fn from_html(html: &str) -> (String, Vec<Diagnostic>) {
    use crate::format::Markup;
    let document = crate::markup::Html.parse(html, Span::new(0, html.len()), &Extensions::new(), &mut ()).unwrap();
    write(&document, &github())
}

fn assert_written(cases: &[(&str, &str)]) {
    for (html, expected) in cases {
        let (written, report) = from_html(html);
        assert_eq!(written.trim_end_matches('\n'), *expected, "from {html}");
        assert!(report.iter().all(|diagnostic| diagnostic.code.name != "unproved"), "{html}: {report:?}");
    }
}

#[test]
fn signs_that_cannot_be_markup_stay_bare() {
    assert_written(&[
        ("<p>foo_bar 3 * 4 Wow! at 1. a - b + c # d &gt; e</p>", "foo_bar 3 * 4 Wow! at 1. a - b + c # d > e"),
        (
            "<p>5*3, ~100, C:\\dir, a [note], x &lt; y, AT&amp;T, a | b, $5</p>",
            "5*3, ~100, C:\\dir, a [note], x < y, AT&T, a | b, $5",
        ),
        ("<p>-- dash, +1, -1, 10.5, #hash</p>", "-- dash, +1, -1, 10.5, #hash"),
    ]);
}

#[test]
fn signs_that_would_be_markup_are_escaped() {
    assert_written(&[
        ("<p>*x* _y_ `z`</p>", "\\*x\\* \\_y\\_ \\`z\\`"),
        ("<p>__init__ and ~~z~~</p>", "\\_\\_init\\_\\_ and \\~\\~z\\~\\~"),
        ("<p>1. a</p><p>2) b</p>", "1\\. a\n\n2\\) b"),
        ("<p># a</p><p>- b</p><p>+ c</p><p>&gt; d</p>", "\\# a\n\n\\- b\n\n\\+ c\n\n\\> d"),
        ("<p>&lt;b&gt; &amp;lt; &amp;copy;</p>", "\\<b> &amp;lt; &amp;copy;"),
        ("<p>---</p><p>***</p><p>~~~</p>", "\\---\n\n\\*\\*\\*\n\n\\~\\~\\~"),
        ("<p>Text<br>---</p><p>Text<br>===</p>", "Text\\\n\\---\n\nText\\\n\\==="),
        ("<p>see [x](y) ![i](j) [a]: b</p>", "see [x\\](y) ![i\\](j) [a]: b"),
        ("<p>[a]: b</p>", "[a\\]: b"),
        ("<p>!<a href='/u'>x</a></p>", "\\![x](/u)"),
        ("<ul><li>[ ] a</li></ul>", "- \\[ ] a"),
        ("<ul><li>[x]a</li></ul>", "- \\[x]a"),
        ("<ul><li><a href=/u>x</a> a</li><li>a <a href=/u>x</a></li></ul>", "- [&#120;](/u) a\n- a [x](/u)"),
        ("<h2>a #</h2>", "## a \\#"),
        ("<p>a\\*b \\</p>", "a\\\\*b \\\\"),
        ("<p>a&nbsp;b \u{200b}</p>", "a&nbsp;b \u{200b}"),
    ]);
}

#[test]
fn emphasis_that_would_be_none_is_tags() {
    assert_written(&[
        ("<p><b>a</b> <i>b</i> <s>c</s></p>", "**a** *b* ~~c~~"),
        ("<p><strong>Title:</strong>text</p>", "<strong>Title:</strong>text"),
        ("<p><strong>Title:</strong> text</p>", "**Title:** text"),
        ("<p>un<em>frigging</em>believable</p>", "un*frigging*believable"),
        ("<p><em>a</em><em>b</em></p>", "_a_*b*"),
        ("<p><em><strong>a</strong></em> <strong><em>b</em></strong></p>", "***a*** **_b_**"),
        ("<p>a<b> b </b>c</p>", "a **b** c"),
        ("<p>a<b></b>b</p>", "ab"),
    ]);
}

#[test]
fn links_images_and_code() {
    assert_written(&[
        ("<p><a href='/a b(c)' title='say \"hi\"'>t</a></p>", "[t](</a b(c)> 'say \"hi\"')"),
        ("<p><a href='/q)('>t</a> <a href=''>e</a></p>", "[t](</q)(>) [e]()"),
        ("<p><a href='http://e.x/a_b'>http://e.x/a_b</a></p>", "<http://e.x/a_b>"),
        ("<p><a href='/u' target=_blank>x <b>y</b></a></p>", "<a href=\"/u\" target=\"_blank\">x **y**</a>"),
        ("<p><img src='/i' alt='An [odd] *alt*'> x</p>", "![An \\[odd\\] \\*alt\\*](/i) x"),
        ("<p><code>a`b</code> <code>``</code> <code>\\</code></p>", "``a`b`` ` `` ` `\\`"),
        ("<pre><code class='language-md'>```\nx\n```\n</code></pre>", "````md\n```\nx\n```\n````"),
    ]);
}

#[test]
fn blocks() {
    assert_written(&[
        ("<ul><li>a<li>b</ul><ul><li>c</ul>", "- a\n- b\n\n* c"),
        ("<ol start=3><li>a<li><p>b</ol>", "3. a\n\n4. b"),
        ("<ul><li><ul><li>a</ul></ul>", "- - a"),
        ("<ul><li><pre><code>x\n</code></pre></ul>", "- ```\n  x\n  ```"),
        ("<ul><li>a</ul><pre><code>x\n</code></pre>", "- a\n\n```\nx\n```"),
        ("<blockquote><p>a<p>b</blockquote>", "> a\n>\n> b"),
        ("<p>a</p><hr><p>b</p>", "a\n\n---\n\nb"),
        ("<hr><p>b</p>", "***\n\nb"),
        ("<p>a<br>b<br></p>", "a\\\nb<br>"),
        ("<div class=x><p>a <b>b</b></p></div>", "<div class=\"x\">\n\na **b**\n\n</div>"),
        ("<p class=x>a <b>b</b></p>", "<p class=\"x\">a <strong>b</strong></p>"),
        ("<p></p><p>&nbsp;</p>", "<p></p>\n\n&nbsp;"),
        (
            "<table><thead><tr><th align=left>a|b<th>c<tbody><tr><td align=left>1<td><i>2</i></table>",
            "| a\\|b | c |\n| :-- | --- |\n| 1 | *2* |",
        ),
    ]);
}

#[test]
fn each_fold_is_noted_with_its_count() {
    let html = "a<div>b</div><pre>c</pre><ul><li>d<li><p>e</ul><p>f<b> g</b><i></i></p>";
    let (_, report) = from_html(html);
    let notes: Vec<&str> = report.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(
        notes,
        [
            "2 runs of bare text became paragraphs",
            "1 `<pre>` became a code block",
            "1 list became loose",
            "1 space was moved out of an inline element",
            "1 empty inline element was left out",
        ]
    );
}

#[test]
fn kramdown_is_written_as_kramdown_reads_it() {
    use crate::format::Markup;
    let extensions: Extensions =
        ["tables", "strikethrough", "footnotes", "heading_attributes", "definition_lists"].into_iter().collect();
    for (html, expected) in [
        ("<p>a<br>b | c</p>", "a  \nb \\| c"),
        ("<div><p>a <b>b</b></p></div>", "<div>\n<p>a <strong>b</strong></p>\n</div>"),
        ("<h2 id=x>a</h2>", "## a {#x}"),
        ("<p>#a {: b} $$c$$</p>", "\\#a \\{: b} \\$\\$c\\$\\$"),
        ("<dl><dt>a<dd>b</dl>", "a\n: b"),
        ("<p><span class=x>a <b>b</b></span></p>", "<span class=\"x\">a **b**</span>"),
    ] {
        let document = crate::markup::Html.parse(html, Span::new(0, html.len()), &Extensions::new(), &mut ()).unwrap();
        let (mut out, mut report) = (String::new(), Vec::<Diagnostic>::new());
        let options = WriteOptions::new(extensions.clone());
        print(&Body::new(document), &options, Flavor::Kramdown, &mut out, &mut report).unwrap();
        assert_eq!(out.trim_end(), expected, "from {html}");
        assert!(report.iter().all(|diagnostic| diagnostic.code.name != "unproved"), "{html}: {report:?}");
    }
}

/// The proof takes the parser's events as the reader's tree would be taken.
#[test]
fn events_say_what_the_tree_says() {
    use crate::ast::same::{Notes, Stream};
    let mut all = github();
    for extension in ["definition_lists", "heading_attributes", "math", "alerts"] {
        all.switch_on(extension);
    }
    let own = "# H {#i .c k=v}\n\n> [!NOTE]\n> a\n\na [^n] $x$ <a@b.c>\n\n[^n]: b\n\n    c\n\nt\n: d\n\n- [x] e ![f *g* `h`](i \"j\")\n\n\
               | k | l |\n| :-- | --: |\n| m | n |\n\n```rust x y\no\n```\n\n<!-- p -->\n\n<svg><path/></svg> <b>q\n";
    let cases = cases("commonmark").into_iter().chain(cases("gfm")).map(|(_, text)| text);
    for text in cases.chain([own.to_owned()]) {
        for equality in [Equality::Reader, Equality::Exact] {
            let (mut tree, mut events, mut notes) = (Stream::new(equality), Stream::new(equality), Notes::default());
            for block in &read(&text, &all).blocks {
                tree.block(block, &mut notes);
            }
            tree.finish();
            let mut back = back::Back::new(&text, &all);
            while back.next_start().is_some() {
                back.block(&mut events);
            }
            events.finish();
            let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            assert_eq!(shown(events.bytes()), shown(tree.bytes()), "{text}");
            assert_eq!(shown(events.hidden()), shown(tree.hidden()), "{text}");
        }
    }
}

/// HTML as Markdown, no fold made.
fn exactly_from_html(html: &str) -> (String, Vec<Diagnostic>) {
    use crate::format::Markup;
    let document = crate::markup::Html.parse(html, Span::new(0, html.len()), &Extensions::new(), &mut ()).unwrap();
    let mut extensions = github();
    extensions.switch_on("exact");
    write(&document, &extensions)
}

#[test]
fn words_that_touch_across_elements_with_blocks_in_them_stay_together() {
    let touching = "<b>x<p>a</p>y</b><i>z<p>c</p>w</i>";
    assert_written(&[
        (touching, "<b>\nx<p>a</p>y</b><i>z<p>c</p>w</i>"),
        // A block at the border parts them anyway, and so does the paragraph that bare text becomes.
        ("<b><p>a</p></b><i><p>c</p></i>", "<b>\n\na\n\n</b>\n\n<i>\n\nc\n\n</i>"),
        ("<b>x<p>a</p>y</b>z", "<b>\nx<p>a</p>y</b>\n\nz"),
    ]);
    for (html, expected) in [
        ("<li><code></code>*<l>*<ol>", "<li>\n<code></code>*<l>*<ol></ol></l>\n</li>\n"),
        ("<div><b>x</b>y<i>z<p>c</p></i></div>", "<div>\n<strong>x</strong>y<i>z<p>c</p></i>\n</div>\n"),
        ("<div><b>x</b>y<i><p>c</p></i></div>", "<div>\n\n<strong>\nx</strong>y\n\n<i>\n\nc\n\n</i>\n\n</div>\n"),
    ] {
        let (written, report) = exactly_from_html(html);
        assert_eq!((written.as_str(), report.len()), (expected, 0), "{html}");
    }
}

#[test]
fn the_proof_sees_white_space_between_elements_with_blocks_in_them() {
    use crate::format::Markup;
    for (html, markdown) in [
        ("<b>x<p>a</p>y</b><i>z<p>c</p>w</i>", "<b>\nx<p>a</p>y</b>\n\n<i>\nz<p>c</p>w</i>"),
        ("<div>x<b>y<p>a</p></b></div>", "<div>\nx <b>y<p>a</p></b>\n</div>"),
        ("<ul><b>x<p>a</p>y</b><i>z</i></ul>", "<ul><b>x<p>a</p>y</b>\n<i>z</i></ul>"),
    ] {
        let document = crate::markup::Html.parse(html, Span::new(0, html.len()), &Extensions::new(), &mut ()).unwrap();
        for equality in [Equality::Reader, Equality::Exact] {
            assert!(!document.same_meaning_as(&read(markdown, &github()), equality), "{html} {markdown}");
        }
    }
}

#[test]
fn a_break_in_a_pre_in_a_line_keeps_its_line_end() {
    let written = |text| write(&read(text, &github()), &github()).0;
    assert_eq!(written("a <pre>\\\nb\n"), "a <pre>\\\nb\n");
    assert_eq!(written("*a* \u{8}<pre>*  u  \nb\n"), "<p><em>a</em> \u{8}<pre>*  u<br>\nb</p>\n");
}
