//! What a tag's meaning is in HTML and Markdown themselves: for every language that has no words of its own for it.

use crate::ast::{Address, Details, Embed, Figure, Highlight, Meaning, Place, PlacedTag};
use crate::format::{TagContext, TagText};
use crate::meta::{Map, Value};

/// Says what `tag` means without any template language; `None` if only one can say it.
pub(super) fn say(tag: &PlacedTag, context: &TagContext<'_>) -> Option<TagText> {
    let details = &tag.tag.details;
    Some(match &details.meaning {
        Meaning::Unknown | Meaning::PageLink(_) => return None,
        Meaning::Text(text) => TagText::Markup(text.clone()),
        Meaning::RawMark => TagText::Markup(String::new()),
        Meaning::Comment(text) => TagText::Comment(text.clone()),
        Meaning::Highlight(highlight) => code(highlight, details.body.as_deref().unwrap_or_default()),
        Meaning::Address(address) => TagText::Markup(self::address(address, context)?),
        Meaning::Param { value, .. } => TagText::Markup(param(value.as_deref()?, tag, context)),
        Meaning::SiteValue(key) => TagText::Markup(shown(site_value(&context.options.site, key)?)?),
        Meaning::Figure(figure) if figure.is_block => TagText::Html(block_figure(figure)),
        Meaning::Figure(figure) => picture(figure, context),
        Meaning::Embed(embed) => TagText::Html(self::embed(embed)),
        Meaning::DetailsStart(details) if context.markup == "kramdown" => {
            TagText::Html(details_start(details, " markdown=\"1\""))
        }
        Meaning::DetailsStart(details) => TagText::Html(details_start(details, "")),
        Meaning::DetailsEnd => TagText::Html("</details>".to_owned()),
        Meaning::FigureStart { class } => {
            // kramdown reads Markdown inside only where it is told to.
            let markdown = (context.markup == "kramdown").then_some(("markdown", "1"));
            let attributes: Vec<_> = class.iter().map(|class| ("class", class.as_str())).chain(markdown).collect();
            TagText::Html(open("figure", &attributes))
        }
        Meaning::FigureEnd { caption } => {
            let caption =
                caption.as_deref().map(|caption| format!("<figcaption>{}</figcaption>\n", inline_html(caption)));
            TagText::Html(format!("{}</figure>", caption.unwrap_or_default()))
        }
    })
}

/// The value at a path of keys.
fn site_value<'m>(site: &'m Map, key: &str) -> Option<&'m Value> {
    let (first, rest) = key.split_once('.').map_or((key, None), |(first, rest)| (first, Some(rest)));
    let value = site.get(first)?;
    rest.map_or(Some(value), |rest| site_value(value.as_map()?, rest))
}

/// What a template language shows for a plain value.
pub(super) fn shown(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// Whether a value means the same whether or not HTML escapes it and Markdown reads it.
pub(super) fn is_same_everywhere(value: &str) -> bool {
    !value.is_empty()
        && value.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | ':' | '/' | '?' | '-'))
}

/// A value as it stands in the text: Liquid puts it in as it is, Hugo escapes it, and a shortcode of the kind `<` is put in
/// when Markdown is read already.
fn param(value: &str, tag: &PlacedTag, context: &TagContext<'_>) -> String {
    let is_escaped = tag.tag.dialect == "hugo" && !matches!(context.place, Place::Code | Place::IndentedCode);
    match context.place {
        _ if !is_escaped => value.to_owned(),
        Place::Text | Place::Block if context.markup != "html" && tag.tag.text.starts_with("{{<") => literal(value),
        _ => escape(value),
    }
}

/// Text in Markdown in which nothing is a mark of Markdown or HTML.
fn literal(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '|' | '$' | '^' | '!' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    escape(&out)
}

fn code(highlight: &Highlight, body: &str) -> TagText {
    if !highlight.is_inline {
        return TagText::Code(highlight.language.clone());
    }
    let class = format!("language-{}", highlight.language);
    TagText::Html(format!("{}{}</code>", open("code", &[("class", &class)]), escape(body)))
}

