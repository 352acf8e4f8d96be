use super::*;
use crate::diag::Diagnostic;
use crate::meta::{CommentPlace, Value, pointer};

fn read(yaml: &str, schema: Schema) -> Result<(Meta, Vec<Diagnostic>), Error> {
    let mut report = Vec::new();
    let meta = Yaml.parse(yaml, Span::new(0, yaml.len()), schema, &mut report)?;
    Ok((meta, report))
}

fn jekyll(yaml: &str) -> Meta {
    read(yaml, Schema::Jekyll).unwrap().0
}

fn comments(meta: &Meta) -> Vec<String> {
    let place = |place| match place {
        CommentPlace::Before => "before",
        CommentPlace::Trailing => "behind",
        _ => "end",
    };
    meta.comments
        .iter()
        .map(|c| format!("{} {} {}", place(c.place), pointer(&c.path), c.text.as_deref().unwrap_or("-")))
        .collect()
}

const COMMENTED: &str = "\
# top
title: A # behind title

# about tags
tags: # behind tags
  # first
  - a # behind a
  - b
  # end of tags
author:
  # the name
  name: Jo

  links: [x, y] # behind links
list:
- k: 1
  l: 2
# about zero
zero: |- # behind zero
  a

  # no comment

  b
nothing: # behind nothing
flow: {
  # in flow
  a: 1, # behind a
  b: [
    1, 2
    # end of b
  ]
}
last: x
  # indented end
";

#[test]
fn each_comment_belongs_where_it_stands() {
    let meta = jekyll(COMMENTED);
    assert_eq!(
        comments(&meta),
        [
            "before /title  top",
            "behind /title  behind title",
            "before /tags -",
            "before /tags  about tags",
            "behind /tags  behind tags",
            "before /tags/0  first",
            "behind /tags/0  behind a",
            "end /tags  end of tags",
            "before /author/name  the name",
            "before /author/links -",
            "behind /author/links  behind links",
            "before /zero  about zero",
            "behind /zero  behind zero",
            "behind /nothing  behind nothing",
            "before /flow/a  in flow",
            "behind /flow/a  behind a",
            "end /flow/b  end of b",
            "end   indented end",
        ]
    );
    assert_eq!(meta.get_str("zero"), Some("a\n\n# no comment\n\nb"));
}

#[test]
fn what_is_written_reads_the_same_comments_and_all() {
    for yaml in [COMMENTED, "# only a comment\n", "a: []\nb: {}\nc: [{}, [], null]\n", "\n\na: 1\n\n\n"] {
        let meta = jekyll(yaml);
        let written = emit(&meta, &mut ());
        let again = jekyll(&written);
        assert_eq!(again, meta, "{written}");
        assert_eq!(emit(&again, &mut ()), written);
    }
}

