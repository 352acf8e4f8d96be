//! The address that Hugo gives a post, and how it is written down as `url`.

use std::borrow::Cow;

use crate::dialect::address::words;
use crate::dialect::clock;
use crate::meta::{LocalDateTime, Map, Value};

/// Where the contents of a site lie.
const CONTENT: &str = "content";

/// Whether the path says its place in the site.
pub(super) fn is_in_content(path: &str) -> bool {
    path.split('/').any(|part| part == CONTENT)
}

/// The address that Hugo gives the file at `path` with the canonical front matter `map`, by the site's template for
/// permalinks or by its default; `None` where the path does not say its place in the site, or the template is beyond us.
pub(super) fn by_path(map: &Map, path: &str, template: Option<&str>, zone: Option<&str>) -> Option<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    let name = parts.pop()?;
    let content = parts.iter().position(|part| *part == CONTENT)?;
    let mut sections: Vec<String> = parts.split_off(content + 1).into_iter().map(clean).collect();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut base = clean(stem);
    match stem {
        "_index" => return Some(joined(&sections, "")),
        // A page in a folder of its own has the folder's name.
        "index" => base = sections.pop()?,
        _ => {}
    }
    // Of a name with a language in it, `x.nl.md`, the site decides.
    if stem.rsplit_once('.').is_some_and(|(_, last)| is_language(last)) {
        return None;
    }
    let slug =
        map.get("slug").and_then(Value::as_str).map(|slug| slug.trim_matches('-')).filter(|slug| !slug.is_empty());
    match template {
        None => Some(joined(&sections, slug.map(clean).as_deref().unwrap_or(&base))),
        Some(template) => {
            let title = map.get("title").and_then(Value::as_str).unwrap_or_default();
            fill(template, &Facts { date: date(map, zone), title, slug, base: &base, sections: &sections })
        }
    }
}

/// `nl`, `fil`, `pt-br`.
fn is_language(word: &str) -> bool {
    let (language, region) = word.split_once('-').unwrap_or((word, "xx"));
    let letters = |part: &str, length: std::ops::RangeInclusive<usize>| {
        length.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
    };
    letters(language, 2..=3) && (letters(region, 2..=4))
}

fn joined(sections: &[String], last: &str) -> String {
    let mut out = String::from("/");
    for part in sections.iter().map(String::as_str).chain([last]).filter(|part| !part.is_empty()) {
        out.push_str(part);
        out.push('/');
    }
    out
}

/// A part of a path as Hugo makes it one of an address: in lower case, spaces as hyphens, most punctuation gone.
pub(crate) fn clean(part: &str) -> String {
    let kept = |c: char| c.is_alphanumeric() || !c.is_ascii() || "._-#+~%".contains(c);
    let mut out = String::with_capacity(part.len());
    for c in part.trim().chars() {
        match c {
            ' ' if out.ends_with('-') => {}
            ' ' => out.push('-'),
            c if kept(c) => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

fn date(map: &Map, zone: Option<&str>) -> Option<LocalDateTime> {
    Some(match map.get("date")? {
        Value::Date(date) => clock::midnight(*date),
        Value::LocalDateTime(local) => *local,
        // Hugo shows a time in the zone that it was written in.
        Value::OffsetDateTime(instant) if zone.is_none() => instant.local,
        Value::OffsetDateTime(instant) => clock::local_in(*instant, zone),
        _ => return None,
    })
}

/// What a template for permalinks may ask for.
struct Facts<'a> {
    date: Option<LocalDateTime>,
    title: &'a str,
    slug: Option<&'a str>,
    base: &'a str,
    sections: &'a [String],
}

fn fill(template: &str, facts: &Facts<'_>) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some(colon) = rest.find(':') {
        out.push_str(&rest[..colon]);
        rest = &rest[colon + 1..];
        let end = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        // `:sections[1:]` and the like.
        if after.starts_with('[') {
            return None;
        }
        out.push_str(&value(word, facts)?);
        rest = after;
    }
    out.push_str(rest);
    let slash = if out.starts_with('/') { "" } else { "/" };
    let end = if out.ends_with('/') || out.ends_with(".html") { "" } else { "/" };
    Some(format!("{slash}{out}{end}").replace("//", "/"))
}

fn value(word: &str, facts: &Facts<'_>) -> Option<String> {
    let date = || facts.date.map(|local| local.date);
    let day = || clock::calendar(date()?);
    Some(match word {
        "year" => format!("{:04}", date()?.year),
        "month" => format!("{:02}", date()?.month),
        "monthname" => words::MONTHS.get(usize::from(date()?.month).checked_sub(1)?)?.to_lowercase(),
        "day" => format!("{:02}", date()?.day),
        "weekday" => day()?.weekday().to_sunday_zero_offset().to_string(),
        "weekdayname" => {
            words::WEEKDAYS.get(usize::try_from(day()?.weekday().to_monday_zero_offset()).ok()?)?.to_lowercase()
        }
        "yearday" => day()?.day_of_year().to_string(),
        "section" | "sectionslug" => facts.sections.first().cloned().unwrap_or_default(),
        "sections" | "sectionslugs" => facts.sections.join("/"),
        "title" => clean(facts.title),
        "slug" if facts.slug.is_none() => clean(facts.title),
        "slug" | "slugorfilename" | "slugorcontentbasename" => facts.slug.map_or_else(|| facts.base.to_owned(), clean),
        "filename" | "contentbasename" => facts.base.to_owned(),
        _ => return None,
    })
}

/// How `url` is written for Hugo to write the file of the canonical address; `None` if nothing makes it do so: it stops
/// at a `%` that no two hexadecimal digits follow (0.111 and 0.168).
pub(super) fn to_url(url: &str) -> Option<Cow<'_, str>> {
    if !url.contains(['%', ':']) {
        return Some(Cow::Borrowed(url));
    }
    let mut out = String::with_capacity(url.len() + 4);
    for (at, c) in url.char_indices() {
        let after = url.as_bytes().get(at + 1..).unwrap_or_default();
        match c {
            '%' if !after.get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)) => return None,
            // Since 0.131 a colon and a word are a token of permalinks.
            ':' if after.first().is_some_and(u8::is_ascii_alphanumeric) => out.push_str("\\:"),
            c => out.push(c),
        }
    }
    Some(Cow::Owned(out))
}

