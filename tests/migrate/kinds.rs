//! Small sites of the kinds that there are, built by the real Jekyll before and by the real Hugo after: what differs is what
//! only the old site could work out, and nothing differs without a word.

use std::path::Path;

use tempfile::TempDir;

use crate::proof::{programs, proved};
use crate::site::write;

const LAYOUT: &str = "<html><head><title>{{ page.title }}</title></head><body>{{ content }}</body></html>\n";

/// The addresses that differ. Everything else must be the same, and what differs must be told.
fn differing(test: &str, site: &[(&str, &str)]) -> Option<Vec<String>> {
    let programs = programs(test)?;
    let (old, work) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    for (path, text) in site {
        write(old.path(), path, text);
    }
    for layout in ["default", "post", "page"] {
        write(old.path(), &format!("_layouts/{layout}.html"), LAYOUT);
    }
    let (text, code, report) = proved(Path::new(old.path()), &work, &programs);
    assert_eq!(code, 0, "{text}");
    let pages = report["proof"]["pages"].as_array().unwrap();
    let mut addresses: Vec<String> = pages.iter().map(|page| page["address"].as_str().unwrap().to_owned()).collect();
    addresses.sort();
    Some(addresses)
}

#[test]
fn a_blog_with_the_usual_plugins() {
    let Some(found) = differing(
        "a_blog_with_the_usual_plugins",
        &[
            (
                "_config.yml",
                "title: \"A blog: the \\\"first\\\"\"\nurl: https://a.example\npaginate: 2\npaginate_path: \"/blog/page:num/\"\n\
             plugins: [jekyll-paginate, jekyll-feed, jekyll-seo-tag, jekyll-redirect-from]\ntimezone: Europe/Paris\n\
             author:\n  name: Zoë\n  links: [a, b]\n",
            ),
            ("_includes/head.html", "<head>{% seo %}{% feed_meta %}</head>"),
            (
                "_includes/figure.html",
                "<figure>\n  <img src=\"{{ include.src | relative_url }}\" alt=\"{{ include.alt }}\">\n  {% if include.caption %}\
             <figcaption>{{ include.caption }}</figcaption>{% endif %}\n</figure>\n",
            ),
            (
                "_posts/2019-01-05-plain.md",
                "---\nlayout: post\ntitle: Plain post\ndate: 2019-01-05 10:00:00 +0900\ncategories: jekyll update\ntags: one two\n---\n\
             Some *text* and `code`.\n\n## A heading\n\n- a\n- b\n",
            ),
            (
                "_posts/2019-01-06-unicode-téxt.md",
                "---\nlayout: post\ntitle: \"Ünïcode: “quotes” & émoji 🎉\"\ncategories: [Café, \"日本語\"]\n\
             tags: [Zürich, \"C++\", \"a/b\", \"web dev\"]\n---\nText :tada:\n",
            ),
            (
                "notes/_posts/2018-03-04-nested.md",
                "---\nlayout: post\ntitle: 'It''s a nested one'\n---\nBody {% post_url 2019-01-05-plain %} and \
             [l]({{ site.baseurl }}{% link about.md %}).\n",
            ),
            (
                "notes/deep/_posts/sub/2018-03-05-nested-2.md",
                "---\nlayout: post\ntitle: x\ncategory: extra\n---\nBody\n",
            ),
            ("_posts/2018-04-01-same.md", "---\nlayout: post\ntitle: 123\n---\nOne\n"),
            ("_posts/2018-04-02-same.md", "---\nlayout: post\ntitle: true\n---\nTwo\n"),
            ("_posts/2030-01-01-future.md", "---\nlayout: post\ntitle: Future\n---\nLater\n"),
            ("_posts/2018-05-01-hidden.md", "---\nlayout: post\ntitle: Hidden\npublished: false\n---\nNo\n"),
            (
                "_posts/2018-06-01-excerpt.md",
                "---\nlayout: post\nexcerpt_separator: <!--end-->\n---\nFirst\n\n<!--end-->\n\nSecond\n",
            ),
            (
                "_posts/2018-06-02-raw.md",
                "---\nlayout: post\n---\n{% raw %}{{ x }} {% y %}{% endraw %}\n\n{% highlight ruby linenos %}\ndef a\n  \"x\"\nend\n\
             {% endhighlight %}\n\n{% include figure.html src=\"/img/a b.png\" alt=\"An image\" caption=\"It's *nice*\" %}\n\n\
             ![x]({{ \"/img/a.png\" | relative_url }}) [z]({{ '/about/' | absolute_url }})\n",
            ),
            (
                "_posts/2018-06-08-figures.md",
                "---\nlayout: post\n---\n{% include figure.html src=\"/img/a.png\" alt=\"It's one + one\" %}\n\n- text \
             {% include figure.html src=\"/img/b.png\" alt=\"b\" %}\n\n{% include figure.html src=\"/c.png\" alt=\"<c>\" %}\n",
            ),
            (
                "_posts/2018-06-03-redirect.md",
                "---\nlayout: post\nredirect_from:\n  - /old/one/\n  - /old/two.html\n---\nMoved\n",
            ),
            (
                "_posts/2018-06-04-tz.md",
                "---\nlayout: post\ndate: 2018-06-04 23:30\n---\nLate {{ page.date | date: '%H' }}\n",
            ),
            ("_posts/2018-06-05-tz2.markdown", "---\nlayout: post\ndate: \"2018-06-05 23:30:00 -0800\"\n---\nLate\n"),
            ("_posts/2018-06-06-nofront.md", "Just text, no front matter\n"),
            (
                "_posts/2018-06-07-html.html",
                "---\nlayout: post\n---\n<p>Some <b>html</b> -- \"quoted\"</p>\n<script>if (a < b) { alert(\"x\") }</script>\n",
            ),
            ("_drafts/some-draft.md", "---\nlayout: post\ntitle: Draft\n---\nDraft\n"),
            ("about.md", "---\nlayout: page\npermalink: /about/\n---\nAbout {{ site.author.name }} <{{ site.url }}>\n"),
            (
                "index.html",
                "---\nlayout: default\n---\n{% for post in paginator.posts %}{{ post.title }}{% endfor %}\n",
            ),
            (
                "tags.html",
                "---\nlayout: page\npermalink: /tags/\n---\n{% for t in site.tags %}{{ t[0] }}{% endfor %}\n",
            ),
            ("404.html", "---\nlayout: default\npermalink: /404.html\n---\n<h1>404</h1>\n"),
            ("CNAME", "a.example\n"),
            ("css/main.scss", "---\n---\n@import \"a\";\n"),
            ("_sass/a.scss", "a { color: red; }\n"),
            ("img/a b.png", "png"),
            (".htaccess", "x"),
            ("js/app.js", "---\n---\nvar a = \"{{ site.url }}\";\n"),
            ("docs/index.md", "---\nlayout: page\n---\nDocs home\n"),
            ("README.md", "# Readme\n"),
            ("_data/nav.yml", "- a\n"),
            ("sitemap.xml", "---\n---\n{% for p in site.pages %}{{ p.url }}{% endfor %}"),
        ],
    ) else {
        return;
    };
    assert_eq!(found, ["/tags/"]);
}

