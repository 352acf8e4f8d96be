//! Blocks that are plain by their letters are read by CommonMark alone: kramdown's own reading of them must be the same.
//! A definition of an abbreviation that nothing uses makes the whole body be read by both.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "kramdown/support.rs"]
mod support;

use postferry::ast::{Document, Equality};
use postferry::format::{Extensions, Markup};
use postferry::markup::Markdown;
use postferry::{Diagnostic, Span};

fn read(text: &str) -> (Document, Vec<Diagnostic>) {
    let names = ["tables", "strikethrough", "task_lists", "footnotes", "definition_lists", "heading_attributes"];
    let extensions: Extensions = names.into_iter().collect();
    let mut report = Vec::new();
    let span = Span::new(0, text.len());
    (Markdown::kramdown().parse(text, span, &extensions, &mut report).unwrap(), report)
}

/// What differs between the two ways to read a body, if anything does.
fn difference(text: &str) -> Option<String> {
    let before = "*[Zzqq]: nothing\n\n";
    let ((fast, told_fast), (slow, told_slow)) = (read(text), read(&format!("{before}{text}")));
    let messages = |told: &[Diagnostic]| told.iter().map(|told| told.message.clone()).collect::<Vec<_>>();
    let places = |document: &Document, from: usize| -> Vec<(usize, usize)> {
        document.blocks.iter().map(|block| (block.span.start - from, block.span.end - from)).collect()
    };
    let is_same = fast.same_meaning_as(&slow, Equality::Exact)
        && places(&fast, 0) == places(&slow, before.len())
        && messages(&told_fast) == messages(&told_slow);
    (!is_same).then(|| format!("{told_fast:?} {:?}\n{told_slow:?} {:?}", places(&fast, 0), places(&slow, before.len())))
}

#[test]
fn plain_blocks_are_read_alike_in_real_posts() {
    let Some(posts) = support::shared_posts("plain_blocks_are_read_alike_in_real_posts") else { return };
    let different: Vec<_> = posts.iter().filter_map(|(path, text)| Some((path, difference(text)?))).collect();
    assert!(different.is_empty(), "{} differ, the first: {:?}", different.len(), different.first());
}

#[test]
fn plain_blocks_stand_beside_any_others() {
    let blocks = [
        "A *b* **c** _d_ `e|` [f](g) ![h](i) j_k_l.",
        "A **b:** c, d. *e*!",
        "# A b",
        "## A-b: c's \"d\"",
        "- a\n- b\n  c",
        "* [a](b)\n* `c`",
        "1. a\n2. b",
        "```sh\nls\n```",
        "```\n<div>\n```",
        "<div>",
        "</div>",
        "<!-- a",
        "-->",
        "> a",
        "    code",
        "  a",
        "* a\n\n  b",
        "1. a",
        "2. b",
        "- a",
        ": a",
        "{:.a}",
        "^",
        "| a | b |",
        "$$",
        "[a]: b",
        "[^1]: a",
        "a\n: b",
        "~~~",
        "```",
        "`a",
        "b`",
        "*a",
        "b*",
        "<p>a</p> b",
        "A line\nand # another",
        "(a) \"b\" 'c' 2013 -- d...",
        "[a] [b]",
        "a<br>b",
        "---",
        "a\n---",
        "{::comment}",
        "{:/comment}",
    ];
    let mut different = Vec::new();
    for first in blocks {
        for second in blocks {
            for third in ["A b.", "# A b", "- a\n- b", "> a", "</div>", "  a"] {
                let text = format!("***\n\n{first}\n\n{second}\n\n{third}\n\nAn end.\n");
                different.extend(difference(&text).map(|difference| format!("{text:?}: {difference}")));
            }
        }
    }
    assert!(different.is_empty(), "{} differ, the first: {}", different.len(), different[0]);
}
