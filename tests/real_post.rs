//! The real post through every order of the four formats: nothing of it may be lost on any way.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use postferry::meta::{CommentPlace, Value};
use postferry::{Conversion, Post};
use support::carry::{Cargo, builtin, carry, read};
use support::{dom, independent, laws, shared};

const FORMATS: [&str; 4] = ["jekyll", "hugo", "json", "markdown+meta"];

fn real_post(test: &str) -> Option<Cargo> {
    let path = shared::find("post/2019-05-01-mali.html", test)?;
    let text = std::fs::read_to_string(path).unwrap();
    Some(Cargo::new("jekyll", text, Some("_posts/2019-05-01-mali.html")))
}

/// The post's last paragraph holds a space. Once it held a no-break space, as such feeds have it: both must arrive.
fn with_no_break_space(post: &Cargo) -> Cargo {
    let text = post.text.replace("<p> </p>", "<p>\u{a0}</p>");
    assert_ne!(text, post.text, "the last paragraph is another");
    Cargo { text, ..post.clone() }
}

/// Every order of `items`.
fn orders<'a>(items: &[&'a str]) -> Vec<Vec<&'a str>> {
    if items.is_empty() {
        return vec![vec![]];
    }
    let mut out = Vec::new();
    for index in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(index);
        out.extend(orders(&rest).into_iter().map(|mut order| {
            order.insert(0, first);
            order
        }));
    }
    out
}

fn post(cargo: &Cargo) -> Post {
    read(&builtin(), cargo).unwrap().post
}

fn assert_whole(original: &Post, cargo: &Cargo, way: &str) {
    let is = post(cargo);
    assert_eq!(is.meta.map.len(), original.meta.map.len(), "{way}: {:?}", is.meta.map);
    for entry in original.meta.map.iter() {
        assert_eq!(is.meta.get(&entry.key), Some(&entry.value), "{way}: {}", entry.key);
    }
    let (was, is) = (independent::html(original).unwrap(), independent::html(&is).unwrap());
    dom::strict_equal(&was, &is).unwrap_or_else(|difference| panic!("{way}: {difference}"));
    assert_eq!(dom::visible_text(&was), dom::visible_text(&is), "{way}");
    let last = |html: &str| html.trim_end().rsplit("<p>").next().unwrap().replace("&nbsp;", "\u{a0}");
    let (was, is) = (last(&was), last(&is));
    assert_eq!(was.trim_matches(' '), is.trim_matches(' '), "{way}: the last paragraph");
    assert!(was.starts_with([' ', '\u{a0}', '<']), "{way}: the last paragraph was {was:?}");
}

#[test]
fn every_order_of_the_four_formats_brings_it_back() {
    let Some(start) = real_post("every order of the four formats") else { return };
    let orders = orders(&FORMATS);
    assert_eq!(orders.len(), 24);
    for (start, order) in [with_no_break_space(&start), start].iter().flat_map(|s| orders.iter().map(move |o| (s, o))) {
        let original = post(start);
        let mut cargo = start.clone();
        let mut way = "jekyll".to_owned();
        for to in order.iter().copied().chain(["jekyll"]) {
            way.push_str(&format!(" → {to}"));
            let (there, conversion) = carry(&builtin(), &cargo, to).unwrap_or_else(|error| panic!("{way}: {error}"));
            assert!(conversion.report.is_lossless(), "{way}: {:?}", conversion.report);
            assert_whole(&original, &there, &way);
            cargo = there;
        }
        assert_eq!(
            cargo.path.as_deref().and_then(|path| path.rsplit('/').next()),
            Some("2019-05-01-mali.html"),
            "{way}"
        );
        // As Jekyll's own front matter: the values that the post was written with.
        let yaml: serde_yaml::Value = serde_yaml::from_str(cargo.text.split("---\n").nth(1).unwrap()).unwrap();
        assert_eq!(yaml["layout"], "post", "{way}");
        assert_eq!(yaml["title"], "Nederlandse militairen weg uit Mali, wat heeft de VN-missie opgeleverd?", "{way}");
        assert_eq!(yaml["externe_link"], "https://nos.nl/l/2282813", "{way}");
        let category = yaml.get("category").cloned().unwrap_or_else(|| yaml["categories"][0].clone());
        assert_eq!(category, "nieuws", "{way}");
    }
}

fn to(format: &str, test: &str) -> Option<(Cargo, Conversion)> {
    Some(carry(&builtin(), &real_post(test)?, format).unwrap())
}

