//! `+trace`: the way back has the same bytes.

use postferry::{Conversion, Input};

use crate::cases;
use crate::corpus::{self, front_of};
use crate::table::converter;

/// Through `to` and back to where it stood.
fn there_and_back(from: &str, to: &str, path: &str, text: &str) -> Option<(Conversion, Conversion)> {
    let there = converter(from, &format!("{to}+trace"), None);
    let back = converter(to, from, None);
    let traced = there.convert(Input::new(text).path(Some(path))).ok()?;
    let place = if from.starts_with("hugo") { Some(path) } else { traced.path.as_deref() };
    let again = back.convert(Input::new(&traced.text).path(place)).ok()?;
    Some((traced, again))
}

#[test]
fn the_spelling_stands_behind_its_line_and_comes_back() {
    let text = "---\ntitle:   \"It's a 'title'\" # why\ncategory: nieuws\ndate: Wed, 01 May 2019 12:09:07 +0200\nlayout: post\n\ntags:\n- a\n- b\n---\n\n<p>x</p>\n";
    let (traced, again) = there_and_back("jekyll", "hugo", "_posts/2019-05-01-x.html", text).unwrap();
    assert_eq!(
        front_of(&traced.text),
        "+++\n\
         title = \"It's a 'title'\" # why # jekyll: title:   \"It's a 'title'\" # why\n\
         categories = ['nieuws'] # jekyll: category: nieuws\n\
         date = 2019-05-01T12:09:07+02:00 # jekyll: date: Wed, 01 May 2019 12:09:07 +0200\n\
         url = '/nieuws/2019/05/01/x.html'\n\
         layout = 'post'\n\n\
         tags = ['a', 'b'] # jekyll: tags:\\n- a\\n- b\n\
         +++\n"
    );
    assert_eq!(again.text, text);
}

#[test]
fn a_note_on_a_value_that_has_changed_is_no_longer_believed() {
    let text = "---\ntitle: X\ncategory: nieuws\ntag: a b\n---\n<p>x</p>\n";
    let (traced, _) = there_and_back("jekyll", "hugo", "_posts/2019-05-01-x.html", text).unwrap();
    let changed = traced.text.replace("['nieuws']", "['sport']");
    let back = converter("hugo", "jekyll", None).convert(Input::new(&changed).path(Some("2019-05-01-x.md"))).unwrap();
    assert!(back.text.contains("\ncategories: [sport]\n"), "{}", back.text);
    assert!(back.text.contains("\ntag: a b\n"), "what has not changed is as it was: {}", back.text);
    assert!(back.text.contains("\npermalink: /nieuws/2019/05/01/x.html\n"), "the old address stays: {}", back.text);
    assert!(!back.text.contains("jekyll"), "{}", back.text);
}

#[test]
fn json_has_no_comments_and_so_no_trace() {
    let registry = postferry::Registry::builtin();
    let error = registry.resolve(&"hugo+json+trace".parse().unwrap()).unwrap_err();
    assert_eq!(error.code().name, "format-word");
    assert!(registry.resolve(&"hugo+trace+yaml".parse().unwrap()).is_ok());
}

fn measure(from: &str, to: &str, posts: &[(String, String)], least: f64) {
    let (mut same, mut total) = (0, 0);
    let mut wrong = Vec::new();
    for (path, text) in posts.iter().filter(|(_, text)| !front_of(text).is_empty()) {
        let Some((traced, again)) = there_and_back(from, to, path, text) else { continue };
        total += 1;
        if front_of(&again.text) == front_of(text) {
            same += 1;
        } else {
            wrong.push(format!("{path}\n{}\n{}\n{}", front_of(text), front_of(&traced.text), front_of(&again.text)));
        }
    }
    if total == 0 {
        return;
    }
    println!("measured: {same} of {total} front matters of {from} have the same bytes through {to}+trace");
    if std::env::var_os("POSTFERRY_SHOW").is_some() {
        println!("{}", wrong.join("\n@@@@\n"));
    }
    let share = f64::from(same) / f64::from(total);
    assert!(share >= least, "{} differ:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n\n"));
}

#[test]
fn the_corpus_comes_back_byte_for_byte() {
    let files = corpus::files(&["jekyll-html", "jekyll-md"], "keys: Jekyll's front matter through +trace");
    let posts: Vec<_> = files.into_iter().map(|file| (file.path, file.text)).collect();
    measure("jekyll", "hugo", &posts, 0.98);
    let sample: Vec<_> = posts.iter().step_by(7).cloned().collect();
    measure("jekyll", "hugo+yaml", &sample, 0.98);
}

#[test]
fn the_table_comes_back_byte_for_byte() {
    let posts: Vec<_> = cases::all().iter().map(|case| (case.path.to_owned(), case.text.to_owned())).collect();
    measure("jekyll", "hugo", &posts, 0.9);
    measure("jekyll", "hugo+yaml", &posts, 0.9);
}

#[test]
fn hugos_front_matter_comes_back_byte_for_byte() {
    for (set, format) in [("hugo-toml", "hugo"), ("hugo-yaml", "hugo+yaml")] {
        let files = corpus::files(&[set], "keys: Hugo's front matter through +trace");
        let posts: Vec<_> = files.into_iter().map(|file| (file.path, file.text)).collect();
        measure(format, "jekyll", &posts, 0.85);
    }
}
