//! The address that Jekyll 4.3 gives a post (`url.rb`, `drops/url_drop.rb`, `document.rb`).

use std::fmt::Write as _;

pub(crate) use crate::dialect::address::extension;
use crate::dialect::address::{self, words};
use crate::dialect::file_name::DatedName;
use crate::dialect::slug::{Case, Mode, slugify};
use crate::dialect::{clock, file_name};
use crate::format::Role;
use crate::meta::{LocalDateTime, Map, Value};

/// What a site has if its configuration does not say: the style `date`.
const DEFAULT: &str = "/:categories/:year/:month/:day/:title:output_ext";

/// The template that a style is short for. In front matter the names of styles mean nothing.
fn style(name: &str) -> &str {
    match name {
        "none" => "/:categories/:title:output_ext",
        "date" => DEFAULT,
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        template => template,
    }
}

/// What is known of a post, or of a collection's document, that has an address.
pub(super) struct Facts<'a> {
    pub(super) path: &'a str,
    /// What its file name says.
    pub(super) name: Option<DatedName<'a>>,
    /// In the site's zone.
    pub(super) date: Option<LocalDateTime>,
    pub(super) slug: Option<&'a str>,
    pub(super) categories: Vec<&'a str>,
    pub(super) collection: &'a str,
}

impl<'a> Facts<'a> {
    /// What `map`, canonical, and `path`, of this file name, say; `None` if a post has no date.
    pub(super) fn of(
        map: &'a Map,
        path: &'a str,
        name: Option<DatedName<'a>>,
        zone: Option<&str>,
        role: Option<&'a Role>,
    ) -> Option<Self> {
        let date = match map.get("date") {
            Some(Value::Date(date)) => Some(clock::midnight(*date)),
            Some(Value::LocalDateTime(local)) => Some(*local),
            Some(Value::OffsetDateTime(instant)) => Some(clock::local_in(*instant, zone)),
            Some(_) => None,
            None => name.map(|name| clock::midnight(name.date)),
        };
        let collection = match role {
            Some(Role::Document(collection)) => collection.as_str(),
            // A document may do without a date, for its template may.
            _ if date.is_none() => return None,
            _ => "posts",
        };
        let categories = map.get("categories").and_then(Value::as_list).unwrap_or_default();
        Some(Facts {
            path,
            name,
            date,
            slug: map.get("slug").and_then(Value::as_str),
            categories: categories.iter().filter_map(Value::as_str).collect(),
            collection,
        })
    }

    /// The path below the collection's folder, without the extension, as `:path` shows it (`cleaned_relative_path`).
    fn path_in_collection(&self) -> &'a str {
        let end = self.path.len() - address::extension(self.path).len();
        let bare = self.path.get(..end).unwrap_or(self.path);
        let folder = format!("_{}/", self.collection);
        let start = match bare.find(&folder) {
            Some(at) if at == 0 || bare[..at].ends_with('/') => at + folder.len(),
            _ => 0,
        };
        bare.get(start..).unwrap_or(bare).trim_end_matches('.')
    }
}

/// The address of the page at `path` in the site, by its own `permalink` or else by the site's template for pages
/// (`page.rb`). What the template does not name stays in it.
pub(crate) fn of_page(path: &str, permalink: Option<&str>, template: &str, output_extension: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let folder = path.strip_suffix(name).unwrap_or_default().trim_end_matches('/');
    let base = name.strip_suffix(address::extension(name)).unwrap_or(name).trim_end_matches('.');
    let own = permalink
        .map(address::extension)
        .filter(|own| !own.is_empty() && permalink.is_some_and(|permalink| !permalink.ends_with('/')));
    let extension = own.unwrap_or(output_extension);
    let is_html = matches!(extension, ".html" | ".htm" | ".xhtml");
    let template = if is_html && base == "index" { "/:path/" } else { template };
    let mut url = permalink.unwrap_or(template).to_owned();
    for (word, value) in [(":path", folder), (":basename", base), (":output_ext", extension)] {
        if url.contains(word) {
            url = url.replace(word, &value.replace('%', "%25"));
        }
    }
    let address = file(&url, extension);
    // What a folder shows by itself is `index.html`.
    if address.ends_with('/') && extension != ".html" { format!("{address}index{extension}") } else { address }
}

/// What Jekyll puts behind a template for pages and documents so that it goes with the site's style
/// (`Utils.add_permalink_suffix`).
pub(crate) fn with_suffix(template: &str, site: &str) -> String {
    let suffix = match site {
        "pretty" => "/",
        "date" | "ordinal" | "none" => ":output_ext",
        style if style.ends_with('/') => "/",
        style if style.ends_with(":output_ext") => ":output_ext",
        _ => "",
    };
    format!("{template}{suffix}")
}

