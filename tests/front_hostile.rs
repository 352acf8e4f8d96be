//! Front matter made to bring programs down: an error or a value, soon, whatever it is.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/processor.rs"]
mod processor;

use std::time::Duration;

use postferry::Error;
use postferry::diag::{Sink, Span};
use postferry::format::{FrontMatter, Schema};
use postferry::front::{HtmlHead, Json, MetaComment, Toml, Yaml};
use postferry::meta::Meta;
use processor::processor_time;

const SCHEMAS: [Schema; 3] = [Schema::Jekyll, Schema::Hugo, Schema::Core];

/// Code that is not optimised gets a tenth of the sizes, and much more time.
const SCALE: usize = if cfg!(debug_assertions) { 1 } else { 10 };

/// How long reading may take: 100 ms a megabyte, and as much again for any text, because a busy machine has its caches and
/// memory elsewhere: the same text has taken twice the processor's time there.
fn limit(bytes: usize) -> Duration {
    let (least, per_megabyte) = if cfg!(debug_assertions) { (1_000, 3_000.0) } else { (100, 100.0) };
    Duration::from_millis(least) + Duration::from_secs_f64(per_megabyte / 1e3 * bytes as f64 / 1e6)
}

/// How often what took too long is tried again.
const MORE_TRIES: usize = 4;

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = processor_time();
    let done = work();
    (processor_time() - start, done)
}

fn read(syntax: &dyn FrontMatter, text: &str, schema: Schema, sink: &mut dyn Sink) -> Result<Meta, Error> {
    match syntax.split(text, schema)? {
        Some(split) => syntax.parse(text, split.front, schema, sink),
        None => Ok(Meta::new()),
    }
}

/// Reads a whole file, and writes what it says again in every syntax.
fn survive(name: &str, syntax: &dyn FrontMatter, text: &str) {
    for schema in SCHEMAS {
        let mut notes = 0_usize;
        let mut written = 0;
        let (mut took, result) = timed(|| read(syntax, text, schema, &mut |_| notes += 1));
        // What else runs on the machine takes caches and memory, which only ever adds: the best of a few counts.
        for _ in 0..MORE_TRIES {
            if took > limit(text.len()) {
                took = took.min(timed(|| read(syntax, text, schema, &mut ())).0);
            }
        }
        let said = match result {
            Ok(meta) => {
                let targets: [&dyn FrontMatter; 5] = [
                    &Yaml::default(),
                    &Toml::default(),
                    &Json::default(),
                    &MetaComment::default(),
                    &HtmlHead::default(),
                ];
                for target in targets {
                    let mut out = String::new();
                    let (mut took, _) = timed(|| target.print(&meta, "", &mut out, &mut |_| notes += 1).unwrap());
                    written += out.len();
                    let limit = limit(text.len().max(out.len()));
                    for _ in 0..MORE_TRIES {
                        if took > limit {
                            took = took.min(timed(|| target.print(&meta, "", &mut String::new(), &mut ())).0);
                        }
                    }
                    assert!(took <= limit, "{name} {schema:?}: {} took {took:?}, more than {limit:?}", target.name());
                }
                format!("{} keys, {written} bytes written", meta.map.len())
            }
            Err(error) => {
                assert!(error.span().is_some_and(|span| span.end <= text.len()), "{name}: {error} has no place");
                error.code().name.to_owned()
            }
        };
        let limit = limit(text.len());
        println!("{name} {schema:?}: {} KB, {took:?}: {said}, {notes} notes", text.len() / 1000);
        assert!(took <= limit, "{name} {schema:?} took {took:?}, more than {limit:?}");
    }
}

fn fenced(yaml: &str) -> String {
    format!("---\n{yaml}\n---\nBody\n")
}

fn yaml(name: &str, text: &str) {
    survive(name, &Yaml::default(), &fenced(text));
}

