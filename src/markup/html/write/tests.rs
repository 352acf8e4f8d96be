use crate::ast::{Block, BlockKind, Document, Heading, Inline, InlineKind, Raw, Tag};
use crate::diag::Span;
use crate::format::{Extensions, Markup, WriteOptions};
use crate::markup::Html;
use crate::post::{Body, SourceText};

fn print(body: &Body) -> String {
    let mut out = String::new();
    Html.print(body, &WriteOptions::default(), &mut out, &mut ()).unwrap();
    out
}

fn read(text: &str) -> Body {
    let span = Span::new(0, text.len());
    let document = Html.parse(text, span, &Extensions::new(), &mut ()).unwrap();
    Body::read_from(document, SourceText::new("html", Extensions::new(), text), span)
}

/// HTML printed from the tree.
fn again(html: &str) -> String {
    print(&Body::new(read(html).document().clone()))
}

fn text(text: &str) -> Inline {
    Inline::new(InlineKind::Text(text.to_owned()))
}

#[test]
fn a_body_that_nothing_changed_is_copied() {
    for html in ["<P>a &amp b", " <p>a</p>\n\n<!-- c -->\r\n", "", "  ", "a<b>c"] {
        assert_eq!(print(&read(html)), html);
    }
}

#[test]
fn a_heading_put_in_front_or_taken_off_leaves_the_rest() {
    let mut body = read("\n<P>a\n<p>b");
    body.insert_first(Block::new(BlockKind::Heading(Heading::new(1, vec![text("T")]))));
    assert_eq!(print(&body), "<h1>T</h1>\n<P>a\n<p>b");
    let mut body = read("<h1>T</h1>\n<P>a\n<p>b");
    body.remove_first();
    assert_eq!(print(&body), "\n<P>a\n<p>b");
    let mut body = read("<P>a");
    body.document_mut();
    assert_eq!(print(&body), "<p>a</p>\n");
}

#[test]
fn entities_are_few() {
    let body = Body::new(Document::new(vec![Block::new(BlockKind::Paragraph(vec![text(
        "it's \"a\" < b & c\u{a0}d\u{200b}é",
    )]))]));
    assert_eq!(print(&body), "<p>it's \"a\" &lt; b &amp; c&nbsp;d\u{200b}é</p>\n");
}

#[test]
fn text_beside_an_inline_element_with_blocks_stays_on_its_line() {
    for html in ["x<b>y\n<p>z</p></b>w", "<b><p>a</p>\n<p>b</p></b>", "a <b>c\n<p>d</p></b> e"] {
        assert_eq!(again(html).trim_end(), html);
    }
}

#[test]
fn white_space_in_pre_is_exact() {
    for html in
        ["<pre>\n\na <u>b</u>\n  c<br />d</pre>\n", "<pre> </pre>\n", "<pre class=\"x\"><code>a\n</code></pre>\n"]
    {
        assert_eq!(again(html), html);
    }
}

#[test]
fn addresses_are_encoded_and_template_tags_in_them_are_not() {
    assert_eq!(again("<a href='/ä b?c&amp;d'>x</a>"), "<a href=\"/%C3%A4%20b?c&amp;d\">x</a>");
    assert_eq!(
        again("<a href='{{ site.baseurl }}/a b{% link x %}'>x</a>"),
        "<a href=\"{{ site.baseurl }}/a%20b{% link x %}\">x</a>"
    );
}

#[test]
fn tags_and_raw_text_pass_through() {
    let block = |kind| Block::new(kind);
    let body = Body::new(Document::new(vec![
        block(BlockKind::Raw(Raw::html("<x-y>\n"))),
        block(BlockKind::Template(Tag::new("jekyll", "if", "{% if a < b %}"))),
        block(BlockKind::Paragraph(vec![Inline::new(InlineKind::Template(Tag::new("jekyll", "x", "{{ x }}")))])),
    ]));
    assert_eq!(print(&body), "<x-y>\n{% if a < b %}\n<p>{{ x }}</p>\n");
}
