//! A post's body as HTML, made from its text without postferry's tree or writers.

use postferry::Post;
use pulldown_cmark::{Options, Parser};

/// What the text of the body shows: HTML as it stands, Markdown as pulldown-cmark renders it with the extensions that it
/// was read with. `None` if it is in another markup.
pub(crate) fn html(post: &Post) -> Option<String> {
    let (source, text) = post.body.text()?;
    let text = &without_escapes(text, &source.tag_dialect);
    match source.markup.as_str() {
        "html" => return Some(text.clone()),
        "markdown" | "kramdown" => {}
        _ => return None,
    }
    let mut options = Options::empty();
    for (name, option) in [
        ("tables", Options::ENABLE_TABLES),
        ("strikethrough", Options::ENABLE_STRIKETHROUGH),
        ("task_lists", Options::ENABLE_TASKLISTS),
        ("footnotes", Options::ENABLE_FOOTNOTES),
        ("definition_lists", Options::ENABLE_DEFINITION_LIST),
        ("heading_attributes", Options::ENABLE_HEADING_ATTRIBUTES),
        ("math", Options::ENABLE_MATH),
        ("alerts", Options::ENABLE_GFM),
    ] {
        options.set(option, source.extensions.has(name));
    }
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, Parser::new_ext(text, options));
    Some(out)
}

/// The text as the generator's template language leaves it, as far as it only marks text as text.
fn without_escapes(text: &str, dialect: &str) -> String {
    match dialect {
        "jekyll" => text.replace("{% raw %}", "").replace("{% endraw %}", ""),
        "hugo" => ["<>", "%%"].into_iter().fold(text.to_owned(), |text, marks| {
            let (open, close) = marks.split_at(1);
            text.replace(&format!("{{{{{open}/*"), &format!("{{{{{open}"))
                .replace(&format!("*/{close}}}}}"), &format!("{close}}}}}"))
        }),
        _ => text.to_owned(),
    }
}
