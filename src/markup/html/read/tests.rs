use super::*;
use crate::ast::shape::check_nesting;
use crate::ast::{BlockKind, InlineKind, NodeRef, Step};

fn read(text: &str) -> Document {
    let document = parse(text, Span::new(0, text.len()), &Extensions::new(), &Limits::default(), &mut ());
    check_spans(text, &document);
    document
}

/// Law 4, and top-level blocks have spans that are not empty.
fn check_spans(text: &str, document: &Document) {
    check_nesting(text, document);
    assert!(document.blocks.iter().all(|block| !block.span.is_empty()), "{text:?}");
}

/// The tree in short: kinds in parentheses, text as it is, `⏎` for a line break of the source, `|` for one that shows.
fn outline(text: &str) -> String {
    let mut out = String::new();
    for step in read(text).walk() {
        match step {
            Step::Enter(NodeRef::Inline(inline)) => match &inline.kind {
                InlineKind::Text(text) => out.push_str(text),
                InlineKind::SoftBreak => out.push('⏎'),
                InlineKind::HardBreak => out.push('|'),
                InlineKind::Code(text) => out.push_str(&format!("`{text}`")),
                InlineKind::Raw(raw) => out.push_str(&format!("«{}»", raw.text)),
                InlineKind::Element(element) => out.push_str(&format!("{}(", element.name)),
                other => {
                    let name = format!("{other:?}");
                    out.push_str(name.split(['(', ' ', '{']).next().unwrap_or_default());
                    out.push('(');
                }
            },
            Step::Enter(NodeRef::Block(block)) => match &block.kind {
                BlockKind::Raw(raw) => out.push_str(&format!("«{}»", raw.text)),
                BlockKind::Element(element) => out.push_str(&format!("<{}>(", element.name)),
                other => {
                    let name = format!("{other:?}");
                    out.push_str(name.split(['(', ' ', '{']).next().unwrap_or_default());
                    out.push('(');
                }
            },
            Step::Leave(NodeRef::Inline(inline)) => match &inline.kind {
                InlineKind::Text(_) | InlineKind::SoftBreak | InlineKind::HardBreak | InlineKind::Code(_) => {}
                InlineKind::Raw(_) => {}
                _ => out.push(')'),
            },
            Step::Leave(NodeRef::Block(block)) if matches!(block.kind, BlockKind::Raw(_)) => {}
            Step::Leave(NodeRef::Block(_)) => out.push(')'),
            Step::Enter(_) => out.push('['),
            Step::Leave(_) => out.push(']'),
        }
    }
    out
}

#[test]
fn white_space_is_what_shows() {
    for (html, expected) in [
        ("<p> a  b\t c </p>", "Paragraph(a b c)"),
        ("<p>a\n  b</p>", "Paragraph(a⏎b)"),
        ("<p>a <b> b </b> c</p>", "Paragraph(a Strong(b )c)"),
        ("<p>a<b> b</b></p>", "Paragraph(aStrong( b))"),
        ("<p><b>a </b></p>", "Paragraph(Strong(a))"),
        ("<p>a <br> b<br/>\n<br> c</p>", "Paragraph(a|b||c)"),
        ("<p>a <b><br></b> c</p>", "Paragraph(aStrong(|)c)"),
        ("<p>a <!-- x --> b</p>", "Paragraph(a «<!-- x -->»b)"),
        ("<p>&nbsp;</p>", "Paragraph(\u{a0})"),
        ("<p>a&nbsp; b\u{200b} c</p>", "Paragraph(a\u{a0} b\u{200b} c)"),
        ("<p><code> a  b\nc </code> d</p>", "Paragraph(`a b c `d)"),
        ("<p>a <img src=x alt=''> b</p>", "Paragraph(a Image() b)"),
        ("<pre> a\n\n  b </pre>", "<pre>(Plain( a\n\n  b ))"),
        ("<pre><code class=language-c>\na\n</code></pre>", "CodeBlock()"),
        ("<p>a<wbr> b </p>", "Paragraph(awbr() b)"),
    ] {
        assert_eq!(outline(html), expected, "{html}");
    }
}

