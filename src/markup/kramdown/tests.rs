use super::{Settings, read};
use crate::ast::shape::{check_spans, outline};
use crate::ast::{BlockKind, Document, InlineKind, MAX_DEPTH, NodeRef, Step};
use crate::diag::{Diagnostic, Span};

fn parse(text: &str) -> Document {
    parse_with(text, &Settings::jekyll(), &mut Vec::new())
}

fn parse_with(text: &str, settings: &Settings, report: &mut Vec<Diagnostic>) -> Document {
    let document = read(text, Span::new(0, text.len()), settings, report);
    check_spans(text, &document);
    document
}

#[test]
fn each_item_is_loose_by_itself() {
    assert_eq!(outline(&parse("* a\n* b\n\n  c\n* d\n")), "List([Plain(a)][Paragraph(b)Paragraph(c)][Plain(d)])");
    assert_eq!(outline(&parse("* a\n- b\n")), "List([Plain(a)][Plain(b)])");
    assert_eq!(outline(&parse("3. a\n\n4. b\n")), "List([Paragraph(a)][Paragraph(b)])");
}

#[test]
fn spans_lead_back_through_quotations_and_items() {
    let text = "> * ä *b*\n>   c [d](e)\n";
    let document = parse(text);
    let link = document.walk().find_map(|step| match step {
        Step::Enter(NodeRef::Inline(inline)) if matches!(inline.kind, InlineKind::Link(_)) => Some(inline.span),
        _ => None,
    });
    assert_eq!(link.and_then(|span| span.slice(text)), Some("[d](e)"));
}

#[test]
fn lists_of_attributes_reach_their_blocks() {
    let document = parse("{:x: .a key=\"v\"}\n\n# T\n{: x #i}\n\np\n{:.b}\n{:.c}\n");
    let attr = |index: usize, name: &str| document.blocks[index].attr(name).unwrap_or_default().to_owned();
    assert_eq!((attr(0, "class"), attr(0, "key"), attr(0, "id")), ("a".into(), "v".into(), "i".into()));
    assert_eq!(attr(1, "class"), "b c");
}

#[test]
fn html_is_passed_through_as_it_stands_unless_kramdown_mends_it() {
    let raw = |text: &str| match parse(text).blocks.swap_remove(0).kind {
        BlockKind::Raw(raw) => raw.text,
        other => panic!("{other:?}"),
    };
    assert_eq!(raw("<div>\n\n*a* <br>\n\n</div>\n"), "<div>\n\n*a* <br>\n\n</div>\n");
    assert_eq!(raw("<div>a</p>\n"), "<div>a&lt;/p&gt;\n</div>\n");
    assert_eq!(outline(&parse("<div markdown=\"1\">\n*a*\n</div>\n")), "Element(Paragraph(Emphasis(a)))");
}

#[test]
fn line_ends_and_offsets() {
    let text = "---\r\n---\r\na\r\nb\r\r\n> c\r\n";
    let document = read(text, Span::new(10, text.len()), &Settings::jekyll(), &mut ());
    check_spans(text, &document);
    assert_eq!(outline(&document), "Paragraph(aSoftBreak()b)BlockQuote(Paragraph(c))");
    assert_eq!(document.blocks[0].span.slice(text), Some("a\r\nb"));
}

#[test]
fn what_lies_too_deep_is_kept_and_reported() {
    for text in [
        format!("{} x\n", "> ".repeat(5_000)),
        format!("{}x\n", "- ".repeat(5_000)),
        format!("{}x\n", "<div markdown=\"1\">\n".repeat(3_000)),
        format!("{}x", "> - ".repeat(3_000)),
        format!("{}x{}", "<b><i>".repeat(3_000), "</i></b>".repeat(3_000)),
    ] {
        let mut report = Vec::new();
        let document = parse_with(&text, &Settings::jekyll(), &mut report);
        let (mut depth, mut deepest) = (0, 0);
        for step in document.walk() {
            match step {
                Step::Enter(_) => {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                Step::Leave(_) => depth -= 1,
            }
        }
        assert!(deepest <= MAX_DEPTH, "{deepest}");
        assert!(!report.is_empty(), "{}", &text[..20]);
    }
}

#[test]
fn every_example_has_sound_spans() {
    for name in ["commonmark", "gfm"] {
        let path = format!("{}/../shared/oracles/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let Ok(json) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: ../shared/oracles/{name}.json is not there");
            continue;
        };
        let cases: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        for case in cases {
            let text = case["markdown"].as_str().unwrap();
            parse(text);
            parse_with(text, &Settings::native(), &mut Vec::new());
            parse(&text.replace('\n', "\r\n"));
        }
    }
}