#[test]
fn billion_laughs() {
    let mut laughs = String::from("a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (name, before) in ('b'..='z').zip('a'..) {
        laughs.push_str(&format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(", ")));
    }
    yaml("billion laughs", &laughs);
    yaml("many aliases", &format!("a: &a [1]\nb: [{}]\n", vec!["*a"; 6_000 * SCALE].join(", ")));
    yaml("merged laughs", &laughs.replace('[', "{<<: [").replace(']', "]}"));
    yaml("anchors", &(0..5_000 * SCALE).map(|n| format!("k{n}: &a{n} 1\n")).collect::<String>());
}

#[test]
fn deep_nesting() {
    for piece in ["[", "{", "- ", "? ", "{a: ", "[{", "a: [", "- - ", "!!seq [", "&a ["] {
        yaml(piece, &format!("x:\n  {}", piece.repeat(10_000)));
        yaml(piece, &piece.repeat(10_000));
    }
    let stairs: String = (0..10_000).map(|depth| format!("{}a:\n", " ".repeat(depth.min(1_000)))).collect();
    yaml("stairs", &stairs);
    for (open, close) in [("[", "]"), ("{a = ", "}"), ("[[", "]]")] {
        let text = format!("+++\na = {}1{}\n+++\n", open.repeat(10_000), close.repeat(10_000));
        survive(open, &Toml::default(), &text);
    }
    survive("dotted", &Toml::default(), &format!("+++\n{} = 1\n+++\n", vec!["a"; 10_000].join(".")));
    survive("header", &Toml::default(), &format!("+++\n[{}]\n+++\n", vec!["a"; 10_000].join(".")));
    for (open, close) in [("[", "]"), ("{\"a\": ", "}")] {
        let text = format!("{{\"a\": {}1{}}}\n", open.repeat(10_000), close.repeat(10_000));
        survive(open, &Json::default(), &text);
    }
}

#[test]
fn large_values() {
    let long = "word ".repeat(400_000 * SCALE);
    yaml("20 MB plain", &format!("a: {long}"));
    yaml("20 MB quoted", &format!("a: \"{long}\""));
    yaml("20 MB block", &format!("a: |\n  {}", "line of text\n  ".repeat(130_000 * SCALE)));
    survive("20 MB literal", &Toml::default(), &format!("+++\na = '{long}'\n+++\n"));
    survive(
        "20 MB of lines",
        &Toml::default(),
        &format!("+++\na = '''\n{}'''\n+++\n", "line of text\n".repeat(150_000 * SCALE)),
    );
    survive("20 MB JSON", &Json::default(), &format!("{{\"a\": \"{long}\"}}\n"));
    yaml("5,000-character key", &format!("{}: 1", "k".repeat(5_000)));
    yaml("5,000-character quoted key", &format!("\"{}\": 1", "k ".repeat(2_500)));
    yaml("5,000-character explicit key", &format!("? {}\n: 1", "k".repeat(5_000)));
    yaml(
        "digits",
        &format!(
            "a: {}\nb: 0x{}\nc: {}.{}",
            "9".repeat(10_000 * SCALE),
            "f".repeat(10_000 * SCALE),
            "1".repeat(5_000 * SCALE),
            "2".repeat(5_000 * SCALE)
        ),
    );
    yaml("sexagesimal", &format!("a: 1{}", ":30".repeat(5_000 * SCALE)));
}

