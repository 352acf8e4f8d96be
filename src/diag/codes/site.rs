//! Codes about whole sites.

use crate::diag::{Code, Severity};

/// Every code of this file.
pub(super) const ALL: &[&Code] = &[
    &ADDRESS_TWICE,
    &ALIAS_TWICE,
    &NAME_NOT_PORTABLE,
    &INCLUDE_STUB,
    &TARGET_TAKEN,
    &SITE_UNKNOWN,
    &PROOF_STOPPED,
    &CONTENT_FORMAT,
    &PAGE_PART,
    &PAGE_HIDDEN,
    &SETTING_PASSED_OVER,
    &FILE_NOT_SERVED,
    &HTML_LEFT_OUT,
];

/// Two files of a site with one address.
pub static ADDRESS_TWICE: Code = Code::new("address-twice", Severity::Error, "two files of a site claim one address")
    .explain(
        "Jekyll writes both to the same file, so that the one that it writes last is shown and the other never was. Nobody can \
         tell which of them is meant: the first by path was taken over, the other was not. Remove it, or give it a `permalink` \
         of its own, and migrate again.",
    ).example("$ mkdir -p blog/_posts\n$ echo 'title: Tea' > blog/_config.yml\n$ printf -- '---\\n---\\nGreen.' | tee blog/tea.md > blog/tea.html\n$ postferry migrate blog site");

/// An alias that leads to two pages.
pub static ALIAS_TWICE: Code = Code::new("alias-twice", Severity::Warning, "an alias is claimed by two files")
    .explain(
        "Two files name it in `redirect_from`, or it is the address of another file as well. The address lands all the same, but \
         on which of them is not said. Take it out of one of the two.",
    ).example("$ mkdir -p blog/_posts\n$ echo 'title: Tea' > blog/_config.yml\n$ printf -- '---\\nredirect_from: /cup/\\n---\\nGreen.' | tee blog/green.md > blog/black.md\n$ postferry migrate blog site");

/// A name that not every file system takes.
pub static NAME_NOT_PORTABLE: Code =
    Code::new("name-not-portable", Severity::Warning, "a file's name is none on some systems").explain(
        "The file keeps its name, for that is its address. Windows takes no names with any of `<>:\"|?*\\`, none that end in a \
         dot or a space, and none of those that stand for a device there, such as `con` or `nul`: the site cannot be built there.",
    ).example("$ mkdir -p blog/_posts\n$ echo 'title: Tea' > blog/_config.yml\n$ touch 'blog/tea?.png'\n$ postferry migrate blog site");

/// An include that only the old site could work out.
pub static INCLUDE_STUB: Code =
    Code::new("include-stub", Severity::Loss, "an include is a shortcode that shows nothing yet")
        .explain(
            "The include has tags that ask for more than its own parameters. In its place stands a shortcode with the same \
             parameters; its file in `layouts/shortcodes` has the old text in a comment. Say there in Hugo's templates what the \
             include said in Liquid, once for all posts that use it.",
        )
        .example("postferry migrate old-site new-site\n# {% include related.html tag=\"tea\" %} is {{< include-related tag=\"tea\" >}} now");

/// A folder that holds something else.
pub static TARGET_TAKEN: Code = Code::new("target-taken", Severity::Error, "the folder to migrate into is not empty")
    .explain(
        "A site is only written into a new or empty folder, so that nothing of yours is ever replaced. A run that was \
         interrupted goes on with `--resume`. Otherwise name another folder.",
    ).example("$ mkdir -p blog/_posts\n$ echo 'title: Tea' > blog/_config.yml\n$ mkdir site\n$ touch site/mine.md\n$ postferry migrate blog site");

/// A site of a kind that cannot be migrated.
pub static SITE_UNKNOWN: Code =
    Code::new("site-unknown", Severity::Error, "there is no site to migrate, or not in this direction").explain(
        "A Jekyll site has a `_config.yml` or a folder `_posts` at its root, a Hugo site a `hugo.toml` or `config.toml` and a folder \
         `content`. Sites go from Jekyll to Hugo and from Hugo to Jekyll; single posts go in every direction with `postferry convert`.",
    ).example("$ mkdir photos\n$ postferry migrate photos site");

