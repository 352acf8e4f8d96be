//! Law 5: documents and front matter made at random obey laws 1 and 2. `PROPTEST_CASES` says how many.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use postferry::ast::Document;
use postferry::format::{FrontMatter, ReadOptions, Schema};
use postferry::front::{Json, Toml, Yaml};
use postferry::meta::Meta;
use postferry::{Input, Post, Report};
use proptest::prelude::*;
use support::carry::{Cargo, builtin, read, spec};
use support::{arbitrary, dom, independent, laws};

/// Writes `post` in `format` and reads it back.
fn there_and_back(post: &Post, format: &str) -> (String, Report, Post) {
    let registry = builtin();
    let resolved = registry.resolve(&spec(format)).unwrap();
    let mut options = postferry::format::WriteOptions::default();
    options.extensions = resolved.extensions.clone();
    let (mut text, mut report) = (String::new(), Report::new());
    resolved.writer.as_ref().unwrap().write(post, &options, &mut text, &mut report).unwrap();
    let mut options = ReadOptions::default();
    options.extensions = resolved.extensions.clone();
    let arrived = resolved.reader.as_ref().unwrap().read(Input::new(&text), &options, &mut ()).unwrap();
    (text, report, arrived)
}

fn body_holds(document: Document, format: &str) -> Result<(), TestCaseError> {
    let mut meta = Meta::new();
    meta.insert("title", "A title");
    let post = Post::new(meta, document);
    let (text, report, arrived) = there_and_back(&post, format);
    let says = |word: &str| report.diagnostics().iter().any(|diagnostic| diagnostic.code.name.contains(word));
    if report.is_lossless() && !says("unproved") {
        let is_same = post.body.document().same_meaning(arrived.body.document());
        prop_assert!(is_same, "{format}: another meaning\n{text}\n{:#?}", arrived.body.document());
        // HTML is written by another writer and read by the oracle's parser.
        let (html, _, _) = there_and_back(&post, "jekyll");
        let html = html.split_once("\n---\n").map_or(html.as_str(), |(_, body)| body);
        // What Liquid makes of it: braces that are text stand between marks.
        let html = &html.replace("{% raw %}", "").replace("{% endraw %}", "");
        let shown = independent::html(&arrived).unwrap_or_default();
        if let Err(difference) = dom::reader_equal(html, &shown) {
            return Err(TestCaseError::fail(format!("{format}: {difference}\n{html}\n{text}")));
        }
    }
    let format_of = builtin().resolve(&spec(format)).unwrap();
    let mut again = read(&builtin(), &Cargo::new(format, text.as_str(), None)).unwrap().post;
    let copied = laws::write(&format_of, &again).unwrap();
    prop_assert_eq!(&copied, &text, "{}: law 2", format);
    again.body.document_mut();
    again.origin.front = None;
    let once = laws::write(&format_of, &again).unwrap();
    let mut twice = read(&builtin(), &Cargo::new(format, once.as_str(), None)).unwrap().post;
    twice.body.document_mut();
    twice.origin.front = None;
    prop_assert_eq!(laws::write(&format_of, &twice).unwrap(), once, "{}: law 2, from the tree", format);
    Ok(())
}

/// Few enough to take seconds; a longer run is had with `PROPTEST_CASES`.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { usual.cases } else { 64 };
    // Some words make no paragraph and are drawn anew: of very many cases that is often, and no failure.
    let max_local_rejects = usual.max_local_rejects.max(cases.saturating_mul(16));
    ProptestConfig { cases, max_local_rejects, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn bodies_as_markdown(document in arbitrary::document()) {
        body_holds(document, "markdown+meta")?;
    }

    #[test]
    fn bodies_in_hugo(document in arbitrary::document()) {
        body_holds(document, "hugo")?;
    }

    #[test]
    fn bodies_in_jekyll(document in arbitrary::document()) {
        body_holds(document, "jekyll")?;
    }

    #[test]
    fn bodies_in_json(document in arbitrary::document()) {
        body_holds(document, "json+markdown")?;
    }

    #[test]
    fn front_matter_in_every_syntax(meta in arbitrary::meta()) {
        for (name, front) in [("yaml", &Yaml::default() as &dyn FrontMatter), ("toml", &Toml::default()), ("json", &Json::default())] {
            for schema in [Schema::Jekyll, Schema::Hugo, Schema::Core] {
                let (mut text, mut report) = (String::new(), Report::new());
                front.print(&meta, "", &mut text, &mut report).unwrap();
                let split = front.split(&text, schema).unwrap();
                let is = split.map_or(Ok(Meta::new()), |split| front.parse(&text, split.front, schema, &mut ())).unwrap();
                let is_reordered = report.diagnostics().iter().any(|told| told.code.name == "key-order");
                if !report.is_lossless() || is_reordered {
                    continue;
                }
                if name != "json" && schema != Schema::Jekyll {
                    // Hugo's YAML has neither dates nor numbers of more than 64 bits, YAML's core schema no dates.
                    prop_assert_eq!(laws::as_text(&meta.map.clone().into()), laws::as_text(&is.map.into()), "{}", text);
                    continue;
                }
                if report.is_empty() && name != "json" {
                    prop_assert_eq!(&meta.map, &is.map, "{} as {:?}:\n{}", name, schema, text);
                }
                let mut again = String::new();
                front.print(&is, "", &mut again, &mut ()).unwrap();
                prop_assert_eq!(&again, &text, "{} is no fixpoint", name);
            }
        }
    }

    #[test]
    fn front_matter_in_every_format(meta in arbitrary::meta()) {
        let post = Post::new(meta, Document::default());
        for format in ["jekyll", "hugo", "hugo+yaml", "hugo+json", "markdown+meta", "json"] {
            let (text, report, arrived) = there_and_back(&post, format);
            for entry in post.meta.map.iter() {
                let is_same = arrived.meta.get(&entry.key) == Some(&entry.value);
                let is_told = report.diagnostics().iter().any(|told| laws::names(&told.message, &entry.key));
                prop_assert!(is_same || is_told, "{format}: {:?} became {:?}\n{text}", entry, arrived.meta.get(&entry.key));
            }
            prop_assert!(arrived.meta.map.len() <= post.meta.map.len(), "{format}: {:?}", arrived.meta.map);
        }
    }
}