#[test]
fn a_site_of_collections_under_a_folder_with_options_of_kramdown() {
    let Some(found) = differing(
        "a_site_of_collections_under_a_folder_with_options_of_kramdown",
        &[
            (
                "_config.yml",
                "title: B\npermalink: pretty\nbaseurl: /blog\nurl: \"http://b.example\"\nmarkdown: kramdown\n\
             kramdown:\n  input: GFM\n  hard_wrap: true\ncollections:\n  recipes:\n    output: true\n    permalink: /food/:name/\n\
             \x20 notes:\n    output: true\n  hidden: {}\ndefaults:\n  - scope: {path: \"\", type: posts}\n    values: {layout: post}\n\
             excerpt_separator: <!--more-->\n",
            ),
            (
                "_posts/2020-01-01-hello-world.md",
                "---\ntitle: \"Hello: world\"\ntags:\n- a\n- b\n---\nFirst line\nsecond \"line\" it's -- ok...\n\n<!--more-->\n\n# Head\n\n\
             more\n\n# Head\n",
            ),
            (
                "_posts/2020-01-02-attributes.md",
                "---\n---\ntext{: .x}\n\npara\n{: .lead}\n\n![img](/blog/a.png){: .right width=\"200\"}\n\n[link](/x){:target=\"_blank\"}\n\n\
             > quote\n{: .note}\n\n- a\n- b\n{: .list}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n{: .table}\n",
            ),
            (
                "_posts/2020-01-03-math.md",
                "---\n---\nInline $$a_b$$ and \\(x\\) and\n\n$$\n\\sum_i x_i\n$$\n\nand \\[1\\].\n",
            ),
            ("_posts/2020-01-04-paren.md", "---\n---\nA plain \\(paren\\) here and \\[b\\].\n"),
            ("_posts/2020-01-05-more.md", "---\n---\nBefore<!--more--> after in text.\n\nNext\n"),
            (
                "_posts/2020-01-06-notes.md",
                "---\n---\nText[^1].\n\n[^1]: One\n\n*[HTML]: Hyper\n\nHTML is abbreviated\n\nterm\n: def\n",
            ),
            ("_recipes/cake.md", "---\ntitle: Cake\n---\nCake\n"),
            ("_recipes/img.png", "x"),
            ("_notes/n1.md", "---\n---\nN1\n"),
            ("_notes/sub/n2.md", "---\ntitle: N2\n---\nN2\n"),
            ("_hidden/h.md", "---\ntitle: H\n---\nH\n"),
            ("index.md", "---\nlayout: default\ntitle: Home\n---\nWelcome to [B]({{ site.baseurl }}/about/)\n"),
            ("contact.html", "---\nlayout: page\n---\n<form action=\"x\"><input></form>\n"),
            ("feed.xml", "---\n---\n<rss>{{ site.time }}</rss>\n"),
            (
                "blog/index.html",
                "---\nlayout: default\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}\n",
            ),
        ],
    ) else {
        return;
    };
    assert_eq!(found, ["/blog/"]);
}

