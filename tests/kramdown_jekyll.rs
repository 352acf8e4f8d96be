//! Hugo to Jekyll on real pages: what the real kramdown shows of the body that we write is what the real Hugo shows of the
//! body that was read; what is not is in the report.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/dom.rs"]
mod dom;
#[allow(dead_code)]
#[path = "support/generators.rs"]
mod generators;
#[path = "kramdown/real.rs"]
mod real;
#[path = "kramdown/support.rs"]
mod support;

use real::{carried_to_jekyll, folded, ids, shown_by_hugo};

const TEST: &str = "kramdown_shows_hugos_pages_as_hugo_did";

/// The bodies of the pages in `../shared/corpus/hugo-*` that have no shortcode.
fn pages() -> Option<Vec<String>> {
    let mut found = Vec::new();
    for set in ["hugo-yaml", "hugo-toml", "hugo-json"] {
        let root = support::shared(&format!("corpus/{set}"), TEST)?;
        let mut files = Vec::new();
        support::files(&root, &["md", "markdown"], &mut files);
        files.sort();
        let texts = files.iter().filter_map(|file| std::fs::read_to_string(file).ok());
        found.extend(texts.filter_map(|text| body(&text).map(str::to_owned)));
    }
    found.retain(|body| !body.contains("{{<") && !body.contains("{{%") && !body.trim().is_empty());
    // The JSON pages are TOML pages once more.
    found.sort();
    found.dedup();
    Some(found)
}

/// What stands behind the front matter; `None` if there is none.
fn body(text: &str) -> Option<&str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.starts_with('{') {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
        values.next()?.ok()?;
        return text.get(values.byte_offset()..);
    }
    let fence = ["---", "+++"].into_iter().find(|fence| text.starts_with(fence))?;
    let (_, rest) = text.split_once('\n')?;
    let (_, rest) = rest.split_once(&format!("\n{fence}"))?;
    Some(rest.split_once('\n').map_or("", |(_, body)| body))
}

fn first_changed_line<'a>(was: &'a str, is: &'a str) -> Option<(&'a str, &'a str)> {
    was.lines().zip(is.lines()).find(|(was, is)| was != is)
}

/// The same without what shows nothing: the space that kramdown fills empty cells with, and a newline in the description of
/// an image.
fn without_space(html: &str) -> String {
    let html = ["td", "th"].iter().fold(folded(html), |html, cell| {
        html.replace(&format!(">&nbsp;</{cell}>"), &format!("></{cell}>"))
            .replace(&format!(">\u{a0}</{cell}>"), &format!("></{cell}>"))
    });
    let mut parts = html.split("alt=\"");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (alt, rest) = part.split_once('"').unwrap_or((part, ""));
        out.push_str(&format!("alt=\"{}\"{rest}", alt.replace('\n', " ")));
    }
    out
}

#[test]
fn kramdown_shows_hugos_pages_as_hugo_did() {
    let Some(program) = generators::program("hugo", TEST) else { return };
    let Some(pages) = pages() else { return };
    let texts: Vec<&str> = pages.iter().map(String::as_str).collect();
    let results: Vec<(String, bool)> = texts.iter().map(|text| carried_to_jekyll(text, &[])).collect();
    let written: Vec<&str> = results.iter().map(|(text, _)| text.as_str()).collect();
    let Some(shown) = support::real(&written, &serde_json::json!({}), TEST) else { return };
    let Some(before) = support::real(&texts, &serde_json::json!({}), TEST) else { return };
    let expected = shown_by_hugo(&program, &texts, &texts);
    let (mut same, mut same_text, mut same_ids, mut told, mut equal, mut untouched) = (0, 0, 0, 0, 0, 0);
    let mut silent = Vec::new();
    for index in 0..texts.len() {
        let (left, right) = (without_space(&expected[index]), without_space(&shown[index]));
        same_text += usize::from(dom::visible_text(&left) == dom::visible_text(&right));
        same_ids += usize::from(ids(&expected[index]) == ids(&shown[index]));
        if dom::exactly_equal(&left, &without_space(&before[index])).is_ok()
            && ids(&expected[index]) == ids(&before[index])
        {
            equal += 1;
            untouched += usize::from(results[index].0 == texts[index]);
            if let Some((was, is)) = first_changed_line(texts[index], &results[index].0) {
                println!("changed without need: {was:?} became {is:?}");
            }
        }
        match dom::exactly_equal(&left, &right) {
            Ok(()) => same += 1,
            Err(_) if results[index].1 => told += 1,
            Err(difference) => silent.push(difference),
        }
    }
    let count = texts.len();
    println!(
        "measured: of {count} pages {same} have the same DOM, {same_text} the same text, {same_ids} the same ids; of \
         {equal} that were the same as they were {untouched} kept every byte; {told} differ and say so; silent: {silent:#?}"
    );
    assert!(same * 100 >= count * 95, "DOM {same} of {count}");
    assert!(same_text * 100 >= count * 99, "text {same_text} of {count}");
    assert!(silent.is_empty(), "these differ and nothing says so");
    assert_eq!(untouched, equal, "bodies that need no change keep every byte");
}
