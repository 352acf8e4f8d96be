//! Markdown → document → HTML is what pulldown-cmark makes of the Markdown, byte for byte, on the examples of both
//! specifications. One difference is meant: a no-break space is written `&nbsp;`, so that people see it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use postferry::Body;
use postferry::Span;
use postferry::format::{Extensions, Markup, WriteOptions};
use postferry::markup::{Html, Markdown};
use pulldown_cmark::{Options, Parser};

const EXTENSIONS: [&str; 4] = ["tables", "strikethrough", "task_lists", "footnotes"];

fn through_the_tree(markdown: &str, extensions: &Extensions) -> String {
    let span = Span::new(0, markdown.len());
    let document = Markdown::commonmark().parse(markdown, span, extensions, &mut ()).unwrap();
    let mut out = String::new();
    Html.print(&Body::new(document), &WriteOptions::default(), &mut out, &mut ()).unwrap();
    out
}

fn by_pulldown(markdown: &str, options: Options) -> String {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, Parser::new_ext(markdown, options));
    out.replace('\u{a0}', "&nbsp;")
}

#[test]
fn every_example_of_the_specifications_renders_as_pulldown_cmark_renders_it() {
    let extensions: Extensions = EXTENSIONS.into_iter().collect();
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES;
    for (name, count) in [("commonmark", 652), ("gfm", 51)] {
        let path = format!("{}/../shared/oracles/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let Ok(json) = std::fs::read_to_string(path) else {
            println!("skipped: ../shared/oracles/{name}.json is not there");
            continue;
        };
        let cases: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        assert_eq!(cases.len(), count);
        let mut wrong = Vec::new();
        for case in &cases {
            let markdown = case["markdown"].as_str().unwrap();
            let (ours, theirs) = (through_the_tree(markdown, &extensions), by_pulldown(markdown, options));
            if ours != theirs {
                wrong.push(format!("{}: {markdown:?}\n ours   {ours:?}\n theirs {theirs:?}", case["id"]));
            }
        }
        assert!(wrong.is_empty(), "{} of {count} differ\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn the_other_extensions_too() {
    let all = Extensions::from_iter(EXTENSIONS.into_iter().chain([
        "definition_lists",
        "heading_attributes",
        "math",
        "alerts",
    ]));
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    for markdown in [
        "term\n: definition *one*\n\n: two\n\n  more\n",
        "# A \"b\" {#c .d .e f=g h}\n",
        "It's $a < b$ and\n\n$$\\int$$\n",
        "> [!NOTE]\n> a\n\n> [!CAUTION]\n> - b\n",
        "a[^x] b[^1] c[^x]\n\n[^1]: one\n\n[^x]: x\n\n    more\n",
        "- [ ] a\n- [x] b\n\n  c\n",
        "| a | b |\n|:-:|--:|\n| *c* | d\\|e |\n\n| x |\n|---|\n",
        "![a *b* $c$](d \"e'f\") <x@y.z> [l](<a b> 'q\"')\n",
    ] {
        assert_eq!(through_the_tree(markdown, &all), by_pulldown(markdown, options), "{markdown}");
    }
}