#[test]
fn an_old_blog_with_addresses_of_its_own() {
    let Some(found) = differing(
        "an_old_blog_with_addresses_of_its_own",
        &[
            ("_config.yml", "name: D\npermalink: /:categories/:year/:i_month/:i_day/:slug:output_ext\n"),
            (
                "_posts/2014-02-03-Some-Title-Here.md",
                "---\nlayout: post\ntitle: Some\ncategories:\n - Tech Stuff\n - Web\n---\nHi\n",
            ),
            (
                "_posts/2014-02-04-x.md",
                "---\nlayout: post\ntitle: X\npermalink: /custom/:title\n---\nHi {{ page.title }} {{ page.date | date_to_string }}\n",
            ),
            (
                "_posts/2014-02-05-y.md",
                "---\nlayout: nil\nslug: other-slug\ntags: \n---\n{{ page.tags | join: \", \" }} text\n",
            ),
            ("_posts/2014-2-6-b.markdown", "---\nlayout: post\ntitle: \"B & <b>\"\n---\nB\n"),
            // Hugo builds no site with braces behind a fence that hold no attributes.
            ("_posts/2014-02-09-r.md", "---\n---\n```{r}\nx\n```\n\n```ruby{1,3}\nz\n```\n"),
            ("_posts/2014-02-07-t.textile", "---\ntitle: T\n---\nh1. x\n"),
            (
                "_posts/2014-02-08-big.html",
                "---\ntitle: >\n  Folded\n  title\n---\n<div class=\"x\">\n\n  <p>para</p>\n\n    <pre><code>a\n\nb</code></pre>\n</div>\n",
            ),
            ("atom.xml", "---\nlayout: nil\n---\n<feed></feed>\n"),
            ("a dir/my file.pdf", "x"),
            ("a dir/page one.md", "---\ntitle: P1\n---\nx\n"),
            ("archive/index.html", "---\n---\n<p>x</p>"),
            ("sub/page.html", "---\nlayout: default\n---\n<p>{{ page.url }}</p>"),
        ],
    ) else {
        return;
    };
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn quotes_and_dashes_that_kramdown_leaves_alone() {
    let Some(found) = differing(
        "quotes_and_dashes_that_kramdown_leaves_alone",
        &[
            (
                "_config.yml",
                "title: T\nkramdown:\n  smart_quotes: apos,apos,quot,quot\n  typographic_symbols: {mdash: ---, ndash: --, \
                 hellip: ..., laquo: '<<', raquo: '>>'}\n",
            ),
            ("_posts/2019-01-05-plain.md", "---\nlayout: post\n---\nIt's \"so\" -- and... --- so.\n\nA << b >> c.\n"),
            ("page.html", "---\nlayout: page\n---\n<p>It's \"so\" -- too...</p>\n"),
        ],
    ) else {
        return;
    };
    assert_eq!(found, [""; 0]);
}
