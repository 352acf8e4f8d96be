//! Includes that become shortcodes: found on all pages first, so that each has one name, and put in where a page that was
//! converted still has, letter by letter, what they showed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock};

use super::hugo::{Around, Piece, surroundings, template};
use crate::dialect::tags::{Known, Mark, quote_shortcode};

/// How many shortcodes an include may become.
const MOST: usize = 4;

/// An include that is used once is worth a shortcode if it is as long as this.
const LONG: usize = 120;

/// An include, and what it shows with some parameters left open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    include: String,
    pieces: Vec<Piece>,
}

/// How often a shape was met, and on which page first.
#[derive(Clone, Copy, Debug)]
struct Met {
    count: usize,
    first: usize,
}

/// A shape that has become a shortcode.
#[derive(Debug)]
struct Named {
    name: String,
    surroundings: Vec<Around>,
}

/// The shortcodes of a site.
#[derive(Debug, Default)]
pub(crate) struct Shortcodes {
    met: Mutex<BTreeMap<Shape, Met>>,
    named: OnceLock<BTreeMap<Shape, Named>>,
}

/// What one include of a page shows.
#[derive(Debug)]
pub(crate) struct Shown {
    shape: Shape,
    values: BTreeMap<String, String>,
}

impl Shown {
    /// What `include` with these arguments showed: `text`, in which the marks are what it was given.
    pub(crate) fn new(include: &str, text: &str, marks: &[Mark], arguments: &BTreeMap<String, Known>) -> Option<Self> {
        let start = text.len() - text.trim_start().len();
        let end = text.trim_end().len();
        let (mut pieces, mut values, mut from) = (Vec::new(), BTreeMap::new(), start);
        for mark in marks.iter().filter(|mark| start <= mark.span.start && mark.span.end <= end) {
            let Some(name) = parameter(&mark.path).filter(|_| from <= mark.span.start) else { continue };
            let value = mark.span.slice(text)?;
            // A formula is written otherwise in text than in an attribute.
            let is_other = value.contains("$$") && values.contains_key(&name);
            let name = if is_other { format!("{name}_2") } else { name };
            if values.get(&name).is_some_and(|known| known != value) {
                return None;
            }
            if from < mark.span.start {
                pieces.push(Piece::Text(text.get(from..mark.span.start)?.to_owned()));
            }
            values.insert(name.clone(), value.to_owned());
            pieces.push(Piece::Value(name));
            from = mark.span.end;
        }
        if from < end {
            pieces.push(Piece::Text(text.get(from..end)?.to_owned()));
        }
        let is_text = |piece: Option<&Piece>| matches!(piece, Some(Piece::Text(_)));
        if !is_text(pieces.first()) || !is_text(pieces.last()) {
            return None;
        }
        // What it was given would be the same for all, if it stood in the text.
        let given: Vec<String> = arguments.values().filter_map(Known::shown).filter(|value| value.len() > 3).collect();
        let holds_given = |piece: &Piece| match piece {
            Piece::Text(text) => given.iter().any(|value| text.contains(value.as_str())),
            Piece::Value(_) => false,
        };
        if pieces.iter().any(holds_given) || !text.contains('<') {
            return None;
        }
        Some(Shown { shape: Shape { include: include.to_owned(), pieces }, values })
    }
}

/// The parameter that a variable becomes; `None` if it is the same on every page.
fn parameter(path: &str) -> Option<String> {
    let is_name = !path.is_empty() && path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let path = path.strip_prefix("include.").unwrap_or(path);
    (is_name && !path.starts_with("site.")).then(|| path.replace(['-', '.'], "_"))
}

impl Shortcodes {
    /// Notes what the page with this number shows.
    pub(crate) fn note(&self, page: usize, shown: Shown) {
        let Ok(mut met) = self.met.lock() else { return };
        let met = met.entry(shown.shape).or_insert(Met { count: 0, first: page });
        met.count += 1;
        met.first = met.first.min(page);
    }