/// The address as it is within the site, as far as its folder is known; the host counts only where it shows.
fn address(address: &Address, context: &TagContext<'_>) -> Option<String> {
    let options = context.options;
    let host = match (&options.site_url, context.place) {
        (Some(host), _) if address.has_host => host.trim_end_matches('/'),
        _ if !address.has_host => "",
        // A link within the site needs no host; whoever reads or copies the address does.
        (None, Place::Url) => "",
        _ => return None,
    };
    let base = options.base_path.as_deref().unwrap_or_default().trim_end_matches('/');
    let base = if address.has_base { base } else { "" };
    let whole = format!("{host}{base}{}", address.path);
    let is_nowhere = whole.is_empty() && context.is_whole && context.place == Place::Url;
    Some(if is_nowhere { "/".to_owned() } else { whole })
}

/// A picture in running text: Markdown's own form if that says all.
fn picture(figure: &Figure, context: &TagContext<'_>) -> TagText {
    let text = |name: &str| figure.image.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
    let is_plain = figure.image.iter().all(|(name, value)| {
        matches!(name.as_str(), "alt" | "title")
            && !value.contains(['[', ']', '\\', '"', '<', '&', '*', '_', '`', '\n', '{'])
    });
    let is_plain_source = !figure.src.contains(['(', ')', '<', '>', ' ', '\\', '&', '*', '_', '`']);
    if context.markup == "html" || !is_plain || !is_plain_source {
        return TagText::Html(image(figure));
    }
    let title = text("title").map(|title| format!(" \"{title}\"")).unwrap_or_default();
    TagText::Markup(format!("![{}]({}{title})", text("alt").unwrap_or_default(), figure.src))
}

fn image(figure: &Figure) -> String {
    let attributes = figure.image.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    open("img", &[("src", figure.src.as_str())].into_iter().chain(attributes).collect::<Vec<_>>())
}

/// The figure as Hugo's own shortcode of that name builds it (0.168, `figure.html`).
fn block_figure(figure: &Figure) -> String {
    let class: Vec<_> = figure.class.iter().map(|class| ("class", class.as_str())).collect();
    let mut out = open("figure", &class);
    if figure.link.is_empty() {
        out.push_str(&image(figure));
    } else {
        let link: Vec<_> = figure.link.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        out.push_str(&format!("{}{}</a>", open("a", &link), image(figure)));
    }
    let (credit, credit_link) = &figure.credit;
    if figure.title.is_some() || figure.caption.is_some() || credit.is_some() {
        out.push_str("\n<figcaption>");
        if let Some(title) = &figure.title {
            out.push_str(&format!("<h4>{}</h4>", escape(title)));
        }
        if figure.caption.is_some() || credit.is_some() {
            let credit = credit.as_deref().map(inline_html).unwrap_or_default();
            let credit = match credit_link {
                Some(link) => format!("{}{credit}</a>", open("a", &[("href", link)])),
                None => credit,
            };
            let caption = figure.caption.as_deref().map(inline_html).unwrap_or_default();
            let space = if caption.is_empty() || credit.is_empty() { "" } else { " " };
            out.push_str(&format!("<p>{caption}{space}{credit}</p>"));
        }
        out.push_str("</figcaption>");
    }
    out.push_str("\n</figure>");
    out
}

/// The start of a part that folds away, as Hugo's own shortcode builds it (0.168, `details.html`).
pub(super) fn details_start(details: &Details, more: &str) -> String {
    let attributes: Vec<_> = details.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let open = open("details", &attributes);
    let open = open.strip_suffix('>').unwrap_or(&open);
    format!("{open}{more}>\n<summary>{}</summary>", inline_html(&details.summary))
}

fn embed(embed: &Embed) -> String {
    match embed {
        // What jekyll-gist writes, without the copy of the code that it fetches.
        Embed::Gist { id, file } => {
            let file = file.as_deref().map(|file| format!("?file={}", escape(file))).unwrap_or_default();
            format!("<script src=\"https://gist.github.com/{}.js{file}\"></script>", escape(id))
        }
        Embed::Youtube { id, settings } => youtube(id, settings),
        Embed::Vimeo { id, settings } => vimeo(id, settings),
        Embed::Tweet { user, id } => format!(
            "<blockquote class=\"twitter-tweet\"><a href=\"https://twitter.com/{user}/status/{id}\">\
             https://twitter.com/{user}/status/{id}</a></blockquote>\n\
             <script async src=\"https://platform.twitter.com/widgets.js\"></script>"
        ),
        Embed::Instagram { id } => format!(
            "<blockquote class=\"instagram-media\" data-instgrm-permalink=\"https://www.instagram.com/p/{id}/\">\
             <a href=\"https://www.instagram.com/p/{id}/\">https://www.instagram.com/p/{id}/</a></blockquote>\n\
             <script async src=\"https://www.instagram.com/embed.js\"></script>"
        ),
    }
}