#[test]
fn bare_text_is_plain_and_what_does_not_show_stands_beside_it() {
    for (html, expected) in [
        ("a <b>c</b>\n<p>d</p>\ne", "Plain(a Strong(c))Paragraph(d)Plain(e)"),
        ("<div> a <p>b</p> </div>", "<div>(Plain(a)Paragraph(b))"),
        ("<!-- x -->\na\n<!-- y -->", "«<!-- x -->»Plain(a)«<!-- y -->»"),
        (
            "<p>a</p> <script>if (a < b) {\n\n}</script> <p>b</p>",
            "Paragraph(a)«<script>if (a < b) {\n\n}</script>»Paragraph(b)",
        ),
        ("<svg><path d='x'/></svg>", "Plain(«<svg><path d='x'/></svg>»)"),
        ("  \n ", ""),
        ("", ""),
    ] {
        assert_eq!(outline(html), expected, "{html}");
    }
}

#[test]
fn an_inline_element_may_hold_blocks() {
    for (html, expected) in [
        ("<b><p>a</p><p>b</p></b>", "<b>(Paragraph(a)Paragraph(b))"),
        ("x<a href=y><h3>a</h3>b</a> c", "Plain(x)<a>(Heading(a)Plain(b))Plain( c)"),
        ("x <b>y<div>z</div></b>", "Plain(x )<b>(Plain(y)<div>(Plain(z)))"),
    ] {
        assert_eq!(outline(html), expected, "{html}");
    }
}

#[test]
fn lists_are_as_tight_as_they_were() {
    for (html, expected) in [
        ("<ul>\n<li>a</li>\n<li>b<ul><li>c</li></ul></li></ul>", "List([Plain(a)][Plain(b)List([Plain(c)])])"),
        ("<ol><li><p>a</p></li><li>b</li></ol>", "List([Paragraph(a)][Plain(b)])"),
        ("<ul>x<li>a</li></ul>", "<ul>(Plain(x)<li>(Plain(a)))"),
        ("<ul><!-- c --><li>a</li><!-- d --></ul>", "List([«<!-- c -->»Plain(a)«<!-- d -->»])"),
        ("<ul><li><input type=checkbox disabled> a</li></ul>", "List([Plain(TaskMarker()a)])"),
        ("<ul><li><input type=checkbox> a</li></ul>", "List([Plain(input() a)])"),
        ("<dl><dt>a</dt><dd>b</dd><dd><p>c</p></dd></dl>", "DefinitionList([a][Plain(b)][Paragraph(c)])"),
        ("<dl><div><dt>a</dt></div></dl>", "<dl>(<div>(<dt>(Plain(a))))"),
    ] {
        assert_eq!(outline(html), expected, "{html}");
    }
}

#[test]
fn a_number_that_markdown_would_not_give_back_stays_an_attribute() {
    for (html, start, attr) in [
        ("<ol><li>a</ol>", Some(1), None),
        ("<ol start=3><li>a</ol>", Some(3), None),
        ("<ol start=1><li>a</ol>", Some(1), Some("1")),
        ("<ol start=03><li>a</ol>", Some(3), Some("03")),
        ("<ol start=x><li>a</ol>", Some(1), Some("x")),
    ] {
        let document = read(html);
        let BlockKind::List(list) = &document.blocks[0].kind else { panic!("{html}") };
        assert_eq!((list.start, document.blocks[0].attr("start")), (start, attr), "{html}");
    }
    assert_eq!(outline("<ol start=-1><li>a</ol>"), "<ol>(<li>(Plain(a)))");
}

#[test]
fn tables_that_markdown_can_say_are_tables() {
    let table = "<table><thead><tr><th align=left>a</th></tr></thead><tbody><tr><td style='text-align:left'>b</td></tr></tbody></table>";
    assert_eq!(outline(table), "Table([[a]][[b]])");
    for other in [
        "<table><tr><td>a</td></tr></table>",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td align=left>b</td></tr></tbody></table>",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td><td>c</td></tr></tbody></table>",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><p>b</p></td></tr></tbody></table>",
        "<table><caption>x</caption><thead><tr><th>a</th></tr></thead></table>",
        "<table><thead><tr><th colspan=2>a</th></tr></thead></table>",
    ] {
        assert!(outline(other).starts_with("<table>("), "{other}");
    }
}

