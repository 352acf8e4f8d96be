//! Plain layouts, so that there are pages to see before a theme is chosen, and the lists that Hugo made by itself.

use super::config::line;
use crate::site::plan::Plan;
use crate::site::route::Files;

const DEFAULT: &str = r#"<!doctype html>
<html lang="{{ page.lang | default: site.lang | default: 'en' }}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{{ page.title | default: site.title | escape }}</title>
  <style>
    body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.6 Georgia, serif; color: #222; }
    img, video, iframe { max-width: 100%; }
    pre { overflow-x: auto; padding: .8rem; background: #f6f6f4; }
    time, .terms { color: #666; font-size: .9rem; }
    table { border-collapse: collapse; } td, th { border: 1px solid #ccc; padding: .2rem .5rem; }
  </style>
</head>
<body>
  <header><a href="{{ '/' | relative_url }}">{{ site.title | escape }}</a></header>
<main>
  <article>
    {% if page.title and page.title != '' %}<h1>{{ page.title | escape }}</h1>{% endif %}
    {% if page.date %}<time datetime="{{ page.date | date_to_xmlschema }}">{{ page.date | date: "%-d %B %Y" }}</time>{% endif %}
{{ content }}
    <p class="terms">{% for term in page.categories %}{{ term | escape }} {% endfor %}{% for term in page.tags %}#{{ term | escape }} {% endfor %}</p>
  </article>
</main>
</body>
</html>
"#;

const LIST: &str = r#"---
layout: default
---
{{ content }}
<ul>
{% for post in site.posts %}{% if page.url == '/' or post.path contains page.section %}<li><time>{{ post.date | date: "%Y-%m-%d" }}</time> <a href="{{ post.url | relative_url }}">{{ post.title | default: post.url | escape }}</a></li>
{% endif %}{% endfor %}{% for other in site.pages %}{% if other.url contains page.url and other.url != page.url and page.url != '/' and other.title %}<li><a href="{{ other.url | relative_url }}">{{ other.title | escape }}</a></li>
{% endif %}{% endfor %}</ul>
"#;

/// The layouts, one under each name that a page asks for, and the lists.
pub(super) fn files(plan: &Plan) -> Files {
    let mut files = vec![
        ("_layouts/default.html".to_owned(), DEFAULT.to_owned()),
        ("_layouts/list.html".to_owned(), LIST.to_owned()),
    ];
    for name in &plan.layouts {
        let is_name = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        // `none` is Jekyll's word for no layout at all.
        if is_name && !matches!(&**name, "default" | "list" | "none") {
            let text = "---\nlayout: default\n---\n{{ content }}\n";
            files.push((format!("_layouts/{name}.html"), text.to_owned()));
        }
    }
    for list in plan.hugo.lists().iter().filter(|list| list.is_made) {
        let title = line("title", &list.title);
        let permalink = line("permalink", &list.address);
        let name = list.address.trim_matches('/');
        let section = if name == &*plan.hugo.main { "_posts/" } else { name };
        let section = line("section", section);
        let slash = if name.is_empty() { "" } else { "/" };
        files
            .push((format!("{name}{slash}index.html"), format!("---\nlayout: list\n{title}{permalink}{section}---\n")));
    }
    files
}