#[test]
fn many_entries() {
    let keys: String = (0..10_000 * SCALE).map(|n| format!("key{n}: value\n")).collect();
    yaml("100,000 keys", &keys);
    yaml("100,000 equal keys", &"a: 1\n".repeat(10_000 * SCALE));
    yaml("100,000 items", &format!("a:\n{}", "  - x\n".repeat(10_000 * SCALE)));
    yaml("100,000 items on a line", &format!("a: [{}]", "x, ".repeat(10_000 * SCALE)));
    yaml("100,000 maps", &format!("a:\n{}", "  - b: 1\n    c: 2\n".repeat(10_000 * SCALE)));
    let toml: String = (0..10_000 * SCALE).map(|n| format!("key{n} = 1\n")).collect();
    survive("100,000 keys of TOML", &Toml::default(), &format!("+++\n{toml}+++\n"));
    let tables: String = (0..3_000 * SCALE).map(|n| format!("[t{n}]\na = 1\n")).collect();
    survive("tables", &Toml::default(), &format!("+++\n{tables}+++\n"));
    survive("array of tables", &Toml::default(), &format!("+++\n{}+++\n", "[[t]]\na = 1\n".repeat(3_000 * SCALE)));
    let dotted: String = (0..3_000 * SCALE).map(|n| format!("a.b{n}.c = 1\n")).collect();
    survive("dotted keys", &Toml::default(), &format!("+++\n{dotted}+++\n"));
    let json: String = (0..10_000 * SCALE).map(|n| format!("\"key{n}\": 1, ")).collect();
    survive("100,000 keys of JSON", &Json::default(), &format!("{{{json}\"end\": 1}}\n"));
    let nulls: String = (0..5_000 * SCALE).map(|n| format!("key{n}:\n")).collect();
    yaml("nulls", &nulls);
    let marks: String = (0..5_000 * SCALE).map(|n| format!("# key{n} = null # TOML has no null\n")).collect();
    survive("null marks", &Toml::default(), &format!("+++\n{marks}+++\n"));
}

#[test]
fn many_comments() {
    yaml("comments", &"# comment\n".repeat(10_000 * SCALE));
    yaml("comments between", &format!("a: 1\n{}b: 2\n", "# comment\n".repeat(10_000 * SCALE)));
    yaml("comment at each key", &(0..10_000 * SCALE).map(|n| format!("# c\nkey{n}: 1 # d\n")).collect::<String>());
    yaml("comments in a list", &format!("a:\n{}", "  - x # c\n  # d\n".repeat(5_000 * SCALE)));
    yaml("comments in brackets", &format!("a: [\n{}]\n", "x, # c\n".repeat(5_000 * SCALE)));
    yaml("empty lines", &format!("a: 1{}b: 2\n", "\n".repeat(10_000 * SCALE)));
    yaml("signs on a line", &format!("a: 1 {}\n", "#".repeat(10_000 * SCALE)));
    yaml("no white space", &format!("a:\n{}", "- \"x\"#c\n".repeat(2_000 * SCALE)));
    survive("comments of TOML", &Toml::default(), &format!("+++\n{}+++\n", "# c\n".repeat(10_000 * SCALE)));
    survive(
        "comments at each key",
        &Toml::default(),
        &format!("+++\n{}+++\n", (0..5_000 * SCALE).map(|n| format!("# c\nk{n} = 1 # d\n")).collect::<String>()),
    );
}

#[test]
fn odd_characters() {
    yaml("NUL", "a: x\0y\nb: \"\0\"\n");
    yaml("NULs", &format!("a: {}\n", "\0".repeat(10_000 * SCALE)));
    yaml("controls", &format!("a: {}\n", "\u{7}\u{85}\u{2028}".repeat(3_000 * SCALE)));
    yaml("line separators", &"a\u{2028}".repeat(5_000 * SCALE));
    yaml("line separators in a block", &format!("a: |\n{}", "  x\u{2028}y\n".repeat(2_000 * SCALE)));
    yaml("lone surrogates", "a: \"\\ud800\"\nb: \"\\udc00x\"\n");
    yaml("tabs", &format!("a: 1\n{}b: 2\n", "\t\n".repeat(5_000 * SCALE)));
    yaml("tabs inside", &format!("a: x{}y\n", "\t ".repeat(5_000 * SCALE)));
    yaml("quotes", &format!("a: {}\n", "'".repeat(10_000 * SCALE)));
    yaml("colons", &format!("a: {}\n", ":".repeat(10_000 * SCALE)));
    yaml("bangs", &format!("a: {}\n", "!".repeat(10_000 * SCALE)));
    yaml("stars", &format!("a: {}\n", "*".repeat(10_000 * SCALE)));
    survive("JSON surrogates", &Json::default(), "{\"a\": \"\\ud800\"}\n");
    survive("JSON NUL", &Json::default(), "{\"a\": \"\0\"}\n");
    survive("JSON escapes", &Json::default(), &format!("{{\"a\": \"{}\"}}\n", "\\u0000".repeat(5_000 * SCALE)));
    survive("TOML NUL", &Toml::default(), "+++\na = '\0'\n+++\n");
}

