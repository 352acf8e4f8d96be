use super::*;
use crate::ast::shape::{check_spans, outline};
use crate::ast::{BlockKind, CodeBlock, Fence, HeadingStyle, InlineKind, Marker, NodeRef, Step};

fn all() -> Extensions {
    EXTENSIONS.iter().copied().collect()
}

fn read(text: &str) -> Document {
    let document = parse(text, Span::new(0, text.len()), &all(), &Limits::default(), &mut ());
    check_spans(text, &document);
    document
}

#[test]
fn tight_lists_hold_plain_text_and_loose_ones_paragraphs() {
    assert_eq!(outline(&read("- a\n- b\n")), "List([Plain(a)][Plain(b)])");
    assert_eq!(outline(&read("- a\n\n- b\n")), "List([Paragraph(a)][Paragraph(b)])");
    assert_eq!(outline(&read("- a\n  - b\n")), "List([Plain(a)List([Plain(b)])])");
}

#[test]
fn a_box_comes_first_in_its_item() {
    assert_eq!(outline(&read("- [x] a\n- [ ] b\n")), "List([Plain(TaskMarker()a)][Plain(TaskMarker()b)])");
    assert_eq!(outline(&read("- [x] a\n\n- b\n")), "List([Paragraph(TaskMarker()a)][Paragraph(b)])");
}

#[test]
fn html_blocks_are_one_node_each_and_tags_in_text_too() {
    assert_eq!(outline(&read("<div>\na\n\n*b*\n\n</div>\n")), "Raw()Paragraph(Emphasis(b))Raw()");
    assert_eq!(outline(&read("a <b>c</b>\n")), "Paragraph(a Raw()cRaw())");
    let document = read("> <div>\n> a\n");
    let BlockKind::BlockQuote(quote) = &document.blocks[0].kind else { panic!() };
    assert_eq!(quote.blocks[0].kind, BlockKind::Raw(crate::ast::Raw::html("<div>\na\n")));
}

#[test]
fn notation_is_seen_in_the_source() {
    let first = |text: &str| read(text).blocks.remove(0).kind;
    for (text, expected) in [
        ("- a", Marker::Hyphen),
        ("* a", Marker::Asterisk),
        ("+ a", Marker::Plus),
        ("1. a", Marker::Period),
        ("3) a", Marker::Parenthesis),
    ] {
        let BlockKind::List(list) = first(text) else { panic!() };
        assert_eq!(list.marker, expected);
    }
    for (text, expected) in [
        ("# a", HeadingStyle::Atx),
        ("  ## a #", HeadingStyle::Atx),
        ("a\n=", HeadingStyle::Setext),
        ("#5 a\n-", HeadingStyle::Setext),
    ] {
        let BlockKind::Heading(heading) = first(text) else { panic!() };
        assert_eq!(heading.style, expected);
    }
    assert_eq!(
        first("~~~~ rust x\na\n~~~~"),
        BlockKind::CodeBlock(CodeBlock::new("rust x", "a\n").fence(Some(Fence::new('~', 4))))
    );
    assert_eq!(first("    a\n"), BlockKind::CodeBlock(CodeBlock::new("", "a\n").fence(None)));
}

#[test]
fn attributes_of_headings_stand_on_the_node() {
    let document = read("## A {#b .c .d e=f}\n");
    let pairs: Vec<_> = document.blocks[0].attrs.as_ref().unwrap().iter().collect();
    assert_eq!(pairs, [("id", "b"), ("class", "c d"), ("e", "f")]);
}

#[test]
fn an_image_holds_the_words_of_its_description() {
    let document = read("![a *b* `c` ![d](e) &amp;](f \"g\")");
    let BlockKind::Paragraph(inlines) = &document.blocks[0].kind else { panic!() };
    let InlineKind::Image(image) = &inlines[0].kind else { panic!() };
    assert_eq!((image.url.as_str(), image.alt.as_str(), image.title.as_deref()), ("f", "a b c d &", Some("g")));
    assert_eq!(inlines.len(), 1);
}

#[test]
fn lines_end_in_newlines_whatever_the_file_has() {
    let crlf = read("```\r\na\r\nb\r\n```\r\n\r\n<div>\r\nx\r\n</div>\r\n");
    assert!(crlf.same_meaning(&read("```\na\nb\n```\n\n<div>\nx\n</div>\n")));
}

#[test]
fn spans_count_from_the_start_of_the_text() {
    let text = "---\n---\nä *b*\n";
    let document = parse(text, Span::new(8, text.len()), &all(), &Limits::default(), &mut ());
    check_spans(text, &document);
    let BlockKind::Paragraph(inlines) = &document.blocks[0].kind else { panic!() };
    assert_eq!(inlines[1].span.slice(text), Some("*b*"));
}

#[test]
fn what_lies_too_deep_is_kept_as_text_and_reported() {
    for text in [
        format!("{} x\n", "> ".repeat(5_000)),
        format!("{}x\n", "- ".repeat(5_000)),
        format!("{}x{}\n", "*a **b ".repeat(3_000), "** c*".repeat(3_000)),
        format!("{}x", "> - ".repeat(3_000)),
    ] {
        let mut report = Vec::new();
        let document = parse(&text, Span::new(0, text.len()), &all(), &Limits::default(), &mut report);
        check_spans(&text, &document);
        let (mut depth, mut deepest, mut has_raw) = (0, 0, false);
        for step in document.walk() {
            match step {
                Step::Enter(node) => {
                    depth += 1;
                    deepest = deepest.max(depth);
                    has_raw |= matches!(node, NodeRef::Block(block) if matches!(block.kind, BlockKind::Raw(_)))
                        || matches!(node, NodeRef::Inline(inline) if matches!(inline.kind, InlineKind::Raw(_)));
                }
                Step::Leave(_) => depth -= 1,
            }
        }
        assert!(deepest <= crate::ast::MAX_DEPTH, "{deepest}");
        assert!(has_raw && !report.is_empty(), "{}", &text[..20]);
    }
}

#[test]
fn every_example_of_the_specifications_has_sound_spans() {
    for name in ["commonmark", "gfm"] {
        let path = format!("{}/../shared/oracles/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let Ok(json) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: ../shared/oracles/{name}.json is not there");
            continue;
        };
        let cases: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        for case in cases {
            read(case["markdown"].as_str().unwrap());
        }
    }
}
