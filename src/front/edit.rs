//! Changing front matter entry by entry: what says the same keeps its bytes.
//!
//! The text is cut into the lines of its entries, each with the comments and empty lines above it. An entry whose value
//! and comments have not changed is copied; one whose key alone has changed gets the new key; another is written anew
//! in its place. Which old entry a new one comes from is told by its span, which a renamed entry keeps.

use std::collections::BTreeMap;

use crate::diag::Span;
use crate::meta::{Comment, CommentPlace, Entry, Meta, Step, Value};

/// One entry in the text.
struct Lines {
    /// The comments and empty lines above it.
    lead: Span,
    /// From its first byte to the end of its last line.
    entry: Span,
}

/// What a syntax does for the edit of one entry.
pub(super) trait Notation {
    /// The entry with its comments, without those above it, in whole lines.
    fn entry(&self, entry: &Meta) -> String;

    /// A key as it is written.
    fn key(&self, key: &str) -> String;

    /// Whether an entry of this value must stand behind all that are not such: a table of TOML.
    fn is_behind_others(&self, value: &Value) -> bool;

    /// What stands between a key and its value: `:` or `=`.
    fn separator(&self) -> char;
}

/// What is changed: a text, the part of it that is front matter, and what that says.
pub(super) struct Source<'s> {
    /// The text that spans count in.
    pub(super) text: &'s str,
    /// The front matter without its fences.
    pub(super) front: Span,
    /// What it says to those who wrote it, with their comments.
    pub(super) meta: &'s Meta,
    /// What it says to those who will read it. Entries stand at the same places.
    pub(super) says: &'s Meta,
}

/// The front matter with the entries and comments of `meta`, changed as little as can be. `None` if its entries do not
/// stand on lines of their own, or cannot in the new order: then it is written anew.
pub(super) fn edit(source: &Source<'_>, meta: &Meta, notation: &dyn Notation) -> Option<String> {
    let (lines, tail) = lines(source)?;
    let by_span: BTreeMap<Span, usize> =
        source.meta.map.iter().enumerate().map(|(index, entry)| (entry.span, index)).collect();
    let says: BTreeMap<Span, &Value> = source.says.map.iter().map(|entry| (entry.span, &entry.value)).collect();
    let (old_comments, new_comments) = (by_key(&source.meta.comments), by_key(&meta.comments));
    let old_entries: Vec<&Entry> = source.meta.map.iter().collect();

    let mut out = String::with_capacity(source.front.len() + 64);
    let mut is_behind = false;
    for entry in &meta.map {
        let old = by_span.get(&entry.span).filter(|_| !entry.span.is_empty());
        let old = old.and_then(|&index| old_entries.get(index).zip(lines.get(index)));
        let comments = new_comments.get(entry.key.as_str()).map(Vec::as_slice).unwrap_or_default();
        let same = |old: &Entry| same_comments(old_comments.get(old.key.as_str()).map_or(&[], Vec::as_slice), comments);
        let old = old.filter(|(old, _)| same(old));
        // A table may have been written on one line, and then stands among other keys.
        let is_table_line = |lines: &Lines| lines.entry.slice(source.text).is_some_and(|text| text.starts_with('['));
        let says_same = says.get(&entry.span).is_some_and(|value| **value == entry.value);
        let behind = match old {
            Some((_, lines)) if says_same => is_table_line(lines) && notation.is_behind_others(&entry.value),
            _ => notation.is_behind_others(&entry.value),
        };
        if is_behind && !behind {
            return None;
        }
        is_behind |= behind;
        let Some((old, lines)) = old else {
            if behind && !out.is_empty() && !out.ends_with("\n\n") {
                out.push('\n');
            }
            out.push_str(&notation.entry(&alone(entry, comments, true)));
            continue;
        };
        out.push_str(lines.lead.slice(source.text)?);
        let written = lines.entry.slice(source.text)?;
        let behind_key = if says_same { behind_key(written, &old.key, notation) } else { None };
        match behind_key {
            _ if says_same && old.key == entry.key => out.push_str(written),
            Some(behind_key) => {
                out.push_str(&notation.key(&entry.key));
                out.push_str(behind_key);
            }
            None => out.push_str(&notation.entry(&alone(entry, comments, false))),
        }
        if !out.ends_with('\n') {
            out.push('\n');
        }
    }
    let end = |comments: &[Comment]| -> Vec<Comment> {
        comments.iter().filter(|comment| comment.path.is_empty()).cloned().collect()
    };
    if end(&source.meta.comments) == end(&meta.comments) {
        out.push_str(tail.slice(source.text)?);
    } else {
        let mut rest = Meta::new();
        rest.comments = end(&meta.comments);
        out.push_str(&notation.entry(&rest));
    }
    Some(out)
}