#[test]
fn never_closed() {
    let body = "key: value\n".repeat(50_000 * SCALE);
    survive("YAML", &Yaml::default(), &format!("---\n{body}"));
    survive("TOML", &Toml::default(), &format!("+++\n{}", "key = 1\n".repeat(50_000 * SCALE)));
    survive("JSON", &Json::default(), &format!("{{\"a\": \"{}", "x".repeat(500_000 * SCALE)));
    survive("braces", &Json::default(), &format!("{{\"a\": {}", "{".repeat(100_000 * SCALE)));
    survive("meta", &MetaComment::default(), &format!("{}<!-- postferry\na: 1\n", "text\n\n".repeat(50_000 * SCALE)));
    survive("many metas", &MetaComment::default(), &"<!-- postferry\na: 1\n-->\n\n".repeat(10_000 * SCALE));
    survive("rules", &Yaml::default(), &"---\n".repeat(50_000 * SCALE));
}

#[test]
fn heads_of_pages() {
    let page = |head: &str| format!("<!DOCTYPE html>\n<html><head>{head}</head><body>x</body></html>");
    survive("metas", &HtmlHead::default(), &page(&"<meta name=\"x\" content=\"y\">\n".repeat(2_000 * SCALE)));
    survive(
        "tags",
        &HtmlHead::default(),
        &page(&"<meta property=\"article:tag\" content=\"y\">".repeat(2_000 * SCALE)),
    );
    survive("attributes", &HtmlHead::default(), &page(&format!("<meta {}>", "a=b ".repeat(6_000 * SCALE))));
    survive(
        "own keys",
        &HtmlHead::default(),
        &page(
            &(0..2_000 * SCALE)
                .map(|n| format!("<meta name=\"postferry:k{n}\" content=\"[1, 2]\">"))
                .collect::<String>(),
        ),
    );
    survive(
        "never closed",
        &HtmlHead::default(),
        &format!("<!DOCTYPE html><head>{}", "<script>".repeat(10_000 * SCALE)),
    );
    survive("comments", &HtmlHead::default(), &format!("<!DOCTYPE html><head>{}", "<!--".repeat(10_000 * SCALE)));
    survive("ends", &HtmlHead::default(), &page("").replace("</body>", &"</body>".repeat(10_000 * SCALE)));
    survive("less than", &HtmlHead::default(), &format!("<!DOCTYPE html>{}", "<".repeat(100_000 * SCALE)));
    survive("title", &HtmlHead::default(), &page(&format!("<title>{}</title>", "&amp;".repeat(20_000 * SCALE))));
}

#[test]
fn every_prefix_is_an_error_or_a_value() {
    let text = "---\n# c\na: &x [1, {b: \"c\\u00e9\"}] # d\n? e\n: |+\n  f\n\ng: !!str *x\n<<: {h: 'i'}\n---\nBody\n";
    for end in (0..=text.len()).filter(|&end| text.is_char_boundary(end)) {
        for schema in SCHEMAS {
            let front = Span::new(4.min(end), end);
            let _ = Yaml::default().parse(&text[..end], front, schema, &mut ());
            let _ = Yaml::default().split(&text[..end], schema);
        }
    }
    let text = "+++\n# c\na.b = [1, { c = \"d\" }] # e\n[f]\n'g h' = 2019-05-01T00:00:00Z\n[[i]]\nj = '''\nk'''\n+++\n";
    for end in 4..=text.len() {
        let _ = Toml::default().parse(&text[..end], Span::new(4, end), Schema::Hugo, &mut ());
    }
    let text = "{\"a\": [1, 2.5e3, true, null, {\"b\": \"c\\n\\u00e9\"}]}";
    for end in 0..=text.len() {
        let _ = Json::default().parse(&text[..end], Span::new(0, end), Schema::Hugo, &mut ());
        let _ = Json::default().split(&text[..end], Schema::Hugo);
    }
}
