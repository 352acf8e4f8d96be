//! `inspect`

use super::support::Folder;

#[test]
fn a_post_is_shown_as_it_is_understood() {
    let text = "---\nlayout: post\ntitle: A day in Tbilisi\ndate: 2014-09-07 10:00:00 +0400\ncategory: travel\n\
                tags: [one, two]\nrating: 4.50\nviews: 12345678901234567890\nmap: {lat: 41.7, lon: 44.8}\nempty:\n---\n\
                # First\n\nA *long* paragraph that goes on for quite a while, longer than is shown of any text here.\n\n\
                - a\n- b\n\n  > quoted\n\n```rust\nfn main() {}\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n\n<aside>raw</aside>\n";
    let folder = Folder::new().with("_posts/2014-09-07-tbilisi.md", text);
    folder.run(&["inspect", "_posts/2014-09-07-tbilisi.md"]).check("inspect");
}

#[test]
fn an_empty_post_and_standard_input_are_shown() {
    Folder::new().run_with(&["inspect", "-"], "").check("inspect-empty");
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = Folder::new().with("a.md", "---\ntitle: [\n---\n");
    folder.run(&["inspect", "a.md"]).check("inspect-broken");
    folder.run(&["inspect", "b.md"]).check("inspect-missing");
}
