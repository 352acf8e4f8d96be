//! Hostile Markdown: kramdown's reader stays near linear time, and nothing panics.

use std::time::{Duration, Instant};

use postferry::Span;
use postferry::markup::kramdown::{Settings, read};

fn time(text: &str, settings: &Settings) -> Duration {
    let start = Instant::now();
    read(text, Span::new(0, text.len()), settings, &mut ());
    start.elapsed()
}

/// Texts of about `n` bytes.
fn texts(n: usize) -> Vec<(&'static str, String)> {
    let repeat = |unit: &str| unit.repeat(n / unit.len());
    vec![
        ("stars", repeat("*a ")),
        ("stars closed by code", repeat("*a ") + "`*x*`"),
        ("mixed emphasis", repeat("*a **b _c __d ")),
        ("strong", repeat("**a*")),
        ("underscores", repeat("_a_b")),
        ("brackets", repeat("[")),
        ("closed brackets", "[".repeat(n / 2) + &"]".repeat(n / 2)),
        ("images", repeat("![")),
        ("closed images", "![".repeat(n / 3) + &"]".repeat(n / 3)),
        ("links", repeat("[a](")),
        ("link titles", repeat("[a](b \"")),
        ("references", repeat("[a][b")),
        (
            "backticks",
            (1..)
                .map(|i| "`".repeat(i) + " ")
                .scan(0, |sum, run| {
                    *sum += run.len();
                    (*sum < n).then_some(run)
                })
                .collect(),
        ),
        ("code", repeat("`a``b```c ")),
        ("tags", repeat("<a ")),
        ("attributes", format!("<a {}>", repeat("b=\"c\" "))),
        ("open tags", repeat("<b>")),
        ("open divs", repeat("<div>")),
        ("open divs on lines", repeat("<div>\n")),
        ("Markdown in divs", repeat("<div markdown=\"1\">\n")),
        ("spans of Markdown", repeat("<p markdown=\"1\">a\n")),
        ("comments", repeat("<!-- ")),
        ("comments on lines", repeat("<!-- \n")),
        ("instructions", format!("<div>{}", repeat("<?a "))),
        ("scripts", repeat("<script>")),
        ("closing tags", repeat("</p>\n")),
        ("dollars", repeat("$$ \n\n")),
        ("inline dollars", repeat("a $$ ")),
        ("tildes", repeat("~~a ")),
        ("closed tildes", repeat("~~a~~")),
        ("fences", repeat("```a\n")),
        ("odd fences", repeat("~`~a\n")),
        ("long fence", repeat("`") + "\n"),
        ("longer fences", repeat("````a\n```\n\n")),
        ("attribute lists", repeat("{: ")),
        ("attribute lists on lines", repeat("{: a\n")),
        ("late brace", repeat("{: a\n") + "} x"),
        ("escaped braces", repeat("{: \\}\n")),
        ("extensions", repeat("{::comment}\n")),
        ("inline extensions", repeat("a {::comment} ")),
        ("quotations", repeat("> ")),
        ("lists", repeat("- ")),
        ("nested list", (0..n / 200).map(|i| format!("{}- a\n", " ".repeat((i % 60) * 2))).collect()),
        ("deep list", (0..400).map(|i| format!("{}- a\n", "  ".repeat(i))).collect()),
        ("items", repeat("- a\n")),
        ("loose items", repeat("- a\n\n")),
        ("definitions", repeat("a\n: b\n")),
        ("many definitions", format!("a\n{}", repeat(": b\n"))),
        ("tables", repeat("|a|b\n")),
        ("wide table", repeat("|a") + "\n" + &repeat("|b\n")),
        ("table code", repeat("|`a\n")),
        ("table tags", repeat("|<b>\n")),
        ("broken tables", repeat("a|b\nc\n\n")),
        ("link definitions", repeat("[a]: b\n")),
        ("odd link definitions", repeat("[a]: \"b 'c\n")),
        ("long link definition", format!("[a]: {}\n", repeat("b \""))),
        ("footnotes", repeat("[^a]: b\n\n")),
        ("nested footnotes", repeat("[^a]: ") + "\n"),
        ("footnote marks", format!("{}\n\n[^a]: b\n", repeat("[^a]"))),
        ("abbreviations", (0..n / 20).map(|i| format!("*[a{i}]: b\n")).collect::<String>() + &repeat("a1 ")),
        (
            "list references",
            (0..n / 40).map(|i| format!("{{:r{i}: r{} r{}}}\n", i + 1, i + 1)).collect::<String>() + "\na\n{:r0}\n",
        ),
        ("broken paragraphs", repeat("<div\na\n")),
        ("entities", repeat("&amp;&")),
        ("quotes", repeat("\"'")),
        ("white space", repeat(" \t")),
        ("newlines", repeat("\n")),
        ("carriage returns", repeat("\r")),
        ("nul", repeat("\0")),
        ("end markers", repeat("^\n")),
        ("headings", repeat("# \n")),
        ("rules", repeat("* * *\n")),
        ("setext", repeat("a\n-\n")),
        ("tabs", repeat("*\ta\n\tb\n")),
        ("indented", repeat("    a\n\n")),
        ("boxes", repeat("- [ ] a\n")),
    ]
}

#[test]
fn hostile_texts_take_near_linear_time() {
    let small = 1 << 11;
    let factor = 8;
    for settings in [Settings::jekyll(), Settings::native()] {
        for ((name, few), (_, many)) in texts(small).into_iter().zip(texts(small * factor)) {
            let few = time(&few, &settings);
            let many = time(&many, &settings);
            // Linear is 8 times as long; what is quadratic takes 64 times. Short times are noise.
            let most = (few * 8 * 6).max(Duration::from_secs(3));
            println!("{name}: {few:?} and {many:?}");
            assert!(many <= most, "{name}: {few:?} became {many:?}");
        }
    }
}