/// The canonical address of a `url` as Hugo reads it; `None` if it has tokens.
pub(super) fn from_url(url: &str) -> Option<String> {
    let mut out = String::from(if url.starts_with('/') { "" } else { "/" });
    let mut chars = url.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(':')) => out.extend(chars.next()),
            (':', Some(next)) if next.is_ascii_alphanumeric() => return None,
            _ => out.push(c),
        }
    }
    // What has no extension is a folder.
    let last = out.rsplit('/').next().unwrap_or_default();
    if !last.is_empty() && !last.contains('.') {
        out.push('/');
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meta::Date;

    #[test]
    fn paths_are_hugos() {
        let address = |path| by_path(&Map::new(), path, None, None);
        assert_eq!(address("content/posts/Hello World.md").as_deref(), Some("/posts/hello-world/"));
        assert_eq!(address("content/posts/it's a+b&c.md").as_deref(), Some("/posts/its-a+bc/"));
        assert_eq!(address("site/content/blog/x/index.md").as_deref(), Some("/blog/x/"));
        assert_eq!(address("content/blog/_index.md").as_deref(), Some("/blog/"));
        assert_eq!(address("content/_index.md").as_deref(), Some("/"));
        assert_eq!(address("content/x.nl.md"), None);
        assert_eq!(address("posts/x.md"), None);
    }

    #[test]
    fn tokens_of_permalinks() {
        let mut map = Map::new();
        map.insert("date", Date::new(2019, 5, 1).unwrap());
        map.insert("title", "A Title");
        let address = |template| by_path(&map, "content/blog/x.md", Some(template), None);
        assert_eq!(address("/:year/:month/:day/:contentbasename/").as_deref(), Some("/2019/05/01/x/"));
        assert_eq!(
            address(":section/:yearday/:monthname/:weekdayname/:slug").as_deref(),
            Some("/blog/121/may/wednesday/a-title/")
        );
        assert_eq!(address("/:sections[1:]/:slug/"), None);
        assert_eq!(address("/:unknown/"), None);
    }

    #[test]
    fn url_is_decoded_and_escapes_colons() {
        assert_eq!(to_url("/a b/é.html").as_deref(), Some("/a b/é.html"));
        assert_eq!(to_url("/a:b/:/").as_deref(), Some("/a\\:b/:/"));
        assert_eq!(from_url("/a\\:b/:/").as_deref(), Some("/a:b/:/"));
        assert_eq!(to_url("/50%/"), None);
        assert_eq!(from_url("nolead").as_deref(), Some("/nolead/"));
        assert_eq!(from_url("/:year/x/"), None);
        assert_eq!(from_url("/x.html").as_deref(), Some("/x.html"));
    }
}