/// The text before the body, with `edited` for its front matter. With `mark`, the fences are written anew.
pub(super) fn fenced(before: &str, front: Span, edited: &str, mark: Option<&str>) -> String {
    let (opening, closing) = (&before[..front.start], &before[front.end..]);
    match mark {
        None => format!("{opening}{edited}{closing}"),
        Some(mark) => {
            let blank = closing.find('\n').map_or("", |newline| &closing[newline + 1..]);
            format!("{mark}\n{edited}{mark}\n{blank}")
        }
    }
}

/// The lines of each entry, in order, and what stands below the last.
fn lines(source: &Source<'_>) -> Option<(Vec<Lines>, Span)> {
    let text = source.text;
    let mut lines = Vec::with_capacity(source.meta.map.len());
    let mut at = source.front.start;
    for entry in &source.meta.map {
        let start = entry.span.start;
        if entry.span.is_empty() || start < at || entry.span.end > source.front.end {
            return None;
        }
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1).max(at);
        if text[line_start..start].contains(|c: char| c != ' ') {
            return None;
        }
        let rest = text.get(entry.span.end..source.front.end)?;
        // An entry may end with the line feed of its text.
        let line_end =
            if text[..entry.span.end].ends_with('\n') { 0 } else { rest.find('\n').map_or(rest.len(), |at| at + 1) };
        let behind = rest[..line_end].trim_start();
        if !behind.is_empty() && !behind.starts_with('#') {
            return None;
        }
        let end = entry.span.end + line_end;
        lines.push(Lines { lead: Span::new(at, start), entry: Span::new(start, end) });
        at = end;
    }
    Some((lines, Span::new(at, source.front.end)))
}

/// What stands behind the key in the lines of an entry, if the key is written plainly.
fn behind_key<'l>(written: &'l str, key: &str, notation: &dyn Notation) -> Option<&'l str> {
    let rest = written.strip_prefix(key).or_else(|| written.strip_prefix(notation.key(key).as_str()))?;
    rest.trim_start_matches(' ').starts_with(notation.separator()).then_some(rest)
}

/// One entry as front matter of its own, with its comments; those above it only if `with_lead`.
fn alone(entry: &Entry, comments: &[&Comment], with_lead: bool) -> Meta {
    let is_lead = |comment: &Comment| comment.path.len() == 1 && comment.place == CommentPlace::Before;
    let mut meta = Meta::new();
    meta.map.insert_at(0, entry.clone());
    meta.comments =
        comments.iter().filter(|comment| with_lead || !is_lead(comment)).map(|&comment| comment.clone()).collect();
    meta
}

fn by_key(comments: &[Comment]) -> BTreeMap<&str, Vec<&Comment>> {
    let mut by_key: BTreeMap<&str, Vec<&Comment>> = BTreeMap::new();
    for comment in comments {
        if let Some(key) = comment.top_key() {
            by_key.entry(key).or_default().push(comment);
        }
    }
    by_key
}

/// Whether the comments are the same below keys that may differ.
fn same_comments(old: &[&Comment], new: &[&Comment]) -> bool {
    let below = |path: &[Step]| path.get(1..).map(<[Step]>::to_vec);
    old.len() == new.len()
        && old
            .iter()
            .zip(new)
            .all(|(old, new)| old.place == new.place && old.text == new.text && below(&old.path) == below(&new.path))
}

#[cfg(test)]
mod tests {
    use crate::format::{FrontMatter, Schema};
    use crate::front::{Toml, Yaml};
    use crate::meta::{Meta, Value};
    use crate::post::FrontText;

