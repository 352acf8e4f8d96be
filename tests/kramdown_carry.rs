//! What becomes of a kramdown body on its way, where no program is needed to tell.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use postferry::format::Site;
use postferry::meta::{Map, Value};
use postferry::{Conversion, Converter, Input, Registry};

fn convert(from: &str, to: &str, text: &str) -> Conversion {
    let registry = Arc::new(Registry::builtin());
    let converter = Converter::new(registry, Some(&from.parse().unwrap()), &to.parse().unwrap()).unwrap();
    converter.convert(Input::new(text)).unwrap()
}

fn post(body: &str) -> String {
    format!("---\ntitle: T\n---\n{body}")
}

fn body(text: &str) -> &str {
    text.split_once("---\n").unwrap().1.split_once("---\n").unwrap().1.trim_start_matches('\n')
}

/// The codes of a report, but for those about addresses and settings.
fn told(conversion: &Conversion) -> Vec<&'static str> {
    let codes = conversion.report.diagnostics().iter().map(|diagnostic| diagnostic.code.name);
    codes.filter(|code| !matches!(*code, "address-assumed" | "hugo-config" | "jekyll-config")).collect()
}

#[test]
fn json_keeps_a_body_and_how_it_is_read() {
    for (words, source) in [
        ("", "A\n2013. b\n\n* c\n* d\n\n  e\n\nf</p>\n"),
        ("+as-shown", "A\n2013. b\n\nf</p>\n"),
        ("+native", "A\n* b\n\n#C\n"),
        ("+hard-wrap", "a\nb\n"),
    ] {
        let from = format!("jekyll+markdown{words}");
        let json = convert(&from, "json", &post(source));
        assert!(json.report.diagnostics().is_empty(), "nothing became of it: {:?}", json.report);
        let value: serde_json::Value = serde_json::from_str(&json.text).unwrap();
        assert_eq!(value["body"]["markup"], "kramdown");
        assert_eq!(value["body"]["text"], source);
        let direct = convert(&from, "hugo+yaml", &post(source));
        let on = convert("json", "hugo+yaml", &json.text);
        assert_eq!(body(&on.text), body(&direct.text));
        assert_eq!(told(&on), told(&direct));
        assert_eq!(body(&convert("json", "jekyll+markdown", &json.text).text), source);
    }
}

#[test]
fn a_site_says_how_its_kramdown_reads() {
    let with = |source: &str, options: Map| {
        let registry = Arc::new(Registry::builtin());
        let (from, to) = ("jekyll+markdown".parse().unwrap(), "hugo+yaml".parse().unwrap());
        let converter = Converter::new(registry, Some(&from), &to).unwrap().from_site(Site::new().kramdown(options));
        body(&converter.convert(Input::new(&post(source))).unwrap().text).to_owned()
    };
    let option = |name: &str, value: Value| -> Map {
        let mut options = Map::new();
        options.insert(name, value);
        options
    };
    assert_eq!(with("A\n* b\n", Map::new()), "A\n* b\n");
    assert_eq!(with("A\n* b\n", option("input", Value::from("GFM"))), "A\n* b\n");
    assert_eq!(with("A\n* b\n", option("input", Value::from("kramdown"))), "A\n\\* b\n");
    assert_eq!(with("a\nb\n", option("hard_wrap", Value::Bool(true))), "a\\\nb\n");
    assert_eq!(with("<div>\n*a*\n</div>\n", option("parse_block_html", Value::Bool(true))), "<div>\n\n*a*\n\n</div>\n");
    assert_eq!(with("A\n* b\n", option("syntax_highlighter", Value::from("rouge"))), "A\n* b\n");
}

#[test]
fn json_says_a_kramdown_body_in_another_markup_if_asked() {
    let source = post("A\n2013. b\n{:.c}\n");
    let text = |to: &str| {
        let value: serde_json::Value = serde_json::from_str(&convert("jekyll+markdown", to, &source).text).unwrap();
        (value["body"]["markup"].clone(), value["body"]["text"].as_str().unwrap().to_owned())
    };
    let (markup, html) = text("json+html");
    assert_eq!((markup.as_str(), html.trim()), (Some("html"), "<p>A</p>\n<ol class=\"c\">\n<li>b</li>\n</ol>"));
    let (markup, markdown) = text("json+markdown");
    assert_eq!(markup, "markdown");
    assert!(!markdown.contains("{:"), "{markdown}");
}