/// A player as wide as the text, as Hugo's own shortcode builds it (0.168, `youtube.html`).
fn youtube(id: &str, settings: &[(String, String)]) -> String {
    let switch = |name: &str, usual: bool| u8::from(setting(settings, name).map_or(usual, |value| value == "true"));
    let seconds = |name: &str| setting(settings, name).and_then(|value| value.parse::<u32>().ok()).unwrap_or(0);
    let mut query = vec![
        format!("autoplay={}", switch("autoplay", false)),
        format!("controls={}", switch("controls", true)),
        format!("end={}", seconds("end")),
        format!("loop={}", switch("loop", false)),
        format!("mute={}", switch("mute", false)),
    ];
    if switch("loop", false) == 1 {
        query.push(format!("playlist={id}"));
    }
    query.push(format!("start={}", seconds("start")));
    let fullscreen = if switch("allowFullScreen", true) == 1 { "; fullscreen" } else { "" };
    let allow = format!(
        "accelerometer; autoplay; clipboard-write; encrypted-media; gyroscope; picture-in-picture; web-share{fullscreen}"
    );
    let src = format!("https://www.youtube.com/embed/{id}?{}", query.join("&"));
    let attributes = [
        ("allow", allow.as_str()),
        ("loading", setting(settings, "loading").unwrap_or("eager")),
        ("referrerpolicy", "strict-origin-when-cross-origin"),
        ("src", &src),
    ];
    player(&attributes, setting(settings, "title").or(Some("YouTube video")), settings)
}

/// The same for Vimeo (0.168, `vimeo.html`).
fn vimeo(id: &str, settings: &[(String, String)]) -> String {
    let src = format!("https://player.vimeo.com/video/{id}?dnt=0");
    let mut attributes = vec![("src", src.as_str())];
    attributes.extend(setting(settings, "loading").map(|value| ("loading", value)));
    if setting(settings, "allowFullScreen") != Some("false") {
        attributes.push(("allow", "fullscreen"));
    }
    player(&attributes, setting(settings, "title"), settings)
}

fn setting<'s>(settings: &'s [(String, String)], name: &str) -> Option<&'s str> {
    settings.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// A frame in a box: of the shape that Hugo gives it, unless a class does.
fn player(attributes: &[(&str, &str)], title: Option<&str>, settings: &[(String, String)]) -> String {
    let mut attributes = attributes.to_vec();
    let class = setting(settings, "class");
    if class.is_none() {
        attributes.push(("style", "position: absolute; top: 0; left: 0; width: 100%; height: 100%; border:0;"));
    }
    attributes.extend(title.map(|title| ("title", title)));
    let shape = ("style", "position: relative; padding-bottom: 56.25%; height: 0; overflow: hidden;");
    let frame = open("div", &[class.map_or(shape, |class| ("class", class))]);
    format!("{frame}{}</iframe></div>", open("iframe", &attributes))
}

/// A start tag. An attribute without a value is written as its name alone.
pub(super) fn open(name: &str, attributes: &[(&str, &str)]) -> String {
    let mut out = format!("<{name}");
    for (attribute, value) in attributes {
        out.push(' ');
        out.push_str(attribute);
        if !value.is_empty() || *attribute == "alt" {
            out.push_str(&format!("=\"{}\"", escape(value)));
        }
    }
    out.push('>');
    out
}

/// Text in HTML, between tags or in a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Markdown as HTML for running text: a single paragraph loses its `<p>`.
fn inline_html(markdown: &str) -> String {
    let mut html = String::new();
    let options = pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(markdown, options));
    let html = html.trim_end();
    match html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")) {
        Some(inside) if !inside.contains("<p>") => inside.replace('\n', " "),
        _ => html.replace('\n', " "),
    }
}