/// The address by the site's style or template; `None` if the template has a placeholder that Jekyll does not know, with
/// which it builds no site.
pub(super) fn by_style(facts: &Facts<'_>, site: Option<&str>) -> Option<String> {
    let template = match (site, facts.collection) {
        (None, "posts") => DEFAULT,
        (None, _) => "/:collection/:path:output_ext",
        (Some(name), "posts") => style(name),
        (Some(template), _) => template,
    };
    let extension = output_extension(facts.path);
    Some(file(&fill(template, Some(facts), extension)?, extension))
}

/// Whether `url` can be an address by the site's style: it ends as the template does, in a slash or in an extension.
pub(super) fn can_be_by_style(url: &str, site: Option<&str>) -> bool {
    !(url.ends_with('/') && site.map_or(DEFAULT, style).ends_with(":output_ext"))
}

/// The address by a post's own `permalink`; `None` if it has placeholders and they cannot be filled in.
pub(super) fn by_permalink(permalink: &str, facts: Option<&Facts<'_>>) -> Option<String> {
    // The extension of the permalink, if it has one, takes the place of the output's.
    let extension = match address::extension(permalink) {
        extension if permalink.ends_with('/') || extension.is_empty() => {
            facts.map_or(".html", |facts| output_extension(facts.path))
        }
        extension => extension,
    };
    Some(file(&fill(permalink, facts, extension)?, extension))
}

/// The extension of what is made of the file: Markdown becomes HTML, all else is as it was.
fn output_extension(path: &str) -> &str {
    const MARKDOWN: [&str; 5] = [".markdown", ".mkdown", ".mkdn", ".mkd", ".md"];
    match address::extension(path) {
        "" => ".html",
        extension if MARKDOWN.iter().any(|known| known.eq_ignore_ascii_case(extension)) => ".html",
        extension => extension,
    }
}

/// The permalink with which Jekyll writes the file of the canonical address `url`.
pub(crate) fn to_permalink(url: &str) -> String {
    // Jekyll decodes what it is given, takes `:word` for a placeholder, and takes dots and slashes on end out.
    let is_plain = |two: &[u8]| !matches!(two, [b'%', _] | [b':', b'a'..=b'z' | b'_'] | [b'.', b'.' | b'/']);
    if url.as_bytes().windows(2).all(is_plain) {
        return url.to_owned();
    }
    let mut out = String::with_capacity(url.len());
    let mut rest = url.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map(|&(_, next)| next);
        match (c, next) {
            ('%', _) if is_code(&url[at..]) => out.push_str("%25"),
            (':', Some('a'..='z' | '_')) => out.push_str("%3A"),
            ('.', Some('.' | '/')) => out.push_str("%2E"),
            (c, _) => out.push(c),
        }
    }
    out
}