    fn read(syntax: &dyn FrontMatter, text: &str, schema: Schema) -> FrontText {
        let split = syntax.split(text, schema).unwrap().unwrap();
        let meta = syntax.parse(text, split.front, schema, &mut ()).unwrap();
        let around = (text[..split.body.start].to_owned(), text[split.body.end..].to_owned());
        FrontText::new(syntax.name(), around, meta).read_as(schema, split.front)
    }

    fn edited(syntax: &dyn FrontMatter, text: &str, schema: Schema, change: impl Fn(&mut Meta)) -> Option<String> {
        let source = read(syntax, text, Schema::Jekyll);
        let mut meta = source.meta.clone();
        change(&mut meta);
        syntax.edit(&source, &meta, schema, &mut ()).map(|(before, _)| before)
    }

    const YAML: &str = "---   \n# top\nlayout:   post\ntitle: \"A  title\"   # why\n\n# tags\ncategory:  nieuws\nlist: [ a,b ]\nflag: yes\n\ntext: >\n  folded\n  text\n\n# end\n...\n\n\nBody\n";

    #[test]
    fn only_what_changes_is_written_anew() {
        let same = edited(&Yaml, YAML, Schema::Jekyll, |_| {});
        assert_eq!(same.as_deref(), YAML.strip_suffix("Body\n"));
        let changed = edited(&Yaml, YAML, Schema::Jekyll, |meta| {
            meta.rename("category", "categories");
            meta.rename("layout", "kind");
            meta.insert("title", Value::from("B: b"));
            meta.insert("extra", Value::from(1_i64));
            meta.remove("list");
        });
        let expected = "---   \n# top\nkind:   post\ntitle: \"B: b\" # why\n\n# tags\ncategories:  nieuws\nflag: yes\n\ntext: >\n  folded\n  text\nextra: 1\n\n# end\n...\n\n\n";
        assert_eq!(changed.as_deref(), Some(expected));
    }

    #[test]
    fn what_another_reader_would_take_otherwise_is_written_anew() {
        let hugo = edited(&Yaml, YAML, Schema::Hugo, |_| {}).unwrap();
        assert_eq!(
            hugo,
            YAML.replace("---   ", "---")
                .replace("...\n", "---\n")
                .replace("yes", "true")
                .strip_suffix("Body\n")
                .unwrap()
        );
    }

    #[test]
    fn an_alias_that_would_lose_its_anchor_is_written_anew() {
        let text = "---\na: &x 1\nb: *x\nc: 3\n---\n";
        assert_eq!(
            edited(&Yaml, text, Schema::Jekyll, |meta| {
                meta.insert("c", Value::from(4_i64));
            })
            .as_deref(),
            Some("---\na: &x 1\nb: *x\nc: 4\n---\n")
        );
        assert_eq!(
            edited(&Yaml, text, Schema::Jekyll, |meta| {
                meta.insert("a", Value::from(2_i64));
            }),
            None
        );
        assert_eq!(
            edited(&Yaml, "---\n{a: 1, b: 2}\n---\n", Schema::Jekyll, |meta| {
                meta.remove("a");
            }),
            None
        );
    }

    #[test]
    fn toml_keeps_tables_behind_other_keys() {
        let text = "+++\n# top\ntitle  =  \"x\" # why\nsmall = { a = 1 }\nn = 0x1F\n\n# who\n[author]\nname = \"Jo\"\n\n[[list]]\nx = 1\n[[list]]\nx = 2\n# end\n+++\n\nBody\n";
        let before = text.strip_suffix("Body\n").unwrap();
        assert_eq!(edited(&Toml, text, Schema::Jekyll, |_| {}).as_deref(), Some(before));
        let renamed = edited(&Toml, text, Schema::Jekyll, |meta| {
            meta.rename("title", "a title");
        });
        assert_eq!(renamed, Some(before.replace("title  =", "'a title'  =")));
        let added = edited(&Toml, text, Schema::Jekyll, |meta| {
            meta.insert("params", crate::meta::Map::from_unique(vec![crate::meta::Entry::new("x", Value::from(true))]));
            meta.insert("n", Value::from(5_i64));
        });
        assert_eq!(added, Some(before.replace("0x1F", "5").replace("# end\n", "\n[params]\nx = true\n# end\n")));
        assert_eq!(
            edited(&Toml, text, Schema::Jekyll, |meta| {
                meta.insert("late", Value::from(1_i64));
            }),
            None
        );
    }
}
