//! Codes about template tags: Liquid and shortcodes.

use crate::diag::{Code, Severity};

/// Every code of this file.
pub(super) const ALL: &[&Code] = &[
    &TAG_UNTRANSLATED,
    &TAG_UNCLOSED,
    &TAG_DROPPED,
    &TAG_ADDRESS,
    &TAG_PAGE_LINK,
    &TAG_COMMENT,
    &TAG_CODE_NESTED,
    &TAG_SETTING_DROPPED,
    &TAG_PARAGRAPH,
    &TAG_EMBED,
    &LITERAL_AS_ENTITY,
    &TAG_MAP,
];

/// A tag that only its own site knows.
pub static TAG_UNTRANSLATED: Code =
    Code::new("tag-untranslated", Severity::Loss, "a template tag has no form in the target")
        .explain(
            "The tag does something that only the site it was written for knows: it includes a file, loops over posts, calls \
             a plugin. It is in the output exactly as it was: in running text as an HTML comment, so that no reader sees it; \
             in code, in an address or in an attribute as it stands. Put by hand what it stood for, or name a tag of the \
             target for it in a map file and convert again.",
        )
        .example("{% include gallery.html %}\n# to Hugo: <!-- {% include gallery.html %} -->");

/// A delimiter without an end.
pub static TAG_UNCLOSED: Code = Code::new("tag-unclosed", Severity::Warning, "a template tag never ends")
    .explain(
        "The delimiter opens a tag that is not closed before the text ends. Jekyll and Hugo stop with an error there. It is \
         read as text, and written so that the target takes it for text too.",
    )
    .example("Use {% if to branch.");

/// A tag that got lost between the markups.
pub static TAG_DROPPED: Code = Code::new("tag-dropped", Severity::Loss, "a template tag was left out").explain(
    "The tag stood where the target's markup has no place for it, or where HTML itself throws text away: in the name of an \
     element, say. What it stood in was written without it.",
).example("<h{{ page.level }}>Title</h{{ page.level }}>");

/// The site's own address, left out.
pub static TAG_ADDRESS: Code =
    Code::new("tag-address", Severity::Note, "the site's address was left out of a link")
        .explain(
            "The link begins with `site.url` or `site.baseurl`. Its address now begins at the root of the site, which is the \
             same as long as the site does not live in a folder of its host. If it does, name that folder as the base path, \
             and it is written instead.",
        )
        .example("[a]({{ site.baseurl }}/a.html)\n# to Hugo: [a](/a.html)");

/// A link that the target resolves.
pub static TAG_PAGE_LINK: Code = Code::new("tag-page-link", Severity::Note, "a link names another page by its file")
    .explain(
        "The target looks the page up when it builds the site and writes its address. It stops with an error if the page is \
         not there, as the source's generator did: convert that page too.",
    )
    .example("[a]({% post_url 2019-05-01-a %})\n# to Hugo: [a]({{< relref \"2019-05-01-a.md\" >}})");

/// A template's comment.
pub static TAG_COMMENT: Code = Code::new("tag-comment", Severity::Note, "a comment is now part of the page")
    .explain(
        "What stood in the template language's own comment was never sent to a reader. The target has no such comment, so \
         it is now one of HTML: it does not show, but whoever looks at the page's source can read it.",
    )
    .example("{% comment %}Ask Jo about this.{% endcomment %}\n# to Hugo: <!-- Ask Jo about this. -->");

/// Code that Jekyll moves out of its list.
pub static TAG_CODE_NESTED: Code = Code::new(
    "tag-code-nested",
    Severity::Note,
    "code stays in the list that it was written in",
)
.explain(
    "Jekyll replaces a `highlight` tag before it reads Markdown, and its lines then end the list or quotation that it stands \
     in; Hugo shows the marks of a quotation as part of the code. It is written as part of what it stands in, as it was meant.",
)
.example("1. Run:\n\n   {% highlight sh %}\n   make\n   {% endhighlight %}");

/// A setting of a tag without a counterpart.
pub static TAG_SETTING_DROPPED: Code =
    Code::new("tag-setting-dropped", Severity::Loss, "a setting of a tag has no form in the target")
        .explain("The tag was translated, but the target has nothing for one of its arguments.")
        .example("- Tea:\n\n  {{< highlight sh \"linenos=true\" >}}\n  make tea\n  {{< /highlight >}}\n\n# to Jekyll: a fence with the language `sh`");

/// A shortcode that had no paragraph around it.
pub static TAG_PARAGRAPH: Code =
    Code::new("tag-paragraph", Severity::Note, "what a tag shows is in a paragraph now")
        .explain(
            "Hugo puts what a shortcode shows in the place of the whole paragraph if there is nothing else in it. Text that \
             stands alone on a page's lines is a paragraph everywhere else.",
        )
        .example("+++\nsubtitle = 'At sea'\n+++\n\n{{< param \"subtitle\" >}}\n\n# to Jekyll: {{ page.subtitle }}, which shows <p>...</p>");

/// A piece of another site that both generators build in their own ways.
pub static TAG_EMBED: Code = Code::new(
    "tag-embed",
    Severity::Note,
    "a piece of another site is written as that site has it",
)
.explain(
    "The tag fetches something from another site, or builds a frame for it, each generator in its own way. It is \
             written as the HTML that the other site gives for pages that are to show it, with its script.",
)
.example("{{< instagram CxOWiQNP2MO >}}");

/// A mark that the target has no escape for.
pub static LITERAL_AS_ENTITY: Code =
    Code::new("literal-as-entity", Severity::Note, "a brace is written as an entity")
        .explain(
            "The text holds `{{<` or `{{%` without the other end. Hugo takes it for a shortcode wherever it stands, and its \
             escape needs both ends. The first brace is written as `&#123;`, which shows the same; code around it becomes \
             HTML, in which entities count.",
        )
        .example("`if (x {{< y)`\n# to Hugo: <code>if (x &#123;{&lt; y)</code>");

/// A map of tags that cannot be read.
pub static TAG_MAP: Code = Code::new("tag-map", Severity::Error, "a map of tags is not well-formed")
    .explain(
        "Each entry names a tag of the source, and says what stands for it: `shortcode`, `tag`, `html` or `drop`. A shortcode \
         or tag may rename arguments.",
    )
    .example("\"include figure.html\" = { shortcode = \"figure\", rename = { image = \"src\" } }");