#[test]
fn spans_are_exact_where_tags_are() {
    let text = "---\n---\n<p>ä <b>b</b></p>\n<ul><li>c</ul> <h2>d</h2>";
    let document = parse(text, Span::new(8, text.len()), &Extensions::new(), &Limits::default(), &mut ());
    let blocks: Vec<&str> = document.blocks.iter().map(|block| block.span.slice(text).unwrap()).collect();
    assert_eq!(blocks, ["<p>ä <b>b</b></p>", "<ul><li>c</ul>", "<h2>d</h2>"]);
    let BlockKind::Paragraph(inlines) = &document.blocks[0].kind else { panic!() };
    assert_eq!(inlines[1].span.slice(text), Some("<b>b</b>"));
}

#[test]
fn misnested_tags_keep_spans_sound() {
    for html in [
        "<b>a<p>b</b>c</p>",
        "<table>x<tr><td>a</table>",
        "<p>a</b></p></p>b",
        "<a href=1>x<a href=2>y",
        "</div>",
        "<b><i>a</b>b</i>&amp",
        "a&amp<b>c",
        "<p>x&lt",
        "é<b>ü</b>ß&nbsp",
        "<svg><p>a</svg>b",
        "<select><option>a<p>b</select>c",
        "<b>1<div>2<b>3</div>4</b>5",
    ] {
        read(html);
    }
}

#[test]
fn raw_pieces_are_the_bytes_of_the_source_where_these_give_them_back() {
    assert_eq!(outline("<p>x</p><Svg  A=b><g/></svg>"), "Paragraph(x)Plain(«<Svg  A=b><g/></svg>»)");
    // The paragraph breaks out of the drawing.
    assert_eq!(outline("<svg><g><p>a</p></g></svg>"), "Plain(«<svg><g></g></svg>»)Paragraph(a)");
    assert_eq!(outline("<noscript><p>a</p></noscript>"), "Plain(«<noscript><p>a</p></noscript>»)");
    assert_eq!(outline("<pre><div> a\n</div></pre>"), "«<pre><div> a\n</div></pre>»");
}

#[test]
fn tags_of_a_page_are_reported() {
    let text = "<!DOCTYPE html><html><body class=x><p>a</p></body></html>";
    let mut report = Vec::new();
    let document = parse(text, Span::new(0, text.len()), &Extensions::new(), &Limits::default(), &mut report);
    assert_eq!(document.blocks.len(), 1);
    assert_eq!(report.len(), 1);
}

#[test]
fn a_space_before_an_element_that_shows_nothing_but_stays_is_kept() {
    let html = |text| super::super::write::blocks(&read(text).blocks);
    assert_eq!(html("<p>a <a href=/u></a><br>b</p>"), "<p>a <a href=\"/u\"></a><br />\nb</p>\n");
    assert_eq!(html("<p>a <b></b><br>b</p>"), "<p>a<strong></strong><br />\nb</p>\n");
}