#[test]
fn its_front_matter_in_toml_is_what_a_careful_person_writes() {
    let Some((hugo, conversion)) = to("hugo", "the front matter in TOML") else { return };
    let front = hugo.text.split("+++\n").nth(1).unwrap();
    assert_eq!(
        front,
        "layout = 'post'\n\
         title = 'Nederlandse militairen weg uit Mali, wat heeft de VN-missie opgeleverd?'\n\
         date = 2019-05-01T12:09:07+02:00\n\
         url = '/nieuws/2019/05/01/mali.html'\n\
         categories = ['nieuws']\n\
         externe_link = 'https://nos.nl/l/2282813'\n\
         feature_image = 'https://nos.nl/data/image/2016/07/06/297474/1008x567.jpg'\n"
    );
    let parsed: toml_edit::DocumentMut = front.parse().unwrap();
    let date = parsed["date"].as_datetime().unwrap();
    assert!(date.offset.is_some() && date.time.is_some(), "{date} is no offset datetime");
    assert!(hugo.text.ends_with("\n\n<p></p>\n"), "{:?}", &hugo.text[hugo.text.len() - 40..]);
    let (with_no_break_space, _) = carry(&builtin(), &with_no_break_space(&real_post("").unwrap()), "hugo").unwrap();
    assert_eq!(with_no_break_space.text, hugo.text.replace("<p></p>", "&nbsp;"));
    assert!(hugo.text.contains("\n## Dodelijkste VN-missie ooit\n\nDe missie in Mali"));
    assert!(!hugo.text.contains('\\') && hugo.text.matches('<').count() == 2, "escapes or tags where none are needed");
    let codes: Vec<_> = conversion.report.diagnostics().iter().map(|d| d.code.name).collect();
    assert_eq!(codes, ["address-assumed", "hugo-config"], "{:?}", conversion.report);
}

#[test]
fn its_keys_keep_their_order() {
    let Some(start) = real_post("the order of its keys") else { return };
    let keys = |cargo: &Cargo| -> Vec<String> { post(cargo).meta.map.iter().map(|entry| entry.key.clone()).collect() };
    let was = keys(&start);
    assert_eq!(was, ["layout", "title", "date", "url", "categories", "externe_link", "feature_image"]);
    for to in ["hugo", "hugo+yaml", "hugo+json", "jekyll+markdown"] {
        let (there, _) = carry(&builtin(), &start, to).unwrap();
        assert_eq!(keys(&there), was, "{to}");
        let (back, _) = carry(&builtin(), &there, "jekyll").unwrap();
        assert_eq!(keys(&back), was, "{to} and back");
    }
}

#[test]
fn its_date_is_one_instant_everywhere() {
    let Some(start) = real_post("its date") else { return };
    for to in ["hugo", "hugo+yaml", "hugo+json", "json", "markdown+meta", "jekyll+markdown"] {
        let (there, _) = carry(&builtin(), &start, to).unwrap();
        let post = post(&there);
        let Some(Value::OffsetDateTime(date)) = post.meta.get("date") else {
            panic!("{to}: {:?}", post.meta.get("date"))
        };
        assert_eq!(date.to_string(), "2019-05-01T12:09:07+02:00", "{to}");
    }
}

#[test]
fn pure_markdown_shows_its_title_and_names_the_rest_as_lost() {
    let Some((there, conversion)) = to("markdown", "pure Markdown") else { return };
    assert!(
        there
            .text
            .starts_with("# Nederlandse militairen weg uit Mali, wat heeft de VN-missie opgeleverd?\n\nVijf jaar")
    );
    assert!(!there.text.contains("---") && !there.text.contains("<!--"));
    let lost: Vec<&str> = conversion.report.diagnostics().iter().map(|d| d.message.as_str()).collect();
    for key in ["layout", "date", "categories", "externe_link", "feature_image"] {
        assert!(lost.iter().any(|message| message.contains(&format!("`{key}`"))), "{key}: {lost:?}");
    }
}

#[test]
fn the_laws_hold_for_it() {
    let Some(start) = real_post("the laws") else { return };
    for to in support::carry::TARGETS {
        assert_eq!(laws::broken(&builtin(), &start, to), Vec::<String>::new());
    }
    assert!(post(&start).meta.comments.iter().all(|comment| comment.place != CommentPlace::Trailing));
}
