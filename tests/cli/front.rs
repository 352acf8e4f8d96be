//! `front`: the front matter alone, for scripts.

use super::support::Folder;

const YAML: &str = "---\n# about\ntitle: 'Hello'   # greeting\n\ntags: [one, \"two\"]\nrating: 4.50\nparams:\n  author: Ann\n\
                    date: 2019-05-01 12:09:07 +0200\n---\n\n\nThe *body*, as it is.\n  \n";
const TOML: &str = "+++\ntitle = \"Hello\" # greeting\nweight = 0x10\n\n[params]\nauthor = 'Ann'\n+++\nBody\n";
const JSON: &str = "{\n  \"title\": \"Hello\",\n  \"weight\": 1.50\n}\n\nBody\n";

fn posts() -> Folder {
    Folder::new().with("y.md", YAML).with("t.md", TOML).with("j.md", JSON).with("none.md", "# Hello\n")
}

#[test]
fn it_is_printed_as_it_stands_or_in_another_syntax() {
    let folder = posts();
    folder.run(&["front", "y.md"]).check("front-as-is");
    folder.run(&["front", "y.md", "--to", "toml"]).check("front-to-toml");
    folder.run(&["front", "y.md", "--to", "json"]).check("front-to-json");
    folder.run(&["front", "t.md", "--to", "yaml"]).check("front-to-yaml");
    assert_eq!(folder.run(&["front", "none.md"]).stdout(), "");
    let json = folder.run(&["front", "j.md"]);
    assert_eq!(json.stdout(), "{\n  \"title\": \"Hello\",\n  \"weight\": 1.50\n}\n");
}

#[test]
fn one_value_is_printed() {
    let folder = posts();
    let get = |file: &str, key: &str| folder.run(&["front", file, "--get", key]).stdout().to_owned();
    assert_eq!(get("y.md", "title"), "Hello\n");
    assert_eq!(get("y.md", "tags"), "[\"one\",\"two\"]\n");
    assert_eq!(get("y.md", "tags.1"), "two\n");
    assert_eq!(get("y.md", "params.author"), "Ann\n");
    assert_eq!(get("y.md", "rating"), "4.50\n");
    assert_eq!(get("y.md", "date"), "2019-05-01 12:09:07 +0200\n");
    assert_eq!(get("j.md", "weight"), "1.50\n");
    assert_eq!(folder.run(&["front", "y.md", "--get", "title", "--to", "json"]).stdout(), "\"Hello\"\n");
    folder.run(&["front", "y.md", "--get", "titel"]).check("front-no-key");
}

/// The lines of `old` and `new` that differ.
fn changed(old: &str, new: &str) -> Vec<String> {
    similar::TextDiff::from_lines(old, new)
        .iter_all_changes()
        .filter(|change| change.tag() != similar::ChangeTag::Equal)
        .map(|change| change.value().to_owned())
        .collect()
}

#[test]
fn a_change_in_place_leaves_all_else_as_it_is() {
    let folder = posts();
    let set = |file: &str, assignments: &[&str]| {
        let mut arguments = vec!["front", file, "--in-place"];
        arguments.extend(assignments.iter().flat_map(|assignment| ["--set", assignment]));
        let ran = folder.run(&arguments);
        assert_eq!((ran.code, ran.stdout(), ran.stderr.as_str()), (Some(0), "", ""), "{file}");
        folder.read(file)
    };
    let yaml = set("y.md", &["title=Release: notes", "tags.1=three", "draft=true"]);
    assert_eq!(
        changed(YAML, &yaml),
        [
            "title: 'Hello'   # greeting\n",
            "title: \"Release: notes\" # greeting\n",
            "tags: [one, \"two\"]\n",
            "tags: [one, three]\n",
            "draft: true\n",
        ]
    );
    let toml = set("t.md", &["title=It's", "date=2019-05-01"]);
    assert_eq!(
        toml,
        "+++\ntitle = \"It's\" # greeting\nweight = 0x10\ndate = 2019-05-01\n\n[params]\nauthor = 'Ann'\n+++\nBody\n"
    );
    let json = set("j.md", &["title=Hi", "draft=false"]);
    assert_eq!(json, "{\n  \"title\": \"Hi\",\n  \"weight\": 1.50,\n  \"draft\": false\n}\n\nBody\n");
    let none = set("none.md", &["title=Hello"]);
    assert_eq!(none, "---\ntitle: Hello\n---\n\n# Hello\n");
}

