//! Jekyll to Hugo on real posts: what the real Hugo shows of the body that we write is what the real kramdown shows of
//! the body that was read; what is not is in the report.

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

use real::{carried_to_hugo, folded, ids, shown_by_hugo};

/// What became of the posts in one mode.
#[derive(Debug, Default)]
struct Outcome {
    count: usize,
    dom: usize,
    text: usize,
    ids: usize,
    /// Bodies that show the same as they were, and of them those that kept every byte.
    equal_as_they_were: usize,
    untouched: usize,
    /// Bodies that differ and say so.
    told: usize,
    /// Bodies that differ and do not.
    silent: Vec<String>,
}

fn measure(hugo: &str, mode: &[&str], test: &str) -> Option<Outcome> {
    let program = generators::program(hugo, test)?;
    let posts = support::shared_posts(test)?;
    // A body that looks like a shortcode is the dialect's affair.
    let texts: Vec<&str> = posts
        .iter()
        .map(|(_, body)| body.as_str())
        .filter(|body| !body.contains("{{<") && !body.contains("{{%"))
        .collect();
    let expected = support::real(&texts, &serde_json::json!({}), test)?;
    let results: Vec<(String, bool)> = texts.iter().map(|text| carried_to_hugo(text, mode)).collect();
    let written: Vec<&str> = results.iter().map(|(text, _)| text.as_str()).collect();
    let shown = shown_by_hugo(&program, &written, &texts);
    let shown_before = shown_by_hugo(&program, &texts, &texts);
    let mut outcome = Outcome { count: texts.len(), ..Outcome::default() };
    for (index, text) in texts.iter().enumerate() {
        let (left, right) = (folded(&expected[index]), folded(&shown[index]));
        let same_ids = |html: &str| ids(&expected[index]) == ids(html);
        outcome.text += usize::from(dom::visible_text(&left) == dom::visible_text(&right));
        outcome.ids += usize::from(same_ids(&shown[index]));
        if dom::exactly_equal(&left, &folded(&shown_before[index])).is_ok() && same_ids(&shown_before[index]) {
            outcome.equal_as_they_were += 1;
            outcome.untouched += usize::from(results[index].0 == *text);
            if results[index].0 != *text {
                println!("changed without need: {}", &text[..text.len().min(60)].escape_debug());
            }
        }
        match dom::exactly_equal(&left, &right) {
            Ok(()) => outcome.dom += 1,
            Err(_) if results[index].1 => outcome.told += 1,
            Err(difference) => {
                outcome.silent.push(format!("{}: {difference}", &text[..text.len().min(60)].escape_debug()));
            }
        }
    }
    println!("measured {hugo} {mode:?}: {outcome:#?}");
    Some(outcome)
}

#[test]
fn as_shown_hugo_shows_jekylls_posts_as_jekyll_did() {
    let Some(outcome) = measure("hugo", &["as_shown"], "as_shown_hugo_shows_jekylls_posts_as_jekyll_did") else {
        return;
    };
    let Outcome { count, dom, text, ids, .. } = outcome;
    assert!(dom * 100 >= count * 97, "DOM {dom} of {count}");
    assert!(text * 100 >= count * 99, "text {text} of {count}");
    assert_eq!(ids, count, "ids");
    assert!(outcome.silent.is_empty(), "these differ and nothing says so");
    assert_eq!(outcome.untouched, outcome.equal_as_they_were, "bodies that need no change keep every byte");
}

#[test]
fn as_meant_whatever_differs_is_told() {
    let Some(outcome) = measure("hugo", &[], "as_meant_whatever_differs_is_told") else { return };
    assert!(outcome.silent.is_empty(), "these differ and nothing says so");
    assert_eq!(outcome.untouched, outcome.equal_as_they_were, "bodies that need no change keep every byte");
}

#[test]
fn hugo_0_111_shows_the_same_or_it_is_told() {
    let test = "hugo_0_111_shows_the_same_or_it_is_told";
    for mode in [&["hugo_0_111"][..], &["hugo_0_111", "as_shown"]] {
        let Some(outcome) = measure("hugo-0.111", mode, test) else { return };
        assert!(outcome.silent.is_empty(), "these differ and nothing says so");
        if mode.contains(&"as_shown") {
            assert_eq!(outcome.ids, outcome.count, "ids");
        }
    }
}