/// Whether the text begins with `%41` or the like.
fn is_code(text: &str) -> bool {
    text.as_bytes().get(1..3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
}

/// Puts values for `:words`. In values `%` is escaped, since the whole is decoded in the end.
fn fill(template: &str, facts: Option<&Facts<'_>>, extension: &str) -> Option<String> {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(colon) = rest.find(':') {
        out.push_str(&rest[..colon]);
        rest = &rest[colon + 1..];
        let end = rest.bytes().position(|b| !b.is_ascii_lowercase() && b != b'_').unwrap_or(rest.len());
        if end == 0 {
            out.push(':');
            continue;
        }
        let (word, after) = rest.split_at(end);
        // `/:month_:day`: the last underscore may be none of the word's.
        let start = out.len();
        if push_value(word, facts?, extension, &mut out).is_none() {
            push_value(word.strip_suffix('_')?, facts?, extension, &mut out)?;
            out.push('_');
        }
        if out.as_bytes()[start..].contains(&b'%') {
            let escaped = out[start..].replace('%', "%25");
            out.truncate(start);
            out.push_str(&escaped);
        }
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// Writes what a word stands for; `None`, and nothing written, if Jekyll does not know it.
fn push_value(word: &str, facts: &Facts<'_>, extension: &str, out: &mut String) -> Option<()> {
    let date = || facts.date.map(|local| local.date);
    let time = || facts.date.map(|local| local.time);
    let stem = || file_name::stem(facts.path);
    let file_slug = || facts.name.map_or_else(|| file_name::slug(facts.path), |name| name.slug);
    let slug = || facts.slug.unwrap_or_else(file_slug);
    let weekday = || usize::try_from(clock::calendar(date()?)?.weekday().to_monday_zero_offset()).ok();
    let week = || Some(clock::calendar(date()?)?.iso_week_date());
    let month_name = || words::MONTHS.get(usize::from(date()?.month).checked_sub(1)?).copied();
    let day_name = || words::WEEKDAYS.get(weekday()?).copied();
    // Writing to a string does not fail.
    let _ = match word {
        "year" => padded(out, date()?.year, 4),
        "short_year" => padded(out, date()?.year % 100, 2),
        "month" => padded(out, date()?.month.into(), 2),
        "i_month" => write!(out, "{}", date()?.month),
        "short_month" => out.write_str(&month_name()?[..3]),
        "long_month" => out.write_str(month_name()?),
        "day" => padded(out, date()?.day.into(), 2),
        "i_day" => write!(out, "{}", date()?.day),
        "y_day" => write!(out, "{:03}", clock::calendar(date()?)?.day_of_year()),
        "w_year" => write!(out, "{:04}", week()?.year()),
        "week" => write!(out, "{:02}", week()?.week()),
        "w_day" => write!(out, "{}", weekday()? + 1),
        "short_day" => out.write_str(&day_name()?[..3]),
        "long_day" => out.write_str(day_name()?),
        "hour" => padded(out, time()?.hour.into(), 2),
        "minute" => padded(out, time()?.minute.into(), 2),
        "second" => padded(out, time()?.second.into(), 2),
        "title" => out.write_str(&slugify(slug(), Mode::Pretty, Case::Kept)),
        "slug" => out.write_str(&slugify(slug(), Mode::Default, Case::Lower)),
        "name" => out.write_str(&slugify(stem(), Mode::Default, Case::Lower)),
        "categories" if facts.categories.is_empty() => Ok(()),
        "categories" => {
            let lower = |name: &&str| match name.is_ascii() {
                true => name.to_ascii_lowercase(),
                false => name.chars().flat_map(char::to_lowercase).collect(),
            };
            out.write_str(&unique(facts.categories.iter().map(lower)))
        }
        "slugified_categories" => {
            out.write_str(&unique(facts.categories.iter().map(|name| slugify(name, Mode::Default, Case::Lower))))
        }
        "output_ext" => out.write_str(extension),
        "collection" => out.write_str(facts.collection),
        "path" => write!(out, "/{}", facts.path_in_collection()),
        _ => return None,
    };
    Some(())
}

/// Writes a number of at least so many digits.
fn padded(out: &mut String, number: u16, digits: u32) -> std::fmt::Result {
    if number >= 10_u16.pow(digits) {
        return write!(out, "{number}");
    }
    for place in (0..digits).rev() {
        out.push(char::from_digit(u32::from(number / 10_u16.pow(place) % 10), 10).unwrap_or('0'));
    }
    Ok(())
}

fn unique(names: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all.join("/")
}

/// The file that is written for an address (`URL.sanitize_url`, `Document#destination`).
fn file(url: &str, extension: &str) -> String {
    let is_plain = |two: &[u8]| !matches!(two, [b'/', b'/'] | [b'.', b'.' | b'/']);
    let mut path = match url.as_bytes().windows(2).all(is_plain) {
        true if url.starts_with('/') => url.to_owned(),
        true => format!("/{url}"),
        false if url.contains("..") || url.contains("./") => {
            squeezed(&format!("/{url}").replace("..", "/").replace("./", ""))
        }
        false => squeezed(url),
    };
    let is_folder = path.ends_with('/');
    if path.contains('%') {
        path = address::decode(&path);
        while path.contains("//") {
            path = path.replace("//", "/");
        }
    }
    if !is_folder && !path.ends_with(extension) {
        path.push_str(extension);
    }
    path
}

/// With a slash before it, and one where there are several.
fn squeezed(url: &str) -> String {
    let mut out = String::with_capacity(url.len() + 8);
    if !url.starts_with('/') {
        out.push('/');
    }
    let mut from = 0;
    for (at, two) in url.as_bytes().windows(2).enumerate() {
        if two == b"//" {
            out.push_str(&url[from..at]);
            from = at + 1;
        }
    }
    out.push_str(&url[from..]);
    if out.is_empty() {
        out.push('/');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(permalink: &str) -> Option<String> {
        by_permalink(permalink, None)
    }

    #[test]
    fn an_address_is_the_file_that_is_written() {
        assert_eq!(own("/some/bare").as_deref(), Some("/some/bare.html"));
        assert_eq!(own("/some/where/").as_deref(), Some("/some/where/"));
        assert_eq!(own("relative/path/").as_deref(), Some("/relative/path/"));
        assert_eq!(own("/feed.xml").as_deref(), Some("/feed.xml"));
        assert_eq!(own("/a/../b/./c//d/").as_deref(), Some("/a/b/c/d/"));
        assert_eq!(own("/a%20b/%C3%A9/").as_deref(), Some("/a b/é/"));
        assert_eq!(own("").as_deref(), Some("/"));
        assert_eq!(own("/:year/"), None);
        assert_eq!(own("/10:30/"), Some("/10:30/".to_owned()));
    }

    #[test]
    fn every_address_has_a_permalink() {
        for url in [
            "/a b/é/",
            "/x.html",
            "/50%25/",
            "/50%/",
            "/a:b/c.html",
            "/v1../x/",
            "/a./b.html",
            "/%41.html",
            "/%e6%97%a5/",
        ] {
            assert_eq!(own(&to_permalink(url)).as_deref(), Some(url));
        }
    }
}
