//! What differs between the pages of two sites.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

use crate::dom;
use crate::normal::normal;

/// The figures of one site.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) pages: usize,
    pub(crate) missing: Vec<String>,
    pub(crate) titles: Vec<String>,
    pub(crate) dates: Vec<String>,
    pub(crate) terms: Vec<String>,
    pub(crate) ids: Vec<String>,
    /// Pages without anything that only the old site could work out, and what of them differs.
    pub(crate) plain: usize,
    pub(crate) text: Vec<String>,
    pub(crate) dom: Vec<String>,
    /// Pages that differ and of which the report says nothing.
    pub(crate) silent: Vec<String>,
}

/// What the report says of the file behind an address.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    /// Whether anything is said at all.
    pub(crate) is_told: bool,
    /// Whether something of it only the old site could work out.
    pub(crate) is_worked_out: bool,
}

impl Figures {
    pub(crate) fn line(&self) -> String {
        let mut out = format!("{} pages", self.pages);
        let percent = |wrong: &Vec<String>, all: usize| {
            if all == 0 { 100.0 } else { (all - wrong.len()) as f64 * 100.0 / all as f64 }
        };
        for (name, wrong) in [
            ("addresses", &self.missing),
            ("titles", &self.titles),
            ("dates", &self.dates),
            ("terms", &self.terms),
            ("ids", &self.ids),
        ] {
            let _ = write!(out, " | {name} {:.1}", percent(wrong, self.pages));
        }
        let _ = write!(out, " | of {} plain: text {:.1}", self.plain, percent(&self.text, self.plain));
        let _ = write!(out, ", DOM {:.1}, {} silent", percent(&self.dom, self.plain), self.silent.len());
        out
    }
}

struct Page<'h> {
    known: Option<Value>,
    body: &'h str,
}

fn page(html: &str) -> Page<'_> {
    let known = html.strip_prefix("<!--page ").and_then(|rest| rest.split_once("}-->\n"));
    let (known, body) = match known {
        Some((known, body)) => {
            (Some(serde_json::from_str(&format!("{known}}}")).unwrap_or_else(|error| panic!("{error}: {known}"))), body)
        }
        None => (None, html),
    };
    let body = body.trim();
    Page { known, body: body.strip_prefix("<main>").and_then(|body| body.strip_suffix("</main>")).unwrap_or(body) }
}

/// Compares every file of the old site with the new one's.
pub(crate) fn compare(
    old: &BTreeMap<String, Vec<u8>>,
    new: &BTreeMap<String, Vec<u8>>,
    said: &BTreeMap<String, Said>,
    built: i64,
) -> Figures {
    let mut figures = Figures::default();
    for (path, before) in old {
        let is_page = path.ends_with(".html") && said.contains_key(path);
        figures.pages += usize::from(is_page);
        let Some(after) = new.get(path) else {
            figures.missing.push(path.clone());
            continue;
        };
        if !is_page {
            if before != after {
                figures.dom.push(format!("{path}: other bytes"));
            }
            continue;
        }
        let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
        let (before, after) = (page(&before), page(&after));
        if let (Some(before), Some(after)) = (&before.known, &after.known) {
            known(path, before, after, built, &mut figures);
        }
        body(path, before.body, after.body, &said[path], &mut figures);
    }
    figures
}

fn known(path: &str, before: &Value, after: &Value, built: i64, figures: &mut Figures) {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text(&before["title"]) != text(&after["title"]) {
        figures.titles.push(format!("{path}: {} {}", before["title"], after["title"]));
    }
    // Without a date Jekyll takes the time of the build, and Hugo the year 1.
    if let Some(date) = before["date"].as_i64().filter(|date| (date - built).abs() > 86_400 && after["date"] != *date) {
        figures.dates.push(format!("{path}: {date} {}", after["date"]));
    }
    for taxonomy in ["tags", "categories"] {
        let list = |value: &Value| -> Vec<String> {
            value.as_array().into_iter().flatten().filter(|term| !term.is_null()).map(text).collect()
        };
        if list(&before[taxonomy]) != list(&after[taxonomy]) {
            figures.terms.push(format!("{path}: {taxonomy} {} {}", before[taxonomy], after[taxonomy]));
        }
    }
}

fn body(path: &str, before: &str, after: &str, said: &Said, figures: &mut Figures) {
    let new_ids = ids(after);
    let lost: Vec<String> = ids(before).into_iter().filter(|id| !new_ids.contains(id)).collect();
    if !lost.is_empty() && !said.is_worked_out {
        figures.ids.push(format!("{path}: {lost:?}"));
    }
    let (before, after) = (normal(before), normal(after));
    let is_text_equal = words(&before) == words(&after);
    let difference = dom::reader_equal(&before, &after).err();
    if difference.is_some() && !said.is_told {
        figures.silent.push(format!("{path}: {difference:?}"));
    }
    if said.is_worked_out {
        return;
    }
    figures.plain += 1;
    if !is_text_equal {
        figures.text.push(path.to_owned());
    }
    if let Some(difference) = difference {
        figures.dom.push(format!("{path}: {difference}"));
    }
}

fn words(html: &str) -> String {
    dom::visible_text(html).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The ids of headings.
fn ids(html: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for level in 1..=6 {
        for part in html.split(&format!("<h{level} ")).skip(1) {
            let tag = part.split('>').next().unwrap();
            if let Some((_, rest)) = tag.split_once("id=\"") {
                found.insert(rest.split('"').next().unwrap().to_owned());
            }
        }
    }
    found
}
