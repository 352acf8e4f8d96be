//! HTML → document → HTML is the same DOM, every attribute compared, for every HTML body that there is: the examples of
//! the specifications, hostile fragments, and real posts. An oracle that shares nothing with `src` says so.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/dom.rs"]
mod dom;

use std::path::{Path, PathBuf};

use postferry::format::{Extensions, Markup, WriteOptions};
use postferry::markup::Html;
use postferry::{Body, Span};

fn again(html: &str) -> String {
    let document = Html.parse(html, Span::new(0, html.len()), &Extensions::new(), &mut ()).unwrap();
    let mut out = String::new();
    Html.print(&Body::new(document), &WriteOptions::default(), &mut out, &mut ()).unwrap();
    out
}

/// Which of these bodies come back another.
fn changed<'a>(bodies: impl Iterator<Item = (String, &'a str)>) -> Vec<String> {
    let differs = |(name, html): (String, &str)| {
        let difference = dom::all_attributes_equal(html, &again(html)).err()?;
        Some(format!("{name}: {difference}"))
    };
    bodies.filter_map(differs).collect()
}

#[test]
fn the_oracles_html_comes_back_the_same() {
    for (name, count) in [("commonmark", 652), ("gfm", 51), ("hostile_html", 85)] {
        let path = format!("{}/../shared/oracles/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let Ok(json) = std::fs::read_to_string(path) else {
            println!("skipped: ../shared/oracles/{name}.json is not there");
            continue;
        };
        let cases: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        assert_eq!(cases.len(), count);
        let changed = changed(cases.iter().map(|case| (case["id"].to_string(), case["html"].as_str().unwrap())));
        assert!(changed.is_empty(), "{} of {count} change:\n{}", changed.len(), changed.join("\n"));
    }
}

#[test]
fn real_posts_come_back_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/jekyll-html");
    let mut files = Vec::new();
    html_files(&root, &mut files);
    if files.is_empty() {
        return println!("skipped: ../shared/corpus/jekyll-html is not there");
    }
    let texts: Vec<(String, String)> = files
        .iter()
        .filter_map(|path| Some((path.display().to_string(), std::fs::read_to_string(path).ok()?)))
        .collect();
    let changed = changed(texts.iter().map(|(name, text)| (name.clone(), body(text))));
    assert!(changed.is_empty(), "{} of {} change:\n{}", changed.len(), texts.len(), changed.join("\n"));
    println!("{} posts come back the same", texts.len());
}

fn html_files(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            html_files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            out.push(path);
        }
    }
}

/// What follows the front matter, if there is some.
fn body(text: &str) -> &str {
    let rest = text.strip_prefix("---").and_then(|rest| rest.split_once("\n---"));
    rest.map_or(text, |(_, body)| body)
}

/// Pieces that soup is made of: what nests, what must not, what the parser closes by itself, white space, entities.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<em class=x>",
    "</em>",
    "<a href=\"/u?a&amp;b\">",
    "</a>",
    "<span>",
    "</span>",
    "<div>",
    "</div>",
    "<ul>",
    "</ul>",
    "<ol start='3'>",
    "</ol>",
    "<li>",
    "</li>",
    "<blockquote>",
    "</blockquote>",
    "<h2 id=\"h\">",
    "</h2>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<th align=\"left\">",
    "<thead>",
    "<tbody>",
    "<br>",
    "<br/>",
    "<hr />",
    "<img src='i' alt=''>",
    "<img src=i>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<s>",
    "</s>",
    "<sub>",
    "</sub>",
    "<script>a < b</script>",
    "<style>x</style>",
    "<!-- c -->",
    "<!--more-->",
    "<input type=checkbox disabled> ",
    "<svg><path d='m'/></svg>",
    "<iframe src=\"x\"></iframe>",
    "<textarea>\n a </textarea>",
    "<select><option>o</select>",
    "<o:p>",
    "</o:p>",
    "a",
    "b c",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "\r\n",
    "&nbsp;",
    "&amp;",
    "&amp",
    "&lt;b&gt;",
    "&#8203;",
    "é",
    "日本語",
    "x.",
    "<",
    ">",
    "& ",
    "<3",
    "<P CLASS=Y>",
    "<a b='1' b='2'>",
    "</br>",
    "</p >",
    "<p/>",
    "\u{c}",
    "<wbr>",
    "<center>",
    "</center>",
    "<button>",
    "</button>",
    "<object><param name=a></object>",
    "<?php x ?>",
    "<![CDATA[ y ]]>",
    "<font color=red>",
    "</font>",
    "<nobr>",
    "<details>",
    "<summary>",
    "</details>",
    "<figure>",
    "</figure>",
    "<template><p>t</template>",
    "<math><mi>x</math>",
    "<noscript><p>n</noscript>",
];

#[test]
fn soup_comes_back_the_same() {
    let count = if std::env::var_os("POSTFERRY_LONG").is_some() { 200_000 } else { 3_000 };
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let soups: Vec<String> = (0..count)
        .map(|_| (0..1 + random(14)).map(|_| PIECES[random(PIECES.len())]).collect())
        .filter(|soup: &String| dom::is_sayable(soup))
        .collect();
    assert!(soups.len() > count * 9 / 10);
    let changed = changed(soups.iter().map(|soup| (format!("{soup:?}"), soup.as_str())));
    assert!(changed.is_empty(), "{} of {count} change:\n{}", changed.len(), changed[..changed.len().min(8)].join("\n"));
}
