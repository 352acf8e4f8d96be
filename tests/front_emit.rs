//! The YAML that is written reads back as the same text under parsers that are not ours.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/generators.rs"]
#[allow(dead_code)]
mod generators;
#[path = "support/shared.rs"]
mod shared;

use std::io::Write;
use std::process::{Command, Stdio};

use postferry::diag::Span;
use postferry::format::{FrontMatter, Schema};
use postferry::front::{Json, Toml, Yaml};
use postferry::meta::{Entry, Map, Meta, Value};
use serde_json::{Value as JsonValue, json};

/// Strings that emitters get wrong: ours, and the oracle's where it is.
fn strings() -> Vec<String> {
    let ours = [
        "plain",
        "yes",
        "2019-05-01",
        "1:30",
        "0o17",
        "a: b",
        "a #b",
        "- a",
        "tab\tbed",
        "two\nlines\n",
        "three\n\nlines",
        " a",
        "a ",
        "{{ x }}",
        "[a, b]",
        "'",
        "\"",
        "\\",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "é",
        "🚀",
        "<<",
        "=",
        "~",
        "null",
        "1_000",
        "0x1F",
        ".inf",
        "+.INF",
        "1e3",
        "1.",
        "---",
        "...",
        "%TAG",
        "@at",
        "`tick`",
        "!tag",
        "&anchor",
        "*alias",
        "|",
        ">",
        "?",
        "? a",
        "a:",
        ":a",
        "a,b",
        "key: value # comment",
        "line one\n  indented\nline three",
        "\n",
        "\t",
        "12:30:45",
        "2001-12-14t21:59:43.10-05:00",
        "y",
        "N",
        "on",
        "Off",
        "0",
        "-1",
        "+1",
        "1,000",
        "it's",
        "say \"hi\"",
        "it's \"both\"",
        "C:\\dir\\file",
        "trailing:",
        "a\r\nb",
        "# not a comment",
        "very long ",
        "日本語",
        "x\u{a0}y",
        "\u{200b}",
    ];
    let mut all: Vec<String> = ours.iter().map(|&text| text.to_owned()).collect();
    all.push("word ".repeat(300).trim_end().to_owned());
    all.push(format!("{}: b", "k".repeat(2_000)));
    if let Some(path) = shared::find("oracles/emit_strings.json", "strings that emitters get wrong") {
        let text = std::fs::read_to_string(path).expect("the oracle can be read");
        all.extend(serde_json::from_str::<Vec<String>>(&text).expect("strings"));
    }
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|text| seen.insert(text.clone()));
    all
}

/// Each string as a value, as a key, and inside lists of one and of two, in turn.
fn metas() -> Vec<Meta> {
    let mut metas = Vec::new();
    for text in strings() {
        let mut meta = Meta::new();
        meta.insert("before", Value::from("x"));
        meta.insert("value", Value::from(text.as_str()));
        meta.insert("list", Value::List(vec![Value::from(text.as_str()), Value::from("b")]));
        meta.insert(
            "lists",
            Value::List(vec![Value::List(vec![Value::from(text.as_str())]), Value::from(text.as_str())]),
        );
        let inner = Map::from_unique(vec![
            Entry::new(text.as_str(), Value::from(text.as_str())),
            Entry::new("z z", Value::from(true)),
        ]);
        meta.insert("maps", Value::List(vec![Value::Map(inner.clone()), Value::from("c")]));
        meta.insert("map", Value::Map(inner));
        if !meta.map.contains_key(&text) {
            meta.insert(text.as_str(), Value::from("as a key"));
        }
        meta.insert("last", Value::from(1_i64));
        metas.push(meta);
    }
    metas
}

fn front(syntax: &dyn FrontMatter, meta: &Meta) -> String {
    let mut out = String::new();
    syntax.print(meta, "", &mut out, &mut ()).expect("it can be written");
    let split = syntax.split(&out, Schema::Jekyll).expect("it is closed").expect("it is there");
    split.front.slice(&out).expect("a span").to_owned()
}

