//! Codes about bodies: what their markup holds that is odd, and what the target's markup cannot say.

use crate::diag::{Code, Severity};

/// Every code of this file.
pub(super) const ALL: &[&Code] = &[
    &NESTED_TOO_DEEP,
    &PAGE_TAGS_DROPPED,
    &TEXT_TOO_LONG,
    &CLEANED,
    &BARE_TEXT,
    &PRE_FOLDED,
    &LIST_LOOSENED,
    &SPACE_MOVED,
    &EMPTY_INLINE,
    &UNPROVED,
    &READ_AS_MEANT,
    &SHOWN_OTHERWISE,
];

/// Nesting beyond the limit.
pub static NESTED_TOO_DEEP: Code = Code::new("nested-too-deep", Severity::Warning, "a body is nested too deep").explain(
    "Quotations, lists or elements lie in each other more than about 250 levels deep, which no person writes and which \
     would make every program that works on the post slow. What lies deeper was kept as the raw text that it is: nothing \
     of it is lost, but it is not converted. A missing closing tag, repeated on every line, is the usual cause.",
).example("$ yes '<div>' | head -n 999 | postferry convert -f html -t markdown");

/// Tags of a whole page in the body of a post.
pub static PAGE_TAGS_DROPPED: Code = Code::new("page-tags-dropped", Severity::Loss, "tags of a whole page were left out")
    .explain(
        "The body of a post stands inside a page, so `<!DOCTYPE>`, `<html>`, `<head>` and `<body>` mean nothing in it and \
         browsers ignore them. They were left out, and their attributes with them; what stands between them was converted. \
         If the file is a whole page and not a post, read it with `-f html`.",
    )
    .example("---\nlayout: null\n---\n<html><body><p>Hello</p></body></html>");

/// A text beyond what the reader can count.
pub static TEXT_TOO_LONG: Code = Code::new("text-too-long", Severity::Error, "the text is too long").explain(
    "A post may be 100 MB long: what is longer is hardly a post, and may have no end, as a device has none. `--limit text=SIZE` \
     allows more; HTML may be 4 GB long at most, for it is read into a tree that counts places in 32 bits.",
);

/// What `+clean` took out.
pub static CLEANED: Code = Code::new("cleaned", Severity::Note, "marks of an editor were taken out")
    .explain(
        "The extension `clean` takes out what word processors and web editors leave behind and no reader sees the point of: \
         `style` attributes, `font`, `center`, `span` and `div` without attributes, `o:p`, classes such as `MsoNormal`, empty \
         paragraphs. Tables that only their markup kept from being Markdown become such, Flash players the frames of their sites. \
         Each kind is reported once with its count, at the place where it stood first. Without `clean` all of it is \
         kept, as raw HTML where Markdown has no form for it.",
    )
    .example("<p class=\"MsoNormal\" style=\"margin: 0\">Hello<o:p></o:p></p>\n# with +clean: Hello");

/// Bare text that became a paragraph.
pub static BARE_TEXT: Code = Code::new("bare-text", Severity::Note, "bare text became a paragraph")
    .explain(
        "In HTML, text may stand among blocks without a `<p>` around it. In Markdown every such text is a paragraph. A \
         reader sees the same words; a style sheet may set them apart by a little more space. With `+exact` bare text \
         inside other elements stays bare, as raw HTML.",
    )
    .example("<div>Hello</div>\n# becomes <div>, a paragraph, </div>");

/// Code in a `<pre>` that became a code block.
pub static PRE_FOLDED: Code = Code::new("pre-folded", Severity::Note, "a `<pre>` became a code block").explain(
    "The source has code in a `<pre>` without a `<code>` in it, or with the spans and classes of a highlighter. Markdown \
     has code blocks, which give `<pre><code>`: text and language are kept, and the site's own highlighter colours them. \
     With `+exact` such a `<pre>` stays as raw HTML.",
).example("<pre><span class=\"k\">fn</span> main() {}</pre>");

/// A list that became loose.
pub static LIST_LOOSENED: Code = Code::new("list-loosened", Severity::Note, "a list became loose").explain(
    "In some items of the list the text stands in a paragraph, in others bare, or something follows the text that only a \
     blank line can set apart. In Markdown a list is tight or loose as a whole, so it became loose. With `+exact` the list \
     stays as raw HTML.",
).example("<ul>\n<li>green</li>\n<li><p>black</p></li>\n</ul>");

/// White space that moved out of an inline element.
pub static SPACE_MOVED: Code = Code::new("space-moved", Severity::Note, "a space moved out of an inline element").explain(
    "An inline element begins or ends with a space, as in `<b>word </b>next`. Markdown's marks must touch the word, so the \
     space stands outside: `**word** next`. It looks the same. With `+exact` the element stays as raw tags.",
).example("<p><b>green </b>tea</p>\n# to Markdown: **green** tea");

/// An empty inline element that was left out.
pub static EMPTY_INLINE: Code = Code::new("empty-inline", Severity::Note, "an empty inline element was left out")
    .explain(
        "An inline element without attributes and without content, such as `<b></b>`, shows nothing and is often left \
         behind by editors. With `+exact` it stays as raw tags.",
    )
    .example("<p>green <b></b>tea</p>");

/// A block that does not come back as it was meant.
pub static UNPROVED: Code = Code::new("unproved", Severity::Loss, "a block could not be proved")
    .explain(
        "What postferry writes is read back and compared with what was meant. A block that differs is written again as \
         HTML; this one differs even so. Look at it in the output: it may show something else than in the source. If it \
         is short, please report it.",
    );

/// A part that kramdown shows otherwise than it was meant.
pub static READ_AS_MEANT: Code = Code::new("read-as-meant", Severity::Warning, "Jekyll shows this otherwise")
    .explain(
        "kramdown, Jekyll's Markdown, shows something broken here: it prints a tag as text, takes a code fence or a `|` for \
         text or for a table, counts a list from 1 that begins with another number. The part was read as other Markdown \
         reads it, which is what was meant, so the result looks better than the page did. To get exactly what Jekyll shows, \
         read it as `jekyll+as-shown`.",
    )
    .example("A paragraph.</p>\n# Jekyll prints </p>");

/// Something that shows a little otherwise, as it must.
pub static SHOWN_OTHERWISE: Code = Code::new("shown-otherwise", Severity::Note, "the target shows this a little otherwise")
    .explain(
        "The two generators each show something in a way of their own that a post has no say in, or only at a price that \
         no reader would want: Hugo numbers the addresses of footnotes and puts the notes at the end, breaks a paragraph \
         at `<!--more-->`, and leaves empty cells of tables empty that kramdown fills with a space. All words are there.",
    )
    .example("A note.[^name]\n\n[^name]: In Jekyll it is at #fn:name, in Hugo at #fn:1.");