#[test]
fn line_ends_and_the_mark_at_the_start_stay() {
    let text = format!("\u{feff}{}", YAML.replace('\n', "\r\n"));
    let folder = Folder::new().with("a.md", &text);
    let ran = folder.run(&["front", "a.md", "--set", "title=Hi", "--set", "more=1", "--in-place"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let expected = text.replace("title: 'Hello'  ", "title: Hi").replace("+0200\r\n", "+0200\r\nmore: 1\r\n");
    assert_eq!(folder.read("a.md"), expected);
}

#[test]
fn the_syntax_can_be_changed_in_place() {
    let folder = posts();
    let ran = folder.run(&["front", "y.md", "--to", "toml", "--in-place"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let text = folder.read("y.md");
    assert!(text.starts_with("+++\n") && text.ends_with("+++\n\n\nThe *body*, as it is.\n  \n"), "{text}");
    let back = folder.run(&["front", "y.md", "--to", "yaml", "--in-place"]);
    assert_eq!(back.code, Some(0), "{}", back.stderr);
    assert!(folder.read("y.md").ends_with("---\n\n\nThe *body*, as it is.\n  \n"));
}

#[test]
fn what_cannot_be_done_is_told_and_nothing_written() {
    let folder = posts().with("broken.md", "---\ntitle: [\n---\n").with("post.json", "{\"version\": 1}\n");
    let files: Vec<String> = folder.files().iter().map(|file| folder.read(file)).collect();
    folder.run(&["front", "y.md", "--set", "title.x=1", "--in-place"]).check("front-leads-nowhere");
    folder.run(&["front", "broken.md", "--get", "title"]).check("front-broken");
    folder.run(&["front", "post.json", "--get", "version"]).check("front-json-post");
    folder.run(&["front", "y.md", "--in-place"]).check("front-nothing-to-do");
    folder.run(&["front", "-", "--set", "a=1", "--in-place"]).check("front-stdin-in-place");
    folder.run(&["front", "y.md", "--set", "title"]).check("front-no-assignment");
    folder.run(&["front", "y.md", "--get", "title", "--to", "toml"]).check("front-get-toml");
    let after: Vec<String> = folder.files().iter().map(|file| folder.read(file)).collect();
    assert_eq!(files, after);
}

#[test]
fn front_matter_at_the_end_is_changed_too() {
    let folder = Folder::new().with("m.md", "# A\n\nBody\n\n<!-- postferry\ndraft: true\n-->\n");
    let ran = folder.run(&["front", "m.md", "--set", "draft=false", "--in-place"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(folder.read("m.md"), "# A\n\nBody\n\n<!-- postferry\ndraft: false\n-->\n");
}

#[test]
fn what_a_syntax_cannot_say_is_told() {
    let folder = posts();
    folder.run(&["front", "t.md", "--to", "json", "--in-place"]).check("front-loss");
    assert_eq!(
        folder.read("t.md"),
        "{\n  \"title\": \"Hello\",\n  \"weight\": 16,\n  \"params\": {\n    \"author\": \"Ann\"\n  }\n}\nBody\n"
    );
}

#[test]
fn standard_input_works_too() {
    let ran = Folder::new().run_with(&["front", "-", "--set", "draft=true", "--to", "json"], TOML);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let json: serde_json::Value = serde_json::from_str(ran.stdout()).unwrap();
    assert_eq!(json, serde_json::json!({"title": "Hello", "weight": 16, "params": {"author": "Ann"}, "draft": true}));
}
