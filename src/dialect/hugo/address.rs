//! The address that Hugo gives a post, and how it is written down as `url`.

use std::borrow::Cow;

use crate::dialect::address::words;
use crate::dialect::{clock, slug};
use crate::meta::{LocalDateTime, Map, Value};

/// Where the contents of a site lie.
const CONTENT: &str = "content";

/// Whether the path says its place in the site.
pub(super) fn is_in_content(path: &str) -> bool {
    path.split('/').any(|part| part == CONTENT)
}

/// What an address is made by.
#[derive(Clone, Copy)]
pub(super) enum Template<'a> {
    /// The site's for its permalinks; the path alone if it has none.
    Site(Option<&'a str>),
    /// The post's own `url`, with tokens in it.
    Own(&'a str),
}

/// The address that Hugo gives the file at `path` with the canonical front matter `map`; `None` where the path does not
/// say its place in the site, or the template is beyond us.
pub(super) fn by_path(map: &Map, path: &str, template: Template<'_>, zone: Option<&str>) -> Option<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    let name = parts.pop()?;
    let content = parts.iter().position(|part| *part == CONTENT)?;
    let mut sections: Vec<String> = parts.split_off(content + 1).into_iter().map(of_file).collect();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (mut base, mut name) = (of_file(stem), of_token(stem));
    match stem {
        "_index" => return Some(joined(&sections, "")),
        // A page in a folder of its own has the folder's name.
        "index" => {
            base = sections.pop()?;
            name.clone_from(&base);
        }
        _ => {}
    }
    // Of a name with a language in it, `x.nl.md`, the site decides.
    if stem.rsplit_once('.').is_some_and(|(_, last)| is_language(last)) {
        return None;
    }
    let slug =
        map.get("slug").and_then(Value::as_str).map(|slug| slug.trim_matches('-')).filter(|slug| !slug.is_empty());
    let slug = slug.map(|slug| slug.split('/').map(clean).collect::<Vec<_>>().join("/"));
    let title = map.get("title").and_then(Value::as_str).unwrap_or_default();
    let facts = Facts { date: date(map, zone), title, slug: slug.as_deref(), base: &name, sections: &sections };
    match template {
        Template::Site(None) => Some(joined(&sections, slug.as_deref().unwrap_or(&base))),
        Template::Site(Some(template)) => {
            let filled = fill(template, &facts)?;
            Some(if filled.ends_with('/') { filled } else { filled + "/" })
        }
        Template::Own(url) => Some(with_end(fill(url, &facts)?)),
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

/// The part of an address that a folder or file makes, in lower case: its spaces become hyphens before all else.
pub(crate) fn of_file(part: &str) -> String {
    clean(&part.replace(' ', "-"))
}

/// The part of an address that a name makes, in lower case (`paths.Sanitize`): white space in between becomes a hyphen,
/// most punctuation goes.
fn clean(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let (mut is_gap, mut was_hyphen) = (false, false);
    for (at, c) in name.char_indices() {
        if is_kept(c, &name[at..]) {
            was_hyphen = c == '-';
            if std::mem::take(&mut is_gap) && !was_hyphen {
                out.push('-');
            }
            // Go lowers one letter to one letter.
            out.extend(c.to_lowercase().next());
        } else if !out.is_empty() && !was_hyphen && c.is_whitespace() {
            is_gap = true;
        }
    }
    out
}

/// Whether an address has `c`, with which `rest` begins, as it is.
fn is_kept(c: char, rest: &str) -> bool {
    match c {
        '.' | '_' | '#' | '+' | '~' | '-' | '@' | '\\' => true,
        '%' => rest.as_bytes().get(1..3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)),
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        c => slug::is_word(c),
    }
}

/// The part of an address that a token stands for: with a hyphen for plus signs (0.168).
fn of_token(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in clean(&name.replace('/', "-")).chars() {
        match c {
            '+' if out.ends_with('-') => {}
            '+' => out.push('-'),
            c => out.push(c),
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
        let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
        let is_part = |c: char| if is_number { c.is_ascii_digit() } else { c.is_ascii_lowercase() };
        let (word, after) = rest.split_at(rest.find(|c| !is_part(c)).unwrap_or(rest.len()));
        rest = after;
        if let Some((slice, behind)) = after.strip_prefix('[').and_then(|after| after.split_once(']')) {
            rest = behind;
            out.push_str(&sliced(word, slice, facts)?);
        } else if is_number {
            out.push_str(&by_layout(word, facts.date?)?);
        } else {
            out.push_str(&value(word, facts)?);
        }
    }
    out.push_str(rest);
    let slash = if out.starts_with('/') { "" } else { "/" };
    Some(format!("{slash}{out}").replace("//", "/"))
}

/// `:sections[1:]`, `:sections[last]`: some of the folders.
fn sliced(word: &str, slice: &str, facts: &Facts<'_>) -> Option<String> {
    if !matches!(word, "sections" | "sectionslugs") {
        return None;
    }
    let count = facts.sections.len();
    let index = |text: &str| match text {
        "last" => Some(count.saturating_sub(1)),
        number => number.parse::<usize>().ok(),
    };
    let (from, to) = match slice.split_once(':') {
        None => {
            let at = index(slice)?;
            (at, at + 1)
        }
        Some((from, to)) => {
            let from = if from.is_empty() { 0 } else { index(from)? };
            (from, if to.is_empty() { count } else { index(to)? })
        }
    };
    Some(facts.sections.get(from.min(count)..to.min(count)).unwrap_or_default().join("/"))
}

/// The numbers of Go's layouts for times: `:2006`, `:06`, `:01`, `:1`, `:02`, `:2`.
fn by_layout(word: &str, local: LocalDateTime) -> Option<String> {
    let (date, time) = (local.date, local.time);
    Some(match word {
        "2006" => format!("{:04}", date.year),
        "06" => format!("{:02}", date.year % 100),
        "01" => format!("{:02}", date.month),
        "1" => date.month.to_string(),
        "02" => format!("{:02}", date.day),
        "2" => date.day.to_string(),
        "15" => format!("{:02}", time.hour),
        "04" => format!("{:02}", time.minute),
        "05" => format!("{:02}", time.second),
        _ => return None,
    })
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
        "title" => of_token(facts.title),
        "slug" => facts.slug.map_or_else(|| of_token(facts.title).trim_matches('-').to_owned(), str::to_owned),
        "slugorfilename" | "slugorcontentbasename" => facts.slug.unwrap_or(facts.base).to_owned(),
        "filename" | "contentbasename" => facts.base.to_owned(),
        _ => return None,
    })
}

/// How `url` is written for Hugo to write the file of the canonical address; `None` if nothing makes it do so: it stops
/// at a `%` that no two hexadecimal digits follow, and at control characters (0.111 and 0.168).
pub(super) fn to_url(url: &str) -> Option<Cow<'_, str>> {
    if has_control(url) {
        return None;
    }
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

/// Whether Hugo stops at the address wherever it stands.
pub(super) fn has_control(url: &str) -> bool {
    url.bytes().any(|b| b.is_ascii_control())
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
    Some(with_end(out))
}

/// What has no extension is a folder.
fn with_end(mut url: String) -> String {
    let last = url.rsplit('/').next().unwrap_or_default();
    if !last.is_empty() && !last.contains('.') {
        url.push('/');
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meta::Date;

    #[test]
    fn paths_are_hugos() {
        let address = |path| by_path(&Map::new(), path, Template::Site(None), None);
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
        let address = |template| by_path(&map, "content/blog/x.md", Template::Site(Some(template)), None);
        assert_eq!(address("/:year/:month/:day/:contentbasename/").as_deref(), Some("/2019/05/01/x/"));
        assert_eq!(
            address(":section/:yearday/:monthname/:weekdayname/:slug").as_deref(),
            Some("/blog/121/may/wednesday/a-title/")
        );
        assert_eq!(address("/:sections[1:]/:slug/").as_deref(), Some("/a-title/"));
        assert_eq!(address("/:sections[last]/:06/:1-:02/").as_deref(), Some("/blog/19/5-01/"));
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
