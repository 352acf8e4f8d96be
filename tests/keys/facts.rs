//! What a post is to its readers: the facts that must arrive.

use postferry::Post;
use postferry::meta::{Date, LocalDateTime, Value};
use serde_json::{Value as Json, json};

/// Title, instant, address and so on, whoever says them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Facts {
    pub(crate) title: String,
    /// Seconds since 1970; `None` where there is no date.
    pub(crate) date: Option<i64>,
    pub(crate) hidden: bool,
    /// The file that is written, `/` for `/index.html`.
    pub(crate) file: String,
    pub(crate) categories: Vec<String>,
    pub(crate) tags: Vec<String>,
    /// The excerpt's words, where the post says what its excerpt is.
    pub(crate) excerpt: Option<String>,
}

impl Facts {
    /// Of a line that `dump.rb` wrote.
    pub(crate) fn of_jekyll(line: &Json, has_excerpt: bool) -> Self {
        let mut categories = texts(&line["categories"]);
        let mut unique = Vec::new();
        // Jekyll has a category that is no text twice, as itself and as text.
        categories.retain(|name| {
            let is_new = !unique.contains(name);
            unique.push(name.clone());
            is_new
        });
        Facts {
            title: text(&line["title"]),
            date: line["date"].as_i64(),
            hidden: line["hidden"].as_bool().unwrap(),
            file: folder(line["file"].as_str().unwrap()),
            categories,
            tags: texts(&line["tags"]),
            excerpt: has_excerpt.then(|| words(&text(&line["excerpt"]))),
        }
    }

    /// Of a canonical post; its excerpt only where it is a key.
    pub(crate) fn of_post(post: &Post) -> Self {
        let list = |key: &str| match post.meta.get(key) {
            Some(Value::List(items)) => items.iter().map(|item| item.as_str().unwrap_or("?").to_owned()).collect(),
            _ => Vec::new(),
        };
        Facts {
            title: post.meta.get_str("title").unwrap_or_default().to_owned(),
            date: post.meta.get("date").and_then(instant),
            hidden: post.meta.get("draft") == Some(&Value::Bool(true)),
            file: folder(post.meta.get_str("url").unwrap_or_default()),
            categories: list("categories"),
            tags: list("tags"),
            excerpt: post.meta.get_str("summary").map(words),
        }
    }

    /// Of what our bare Hugo layout wrote.
    pub(crate) fn of_hugo(page: &Json, file: &str, has_excerpt: bool) -> Self {
        Facts {
            title: text(&page["title"]),
            date: page["date"].as_i64(),
            hidden: page["draft"].as_bool().unwrap(),
            file: folder(file),
            categories: texts(&page["categories"]),
            tags: texts(&page["tags"]),
            excerpt: has_excerpt.then(|| words(&text(&page["summary"]))),
        }
    }

    pub(crate) fn json(&self) -> Json {
        json!({
            "title": self.title, "date": self.date, "hidden": self.hidden, "file": self.file,
            "categories": self.categories, "tags": self.tags, "excerpt": self.excerpt,
        })
    }
}

fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn texts(value: &Json) -> Vec<String> {
    value.as_array().map(|items| items.iter().map(text).collect()).unwrap_or_default()
}

fn folder(file: &str) -> String {
    match file.strip_suffix("index.html") {
        Some(folder) if folder.ends_with('/') => folder.to_owned(),
        _ => file.to_owned(),
    }
}

/// The words of a piece of HTML: tags out, white space as one space.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let (tag, behind) = rest[open..].split_once('>').unwrap_or_default();
        if tag.trim_start_matches(['<', '/']).starts_with(['p', 'd', 'h', 'l', 'u']) {
            text.push(' ');
        }
        rest = behind;
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("&rsquo;", "’").replace("&#39;", "'")
}

/// Seconds since 1970, a time without a zone taken for UTC.
pub(crate) fn instant(value: &Value) -> Option<i64> {
    match value {
        Value::Date(date) => Some(days(*date) * 86_400),
        Value::LocalDateTime(local) => Some(seconds(*local)),
        Value::OffsetDateTime(instant) => Some(seconds(instant.local) - i64::from(instant.offset.minutes) * 60),
        _ => None,
    }
}

fn seconds(local: LocalDateTime) -> i64 {
    let time = local.time;
    days(local.date) * 86_400 + i64::from(time.hour) * 3600 + i64::from(time.minute) * 60 + i64::from(time.second)
}

/// Days since 1970-01-01 in the Gregorian calendar.
fn days(date: Date) -> i64 {
    let (month, day) = (i64::from(date.month), i64::from(date.day));
    let year = i64::from(date.year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[test]
fn days_are_counted_from_1970() {
    let count = |year, month, day| days(Date::new(year, month, day).unwrap());
    assert_eq!([count(1970, 1, 1), count(2000, 3, 1), count(1969, 12, 31), count(2019, 5, 1)], [0, 11_017, -1, 18_017]);
}