fn check(reader: &str, read: impl Fn(&[String]) -> Option<Vec<JsonValue>>) {
    let metas = metas();
    let yaml: Vec<String> = metas.iter().map(|meta| front(&Yaml::default(), meta)).collect();
    let Some(answers) = read(&yaml) else { return };
    assert_eq!(answers.len(), metas.len());
    let mut failures = Vec::new();
    for ((meta, yaml), answer) in metas.iter().zip(&yaml).zip(answers) {
        let expected = serde_json::to_value(meta).expect("JSON");
        if answer != expected {
            failures.push(format!("{yaml}reads as {answer}"));
        }
    }
    println!("{reader}: {} strings in 7 places, {} fail", metas.len(), failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Asks a program that takes a JSON list of YAML texts and answers with a JSON list of values.
fn ask(program: &str, arguments: &[&str], yaml: &[String]) -> Option<Vec<JsonValue>> {
    let program = generators::program(program, "what other parsers read")?;
    let mut command = Command::new(&program);
    let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
    let input = serde_json::to_vec(yaml).expect("JSON");
    child.stdin.take().expect("a pipe").write_all(&input).expect("it reads");
    let output = child.wait_with_output().expect("it runs");
    if output.status.code() == Some(77) {
        assert!(
            std::env::var_os("POSTFERRY_NO_SKIP").is_none(),
            "{} has no YAML, and no test may skip",
            program.display()
        );
        println!("skipped: {} has no YAML", program.display());
        return None;
    }
    assert!(output.status.success(), "{} failed", program.display());
    Some(serde_json::from_slice(&output.stdout).expect("JSON"))
}

#[test]
fn python_reads_the_same() {
    let script = "import json, sys\n\
                  try: import yaml\n\
                  except ImportError: sys.exit(77)\n\
                  def load(text):\n\
                  \x20try: return yaml.safe_load(text)\n\
                  \x20except Exception as error: return 'error: %s' % error\n\
                  print(json.dumps([load(text) for text in json.load(sys.stdin)], default=str))";
    check("PyYAML", |yaml| ask("python3", &["-c", script], yaml));
}

#[test]
fn ruby_reads_the_same() {
    let script = "require 'psych'; require 'json'\n\
                  texts = JSON.parse(STDIN.read)\n\
                  puts JSON.generate(texts.map { |text| begin; Psych.safe_load(text); rescue => error; \"error: #{error}\"; end })";
    check("Psych", |yaml| ask("ruby", &["-Ku", "-e", script], yaml));
}

#[test]
fn serde_yaml_reads_the_same() {
    check("serde_yaml", |yaml| {
        Some(
            yaml.iter()
                .map(|text| serde_yaml::from_str(text).unwrap_or_else(|error| json!(error.to_string())))
                .collect(),
        )
    });
}

#[test]
fn we_read_the_same_by_every_schema_and_syntax() {
    for schema in [Schema::Jekyll, Schema::Hugo, Schema::Core] {
        check("postferry", |yaml| {
            let read = |text: &String| {
                let meta = Yaml::default().parse(text, Span::new(0, text.len()), schema, &mut ());
                meta.map_or_else(|error| json!(error.to_string()), |meta| serde_json::to_value(meta).expect("JSON"))
            };
            Some(yaml.iter().map(read).collect())
        });
    }
    for syntax in [&Toml::default() as &dyn FrontMatter, &Json::default()] {
        for meta in metas() {
            let text = front(syntax, &meta);
            let read = syntax.parse(&text, Span::new(0, text.len()), Schema::Core, &mut ());
            assert_eq!(read.expect("it reads").map, meta.map, "{text}");
        }
    }
}

/// Hugo reads YAML with goccy/go-yaml: the real program, where it is.
#[test]
fn hugo_reads_the_same() {
    let Some(program) = generators::program("hugo", "what Hugo reads") else { return };
    let site = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = site.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    write(
        "hugo.toml",
        "baseURL = 'http://x/'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap', '404', 'section']\n[outputs]\nhome = ['json']\n",
    );
    write(
        "layouts/home.json",
        "[{{ range $i, $text := hugo.Data.texts }}{{ if $i }},{{ end }}{{ with try (transform.Unmarshal (dict \"format\" \"yaml\") $text) }}{{ with .Err }}{{ printf \"%v\" . | jsonify }}{{ else }}{{ .Value | jsonify }}{{ end }}{{ end }}{{ end }}]",
    );
    check("Hugo", |yaml| {
        write("data/texts.json", &serde_json::to_string(yaml).expect("JSON"));
        let output = Command::new(&program).arg("--quiet").current_dir(site.path()).output().expect("hugo runs");
        let Ok(answer) = std::fs::read_to_string(site.path().join("public/index.json")) else {
            println!("skipped: this hugo is too old: {}", String::from_utf8_lossy(&output.stderr));
            return None;
        };
        Some(serde_json::from_str(&answer).expect("JSON"))
    });
}
