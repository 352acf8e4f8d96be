//! `docs/keys.md`, made from the table in the code.

use std::fs;
use std::path::Path;

use postferry::dialect::{Cell, KEYS};

const BEFORE: &str = "\
# Keys, dates and addresses

What one generator's front matter means in another. A post on its way has *canonical* keys: a JSON post shows them, Jekyll and
Hugo call them as the table says. The table is made from the one in the code that both directions follow
(`POSTFERRY_UPDATE=1 cargo test --test keys docs` writes this page).

";

const BEHIND: &str = "
Every other key is the user's own and stays as it is, in its place. Where its name means something to the target that it did
not mean to the source, it stands under `params` there, which the report notes (`key-moved`), and comes back from it: `type` or
`sitemap` of a Jekyll post in Hugo, `excerpt` or `tag` of a Hugo post in Jekyll. What Hugo would stop at is never written: a
date that is none, a `url` or an alias on another site, `params` that is no map, a leap second.

## Dates

- A time with an offset, in any of the spellings that Jekyll reads, is the same instant everywhere.
- A time without one is UTC to Jekyll where YAML takes it for a time, and in the site's zone where it is text, in quotes or
  without seconds. `--timezone` names the site's zone; UTC is taken without it, and the report says so (`date-without-zone`).
- What only Jekyll reads is read as Jekyll does: `01/05/2019` is the first of May (`date-day-first`), `20190501` and `May 2019` are
  dates, a leap second is the second behind it.
- A day alone is a day. Once the site's zone is known, it is midnight there.
- A post without a `date` has the day of its file name. For Hugo it is written as `2019-05-01T00:00:00`, with no zone, so that it
  can be told from a day that somebody wrote down: back in Jekyll it goes again.
- A Hugo post without a `date` has its `publishDate`, else its `lastmod`, for one, as in Hugo.

## Addresses

A post carries its old address, and the target says it. An address is the file that is written: Jekyll's `/a` is `a.html`, and
`url = '/a.html'` makes Hugo write exactly that.

- A Jekyll post that names no `permalink` has the one that the site's style gives it: `date` (the default), `pretty`, `ordinal`,
  `weekdate`, `none`, or a template. `--permalink` names the site's. Without it the default is taken, and the report says so
  (`address-assumed`). Placeholders in a post's own `permalink` are filled in.
- A Hugo post in a folder `content` has the one of its path and slug, or the one that the site's permalinks give it
  (`--permalink /:year/:month/:slug/`; the tokens of Hugo 0.168, and of 0.111 but for `[last]` of a single folder and a slash
  in a title). Tokens in a post's own `url` are filled in. Two things only the site knows: `:sections` takes every folder for a
  section, as if it had its `_index.md`, and a name such as `x.nl.md` gets no address, for `nl` may be a language.
- Where the target finds the same address by itself, nothing is written; so what came from the path goes back to it.
- `url` is decoded, keeps its letter case, and has `\\:` for a colon that Hugo 0.131 and later would take for a token;
  older ones take the backslash for a part of the address.
- A percent sign with no code behind it is in no address that Hugo writes: such an address becomes an alias (`url-impossible`).

## File names

A Jekyll post `_posts/2019-05-01-mali.html` is `2019-05-01-mali.md` for Hugo. The date stays in the name: the address does not lean
on it, two posts of one name on two days need two files, files sort by date as before, and the way back needs it. The folders
`_posts` and `_drafts` go; folders above them are categories.

## Summaries

The first `excerpt_separator` in the body is `<!--more-->` in Hugo, and what stands behind it is the same. `excerpt` is `summary`; where
a post has both that and a mark, Jekyll takes the key and Hugo the mark, so the mark is written `<!-- more -->` for Hugo, which
leaves it alone. For Jekyll the report names the setting that a mark needs (`jekyll-config`).

## The original spelling: `+trace`

`-t hugo+trace` notes behind each line how the source spelt what the target spells otherwise; the way back then has the same
bytes:

```toml
categories = ['nieuws'] # jekyll: category: nieuws
```

Line ends in a note are `\\n`, a backslash is `\\\\`; a number behind the format's name is the place among the entries where that is
another. A note is believed only as far as it says what the entry says: change the value, and its note is void. A JSON post keeps
spellings under `source.spelling`.

## Single keys: `--map FILE`

A TOML file says what to do with single keys at top level:

```toml
drop = [\"status\", \"meta\"]        # leave out
params = [\"subtitle\"]            # move under `params`

[rename]
thumbnail = \"image\"

[default]                        # for posts that have none
layout = \"post\"

[split]                          # text to a list
tags = \",\"

[join]                           # a list to text
keywords = \", \"
```

`drop`, `rename`, `split` and `default` are done, in this order, to the post as it was written: a key renamed to `category` is a
category. `join` and `params` are done to the post as it will be written, under the target's names. A new name is kept even where
the target reserves it. Tables `[tags]` and `[site]` say what stands for which template tag ([tags](tags.md)). From the library: `MapFile` and
`Converter::map_file`, or `KeyMap` and `Converter::key_map`.
";

fn page() -> String {
    let mut out = BEFORE.to_owned();
    out.push_str("| canonical | value | Jekyll | Hugo | what comes back |\n|---|---|---|---|---|\n");
    for row in KEYS {
        out.push_str(&format!(
            "| `{}` | {} | {} | {} | {} |\n",
            row.canonical,
            row.kind.name(),
            cell(row.jekyll),
            cell(row.hugo),
            if row.back.is_empty() { "the same" } else { row.back }
        ));
    }
    out.push_str(BEHIND);
    out
}

fn cell(cell: Cell) -> String {
    let names: Vec<String> = cell.names().iter().map(|name| format!("`{name}`")).collect();
    let names = names.join(", ");
    match cell {
        Cell::Rule(_, rule) => format!("{names}; {rule}"),
        Cell::Themes(_) => format!("{names}, as the source has it"),
        _ => names,
    }
}

#[test]
fn the_page_is_made_from_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    if std::env::var_os("POSTFERRY_UPDATE").is_some() {
        fs::write(&path, page()).unwrap();
    }
    let stands = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(stands == page(), "docs/keys.md is stale: POSTFERRY_UPDATE=1 cargo test --test keys docs");
}