/// A proof that could not be had.
pub static PROOF_STOPPED: Code = Code::new("proof-stopped", Severity::Error, "the proof of a migration stopped").explain(
    "`--prove` builds the old site and the new one, each with its own generator, both under bare layouts, and compares them. One of \
     the programs is not there, or does not build the site; the help says what it said. If everything else went well, the \
     new site is whole: it was written before the proof began.",
).example("$ mkdir -p blog/_posts\n$ echo 'title: Tea' > blog/_config.yml\n$ PATH=/nowhere $(command -v postferry) migrate blog site --prove");

/// A page in a format that needs a program of its own.
pub static CONTENT_FORMAT: Code =
    Code::new("content-format", Severity::Error, "a page is in a format that is not converted").explain(
        "Hugo shows pages in AsciiDoc, Org, reStructuredText and the like with programs beside it; Markdown and HTML alone are \
         converted. The file is copied to `_not-converted` in the new site, and its address leads nowhere: make it Markdown, \
         with pandoc perhaps, and migrate again.",
    ).example("$ mkdir -p tea/content\n$ touch tea/hugo.toml\n$ echo '* Green' > tea/content/green.org\n$ postferry migrate tea site");

/// A page that only the page of its bundle shows.
pub static PAGE_PART: Code = Code::new("page-part", Severity::Loss, "a part of a page has no place").explain(
    "A file with text in a page's own folder, beside its `index.md`, is no page in Hugo: it has no address, and is seen only \
     where a layout shows it. It is copied to `_not-converted`; put it into `_includes` and include it where it belongs.",
).example("$ mkdir -p tea/content/green\n$ touch tea/hugo.toml\n$ echo Green. > tea/content/green/index.md\n$ echo Two minutes. > tea/content/green/steep.md\n$ postferry migrate tea site");

/// A page that Hugo did not show, and that Jekyll would.
pub static PAGE_HIDDEN: Code = Code::new("page-hidden", Severity::Warning, "a page is hidden for a reason that Jekyll does not know").explain(
    "Hugo shows no page before its `publishDate` or after its `expiryDate`, nor one with `headless` or `build.render: never`. \
     Jekyll knows nothing of the kind: the page says `published: false` and stays hidden until you take that out.",
).example("$ mkdir -p tea/content\n$ touch tea/hugo.toml\n$ printf -- '---\\nexpiryDate: 2020-01-01\\n---\\nGreen.' > tea/content/green.md\n$ postferry migrate tea site");

/// A setting of the old site that changes something and is not followed.
pub static SETTING_PASSED_OVER: Code =
    Code::new("setting-passed-over", Severity::Warning, "a setting of the old site is not followed").explain(
        "It changes what pages show, or where they are, in a way that the new site does not have: the message says what holds \
         instead. A word in the `target` of a `cascade` that is not known is told as well: then more pages have its values than \
         should. Look at the pages that lean on it.",
    ).example("$ mkdir -p tea/content\n$ echo 'enableEmoji = true' > tea/hugo.toml\n$ echo Green. > tea/content/green.md\n$ postferry migrate tea site");

/// A file that Jekyll would not copy as it is.
pub static FILE_NOT_SERVED: Code = Code::new("file-not-served", Severity::Error, "a file is not at its address in Jekyll").explain(
    "Jekyll keeps folders such as `_posts` for itself, and makes pages of Markdown and Sass that begin with front matter: a file of \
     this kind among the static ones cannot have its old address with its old bytes. Give it another name and lead on to that.",
).example("$ mkdir -p tea/static\n$ touch tea/hugo.toml\n$ printf -- '---\\n---\\nGreen.' > tea/static/green.md\n$ postferry migrate tea site");

/// HTML that Hugo left out, and that is a comment now.
pub static HTML_LEFT_OUT: Code = Code::new("html-left-out", Severity::Warning, "HTML that was not shown is a comment now").explain(
    "Hugo leaves HTML out of Markdown unless its configuration says `markup.goldmark.renderer.unsafe = true`; Jekyll always shows \
     it. So that the page shows what it did, each piece is a comment now. Take the comment away from what is to be seen after all.",
).example("$ mkdir -p tea/content\n$ touch tea/hugo.toml\n$ echo 'Green <b>tea</b>.' > tea/content/green.md\n$ postferry migrate tea site");
