//! Codes of `postferry compare`: what differs between two built sites.

use crate::diag::{Code, Severity};

/// Every code of this file.
pub(super) const ALL: &[&Code] = &[
    &SELECTOR,
    &ADDRESS_MISSING,
    &ADDRESS_NEW,
    &REDIRECT_DIFFERS,
    &TITLE_DIFFERS,
    &TEXT_DIFFERS,
    &DOM_DIFFERS,
    &LINK_DIFFERS,
    &IMAGE_DIFFERS,
    &HEADING_ID_LOST,
    &LINK_BROKEN,
    &IMAGE_BROKEN,
    &BYTES_DIFFER,
    &NOT_COMPARED,
];

/// A selector that cannot be used.
pub static SELECTOR: Code = Code::new("selector", Severity::Error, "a CSS selector cannot be used").explain(
    "`--select` and `--ignore` take the selectors that pick parts of a page: names, `#id`, `.class`, `[attribute=value]` with \
     its variants, `:not()`, `:first-child` and `:last-child`, joined by a space, `>`, `+`, `~` or a comma.",
).example("postferry compare old new --select 'main > .post' --ignore '.comments, nav'");

/// An address that is gone.
pub static ADDRESS_MISSING: Code = Code::new("address-missing", Severity::Loss, "an address is not there any more").explain(
    "Whoever follows a link to this address from elsewhere finds nothing. Give the page its old address, or put a redirect \
     there: an alias in Hugo, `redirect_from` in Jekyll, a line in `_redirects`. If the page's text is found at a new address, \
     the message names it.",
).example("$ mkdir old new\n$ echo '<p>Tea.' > old/tea.html\n$ postferry compare old new --message-format short");

/// An address that is new.
pub static ADDRESS_NEW: Code = Code::new("address-new", Severity::Warning, "an address was not there before").explain(
    "The new site has a page or file that no address of the old site leads to. Often it is a list of tags or years that the \
     other generator does not make.",
).example("$ mkdir old new\n$ echo '<p>Tea.' > new/tea.html\n$ postferry compare old new --message-format short");

/// A redirect to somewhere else.
pub static REDIRECT_DIFFERS: Code = Code::new("redirect-differs", Severity::Warning, "a redirect leads elsewhere").explain(
    "An address leads on to another, and the two sites do not agree on where to. With `--exact` a page that has moved counts \
     too, though its old address leads to it.",
).example("$ mkdir old new\n$ echo '<meta http-equiv=refresh content=\"0; url=https://example.org/tea\">' > old/tea.html\n$ echo '<meta http-equiv=refresh content=\"0; url=https://example.org/cup\">' > new/tea.html\n$ postferry compare old new --message-format short");

/// Another title.
pub static TITLE_DIFFERS: Code = Code::new("title-differs", Severity::Warning, "the title of a page differs")
    .explain("What stands in `<title>`: browsers show it on the tab, search engines above the address.").example("$ mkdir old new\n$ echo '<title>Tea</title><p>Green.' > old/tea.html\n$ echo '<title>Tea | My blog</title><p>Green.' > new/tea.html\n$ postferry compare old new --message-format short");

/// Another text.
pub static TEXT_DIFFERS: Code = Code::new("text-differs", Severity::Loss, "the text of a page differs").explain(
    "Words that a visitor sees have changed, are gone, or are new. Quotes, dashes and dots that are only set otherwise do not \
     count, nor does white space, unless `--exact` is given.",
).example("$ mkdir old new\n$ echo '<p>Boil the water.' > old/tea.html\n$ echo '<p>Boil water.' > new/tea.html\n$ postferry compare old new --message-format short");

/// Other elements.
pub static DOM_DIFFERS: Code = Code::new("dom-differs", Severity::Warning, "elements or attributes differ").explain(
    "The words are the same and what is around them is not: another element, another attribute, white space between words and \
     tags. Often it looks the same; sometimes a list has become a paragraph.",
).example("$ mkdir old new\n$ echo '<ul><li>Tea</ul>' > old/tea.html\n$ echo '<p>Tea</p>' > new/tea.html\n$ postferry compare old new --message-format short");

/// A link to somewhere else.
pub static LINK_DIFFERS: Code = Code::new("link-differs", Severity::Loss, "a link leads elsewhere").explain(
    "Links within a site are compared by what they lead to, redirects followed, so `/a/`, `../a/` and `https://example.org/a/` \
     are the same. Links out of it are compared as they are written.",
).example("$ mkdir old new\n$ echo '<p><a href=\"https://example.org/tea\">Tea</a>' > old/tea.html\n$ echo '<p><a href=\"https://example.org/coffee\">Tea</a>' > new/tea.html\n$ postferry compare old new --message-format short");

/// Another image.
pub static IMAGE_DIFFERS: Code = Code::new("image-differs", Severity::Loss, "another image is shown")
    .explain("An image, a video or a sound is fetched from another address than before.").example("$ mkdir old new\n$ echo '<p><img src=\"https://example.org/tea.png\">' > old/tea.html\n$ echo '<p><img src=\"https://example.org/cup.png\">' > new/tea.html\n$ postferry compare old new --message-format short");

/// A heading's id that is gone.
pub static HEADING_ID_LOST: Code = Code::new("heading-id-lost", Severity::Loss, "the id of a heading is gone").explain(
    "Links from elsewhere may end in `#id` and lead to this heading. They open the page still, at its top. Generators make ids \
     from headings by different rules; give the heading its old id by hand, as in `## Title {#old-id}`. An id that a heading \
     has got is no difference.",
).example("$ mkdir old new\n$ echo '<h2 id=\"tea\">Tea</h2>' > old/tea.html\n$ echo '<h2>Tea</h2>' > new/tea.html\n$ postferry compare old new --message-format short");

/// A link that leads nowhere.
pub static LINK_BROKEN: Code = Code::new("link-broken", Severity::Loss, "a link leads nowhere any more").explain(
    "A link within the site leads to an address, or to a place in a page, that is not there. Links that led nowhere on the old \
     site already are not told of.",
).example("$ mkdir old new\n$ echo '<p>Milk.' > old/milk.html\n$ echo '<p><a href=\"/milk.html\">Tea</a>' | tee old/tea.html > new/tea.html\n$ postferry compare old new --message-format short");

/// An image that is not there.
pub static IMAGE_BROKEN: Code = Code::new("image-broken", Severity::Loss, "an image is not there any more").explain(
    "An image, a sound, a style sheet or a script that the page asks for is not among the files of the new site.",
).example("$ mkdir old new\n$ touch old/tea.png\n$ echo '<p><img src=\"/tea.png\">' | tee old/tea.html > new/tea.html\n$ postferry compare old new --message-format short");

/// Other bytes.
pub static BYTES_DIFFER: Code = Code::new("bytes-differ", Severity::Warning, "a file has other bytes").explain(
    "A file that is no page, such as an image, a feed or a style sheet, is not the same byte for byte. When a feed was built \
     does not count.",
).example("$ mkdir old new\n$ echo 'a' > old/tea.css\n$ echo 'b' > new/tea.css\n$ postferry compare old new --message-format short");

/// A page that was not compared.
pub static NOT_COMPARED: Code = Code::new("not-compared", Severity::Warning, "a page could not be compared").explain(
    "The file could not be read, or its elements lie in one another thousands deep, which no page for readers does.",
).example("$ mkdir old new\n$ yes '<div>' | head -n 50000 > old/tea.html\n$ yes '<div>' | head -n 60000 > new/tea.html\n$ postferry compare old new --message-format short");
