//! `formats`, `explain`, `schema`, help and version.

use super::support::Folder;

#[test]
fn formats_are_listed_for_people_and_for_programs() {
    let folder = Folder::new();
    folder.run(&["formats"]).check("formats");
    let json: serde_json::Value = serde_json::from_slice(&folder.run(&["formats", "--json"]).stdout).unwrap();
    let names: Vec<_> = json.as_array().unwrap().iter().map(|format| format["name"].as_str().unwrap()).collect();
    for name in ["jekyll", "hugo", "markdown", "html", "json"] {
        assert!(names.contains(&name), "{name}");
    }
    let hugo = json.as_array().unwrap().iter().find(|format| format["name"] == "hugo").unwrap();
    assert_eq!(hugo["front_matter"], serde_json::json!(["toml", "yaml", "json"]));
    assert_eq!(hugo["reads"], true);
    assert!(hugo["extensions"].is_object());
}

#[test]
fn a_code_is_explained() {
    let folder = Folder::new();
    folder.run(&["explain", "output-twice"]).check("explain");
    assert_eq!(folder.run(&["explain", "[output-twice]"]).stdout, folder.run(&["explain", "output-twice"]).stdout);
    folder.run(&["explain", "outpt-twice"]).check("explain-unknown");
}

#[test]
fn all_codes_are_listed_and_each_is_explained() {
    let folder = Folder::new();
    let list = folder.run(&["explain"]);
    assert_eq!((list.code, list.stderr.as_str()), (Some(0), ""));
    let codes = postferry::diag::codes::all();
    assert_eq!(list.stdout().lines().count(), codes.len());
    for (line, code) in list.stdout().lines().zip(codes) {
        assert!(line.starts_with(code.name) && line.ends_with(code.title), "{line}");
        let explained = folder.run(&["explain", code.name]);
        assert_eq!(explained.code, Some(0), "{code}");
        assert!(explained.stdout().starts_with(&format!("{} ({}): {}\n", code.name, code.severity, code.title)));
    }
}

#[test]
fn the_schema_is_the_published_one() {
    let ran = Folder::new().run(&["schema"]);
    assert_eq!((ran.code, ran.stdout()), (Some(0), postferry::json::SCHEMA));
    assert!(jsonschema::validator_for(&serde_json::from_str(ran.stdout()).unwrap()).is_ok());
}