#[test]
fn a_paragraph_is_divided_where_hugo_divides_it() {
    for (source, expected, notes) in [
        ("First. <!--more-->Rest.\n", "First. <!--more-->Rest.\n", &["shown-otherwise"][..]),
        ("First.\n<!--more-->\nRest.\n", "First.\n<!--more-->\nRest.\n", &["shown-otherwise"]),
        ("First.\n\n<!--more-->\n\nRest.\n", "First.\n\n<!--more-->\n\nRest.\n", &[]),
        ("First. <!--more-->\n\nRest.\n", "First. <!--more-->\n\nRest.\n", &[]),
        ("*First <!--more--> rest*\n", "*First rest*\n\n<!--more-->\n", &["shown-otherwise"]),
    ] {
        let conversion = convert("jekyll+markdown", "hugo+yaml", &post(source));
        assert_eq!(body(&conversion.text), expected);
        assert_eq!(told(&conversion), notes, "{source}");
    }
}

#[test]
fn a_tag_of_running_text_that_kramdown_takes_for_a_block_keeps_its_bytes() {
    let source = "<video src=\"a.mp4\"></video>\n\nText.\n";
    let conversion = convert("jekyll+markdown", "hugo+yaml", &post(source));
    assert_eq!((body(&conversion.text), told(&conversion)), (source, vec!["shown-otherwise"]));
    // Where elements count a comment keeps the paragraph away.
    let exact = convert("jekyll+markdown+as-shown", "hugo+yaml", &post(source));
    assert!(body(&exact.text).starts_with("<!-- -->"), "{}", exact.text);
}

#[test]
fn a_formula_is_on_one_line_where_its_lines_begin_blocks() {
    for (source, expected) in [
        ("$$\na\n- b\n$$\n", "$$ a - b $$\n"),
        ("$$\na % why\n> b\n\n\\% # c\n$$\n", "$$ a > b \\% # c $$\n"),
        ("$$\na\n= b\n$$\n", "$$\na\n= b\n$$\n"),
        ("- `code` $$$$\n", "- `code` &#92;(&#92;)\n"),
    ] {
        let carried = convert("jekyll+markdown", "hugo+yaml", &post(source));
        assert_eq!(body(&carried.text), expected);
        assert!(told(&carried).is_empty(), "{:?}", carried.report);
    }
}

#[test]
fn a_body_that_begins_with_a_rule_stays_what_it_was() {
    let carried = convert("jekyll+markdown", "hugo+yaml", &post("---\n\na $$x$$\n"));
    assert_eq!(body(&carried.text), "---\n\na \\(x\\)\n");
}

#[test]
fn signs_that_goldmark_takes_otherwise_are_written_so_that_it_does_not() {
    for (source, expected) in [
        // Two `<` side by side are one sign to it.
        ("a &lt; <span class=\"x\">b &lt;\n", "a < <span class=\"x\">b \\<</span>\n"),
        // A backslash that shows, and one that breaks the line.
        ("~~~\n\n2. \\\\  \n   b\n", "\\~\\~\\~\n\n1. \\\\  \n   b\n"),
    ] {
        let carried = convert("jekyll+markdown+as-shown", "hugo+yaml", &post(source));
        assert_eq!(body(&carried.text), expected);
    }
}

#[test]
fn what_each_shows_in_its_own_way_is_told() {
    for source in ["a\n\n[^1]: b[^1]\n", "</pre>\n", "<pre>a\n", "a  \nb\n: c\n"] {
        let carried = convert("hugo+yaml", "jekyll+markdown", &post(source));
        assert!(!told(&carried).is_empty(), "{source:?} became {:?}", carried.text);
    }
}

#[test]
fn braces_that_are_text_are_no_attributes() {
    let html = "---\ntitle: T\n---\n<p>a</p>\n<p>{.x}</p>\n<p>b {.x}</p>\n<p>c<br>{.y}</p>\n<p>{z</p>\n";
    let carried = convert("jekyll", "hugo+yaml+block-attributes", html);
    assert_eq!(body(&carried.text), "a\n\n\\{.x}\n\nb {.x}\n\nc\\\n\\{.y}\n\n{z\n");
    let plain = convert("jekyll", "hugo+yaml", html);
    assert_eq!(body(&plain.text), "a\n\n{.x}\n\nb {.x}\n\nc\\\n{.y}\n\n{z\n");
}

#[test]
fn code_behind_a_fence_that_is_text_stays_code() {
    let source = "``` r {x}\na\n```\n\n{% highlight ruby %}\nb\n{% endhighlight %}\n";
    let carried = convert("jekyll+markdown+as-shown", "hugo+yaml", &post(source));
    assert_eq!(body(&carried.text), "`r {x} a `\n\n~~~ruby\nb\n~~~\n");
}
