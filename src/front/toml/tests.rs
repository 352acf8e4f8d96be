use super::*;
use crate::diag::Diagnostic;
use crate::front::Yaml;
use crate::meta::{Value, pointer};

fn read(toml: &str) -> Meta {
    Toml.parse(toml, Span::new(0, toml.len()), Schema::Hugo, &mut ()).unwrap()
}

fn from_yaml(yaml: &str) -> Meta {
    Yaml.parse(yaml, Span::new(0, yaml.len()), Schema::Jekyll, &mut ()).unwrap()
}

fn written(meta: &Meta) -> (String, Vec<Diagnostic>) {
    let mut report = Vec::new();
    (write::write(meta, &mut report), report)
}

#[test]
fn the_style_of_hugo() {
    let meta = from_yaml(
        "title: It's \"x\"\ndate: 2019-05-01 12:09:07 +0200\ntags: [a, b]\nsmall: {x: 1, y: [2]}\nn: 1.50\ntext: |\n  a\n  b\nauthor:\n  name: Jo\n  url: 'http://x'\nlinks:\n  - t: a\n  - t: b\n",
    );
    let (toml, report) = written(&meta);
    assert_eq!(
        toml,
        "title = \"It's \\\"x\\\"\"\ndate = 2019-05-01T12:09:07+02:00\ntags = ['a', 'b']\nsmall = { x = 1, y = [2] }\nn = 1.50\n\
         text = '''\na\nb\n'''\n\n[author]\nname = 'Jo'\nurl = 'http://x'\n\n[[links]]\nt = 'a'\n\n[[links]]\nt = 'b'\n"
    );
    assert!(report.is_empty());
    assert_eq!(read(&toml).map, meta.map);
}

#[test]
fn values_without_a_form_come_back() {
    let meta =
        from_yaml("# above\na: null\nbig: 18446744073709551616 # behind\nm:\n  x: 1\n  y:\nlast: 2\nn:\n  # z\n  z:\n");
    let (toml, report) = written(&meta);
    let codes: Vec<&str> = report.iter().map(|d| d.code.name).collect();
    assert_eq!(codes, ["null-as-comment", "integer-as-text", "null-as-comment", "null-as-comment"], "{toml}");
    let back = read(&toml);
    assert_eq!(back.map, meta.map, "{toml}");
    assert_eq!(written(&back).0, toml);
}

#[test]
fn comments_cross_over_in_place() {
    let meta = from_yaml(
        "# top\ntitle: A # behind\n\n# about tags\ntags:\n  # one\n  - a # behind a\n  - b\n  # end\nmid:\n  # in mid\n  x: 1\nplain: 2\nauthor: # behind author\n  # the name\n  name: Jo\n  # end of author\nlist:\n  # item\n  - k: 1\n    # end of item\n  - k: 2 # two\n# the end\n",
    );
    let (toml, report) = written(&meta);
    let back = read(&toml);
    let show = |meta: &Meta| {
        let mut all: Vec<String> = meta
            .comments
            .iter()
            .filter(|c| c.text.is_some())
            .map(|c| format!("{:?} {} {:?}", c.place, pointer(&c.path), c.text))
            .collect();
        all.sort();
        all
    };
    assert_eq!(show(&back), show(&meta), "{toml}");
    assert_eq!(back.map, meta.map, "{toml}");
    assert_eq!(written(&back).0, toml);
    assert!(report.is_empty());
}

#[test]
fn keys_that_are_no_tables_stay_above_tables() {
    let meta = from_yaml(
        "a:\n  x: 1\n  long: this text is long enough that the table does not fit on one line of a hundred characters\nlist:\n  - x: 1\n    y:\nb: 2\n",
    );
    let (toml, report) = written(&meta);
    assert!(toml.starts_with("a.x = 1\na.long = 'this"), "{toml}");
    assert_eq!(report.iter().filter(|d| d.code.name == "key-order").count(), 1);
    let back = read(&toml);
    let mut keys: Vec<&str> = back.map.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys, ["a", "b", "list"]);
    keys.sort_unstable();
    assert_eq!(back.get("list"), meta.get("list"));
}

#[test]
fn errors_and_types() {
    let toml = "a = 1\nb = x\n";
    let error = Toml.parse(toml, Span::new(0, toml.len()), Schema::Hugo, &mut ()).unwrap_err().locate(toml);
    assert_eq!(error.code().name, "toml-syntax");
    assert_eq!(error.position().unwrap().to_string(), "2:5");
    let deep = format!("a = {}", "[".repeat(10_000));
    let error = Toml.parse(&deep, Span::new(0, deep.len()), Schema::Hugo, &mut ()).unwrap_err();
    assert!(matches!(error.code().name, "front-too-deep" | "toml-syntax"));
    let meta = read("a = 0x1F\nb = 1.50\nc = 2019-05-01\nd = 07:32:00\ne = '''\nx'''\n[t.u]\nx = true\n[[l]]\ny = 1\n");
    assert_eq!(meta.get("a"), Some(&Value::from(31_i64)));
    assert_eq!(meta.get_str("d"), Some("07:32:00"));
    assert_eq!(meta.get_str("e"), Some("x"));
    assert!(meta.get("c").unwrap().is_date());
    assert_eq!(meta.get("t").unwrap().as_map().unwrap().get("u").unwrap().as_map().unwrap().len(), 1);
}
