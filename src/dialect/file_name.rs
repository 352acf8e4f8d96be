//! What the path of a post says in Jekyll: its date, its slug, its categories, and whether it is a draft.

use crate::meta::Date;

/// A file name that begins with a date (Jekyll 4.3, `Document::DATE_FILENAME_MATCHER`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DatedName<'a> {
    pub(super) date: Date,
    /// What follows, without the extension and the dots before it; often empty.
    pub(super) slug: &'a str,
}

/// The date and slug in the file name of `path`; `None` if it names no day of the calendar or has no extension.
pub(super) fn dated(path: &str) -> Option<DatedName<'_>> {
    let (stem, _) = name(path).rsplit_once('.')?;
    let (date, slug) = split_date(stem)?;
    Some(DatedName { date, slug: slug.trim_end_matches('.') })
}

/// The slug in the file name of `path`, whether a date stands before it or not.
pub(super) fn slug(path: &str) -> &str {
    if let Some(dated) = dated(path) {
        return dated.slug;
    }
    stem(path).trim_end_matches('.')
}

/// The file name without its extension.
pub(super) fn stem(path: &str) -> &str {
    let name = name(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

fn name(path: &str) -> &str {
    path.rfind('/').map_or(path, |slash| &path[slash + 1..])
}

/// Years may have two digits; Ruby reads 69 to 99 as 1969 to 1999.
pub(super) fn split_date(name: &str) -> Option<(Date, &str)> {
    let (year, after_year) = number(name.as_bytes(), 2, 4)?;
    let (month, after_month) = number(after_year, 1, 2)?;
    let (day, rest) = number(after_month, 1, 2)?;
    let year = match (year, name.len() - after_year.len()) {
        (short, 3) if short >= 69 => 1900 + short,
        (short, 3) => 2000 + short,
        (year, _) => year,
    };
    let date = Date::new(year, month.try_into().ok()?, day.try_into().ok()?)?;
    Some((date, &name[name.len() - rest.len()..]))
}

/// The number of so many digits that a hyphen ends, and what stands behind it.
fn number(text: &[u8], least: usize, most: usize) -> Option<(u16, &[u8])> {
    let mut number = 0;
    for (at, &byte) in text.iter().take(most + 1).enumerate() {
        match byte {
            b'0'..=b'9' if at < most => number = number * 10 + u16::from(byte - b'0'),
            b'-' if at >= least => return Some((number, &text[at + 1..])),
            _ => return None,
        }
    }
    None
}

/// Whether the post lies in a folder `_drafts`.
pub(super) fn is_draft(path: &str) -> bool {
    folders(path).any(|folder| folder == "_drafts") && !folders(path).any(|folder| folder == "_posts")
}

/// The folders above `_posts` or `_drafts`: a post's first categories. None if the path is not one in the site: where
/// it begins at the root of the file system, or climbs out, nobody knows which folders are the site's.
pub(super) fn categories(path: &str) -> Vec<&str> {
    let Some(special @ 1..) = folders(path).position(|folder| matches!(folder, "_posts" | "_drafts")) else {
        return Vec::new();
    };
    if path.starts_with('/') || folders(path).any(|folder| folder == ".." || folder.ends_with(':')) {
        return Vec::new();
    }
    let above = folders(path).take(special).filter(|folder| !matches!(*folder, "" | "."));
    above.fold(Vec::new(), |mut unique, folder| {
        if !unique.contains(&folder) {
            unique.push(folder);
        }
        unique
    })
}

fn folders(path: &str) -> impl Iterator<Item = &str> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.split('/').filter(|_| !folder.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_slugs() {
        let parts = |path| dated(path).map(|name| (name.date.to_string(), name.slug));
        assert_eq!(parts("_posts/2019-5-1-a.b.html"), Some(("2019-05-01".to_owned(), "a.b")));
        assert_eq!(parts("99-12-31-x.md"), Some(("1999-12-31".to_owned(), "x")));
        assert_eq!(parts("2019-05-02-.html"), Some(("2019-05-02".to_owned(), "")));
        assert_eq!(parts("2019-05-03-dots....html"), Some(("2019-05-03".to_owned(), "dots")));
        assert_eq!(parts("2019-13-03-x.html"), None);
        assert_eq!(parts("2019-12-03.html"), None);
        assert_eq!(parts("2019-12-03-x"), None);
        assert_eq!(slug("a/hello.html"), "hello");
    }

    #[test]
    fn folders_above_posts_are_categories() {
        assert_eq!(categories("a/b/_posts/c/2019-05-01-x.md"), ["a", "b"]);
        assert_eq!(categories("./a/_drafts/x.md"), ["a"]);
        assert!(categories("_posts/x.md").is_empty());
        assert!(categories("/home/me/site/_posts/x.md").is_empty());
        assert!(categories("../site/_posts/x.md").is_empty());
        assert!(categories("a/b/x.md").is_empty());
        assert!(is_draft("a/_drafts/x.md") && !is_draft("_posts/_drafts/x.md") && !is_draft("_drafts"));
    }
}
