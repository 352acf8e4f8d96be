//! Codes about whole sites.

use crate::diag::{Code, Severity};

/// Every code of this file.
pub(super) const ALL: &[&Code] =
    &[&ADDRESS_TWICE, &ALIAS_TWICE, &NAME_NOT_PORTABLE, &INCLUDE_STUB, &TARGET_TAKEN, &SITE_UNKNOWN];

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
        "A Jekyll site has a `_config.yml` or a folder `_posts` at its root. So far sites go from Jekyll to Hugo; single posts go \
         in every direction with `postferry convert`.",
    ).example("$ mkdir photos\n$ postferry migrate photos site");