#[test]
fn the_style_of_jekyll() {
    let yaml = "\
title: \"Rust: an introduction\"
tags: [a, \"b, c\", \"yes\"]
date: 2019-05-01T12:09:07+02:00
text: |
  one
  two: three
nested:
  map:
    - a: 1
      b: null
    - [1, 2]
\"a: b\": 1.50
";
    assert_eq!(emit(&jekyll(yaml), &mut ()), yaml);
}

#[test]
fn entries_know_their_place() {
    let text = "---\na: 1\nb:\n  - x\n  - y\nc: |\n  text\n\nd: [1,\n 2]\n---\n";
    let split = Yaml.split(text, Schema::Jekyll).unwrap().unwrap();
    let meta = Yaml.parse(text, split.front, Schema::Jekyll, &mut ()).unwrap();
    let spans: Vec<&str> = meta.map.iter().map(|entry| entry.span.slice(text).unwrap()).collect();
    assert_eq!(spans, ["a: 1", "b:\n  - x\n  - y", "c: |\n  text", "d: [1,\n 2]"]);
}

#[test]
fn what_safe_yaml_merges() {
    let keys = |yaml: &str, schema| {
        let (meta, report) = read(yaml, schema).unwrap();
        let keys: Vec<String> =
            meta.get("d").unwrap().as_map().unwrap().iter().map(|entry| entry.key.clone()).collect();
        (keys.join(" "), report.iter().map(|diagnostic| diagnostic.code.name).collect::<Vec<_>>())
    };
    let inline = "d:\n  <<: {x: 1}\n  y: 3\n";
    assert_eq!(keys(inline, Schema::Jekyll), ("y".to_owned(), vec!["merge-empty"]));
    assert_eq!(keys(inline, Schema::Hugo), ("x y".to_owned(), vec![]));
    let quoted = "b: &b {x: 1}\nd:\n  \"<<\": *b\n  y: 3\n";
    assert_eq!(keys(quoted, Schema::Jekyll), ("x y".to_owned(), vec![]));
    assert_eq!(keys(quoted, Schema::Hugo), ("<< y".to_owned(), vec![]));
    assert_eq!(keys("d:\n  \"<<\": x\n", Schema::Jekyll), ("<<".to_owned(), vec![]));
    assert!(read("d:\n  <<: x\n", Schema::Jekyll).is_err());
    assert!(read("a: &a {x: 1}\nd:\n  <<: [*a]\n", Schema::Jekyll).is_err());
}

#[test]
fn hugo_stops_at_a_marked_end_too() {
    let (meta, report) = read("a: 1\n...\nb: 2\n", Schema::Hugo).unwrap();
    assert_eq!((meta.map.len(), report.len()), (1, 1));
    assert!(read("  a: 1\nb: 2\n", Schema::Hugo).is_err());
}

#[test]
fn duplicates_merges_and_aliases_as_each_reader_has_them() {
    let (meta, report) = read("a: 1\nb: 2\na: 3\n", Schema::Jekyll).unwrap();
    assert_eq!(meta.get("a"), Some(&Value::from(3_i64)));
    assert_eq!(report[0].code.name, "key-duplicate");
    assert!(read("a: 1\na: 2\n", Schema::Hugo).is_err());

    let merge = "base: &b {x: 1, y: 2}\nd:\n  y: 3\n  <<: *b\n";
    let y = |schema| read(merge, schema).unwrap().0.get("d").unwrap().as_map().unwrap().get("y").cloned();
    assert_eq!(y(Schema::Jekyll), Some(Value::from(2_i64)));
    assert_eq!(y(Schema::Core), Some(Value::from(3_i64)));

    assert_eq!(jekyll("a: &x [1]\nb: *x\n").get("b"), jekyll("a: [1]").get("a"));
    assert!(read("a: &a [*a]\n", Schema::Jekyll).is_err());
}

#[test]
fn liquid_without_quotes_is_text() {
    let (meta, report) = read("title: {{ page.title }}\n", Schema::Jekyll).unwrap();
    assert_eq!(meta.get_str("title"), Some("{{ page.title }}"));
    assert_eq!(report[0].code.name, "liquid-unquoted");
}

#[test]
fn errors_have_their_place() {
    for (yaml, place) in [("a: b: c\n", "1:5"), ("a: 1\nb: \"x\n", "2:4"), ("a: 1\n\tb: 2\n", "2:1"), ("- a\n", "1:1")]
    {
        let error = read(yaml, Schema::Jekyll).unwrap_err().locate(yaml);
        assert_eq!(error.position().unwrap().to_string(), place, "{yaml:?}: {error}");
    }
}

#[test]
fn hostile_input_is_an_error() {
    let mut laughs = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (name, before) in ('b'..='h').zip('a'..) {
        laughs.push_str(&format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(", ")));
    }
    assert_eq!(read(&laughs, Schema::Jekyll).unwrap_err().code().name, "front-too-large");
    for piece in ["[", "- ", "? ", "{a: "] {
        let error = read(&format!("x:\n  {}", piece.repeat(10_000)), Schema::Jekyll).unwrap_err();
        assert_eq!(error.code().name, "front-too-deep", "{piece}: {error}");
    }
}
