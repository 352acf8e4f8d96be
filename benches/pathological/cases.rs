//! What has made readers and writers slow before: cmark's list, deep and unclosed HTML, template tags, YAML, TOML, JSON.

use std::fmt::Write;

/// A text that grows with a number.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// The format that it is in.
    pub(crate) from: &'static str,
    pub(crate) path: &'static str,
    /// The number it is made with at first; twice that at second.
    pub(crate) size: usize,
    pub(crate) text: fn(usize) -> String,
    /// Whether the number is a depth: then at 100,000 it must still be fast and small.
    pub(crate) is_deep: bool,
}

const MARKDOWN: (&str, &str) = ("jekyll+markdown", "a.md");
const HTML: (&str, &str) = ("jekyll", "a.html");
const HUGO: (&str, &str) = ("hugo", "a.md");
const YAML: (&str, &str) = ("jekyll", "a.html");
const TOML: (&str, &str) = ("hugo", "a.md");
const JSON: (&str, &str) = ("hugo+json", "a.md");

const fn case(name: &'static str, of: (&'static str, &'static str), size: usize, text: fn(usize) -> String) -> Case {
    Case { name, from: of.0, path: of.1, size, text, is_deep: false }
}

const fn deep(name: &'static str, of: (&'static str, &'static str), text: fn(usize) -> String) -> Case {
    Case { name, from: of.0, path: of.1, size: 25_000, text, is_deep: true }
}

fn each(n: usize, mut piece: impl FnMut(usize, &mut String)) -> String {
    let mut out = String::new();
    for index in 0..n {
        piece(index, &mut out);
    }
    out
}

/// `n` pieces with a word in each, and as many behind them.
fn nest(n: usize, before: &str, after: &str) -> String {
    each(n, |index, out| {
        let _ = write!(out, "{before}w{index} ");
    }) + &after.repeat(n)
}

fn yaml(text: String) -> String {
    format!("---\n{text}\n---\n<p>Body</p>\n")
}

fn toml(text: String) -> String {
    format!("+++\n{text}\n+++\nBody\n")
}

