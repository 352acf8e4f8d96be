//! Every front matter of the corpus, through every syntax and back: values, order and comments.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/generators.rs"]
#[allow(dead_code)]
mod generators;
#[path = "support/shared.rs"]
mod shared;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use postferry::Diagnostic;
use postferry::diag::Span;
use postferry::format::{FrontMatter, Schema};
use postferry::front::{FrontDocument, Json, MetaComment, Toml, Yaml};
use postferry::meta::{Comment, Meta, Value, pointer};

/// One front matter of a real site.
struct Front {
    path: String,
    syntax: Box<dyn FrontMatter>,
    schema: Schema,
    text: String,
    span: Span,
}

fn corpus() -> Option<Vec<Front>> {
    let root = shared::find("corpus", "the corpus' front matter through every syntax")?;
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    Some(files.iter().filter_map(|file| front(&root, file)).collect())
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

fn front(root: &Path, file: &Path) -> Option<Front> {
    let text = String::from_utf8(std::fs::read(file).ok()?).ok()?;
    let path = file.strip_prefix(root).ok()?.to_str()?.to_owned();
    let schema = match path.split('-').next()? {
        "jekyll" => Schema::Jekyll,
        "hugo" => Schema::Hugo,
        "other" => Schema::Core,
        _ => return None,
    };
    let syntaxes: [Box<dyn FrontMatter>; 3] =
        [Box::new(Yaml::default()), Box::new(Toml::default()), Box::new(Json::default())];
    for syntax in syntaxes {
        if let Ok(Some(split)) = syntax.split(&text, schema) {
            return Some(Front { path, syntax, schema, span: split.front, text });
        }
    }
    None
}

impl Front {
    fn read(&self) -> Result<Meta, postferry::Error> {
        self.syntax.parse(&self.text, self.span, self.schema, &mut ()).map_err(|error| error.locate(&self.text))
    }

    fn source(&self) -> &str {
        self.span.slice(&self.text).expect("a span in the text")
    }
}

fn print(syntax: &dyn FrontMatter, meta: &Meta) -> (String, Vec<Diagnostic>) {
    let (mut out, mut report) = (String::new(), Vec::new());
    syntax.print(meta, "Body.\n", &mut out, &mut report).expect("it can be written");
    (out, report)
}

fn read(syntax: &dyn FrontMatter, text: &str, schema: Schema) -> Result<Meta, String> {
    let split = syntax.split(text, schema).map_err(|error| error.to_string())?.ok_or("no front matter")?;
    if split.body.slice(text) != Some("Body.\n") {
        return Err(format!("the body is {:?}", split.body.slice(text)));
    }
    syntax.parse(text, split.front, schema, &mut ()).map_err(|error| error.locate(text).to_string())
}

fn comments(meta: &Meta) -> Vec<String> {
    let show = |c: &Comment| c.text.as_ref().map(|text| format!("{:?} {} #{text}", c.place, pointer(&c.path)));
    let mut comments: Vec<String> = meta.comments.iter().filter_map(show).collect();
    comments.sort();
    comments
}

fn compare(before: &Meta, after: &Meta) -> Result<(), String> {
    if let Some(entry) = before.map.iter().zip(&after.map).find(|(a, b)| a != b) {
        return Err(format!("{:?} became {:?}", entry.0, entry.1));
    }
    if before.map.len() != after.map.len() {
        return Err(format!("{} keys became {}", before.map.len(), after.map.len()));
    }
    let (a, b) = (comments(before), comments(after));
    if a == b { Ok(()) } else { Err(format!("comments {a:?} became {b:?}")) }
}

/// Goes over the corpus and gathers what fails.
fn check(what: &str, work: impl Fn(&Front, &Meta) -> Result<(), String>) {
    let Some(corpus) = corpus() else { return };
    let mut failures = Vec::new();
    let mut count = 0;
    for front in &corpus {
        let Ok(meta) = front.read() else { continue };
        count += 1;
        if let Err(failure) = work(front, &meta) {
            failures.push(format!("{}: {failure}", front.path));
        }
    }
    println!("{what}: {count} front matters, {} fail", failures.len());
    assert!(count > 3_000, "only {count} front matters");
    assert!(failures.is_empty(), "{}", failures[..failures.len().min(20)].join("\n"));
}

#[test]
fn toml_and_back() {
    check("through TOML", |front, meta| {
        let (toml, _) = print(&Toml::default(), meta);
        let through = read(&Toml::default(), &toml, Schema::Hugo).map_err(|error| format!("{error}\n{toml}"))?;
        compare(meta, &through).map_err(|error| format!("{error}\n{toml}"))?;
        let (again, _) = print(&Toml::default(), &through);
        if again != toml {
            return Err(format!("not a fixpoint:\n{toml}\n{again}"));
        }
        // And from there to where it came from.
        let (back, _) = print(front.syntax.as_ref(), &through);
        if front.syntax.name() == "yaml" && front.schema == Schema::Jekyll {
            compare(meta, &read(front.syntax.as_ref(), &back, front.schema)?)?;
        }
        Ok(())
    });
}

#[test]
fn yaml_and_back() {
    check("through YAML", |_, meta| {
        let (yaml, report) = print(&Yaml::default(), meta);
        let through = read(&Yaml::default(), &yaml, Schema::Jekyll).map_err(|error| format!("{error}\n{yaml}"))?;
        compare(meta, &through).map_err(|error| format!("{error}\n{yaml}"))?;
        if print(&Yaml::default(), &through).0 != yaml {
            return Err(format!("not a fixpoint:\n{yaml}"));
        }
        if report.is_empty() { Ok(()) } else { Err(format!("{report:?}")) }
    });
}

#[test]
fn a_comment_at_the_end_and_back() {
    check("through a comment", |_, meta| {
        let (text, _) = print(&MetaComment::default(), meta);
        if meta.is_empty() {
            return Ok(());
        }
        compare(meta, &read(&MetaComment::default(), &text, Schema::Core)?).map_err(|error| format!("{error}\n{text}"))
    });
}

#[test]
fn json_and_back() {
    check("through JSON", |_, meta| {
        let (json, report) = print(&Json::default(), meta);
        let through = read(&Json::default(), &json, Schema::Hugo).map_err(|error| format!("{error}\n{json}"))?;
        let mut expected = meta.clone();
        let retyped = dates_as_text(&mut expected);
        let lost = expected.comments.iter().filter(|comment| comment.text.is_some()).count();
        expected.comments.clear();
        compare(&expected, &through).map_err(|error| format!("{error}\n{json}"))?;
        let dropped = report.iter().filter(|diagnostic| diagnostic.code.name == "comment-dropped").count();
        let dates = report.iter().filter(|diagnostic| diagnostic.code.name == "date-as-text").count();
        if dropped != lost || dates != retyped {
            return Err(format!("{lost} comments and {retyped} dates, but {report:?}"));
        }
        Ok(())
    });
}

/// Makes text of every date, and counts those that no generator would read as a date under their key.
fn dates_as_text(meta: &mut Meta) -> usize {
    let known = ["date", "lastmod", "updated", "publishdate", "expirydate", "last_modified_at", "modified", "pubdate"];
    let is_known = |key: &str| known.iter().any(|known| known.eq_ignore_ascii_case(key));
    let mut count = 0;
    for (key, value) in meta.map.values_mut() {
        let is_known = is_known(key) && value.is_date();
        count += if is_known { date_as_text(value) - 1 } else { date_as_text(value) };
    }
    count
}

fn date_as_text(value: &mut Value) -> usize {
    let text = match value {
        Value::Date(date) => date.to_string(),
        Value::LocalDateTime(datetime) => datetime.to_string(),
        Value::OffsetDateTime(datetime) => datetime.to_string(),
        Value::List(items) => return items.iter_mut().map(date_as_text).sum(),
        Value::Map(map) => return map.values_mut().map(|(_, value)| date_as_text(value)).sum(),
        _ => return 0,
    };
    *value = Value::String(text);
    1
}

#[test]
fn what_does_not_change_keeps_its_bytes() {
    let whole = std::cell::Cell::new(0);
    check("edited", |front, meta| {
        let mut document =
            FrontDocument::read(&front.text, front.schema, &mut ()).map_err(|error| error.to_string())?;
        if document.text(&mut ()).map_err(|error| error.to_string())? != front.text {
            return Err("it is not the same where nothing is set".to_owned());
        }
        // A key before all others is taken out, and one is set.
        let Some(first) = meta.map.iter().next() else { return Ok(()) };
        document.set(&first.key, Value::from("another value")).map_err(|error| error.to_string())?;
        let text = document.text(&mut ()).map_err(|error| error.to_string())?;
        let untouched = |text: &str| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
        let (before, after) = (untouched(&front.text), untouched(&text));
        let kept = after.iter().rev().zip(before.iter().rev()).take_while(|(after, before)| after == before).count();
        let entry = first.span.slice(&front.text).expect("a span").lines().count();
        // Everything but the lines of that entry.
        let leading = front.text[..first.span.start].lines().count();
        if kept + entry + leading + 1 < before.len() {
            whole.set(whole.get() + 1);
        }
        Ok(())
    });
    println!("measured: {} of the corpus' front matters are written anew where one key is set", whole.get());
    assert!(whole.get() < 20, "{} front matters are written anew where one key is set", whole.get());
}

/// What Jekyll rejects we reject, and nothing else: its parser is libyaml, asked through Ruby.
#[test]
fn jekylls_parser_rejects_the_same() {
    let Some(corpus) = corpus() else { return };
    let yaml: Vec<&Front> =
        corpus.iter().filter(|front| front.schema == Schema::Jekyll && front.syntax.name() == "yaml").collect();
    let sources: Vec<&str> = yaml.iter().map(|front| front.source()).collect();
    let script = "require 'psych'; require 'json'\n\
                  ok = JSON.parse(STDIN.read).map { |yaml| begin; n = Psych.parse(yaml); !n || n.children[0].is_a?(Psych::Nodes::Mapping) \
                  || n.children[0].value.empty?; rescue Psych::SyntaxError; false; end }\n\
                  puts JSON.generate(ok)";
    let Some(answers) = ruby(script, &sources) else { return };
    let accepted: Vec<bool> = serde_json::from_str(&answers).expect("a list");
    let mut failures = Vec::new();
    let mut rejected = BTreeMap::new();
    for (front, accepted) in yaml.iter().zip(accepted) {
        match front.read() {
            Ok(_) if !accepted => failures.push(format!("{}: Jekyll rejects it", front.path)),
            Err(error) if accepted => failures.push(format!("{}: Jekyll takes it, we say {error}", front.path)),
            Err(error) => {
                assert!(error.position().is_some(), "{}: {error} has no place", front.path);
                rejected.insert(&front.path, error.to_string());
            }
            Ok(_) => {}
        }
    }
    println!("{} front matters, {} rejected by both: {rejected:#?}", yaml.len(), rejected.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn ruby(script: &str, input: &[&str]) -> Option<String> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let ruby = generators::program("ruby", "what libyaml rejects")?;
    let mut command = Command::new(ruby);
    let mut child =
        command.args(["-Ku", "-e", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("ruby runs");
    let input = serde_json::to_string(input).expect("JSON");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("ruby reads");
    let output = child.wait_with_output().expect("ruby runs");
    assert!(output.status.success());
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}
