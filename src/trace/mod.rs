//! `+trace`: how the source spelt an entry, noted as a comment on its line, so that the way back has the same bytes.
//!
//! A note is `jekyll: category: nieuws`: a format and the lines of its front matter, line ends written as `\n`. Where the
//! lines stood elsewhere among the others, their place is named, from 0: `jekyll 3: …`. Notes are believed only as far as
//! they say what the post says: read by the format's dialect, they must come to the same canonical values.

mod back;
mod note;

use std::ops::Range;

use crate::diag::Span;
use crate::format::{FrontMatter, Schema};
use crate::meta::{Comment, Map, Meta, Step, Value};
use crate::post::{FrontText, Post};

pub(crate) use back::Back;
use note::{Note, note};

/// The name of the extension.
pub(crate) const NAME: &str = "trace";

/// Front matter with this many entries is not ordered by place: that takes the square of their number.
const MAX_ENTRIES: usize = 1000;

/// Front matter text cut up by its entries: each has the lines from its own to the next one's, the first also what stands
/// before it.
pub(crate) struct Pieces {
    text: String,
    /// The part without fences.
    pub(crate) front: Range<usize>,
    /// Keys, spans and lines.
    entries: Vec<(String, Span, Range<usize>)>,
    is_crlf: bool,
}

impl Pieces {
    /// `text` with its fences at the entries of `meta`, read from `front` of it; `None` if its entries do not stand one
    /// behind the other.
    fn of(text: &str, front: Span, meta: &Meta) -> Option<Self> {
        let line = |offset: usize| text.get(..offset)?.rfind('\n').map(|at| at + 1).or(Some(0));
        let mut starts = Vec::with_capacity(meta.map.len());
        for entry in &meta.map {
            let start = if starts.is_empty() { front.start } else { line(entry.span.start)? };
            if entry.span.is_empty() || starts.last().is_some_and(|last| *last >= start && starts.len() > 1) {
                return None;
            }
            starts.push(start);
        }
        starts.push(front.end);
        let ranges = starts.windows(2).map(|pair| pair[0]..pair[1]);
        let entries: Vec<_> =
            meta.map.iter().zip(ranges).map(|(entry, range)| (entry.key.clone(), entry.span, range)).collect();
        let is_sound = entries.iter().all(|(_, _, range)| text.get(range.clone()).is_some());
        is_sound.then(|| Pieces { text: text.to_owned(), front: front.start..front.end, entries, is_crlf: false })
    }

    /// Of front matter as it was written, if it stands before its body. Line ends of CR LF throughout are the file's, and
    /// written for the file.
    fn of_source(source: &FrontText) -> Option<Self> {
        let text = source.around.0.get(..source.span.end)?;
        let mut pieces = Pieces::of(&source.around.0, source.span, &source.meta)?;
        pieces.is_crlf = text.contains('\n') && text.matches('\n').count() == text.matches("\r\n").count();
        Some(pieces)
    }

    /// Of what `front` prints for `meta`.
    fn of_printed(front: &dyn FrontMatter, meta: &Meta, schema: Schema) -> Option<Self> {
        let (text, span, again) = printed(front, meta, schema)?;
        Pieces::of(&text, span, &again)
    }

    fn lines(&self, index: usize) -> &str {
        self.entries.get(index).map_or("", |(_, _, range)| &self.text[range.clone()])
    }

    fn lines_of(&self, key: &str) -> Option<&str> {
        let index = self.entries.iter().position(|(name, ..)| name == key)?;
        Some(self.lines(index))
    }
}

/// What `front` prints for `meta`, where the part without fences stands in it, and what it says when it is read again.
fn printed(front: &dyn FrontMatter, meta: &Meta, schema: Schema) -> Option<(String, Span, Meta)> {
    let mut text = String::new();
    front.print(meta, "", &mut text, &mut ()).ok()?;
    let split = front.split(&text, schema).ok()??;
    let again = front.parse(&text, split.front, schema, &mut ()).ok()?;
    Some((text, split.front, again))
}

/// The comments and empty lines of the target as they come back to the entries of the source.
fn comments_back(source: &Map, target: &Meta, read: &Meta) -> Vec<Comment> {
    let names: Vec<(Vec<Step>, &str)> =
        source.iter().filter_map(|entry| Some((target_of(&target.map, entry.span)?.0, entry.key.as_str()))).collect();
    let back = |comment: &Comment| {
        let mut comment = comment.clone();
        if !comment.path.is_empty() {
            let (path, key) = names.iter().find(|(path, _)| comment.path.starts_with(path))?;
            comment.path.splice(..path.len(), [Step::Key((*key).to_owned())]);
        }
        Some(comment)
    };
    read.comments.iter().filter_map(back).collect()
}

