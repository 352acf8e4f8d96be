//! A post without a `date`: Hugo takes one of its other times for it.

use super::NAME;
use crate::dialect::spelling;
use crate::meta::Entry;
use crate::post::Post;

/// What stands in for `date`, in this order (`frontmatter.date` in Hugo's configuration).
const OTHERS: [&str; 2] = ["publish_date", "updated"];

/// Gives a post without a date the one that it has in Hugo.
pub(super) fn date_from_others(post: &mut Post) {
    if post.meta.map.contains_key("date") {
        return;
    }
    let other = OTHERS.iter().find_map(|key| post.meta.map.entry(key).filter(|entry| entry.value.is_date()));
    let Some(value) = other.map(|entry| entry.value.clone()) else { return };
    let after_title = post.meta.map.position("title").map_or(0, |index| index + 1);
    post.meta.map.insert_at(after_title, Entry::new("date", value));
    spelling::remember(post, NAME, "date", Vec::new());
}

/// The reverse.
pub(super) fn leave_out_date_of_others(post: &mut Post) {
    if spelling::is_made(post, NAME, "date")
        && OTHERS.iter().any(|key| post.meta.get(key).is_some_and(|other| Some(other) == post.meta.get("date")))
    {
        post.meta.remove("date");
    }
}