    /// Gives names, once all pages are noted.
    pub(crate) fn settle(&self, name_of: impl Fn(&str) -> String) {
        let met = self.met.lock().map(|mut met| std::mem::take(&mut *met)).unwrap_or_default();
        let mut shapes: Vec<(Shape, Met)> = met.into_iter().filter(|(shape, met)| is_worth_it(shape, met)).collect();
        shapes.sort_by(|(a, met), (b, other)| {
            let rank = |met: &Met| (Reverse(met.count), met.first);
            a.include.cmp(&b.include).then(rank(met).cmp(&rank(other))).then(a.cmp(b))
        });
        let (mut named, mut taken, mut counts) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        for (shape, _) in shapes {
            let count: &mut usize = counts.entry(shape.include.clone()).or_default();
            let Some(surroundings) = surroundings(&shape.pieces).filter(|_| *count < MOST) else { continue };
            *count += 1;
            let base = name_of(&shape.include);
            let numbered = (1..).map(|number| if number == 1 { base.clone() } else { format!("{base}-{number}") });
            let Some(name) = { numbered }.find(|name| !taken.contains(name)) else { continue };
            taken.insert(name.clone());
            named.insert(shape, Named { name, surroundings });
        }
        let _ = self.named.set(named);
    }

    fn named(&self) -> impl Iterator<Item = (&Shape, &Named)> {
        self.named.get().into_iter().flatten()
    }

    /// Whether there are any.
    pub(crate) fn is_empty(&self) -> bool {
        self.named().next().is_none()
    }

    /// Whether a shortcode has this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.named().any(|(_, named)| named.name == name)
    }

    /// The shortcodes: name and text.
    pub(crate) fn templates(&self) -> impl Iterator<Item = (String, String)> {
        self.named()
            .map(|(shape, named)| (named.name.clone(), template(&shape.include, &shape.pieces, &named.surroundings)))
    }

    /// The converted `text`, behind `start`, with shortcodes in the place of what the page shows, and their names; `None` if
    /// there are none.
    pub(crate) fn put(&self, text: &str, start: usize, shown: &[Shown]) -> Option<(String, Vec<String>)> {
        let named = self.named.get()?;
        let (mut out, mut at, mut names) = (String::new(), start, Vec::new());
        out.push_str(text.get(..start)?);
        for shown in shown {
            let Some(Named { name, surroundings }) = named.get(&shown.shape) else { continue };
            let Some((from, to, call)) = find(text, at, shown, name, surroundings) else { continue };
            out.push_str(text.get(at..from)?);
            out.push_str(&call);
            at = to;
            names.push(name.clone());
        }
        out.push_str(text.get(at..)?);
        (!names.is_empty()).then_some((out, names))
    }
}

/// Whether it is used twice, or long enough to be in the way of who reads the post.
fn is_worth_it(shape: &Shape, met: &Met) -> bool {
    let length = |piece: &Piece| if let Piece::Text(text) = piece { text.len() } else { 0 };
    met.count > 1 || shape.pieces.iter().map(length).sum::<usize>() >= LONG
}

/// Where what was shown stands behind `at`, and the shortcode for it. Values may be written otherwise than they were.
fn find(text: &str, at: usize, shown: &Shown, name: &str, surroundings: &[Around]) -> Option<(usize, usize, String)> {
    let Some(Piece::Text(first)) = shown.shape.pieces.first() else { return None };
    let starts = text.get(at..)?.match_indices(first.as_str()).map(|(found, _)| at + found);
    { starts }.find_map(|from| {
        let (to, call) = read(text, from, shown, name, surroundings)?;
        // Hugo would indent the lines as the first is.
        let line = text.get(..from)?.rsplit('\n').next()?;
        let is_indented = !line.is_empty() && line.trim().is_empty() && text.get(from..to)?.contains('\n');
        (!is_indented).then_some((from, to, call))
    })
}