/// Lines of the source that go with one entry of the target.
struct Run {
    target: Vec<Step>,
    lines: String,
    is_needed: bool,
    place: Option<usize>,
}

/// What notes are made for: the two syntaxes and the source format's name.
pub(crate) struct Tracing<'a> {
    pub(crate) label: &'a str,
    pub(crate) source: &'a dyn FrontMatter,
    pub(crate) target: &'a dyn FrontMatter,
    pub(crate) schema: Schema,
}

impl Tracing<'_> {
    /// Adds to the localized `post` the notes without which its way back would have other bytes. Says nothing where it
    /// cannot be done: then the way back has the same values.
    pub(crate) fn annotate(&self, post: &mut Post) -> Option<()> {
        let source = post.origin.front.clone()?;
        let pieces = Pieces::of_source(&source)?;
        let read = printed(self.target, &post.meta, self.schema)?.2;
        let commented =
            Meta { map: source.meta.map.clone(), comments: comments_back(&source.meta.map, &post.meta, &read) };
        let usual = Pieces::of_printed(self.source, &commented, source.schema)?;
        let mut runs = self.runs(post, &pieces, &usual, &read)?;
        place(&mut runs, &read);
        for run in runs.into_iter().filter(|run| run.is_needed) {
            note(&mut post.meta, run.target, &Note { place: run.place, lines: run.lines }, self.label);
        }
        // A title that was made of the file name is to be made again.
        let is_made = post.origin.spelling.iter().any(|it| it.key == "title" && it.written.is_empty());
        if is_made && post.meta.map.contains_key("title") {
            let nothing = Note { place: None, lines: String::new() };
            note(&mut post.meta, vec![Step::Key("title".to_owned())], &nothing, self.label);
        }
        Some(())
    }

    fn runs(&self, post: &Post, pieces: &Pieces, usual: &Pieces, read: &Meta) -> Option<Vec<Run>> {
        let is_spelt = |key: &str| {
            post.origin.spelling.iter().any(|spelling| spelling.written.iter().any(|(written, _)| written == key))
        };
        let mut runs: Vec<Run> = Vec::new();
        let mut before = String::new();
        for (index, (key, span, _)) in pieces.entries.iter().enumerate() {
            let lines = pieces.lines(index);
            let lines = if pieces.is_crlf { lines.replace("\r\n", "\n") } else { lines.to_owned() };
            match target_of(&post.meta.map, *span) {
                Some((path, value)) if *value != Value::Null => {
                    let is_usual = before.is_empty()
                        && !is_spelt(key)
                        && usual.lines_of(key) == Some(lines.as_str())
                        && value_at(&read.map, &path) == Some(value);
                    let lines = std::mem::take(&mut before) + &lines;
                    runs.push(Run { target: first_leaf(path, value), lines, is_needed: !is_usual, place: None });
                }
                // What has no line of its own goes with the lines above it.
                _ => match runs.last_mut() {
                    Some(above) => {
                        above.lines.push_str(&lines);
                        above.is_needed = true;
                    }
                    None => before.push_str(&lines),
                },
            }
        }
        if !before.is_empty() {
            return None;
        }
        Some(runs)
    }
}

/// The entry that was read at `span`, at top level or in a map there.
fn target_of(map: &Map, span: Span) -> Option<(Vec<Step>, &Value)> {
    let key = |key: &str| Step::Key(key.to_owned());
    for entry in map {
        if entry.span.start == span.start && !entry.span.is_empty() {
            return Some((vec![key(&entry.key)], &entry.value));
        }
    }
    let params = map.get("params")?.as_map()?;
    let inner = params.iter().find(|inner| inner.span.start == span.start && !inner.span.is_empty())?;
    Some((vec![key("params"), key(&inner.key)], &inner.value))
}

fn value_at<'a>(map: &'a Map, path: &[Step]) -> Option<&'a Value> {
    let (Step::Key(key), rest) = path.split_first()? else { return None };
    let value = map.get(key)?;
    if rest.is_empty() { Some(value) } else { value_at(value.as_map()?, rest) }
}

/// A map, or a list of maps, may have no line of its own: its first entry has.
fn first_leaf(mut path: Vec<Step>, mut value: &Value) -> Vec<Step> {
    loop {
        let map = match value {
            Value::Map(map) => map,
            Value::List(items) => match items.first() {
                Some(Value::Map(map)) if !map.is_empty() => {
                    path.push(Step::Index(0));
                    map
                }
                _ => return path,
            },
            _ => return path,
        };
        let Some(first) = map.iter().find(|entry| entry.value != Value::Null) else { return path };
        path.push(Step::Key(first.key.clone()));
        value = &first.value;
    }
}

