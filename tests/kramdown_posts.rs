//! Real Jekyll posts: what our kramdown shows is what the real one prints, every attribute compared.

#![allow(clippy::unwrap_used)]

#[path = "support/dom.rs"]
mod dom;
#[path = "kramdown/support.rs"]
mod support;

use postferry::markup::kramdown::{Display, Settings};

#[test]
fn real_posts_look_as_the_real_kramdown_shows_them() {
    let test = "real_posts_look_as_the_real_kramdown_shows_them";
    let Some(posts) = support::shared_posts(test) else { return };
    let bodies: Vec<&str> = posts.iter().map(|(_, body)| body.as_str()).collect();
    let Some(expected) = support::real(&bodies, &serde_json::json!({}), test) else { return };
    let mut different = Vec::new();
    for ((name, body), expected) in posts.iter().zip(&expected) {
        let ours = support::html(body, &Settings::jekyll(), &Display::default());
        if let Err(difference) = dom::all_attributes_equal(expected, &ours) {
            different.push(format!("{name}: {difference}"));
        }
    }
    let equal = posts.len() - different.len();
    println!(
        "measured: {equal} of {} posts equal the real kramdown's; the others:\n{}",
        posts.len(),
        different.join("\n")
    );
    assert!(equal * 100 >= posts.len() * 99, "only {equal} of {}", posts.len());
}