pub(crate) const CASES: &[Case] = &[
    // cmark's test/pathological_tests.py.
    deep("strong in emphasis", MARKDOWN, |n| "*a **a ".repeat(n / 2) + "b" + &" a** a*".repeat(n / 2)),
    case("emphasis closers", MARKDOWN, 65_000, |n| "a_ ".repeat(n)),
    case("emphasis openers", MARKDOWN, 65_000, |n| "_a ".repeat(n)),
    case("link closers", MARKDOWN, 65_000, |n| "a]".repeat(n)),
    case("link openers", MARKDOWN, 65_000, |n| "[a".repeat(n)),
    case("mismatched openers and closers", MARKDOWN, 50_000, |n| "*a_ ".repeat(n)),
    case("cmark 389", MARKDOWN, 20_000, |n| "*a ".repeat(n) + &"_a*_ ".repeat(n)),
    case("multiples of three", MARKDOWN, 50_000, |n| "a**b".to_owned() + &"c* ".repeat(n)),
    case("link openers and emphasis closers", MARKDOWN, 50_000, |n| "[ a_".repeat(n)),
    case("[ (](", MARKDOWN, 80_000, |n| "[ (](".repeat(n)),
    case("![[]()", MARKDOWN, 50_000, |n| "![[]()".repeat(n)),
    case("hard links and emphasis", MARKDOWN, 20_000, |n| "**x [a*b**c*](d) ".repeat(n)),
    deep("brackets", MARKDOWN, |n| "[".repeat(n) + "a" + &"]".repeat(n)),
    deep("quotes", MARKDOWN, |n| "> ".repeat(n) + "a"),
    case("quotes one by one", MARKDOWN, 500, |n| each(n, |index, out| *out += &("> ".repeat(index) + "a\n\n"))),
    case("lists, each deeper", MARKDOWN, 700, |n| each(n, |index, out| *out += &("  ".repeat(index % 240) + "* a\n"))),
    deep("lists in a line", MARKDOWN, |n| "- ".repeat(n) + "a"),
    case("zeros", MARKDOWN, 50_000, |n| "abc\0de\0".repeat(n)),
    case("backticks, each longer", MARKDOWN, 1_000, |n| {
        each(n, |index, out| *out += &format!("e{}", "`".repeat(index)))
    }),
    case("unclosed <b", MARKDOWN, 30_000, |n| "[a](<b".repeat(n)),
    case("unclosed (b", MARKDOWN, 30_000, |n| "[a](b".repeat(n)),
    case("unclosed comments", MARKDOWN, 50_000, |n| "</".to_owned() + &"<!--".repeat(n)),
    case("unclosed declarations", MARKDOWN, 50_000, |n| "x <!A ".repeat(n)),
    case("unclosed instructions", MARKDOWN, 50_000, |n| "x <?".repeat(n)),
    case("unclosed data", MARKDOWN, 50_000, |n| "x <![CDATA[".repeat(n)),
    case("definitions and uses", MARKDOWN, 20_000, |n| {
        each(n, |index, out| *out += &format!("[{index}]: u\n")) + "\n" + &"[0] ".repeat(n)
    }),
    case("uses without definitions", MARKDOWN, 30_000, |n| each(n, |index, out| *out += &format!("[a{index}] "))),
    case("one definition, used often", MARKDOWN, 30_000, |n| {
        format!("[a]: {}\n\n", "u".repeat(100)) + &"[a] ".repeat(n)
    }),
    case("table rows", MARKDOWN, 20_000, |n| "a | b\n--- | ---\n".to_owned() + &"c | d\n".repeat(n)),
    case("table columns", MARKDOWN, 20_000, |n| "|".repeat(n) + "\n" + &"-|".repeat(n)),
    case("a delimiter row and short rows", MARKDOWN, 500, |n| {
        "|x".repeat(n) + "|\n" + &"|-".repeat(n) + "|\n" + &"|a|\n".repeat(n)
    }),
    case("footnotes", MARKDOWN, 10_000, |n| each(n, |index, out| *out += &format!("a[^{index}]\n\n[^{index}]: b\n\n"))),
    case("footnotes in footnotes", MARKDOWN, 10_000, |n| {
        each(n, |index, out| *out += &format!("[^{index}]: a[^{}]\n\n", index + 1))
    }),
    case("entities", MARKDOWN, 50_000, |n| "&amp;&notit;&#1;".repeat(n)),
    case("backslashes", MARKDOWN, 100_000, |n| "\\".repeat(n)),
    case("tildes", MARKDOWN, 50_000, |n| "~a ~~b ".repeat(n)),
    case("thematic breaks", MARKDOWN, 50_000, |n| "* ".repeat(n) + "a"),
    case("setext candidates", MARKDOWN, 30_000, |n| "a\n".repeat(n) + "="),
    case("lazy lines", MARKDOWN, 30_000, |n| "> a\n".to_owned() + &"b\n".repeat(n)),
    case("loose items", MARKDOWN, 20_000, |n| "- a\n\n".repeat(n)),
    case("numbers of items", MARKDOWN, 20_000, |n| each(n, |index, out| *out += &format!("{index}. a\n"))),
    case("fences", MARKDOWN, 30_000, |n| "```\n".repeat(n)),
    case("fences, each longer", MARKDOWN, 1_000, |n| each(n, |index, out| *out += &("`".repeat(index + 3) + "a\n"))),
    deep("tags in a line", MARKDOWN, |n| nest(n, "<b>", "</b>")),
    deep("tags in blocks", MARKDOWN, |n| nest(n, "<div>\n\n", "\n\n</div>")),
    case("a table cell of tags", MARKDOWN, 20_000, |n| "| a |\n| - |\n| ".to_owned() + &"<b>x</b>".repeat(n) + " |"),
    case("a long line", MARKDOWN, 500_000, |n| "word ".repeat(n / 5)),
    case("attribute lists", MARKDOWN, 20_000, |n| "a\n{: .b #c d=\"e\"}\n\n".repeat(n)),
    // HTML.
    deep("div", HTML, |n| nest(n, "<div>", "</div>")),
    deep("blockquote", HTML, |n| nest(n, "<blockquote>", "</blockquote>")),
    deep("ul li", HTML, |n| nest(n, "<ul><li>", "</li></ul>")),
    deep("ol li p", HTML, |n| nest(n, "<ol><li><p>", "</p></li></ol>")),
    deep("em", HTML, |n| nest(n, "<em>", "</em>")),
    deep("em and b", HTML, |n| nest(n, "<em>x<b>", "</b>y</em>")),
    deep("span", HTML, |n| nest(n, "<span>", "</span>")),
    deep("b", HTML, |n| nest(n, "<b>", "</b>")),
    deep("a", HTML, |n| nest(n, "<a href=x>", "</a>")),
    deep("code", HTML, |n| nest(n, "<code>", "</code>")),
    deep("pre", HTML, |n| nest(n, "<pre>\n", "</pre>")),
    deep("unclosed div", HTML, |n| nest(n, "<div>", "")),
    deep("unclosed p", HTML, |n| nest(n, "<p>", "")),
    deep("unclosed b", HTML, |n| nest(n, "<b>", "")),
    deep("unclosed b in p", HTML, |n| each(n, |index, out| *out += &format!("<p><b id={index}>w</p>"))),
    deep("b over p", HTML, |n| nest(n, "<b><p>", "</b></p>")),
    deep("a over div", HTML, |n| nest(n, "<a><div>", "</a>")),
    deep("table", HTML, |n| nest(n, "<table><tr><td>", "</td></tr></table>")),
    deep("table, th", HTML, |n| nest(n, "<table><thead><tr><th>a<tbody><tr><td>", "</table>")),
    deep("foster", HTML, |n| nest(n, "<table><b>", "")),
    deep("svg", HTML, |n| nest(n, "<svg><g>", "")),
    deep("svg p", HTML, |n| nest(n, "<svg><p>", "")),
    deep("math", HTML, |n| nest(n, "<math><mi>", "")),
    deep("template", HTML, |n| nest(n, "<template>", "</template>")),
    deep("select", HTML, |n| nest(n, "<select><option>", "")),
    deep("dl", HTML, |n| nest(n, "<dl><dt>a<dd>", "")),
    deep("ruby", HTML, |n| nest(n, "<ruby><rt>", "")),
    deep("i and div", HTML, |n| each(n, |index, out| *out += &format!("<i id={index}>w<div>"))),
    deep("details", HTML, |n| nest(n, "<details><summary>a</summary>", "</details>")),
    deep("figure", HTML, |n| nest(n, "<figure><figcaption>", "</figcaption></figure>")),
    case("end tags", HTML, 50_000, |n| nest(n, "</div></b></p>", "")),
    case("li", HTML, 50_000, |n| nest(n, "<li>", "")),
    case("items of a list", HTML, 30_000, |n| "<ul>".to_owned() + &"<li>a".repeat(n) + "</ul>"),
    case("items with paragraphs", HTML, 20_000, |n| "<ul>".to_owned() + &"<li><p>a</p><p>b</p>".repeat(n) + "</ul>"),
    case("paragraphs", HTML, 30_000, |n| "<p>a <b>b</b> c</p>\n".repeat(n)),
    case("headings", HTML, 30_000, |n| nest(n, "<h1>", "")),
    case("a table of rows", HTML, 10_000, |n| {
        "<table><thead><tr><th>a<th>b</thead><tbody>".to_owned() + &"<tr><td>c<td>d".repeat(n) + "</table>"
    }),
    case("a table of columns", HTML, 20_000, |n| {
        format!("<table><thead><tr>{}</thead><tbody><tr>{}</table>", "<th>a".repeat(n), "<td>b".repeat(n))
    }),
    case("comments", HTML, 50_000, |n| nest(n, "<!--", "")),
    case("bogus comments", HTML, 50_000, |n| nest(n, "<!x", "")),
    case("less than", HTML, 50_000, |n| nest(n, "<<<", "")),
    case("quotes in tags", HTML, 50_000, |n| nest(n, "<a b=\"", "")),
    case("scripts", HTML, 30_000, |n| nest(n, "<script>", "</script>")),
    case("entities in HTML", HTML, 50_000, |n| nest(n, "&amp&notit;&#1;", "")),
    case("attributes", HTML, 50_000, |n| {
        each(n, |index, out| {
            if index == 0 {
                *out += "<div";
            }
            let _ = write!(out, " a{index}=w{index}");
        }) + ">w</div>"
    }),
    case("marks beside a summary", MARKDOWN, 20_000, |n| {
        format!("---\nexcerpt: x\n---\n{}", "a\n\n<!--more-->\n\n".repeat(n))
    }),
    case("hidden marks", HUGO, 20_000, |n| format!("---\nsummary: x\n---\n{}", "a\n\n<!-- more -->\n\n".repeat(n))),
    case("attributes in a list", MARKDOWN, 20_000, |n| {
        let list: String = (0..n).map(|i| format!(" a{i}=\"x\" .c{i}")).collect();
        format!("a\n{{:{list}}}")
    }),
    case("lists of attributes", MARKDOWN, 20_000, |n| {
        "a\n".to_owned() + &(0..n).map(|i| format!("{{: a{i}=\"x\"}}\n")).collect::<String>()
    }),
    case("lists of attributes in a line", MARKDOWN, 5_000, |n| {
        "*a*".to_owned() + &(0..n).map(|i| format!("{{: a{i}=\"x\"}}")).collect::<String>()
    }),
    case("attributes, odd", HTML, 50_000, |n| {
        each(n, |index, out| {
            if index == 0 {
                *out += "x&amp;<P";
            }
            let _ = write!(out, " A{index}=\"&lt;{index}\" b");
        }) + ">w</P>"
    }),
    case("a long attribute", HTML, 2_000_000, |n| format!("<div title=\"{}\">w</div>", "x".repeat(n))),
    case("a long attribute of entities", HTML, 200_000, |n| format!("<a href=\"{}\">w</a>", "&amp;".repeat(n))),
    case("breaks", HTML, 50_000, |n| "<p>".to_owned() + &"a<br>".repeat(n)),
    case("images", HTML, 30_000, |n| "<p>".to_owned() + &"<img src=a alt='b *c*'>".repeat(n)),
    case("links", HTML, 30_000, |n| "<p>".to_owned() + &"<a href='a b(c'>[d]</a>".repeat(n)),
    case("emphasis without room", HTML, 30_000, |n| "<p>".to_owned() + &"a<em>b</em>c".repeat(n)),
    case("emphasis of punctuation", HTML, 30_000, |n| "<p>".to_owned() + &"a<em>!b!</em>c".repeat(n)),
    case("adjacent emphasis", HTML, 30_000, |n| "<p>".to_owned() + &"<em>a</em><em>b</em>".repeat(n)),
    case("adjacent code", HTML, 30_000, |n| "<p>".to_owned() + &"<code>a</code>".repeat(n)),
    case("code of backticks", HTML, 1_000, |n| {
        each(n, |index, out| *out += &format!("<code>{}</code> ", "`".repeat(index)))
    }),
    case("text that must be escaped", HTML, 50_000, |n| "<p>".to_owned() + &"*_[]<&gt;\\`#".repeat(n)),
    case("a long run behind another", HTML, 30_000, |n| "<p>_]".to_owned() + &"_".repeat(n) + "x"),
    case("line starts", HTML, 30_000, |n| "<p>".to_owned() + &"a<br># b<br>1. c<br>".repeat(n)),
    case("adjacent lists", HTML, 20_000, |n| "<ul><li>a</ul>".repeat(n)),
    case("adjacent quotes", HTML, 20_000, |n| "<blockquote>a</blockquote>".repeat(n)),
    case("raw blocks", HTML, 20_000, |n| "<form>a</form>".repeat(n)),
    case("raw in lines", HTML, 30_000, |n| "<p>".to_owned() + &"<u>a</u>".repeat(n)),
    case("hostile white space", HTML, 100_000, |n| "<p>a".to_owned() + &" ".repeat(n) + "b" + &" \n\t".repeat(n)),
    case("no-break spaces", HTML, 50_000, |n| "<p>".to_owned() + &"\u{a0}a ".repeat(n)),
    // Template tags.
    case("unclosed tags", MARKDOWN, 30_000, |n| "{% a ".repeat(n)),
    case("unclosed outputs", MARKDOWN, 30_000, |n| "{{ a ".repeat(n)),
    case("unclosed raw", MARKDOWN, 20_000, |n| "{% raw %} ".repeat(n)),
    case("unclosed comments of Liquid", MARKDOWN, 20_000, |n| "{% comment %} ".repeat(n)),
    case("unclosed highlights", MARKDOWN, 20_000, |n| "{% highlight c %} ".repeat(n)),
    case("braces", MARKDOWN, 100_000, |n| "{".repeat(n)),
    case("outputs in one line", MARKDOWN, 20_000, |n| "{{ a }}".repeat(n)),
    case("outputs in lines", MARKDOWN, 20_000, |n| "{{ a }}\n".repeat(n)),
    case("outputs in paragraphs", MARKDOWN, 10_000, |n| "a {{ a }}\n\n".repeat(n)),
    case("outputs in HTML", HTML, 10_000, |n| "<p>a {{ a }}</p>\n".repeat(n)),
    case("raw in one line", MARKDOWN, 10_000, |n| "{% raw %}{{ a }}{% endraw %}".repeat(n)),
    case("raw in paragraphs", MARKDOWN, 10_000, |n| "{% raw %}\n{{ a }}\n{% endraw %}\n\n".repeat(n)),
    case("ends of raw", MARKDOWN, 20_000, |n| "{% endraw %}".repeat(n)),
    case("highlights", MARKDOWN, 5_000, |n| "{% highlight c %}\na\n{% endhighlight %}\n".repeat(n)),
    case("addresses", MARKDOWN, 10_000, |n| "[a]({{ site.baseurl }}/b) ".repeat(n)),
    case("words in an address", HTML, 5_000, |n| "<a href=\"{{ b }}{{ c }}\">x</a>\n".repeat(n)),
    deep("ifs", MARKDOWN, |n| "{% if a %}".repeat(n) + &"{% endif %}".repeat(n)),
    deep("shortcodes in shortcodes", HUGO, |n| "{{< details >}}\n".repeat(n) + &"{{< /details >}}\n".repeat(n)),
    case("unclosed shortcodes", HUGO, 20_000, |n| "{{< a ".repeat(n)),
    case("unclosed markup shortcodes", HUGO, 20_000, |n| "{{% a ".repeat(n)),
    case("unclosed quotes in shortcodes", HUGO, 20_000, |n| "{{< \"\\\" ".repeat(n)),
    case("unclosed escapes", HUGO, 20_000, |n| "{{</* ".repeat(n)),
    case("shortcodes in one line", HUGO, 20_000, |n| "{{< a >}}".repeat(n)),
    case("shortcodes in lines", HUGO, 10_000, |n| "{{< a >}}\n".repeat(n)),
    case("shortcodes with text", HUGO, 5_000, |n| "{{< details >}}\na\n{{< /details >}}\n".repeat(n)),
    case("escapes", HUGO, 10_000, |n| "{{</* a */>}} ".repeat(n)),
    case("arguments", HUGO, 20_000, |n| "{{< a ".to_owned() + &"b=\"c\" ".repeat(n) + ">}}"),
    // YAML.
    deep("lists of YAML", YAML, |n| yaml("a: ".to_owned() + &"[".repeat(n))),
    deep("maps of YAML", YAML, |n| yaml("a: ".to_owned() + &"{b: ".repeat(n))),
    deep("items in items", YAML, |n| yaml("a:\n  ".to_owned() + &"- ".repeat(n) + "b")),
    deep("question marks", YAML, |n| yaml("? ".repeat(n) + "b")),
    case("keys", YAML, 20_000, |n| yaml(each(n, |index, out| *out += &format!("k{index}: v\n")))),
    case("items", YAML, 20_000, |n| yaml("tags:\n".to_owned() + &"- a\n".repeat(n))),
    case("the same key", YAML, 20_000, |n| yaml("k: v\n".repeat(n))),
    case("comments of YAML", YAML, 20_000, |n| yaml("k: v\n".to_owned() + &"# c\n".repeat(n) + "l: w")),
    case("comments behind values", YAML, 20_000, |n| yaml(each(n, |index, out| *out += &format!("k{index}: v # c\n")))),
    case("comments without room", YAML, 20_000, |n| yaml("k: [a]#c\n".to_owned() + &"#c\n".repeat(n))),
    case("anchors", YAML, 10_000, |n| yaml(each(n, |index, out| *out += &format!("k{index}: &a{index} v\n")))),
    case("aliases", YAML, 4_000, |n| yaml("a: &a v\nb: [".to_owned() + &"*a, ".repeat(n) + "]")),
    case("laughs", YAML, 2_000, |n| {
        yaml(each(n, |index, out| {
            let list = if index == 0 { "x".to_owned() } else { vec![format!("*a{}", index - 1); 9].join(", ") };
            *out += &format!("k{index}: &a{index} [{list}]\n");
        }))
    }),
    case("a long plain text", YAML, 200_000, |n| yaml("a: ".to_owned() + &"word ".repeat(n))),
    case("a long quoted text", YAML, 200_000, |n| yaml(format!("a: \"{}\"", "w\\n ".repeat(n)))),
    case("lines of a plain text", YAML, 30_000, |n| yaml("a: b\n".to_owned() + &"  word\n".repeat(n))),
    case("lines of a block text", YAML, 30_000, |n| yaml("a: |\n".to_owned() + &"  word\n".repeat(n))),
    case("quotes of YAML", YAML, 50_000, |n| yaml("a: ".to_owned() + &"\"".repeat(n))),
    case("colons", YAML, 50_000, |n| yaml("a".to_owned() + &":".repeat(n))),
    case("stars", YAML, 50_000, |n| yaml("a: ".to_owned() + &"*".repeat(n))),
    case("fences of front matter", YAML, 50_000, |n| "---\n".repeat(n)),
    case("empty lines of YAML", YAML, 50_000, |n| yaml("a: b\n".to_owned() + &"\n".repeat(n) + "c: d")),
    // TOML.
    deep("lists of TOML", TOML, |n| toml("a = ".to_owned() + &"[".repeat(n))),
    deep("inline tables", TOML, |n| toml("a = ".to_owned() + &"{b = ".repeat(n))),
    deep("dots", TOML, |n| toml(format!("{}a = 1", "a.".repeat(n)))),
    deep("dots in a table's name", TOML, |n| toml(format!("[{}a]", "a.".repeat(n)))),
    case("entries", TOML, 20_000, |n| toml(each(n, |index, out| *out += &format!("k{index} = 'v'\n")))),
    case("tables", TOML, 10_000, |n| toml(each(n, |index, out| *out += &format!("[k{index}]\na = 1\n")))),
    case("tables in a list", TOML, 10_000, |n| toml("[[k]]\na = 1\n".repeat(n))),
    case("a list of TOML", TOML, 30_000, |n| toml(format!("tags = [{}]", "'a', ".repeat(n)))),
    case("comments of TOML", TOML, 20_000, |n| toml("k = 1\n".to_owned() + &"# c\n".repeat(n) + "l = 2")),
    case("comments in a list", TOML, 20_000, |n| toml("k = [\n".to_owned() + &"1, # c\n".repeat(n) + "]")),
    case("dotted entries", TOML, 10_000, |n| toml(each(n, |index, out| *out += &format!("a.b{index}.c = 1\n")))),
    case("a long text of TOML", TOML, 200_000, |n| toml(format!("a = \"{}\"", "w\\n ".repeat(n)))),
    case("a long text in lines", TOML, 30_000, |n| toml(format!("a = '''\n{}'''", "word\n".repeat(n)))),
    case("quotes of TOML", TOML, 50_000, |n| toml("a = ".to_owned() + &"'".repeat(n))),
    // JSON.
    deep("lists of JSON", JSON, |n| "{\"a\": ".to_owned() + &"[".repeat(n)),
    deep("objects", JSON, |n| "{\"a\": ".repeat(n)),
    case("members", JSON, 20_000, |n| {
        "{".to_owned() + &each(n, |index, out| *out += &format!("\"k{index}\": 1,\n")) + "\"z\": 1}\nBody\n"
    }),
    case("the same member", JSON, 20_000, |n| "{".to_owned() + &"\"k\": 1,\n".repeat(n) + "\"z\": 1}\nBody\n"),
    case("a list of JSON", JSON, 30_000, |n| "{\"tags\": [".to_owned() + &"\"a\", ".repeat(n) + "1]}\nBody\n"),
    case("braces of JSON", JSON, 50_000, |n| "{\"a\": \"".to_owned() + &"{\\\"".repeat(n) + "\"}\nBody\n"),
];
