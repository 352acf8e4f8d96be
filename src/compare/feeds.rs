//! Feeds and site maps say when they were built, which is no difference.

/// Whether a file may be a feed.
pub(super) fn is_feed(path: &str) -> bool {
    [".xml", ".rss", ".atom"].iter().any(|end| path.ends_with(end))
}

/// A feed without when and by what it was built.
pub(super) fn without_build_time(xml: &str) -> String {
    let first = ["<entry", "<item"].iter().filter_map(|tag| xml.find(tag)).min().unwrap_or(xml.len());
    let (head, rest) = xml.split_at(first);
    let mut head = head.to_owned();
    for name in ["lastBuildDate", "pubDate", "updated", "generator"] {
        let (open, close) = (format!("<{name}"), format!("</{name}>"));
        if let Some(start) = head.find(&open)
            && let Some(length) = head[start..].find(&close)
        {
            head.replace_range(start..start + length + close.len(), "");
        }
    }
    head + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_building_is_left_out_and_those_of_entries_stay() {
        let feed = |built: &str, entry: &str| {
            format!("<feed><updated>{built}</updated><entry><updated>{entry}</updated></entry></feed>")
        };
        assert_eq!(without_build_time(&feed("1", "2")), without_build_time(&feed("3", "2")));
        assert_ne!(without_build_time(&feed("1", "2")), without_build_time(&feed("1", "4")));
        assert_eq!(without_build_time("<urlset/>"), "<urlset/>");
    }
}
