//! Made-up Markdown from Hugo to Jekyll and from Jekyll to Hugo: what the real generator shows of the body that we write is
//! what the other shows of the body that was read, or the report says that something differs.
//!
//! `POSTFERRY_GENERATED=5000` is the longer profile: so many bodies each way.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/dom.rs"]
mod dom;
#[allow(dead_code)]
#[path = "support/generate.rs"]
mod generate;
#[allow(dead_code)]
#[path = "support/generators.rs"]
mod generators;
#[path = "kramdown/real.rs"]
mod real;
#[path = "kramdown/support.rs"]
mod support;

use generate::Random;
use real::{carried_to_hugo, carried_to_jekyll, folded, shown_by_hugo, shown_without_formulas};

/// How many bodies without the longer profile.
const FEW: usize = 200;

/// Pieces of a line.
const PIECES: &[&str] = &[
    "word",
    "a",
    "two words",
    "Ωδ",
    "日本",
    "é",
    "1",
    "*",
    "_",
    "**",
    "*em*",
    "**strong**",
    "_em_",
    "`code`",
    "``a`b``",
    "`",
    "[l](/u)",
    "[l](/u \"t\")",
    "![i](/p.png)",
    "![two\nlines](/p.png)",
    "[r]",
    "[r][]",
    "[x][r]",
    "[^1]",
    "<b>b</b>",
    "<br>",
    "<span class=\"x\">",
    "</span>",
    "<!-- c -->",
    "http://x.y/z",
    "<http://x.y>",
    "a@b.cd",
    "&amp;",
    "&lt;",
    "&",
    "<",
    ">",
    "\\*",
    "\\",
    "$$x$$",
    "$$a_b$$",
    "$$",
    "$",
    "\\(",
    "~~s~~",
    "~",
    "~~",
    "\"q\"",
    "'",
    "it's",
    "--",
    "---",
    "...",
    "{#id}",
    "{: .c}",
    "{.c}",
    "|",
    "a|b",
    ":",
    "!",
    "[",
    "]",
    "(",
    ")",
    "#",
    "=",
    "+",
    "\u{a0}",
    "==m==",
    "x^2^",
    "H~2~O",
];

/// What a line may begin with.
const STARTS: &[&str] = &[
    "",
    "",
    "",
    "",
    "",
    "",
    "# ",
    "## ",
    "###",
    "> ",
    ">",
    "* ",
    "- ",
    "+ ",
    "1. ",
    "2. ",
    "2013. ",
    "   ",
    "    ",
    "  ",
    "\t",
    "| ",
    ": ",
    ":   ",
    "* * *",
    "---",
    "===",
    "```",
    "~~~",
    "    code",
    "<div>",
    "</div>",
    "<p>",
    "<pre>",
    "</pre>",
    "<table>",
    "|---|---|",
    "[r]: /ref \"T\"",
    "[^1]: note",
    "*[HTML]: Hyper",
    "{: .c}",
    "* [ ] ",
    "* [x] ",
    "$$",
    "<!--",
    "-->",
    "<hr>",
    "<h2>h</h2>",
];

fn body(seed: usize) -> String {
    let mut random = Random::new(seed as u64);
    let mut out = String::new();
    for _ in 0..1 + random.below(7) {
        let mut line = STARTS[random.below(STARTS.len())].to_owned();
        let words = random.below(5);
        for word in 0..words {
            if word > 0 && random.below(3) > 0 {
                line.push(' ');
            }
            line.push_str(PIECES[random.below(PIECES.len())]);
        }
        out.push_str(&line);
        out.push_str(["\n", "\n\n", "\n", "\n\n", "  \n"][random.below(5)]);
    }
    out
}

/// So many bodies, but for those with which Hugo builds nothing: a fence with braces that are no attributes.
fn bodies() -> Vec<String> {
    let count = std::env::var("POSTFERRY_GENERATED").ok().and_then(|count| count.parse().ok()).unwrap_or(FEW);
    let has_braced_fence = |text: &str| {
        let is_fence = |line: &str| line.contains("```") || line.contains("~~~");
        text.lines().any(|line| is_fence(line) && line.contains('{'))
    };
    (0..count).map(body).filter(|text| !has_braced_fence(text)).collect()
}

/// HTML without what shows nothing: a newline in the description of an image, and the space that kramdown fills empty cells
/// with.
fn without_space(html: &str) -> String {
    let html = ["td", "th"].iter().fold(folded(html), |html, cell| {
        let html = html.replace(&format!(">&nbsp;</{cell}>"), &format!("></{cell}>"));
        html.replace(&format!(">\u{a0}</{cell}>"), &format!("></{cell}>"))
    });
    html.replace("two\nlines", "two lines")
}

/// The same where `$$` is text.
fn without_formulas(html: &str) -> String {
    without_space(&html.replace("$$", "§§"))
}

/// Those that differ and say nothing.
fn silent(
    texts: &[&str],
    results: &[(String, bool)],
    (expected, shown): (&[String], &[String]),
    fold: fn(&str) -> String,
) -> Vec<String> {
    let mut told = 0;
    let mut silent = Vec::new();
    for index in 0..texts.len() {
        let Err(difference) = dom::exactly_equal(&fold(&expected[index]), &fold(&shown[index])) else { continue };
        if results[index].1 {
            told += 1;
        } else {
            let (text, (written, _)) = (texts[index], &results[index]);
            silent.push(format!("{text:?} became {written:?}: {difference}"));
        }
    }
    println!("measured: of {} bodies {told} differ and say so; silent: {}", texts.len(), silent.len());
    silent
}

#[test]
fn from_hugo_to_jekyll_nothing_is_silent() {
    let test = "from_hugo_to_jekyll_nothing_is_silent";
    let Some(program) = generators::program("hugo", test) else { return };
    let texts = bodies();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let results: Vec<(String, bool)> = texts.iter().map(|text| carried_to_jekyll(text, &[])).collect();
    let written: Vec<&str> = results.iter().map(|(text, _)| text.as_str()).collect();
    let Some(shown) = support::real(&written, &serde_json::json!({}), test) else { return };
    let silent = silent(&texts, &results, (&shown_without_formulas(&program, &texts), &shown), without_formulas);
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn from_jekyll_to_hugo_nothing_is_silent() {
    let test = "from_jekyll_to_hugo_nothing_is_silent";
    let Some(program) = generators::program("hugo", test) else { return };
    let texts = bodies();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let Some(expected) = support::real(&texts, &serde_json::json!({}), test) else { return };
    let mut all = Vec::new();
    for mode in [&[][..], &["as_shown"]] {
        let results: Vec<(String, bool)> = texts.iter().map(|text| carried_to_hugo(text, mode)).collect();
        let written: Vec<&str> = results.iter().map(|(text, _)| text.as_str()).collect();
        let shown = shown_by_hugo(&program, &written, &texts);
        all.extend(silent(&texts, &results, (&expected, &shown), without_space));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}