/// Names the place of each run that stands elsewhere among the others in the target than in the source.
fn place(runs: &mut [Run], read: &Meta) {
    let mut order: Vec<&str> = Vec::new();
    for entry in &read.map {
        match &entry.value {
            Value::Map(map) if entry.key == "params" => order.extend(map.iter().map(|inner| inner.key.as_str())),
            _ => order.push(&entry.key),
        }
    }
    let position = |run: &Run| {
        let key = run.target.iter().find_map(|step| match step {
            Step::Key(key) if key != "params" => Some(key.as_str()),
            _ => None,
        });
        key.and_then(|key| order.iter().position(|name| *name == key)).unwrap_or(usize::MAX)
    };
    let positions: Vec<usize> = runs.iter().map(position).collect();
    let stays = longest_increasing(&positions);
    for (index, run) in runs.iter_mut().enumerate() {
        if !stays.contains(&index) {
            run.place = Some(index);
            run.is_needed = true;
        }
    }
}

/// The indexes of a longest increasing part of `values`.
fn longest_increasing(values: &[usize]) -> Vec<usize> {
    if values.len() > MAX_ENTRIES || values.is_sorted() {
        return (0..values.len()).collect();
    }
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        let before = (0..index).filter(|&other| values[other] < *value).max_by_key(|&other| best[other].0);
        best.push((before.map_or(1, |other| best[other].0 + 1), before));
    }
    let mut last = (0..values.len()).max_by_key(|&index| best[index].0);
    let mut out = Vec::new();
    while let Some(index) = last {
        out.push(index);
        last = best[index].1;
    }
    out
}

/// The front matter that the notes come to: for entries without one, what `front` prints for `usual`. The text has its
/// fences; the other part is what it says.
fn assemble(front: &dyn FrontMatter, schema: Schema, usual: &Meta, notes: &[(String, Note)]) -> Option<FrontText> {
    let pieces = Pieces::of_printed(front, usual, schema)?;
    let Range { start, end } = pieces.front;
    let read = |lines: &str| {
        let text = [&pieces.text[..start], lines, &pieces.text[end..]].concat();
        let split = front.split(&text, schema).ok()??;
        let meta = front.parse(&text, split.front, schema, &mut ()).ok()?;
        Some((text, split, meta))
    };
    // Lines of a note may hold entries that have lines of their own here.
    let (_, _, noted) = read(&notes.iter().map(|(_, note)| note.lines.as_str()).collect::<String>())?;
    let mut lines: Vec<&str> = Vec::new();
    let mut placed: Vec<(usize, &str)> = Vec::new();
    for (index, (key, ..)) in pieces.entries.iter().enumerate() {
        match notes.iter().find(|(noted, _)| noted == key) {
            Some((_, Note { place: Some(place), lines })) => placed.push((*place, lines)),
            Some((_, Note { place: None, lines: noted })) if noted.is_empty() => {}
            Some((_, Note { place: None, lines: noted })) => lines.push(noted),
            None if noted.map.contains_key(key) => {}
            None => lines.push(pieces.lines(index)),
        }
    }
    placed.sort_by_key(|&(place, _)| place);
    for (place, noted) in placed {
        lines.insert(place.min(lines.len()), noted);
    }
    let (text, split, meta) = read(&lines.concat())?;
    let around = (text, String::new());
    Some(FrontText::new(front.name(), around, meta).read_as(schema, split.front))
}

/// Whether two posts of one dialect have the same values and comments.
fn same(a: &Meta, b: &Meta) -> bool {
    let texts = |meta: &Meta| -> Vec<Option<String>> {
        let mut texts: Vec<_> = meta.comments.iter().filter_map(|comment| comment.text.clone()).map(Some).collect();
        texts.sort_unstable();
        texts
    };
    same_maps(&a.map, &b.map) && texts(a) == texts(b)
}

fn same_maps(a: &Map, b: &Map) -> bool {
    a.len() == b.len() && a.iter().all(|entry| b.get(&entry.key).is_some_and(|other| same_value(&entry.value, other)))
}

/// Whether two values are the same, text aside that some syntax has for a date.
fn same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Map(a), Value::Map(b)) => same_maps(a, b),
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_value(a, b)),
        (Value::String(text), date) | (date, Value::String(text)) if date.is_date() => {
            crate::date::recognize(text).is_some_and(|recognized| recognized == *date)
        }
        (a, b) => a == b,
    }
}