fn read(text: &str, from: usize, shown: &Shown, name: &str, surroundings: &[Around]) -> Option<(usize, String)> {
    let (mut at, mut found) = (from, BTreeMap::<&str, &str>::new());
    let mut call = format!("{{{{% {name}");
    let mut surroundings = surroundings.iter();
    let mut pieces = shown.shape.pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        let rest = text.get(at..)?;
        match piece {
            Piece::Text(own) => {
                rest.starts_with(own.as_str()).then_some(())?;
                at += own.len();
            }
            Piece::Value(parameter) => {
                let meant = shown.values.get(parameter)?;
                let value = match (found.get(parameter.as_str()), pieces.peek()) {
                    (Some(value), _) => rest.starts_with(value).then_some(*value)?,
                    (None, _) if rest.starts_with(meant.as_str()) => rest.get(..meant.len())?,
                    (None, Some(Piece::Text(next))) => rest.split_once(next.as_str())?.0,
                    _ => return None,
                };
                let is_same = value == meant || letters(value).eq(letters(meant));
                let is_fine = surroundings.next()?.takes(value) && !value.contains("{{") && is_same;
                (is_fine && is_quotable(value)).then_some(())?;
                if found.insert(parameter, value).is_none() && !value.is_empty() {
                    call.push_str(&format!(" {parameter}={}", quote_shortcode(value)));
                }
                at += value.len();
            }
        }
    }
    call.push_str(" %}}");
    Some((at, call))
}

/// What is left of a value however it is written.
fn letters(value: &str) -> impl Iterator<Item = char> {
    value.chars().filter(|c| c.is_alphanumeric())
}

/// Whether a shortcode can be given the value as it is.
fn is_quotable(value: &str) -> bool {
    !value.contains('`') || !value.contains(['\\', '\n', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;

    fn shown(note: &str) -> Shown {
        let text = format!("\n<i id=\"n\">{note}</i>\n");
        let span = Span::new(11, 11 + note.len());
        let marks = [Mark { span, path: "include.note".to_owned() }];
        let arguments = BTreeMap::from([("note".to_owned(), Known::Text(note.to_owned()))]);
        Shown::new("a.html", &text, &marks, &arguments).unwrap()
    }

    fn settled() -> Shortcodes {
        let shortcodes = Shortcodes::default();
        shortcodes.note(1, shown("One"));
        shortcodes.note(0, shown("two of them"));
        shortcodes.settle(|include| format!("include-{}", include.trim_end_matches(".html")));
        shortcodes
    }

    #[test]
    fn what_stands_there_as_it_was_shown_becomes_a_shortcode() {
        let put = |text: &str, notes: &[&str]| {
            let shown: Vec<Shown> = notes.iter().map(|note| shown(note)).collect();
            settled().put(text, 0, &shown).map(|(text, _)| text)
        };
        let text = "a <i id=\"n\">x *y*</i> b <i id=\"n\">\\(z\\)</i>\n";
        assert_eq!(
            put(text, &["x *y*", "$$z$$"]).unwrap(),
            "a {{% include-a note=\"x *y*\" %}} b {{% include-a note=\"\\(z\\)\" %}}\n"
        );
        assert_eq!(put("a <i id='n'>x</i>", &["x"]), None, "it stands there otherwise");
        assert_eq!(put("<i id=\"n\">`a` \\b</i>", &["`a` \\b"]), None, "no shortcode can be given this");
        assert_eq!(put("- <i id=\"n\">\n  x</i>", &["\n  x"]).unwrap(), "- {{% include-a note=`\n  x` %}}");
        assert_eq!(put("  <i id=\"n\">\n  x</i>", &["\n  x"]), None, "Hugo would indent it");
    }

    #[test]
    fn what_leans_on_what_it_was_given_is_none() {
        let arguments = BTreeMap::from([("class".to_owned(), Known::Text("wide".to_owned()))]);
        assert!(Shown::new("a.html", "<i class=\"wide\"></i>", &[], &arguments).is_none());
        assert!(Shown::new("a.html", "*Markdown*", &[], &BTreeMap::new()).is_none());
        let templates: Vec<_> = settled().templates().map(|(name, _)| name).collect();
        assert_eq!(templates, ["include-a"]);
    }
}