#[test]
fn what_editors_leave_behind_is_taken_out_and_counted() {
    for (html, expected, counts) in [
        ("<p style='x'>a</p><p STYLE=y>b</p>", "<p>a</p>\n<p>b</p>\n", "`style` attributes taken out: 2"),
        ("<p><span style='x'>a</span> b</p>", "<p>a b</p>\n", "`style` attributes taken out: 1"),
        (
            "<p class='MsoNormal x'>a<o:p></o:p></p>",
            "<p class=\"x\">a</p>\n",
            "elements of word processors, such as `o:p` taken out: 1",
        ),
        (
            "<p class='p1'>a <span class=s2>b</span></p><ul class=ul1><li class='li1 x'>c</li></ul><p class=p123>d</p>",
            "<p>a <span class=\"s2\">b</span></p>\n<ul>\n<li class=\"x\">c</li>\n</ul>\n<p class=\"p123\">d</p>\n",
            "classes of editors, such as `MsoNormal` taken out: 3",
        ),
        ("<div dir=ltr>a</div><div>b</div>", "<p>a</p>\n<p>b</p>\n", "`div` elements without attributes taken out: 2"),
        (
            "<div>a<p>b</p>c <i>d</i></div>e",
            "<p>a</p>\n<p>b</p>\n<p>c <em>d</em></p>\ne",
            "`div` elements without attributes taken out: 1",
        ),
        ("<div dir=rtl>a</div>", "<div dir=\"rtl\">a</div>\n", ""),
        ("<p>a</p><p>&nbsp;</p><div><br></div><p></p>", "<p>a</p>\n", "empty paragraphs taken out: 3"),
        ("<p><a name=x></a></p>", "<p><a name=\"x\"></a></p>\n", ""),
        (
            "<p><img src=i width=2 class=\"size-full wp-image-3 x\"></p>",
            "<p><img src=\"i\" class=\"x\" /></p>\n",
            "sizes of images taken out: 1",
        ),
        (
            "<p><img src=i border=0></p>",
            "<p><img src=\"i\" alt=\"\" /></p>\n",
            "presentational attributes, such as `border` taken out: 1",
        ),
        ("<p><font color=red>a</font></p>", "<p>a</p>\n", "`font` elements taken out: 1"),
        (
            "<ul><li><div>a</div></li></ul>",
            "<ul>\n<li>a</li>\n</ul>\n",
            "`div` elements without attributes taken out: 1",
        ),
        ("<p class=x><span lang=fr>a</span></p>", "<p class=\"x\"><span lang=\"fr\">a</span></p>\n", ""),
    ] {
        let extensions: Extensions = [CLEAN].into_iter().collect();
        let mut report: Vec<crate::Diagnostic> = Vec::new();
        let document = parse(html, Span::new(0, html.len()), &extensions, &Limits::default(), &mut report);
        check_spans(html, &document);
        assert_eq!(super::super::write::blocks(&document.blocks), expected, "{html}");
        let messages: Vec<&str> = report.iter().map(|d| d.message.as_str()).collect();
        assert!(
            if counts.is_empty() { messages.is_empty() } else { messages.contains(&counts) },
            "{html}: {messages:?}"
        );
    }
}

fn cleaned(html: &str) -> String {
    let extensions = ["clean"].into_iter().collect();
    let document = super::parse(html, Span::new(0, html.len()), &extensions, &Limits::default(), &mut ());
    crate::markup::html::write::blocks(&document.blocks).split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn tables_are_cleaned_if_nothing_is_lost() {
    let table = |head: &str, rows: &str| format!("<table><thead><tr>{head}</tr></thead><tbody> {rows}</tbody></table>");
    for (html, expected) in [
        (
            "<table border=1><tr><th>a<th>b<tr><td>c<td>d</table>",
            table("<th>a</th><th>b</th>", "<tr><td>c</td><td>d</td></tr> "),
        ),
        (
            "<table class='table table-striped'><tr><td>a<td><p>b<p>c</table>",
            table("<th></th><th></th>", "<tr><td>a</td><td>b<br /> c</td></tr> "),
        ),
        ("<table><thead><tr><td>a</thead><tr><td>b</table>", table("<th>a</th>", "<tr><td>b</td></tr> ")),
        ("<table><tr><td>a<p>b</table>", "<p>a</p> <p>b</p>".to_owned()),
    ] {
        assert_eq!(cleaned(html), expected, "{html}");
    }
    for other in [
        "<table><tr><td colspan=2>a<td>b</table>",
        "<table><tr><td>a<td>b<tr><td>c</table>",
        "<table><tr><th>a<td>b<tr><th>c<td>d</table>",
        "<table><tr><td>a<td><ul><li>b</ul></table>",
        "<table class=x><tr><td>a<td>b</table>",
    ] {
        assert!(!cleaned(other).contains("<thead"), "{other}");
    }
}

#[test]
fn players_are_cleaned_if_nothing_is_lost() {
    let shell = |embed: &str| {
        format!(
            "<object classid=\"clsid:d27cdb6e\"><param name=\"src\" value=\"/p.swf\" /><param name=\"wmode\" \
             value=\"opaque\" />{embed}</object>"
        )
    };
    let embed = "<embed src=\"/p.swf\">";
    assert_eq!(cleaned(&shell(embed)), "<embed src=\"/p.swf\" />");
    assert!(cleaned(&shell("<embed src=\"/other.swf\">")).contains("<object"));
    assert!(cleaned(&shell("Install a player")).contains("Install a player"));
    let player = "<object data=\"http://www.youtube.com/v/x1\" width=\"5\"></object>";
    assert_eq!(
        cleaned(player),
        "<iframe src=\"https://www.youtube.com/embed/x1\" width=\"5\" allowfullscreen=\"\"></iframe>"
    );
}
