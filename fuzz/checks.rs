//! What the fuzz targets check. `tests/fuzz_pinned.rs` checks the same of the inputs under `corpus/`, on every run of
//! `cargo test`.

#![allow(dead_code)] // each target uses its own check
#![allow(clippy::panic)]

use std::sync::{Arc, OnceLock};

use postferry::format::{FrontMatter, Schema};
use postferry::front::Yaml;
use postferry::{Converter, Error, Input, Registry, Span};

const FORMATS: [&str; 9] =
    ["jekyll", "jekyll+markdown", "markdown", "markdown+meta", "hugo", "hugo+yaml", "hugo+json", "json", "html"];

fn registry() -> Arc<Registry> {
    static REGISTRY: OnceLock<Arc<Registry>> = OnceLock::new();
    REGISTRY.get_or_init(|| Arc::new(Registry::builtin())).clone()
}

fn converter(from: Option<&str>, to: &str) -> Converter {
    let spec = |name: &str| name.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
    Converter::new(registry(), from.map(spec).as_ref(), &spec(to)).unwrap_or_else(|error| panic!("{to}: {error}"))
}

/// Any text, in the format that it seems to be in, into every format: what comes out is read again, and in the format it is
/// in nothing changes.
pub(crate) fn convert_any(data: &[u8]) {
    let Ok(text) = postferry::decode(data, None) else { return };
    for to in FORMATS {
        let Ok(there) = converter(None, to).convert(Input::new(text)) else { continue };
        let path = there.path.as_deref();
        if let Err(error) = converter(Some(to), to).read(Input::new(&there.text).path(path)) {
            panic!("{} to {to} is not read again: {error}\n{:?}", there.from, there.text);
        }
        let from = there.from.to_string();
        let same =
            converter(Some(&from), &from).convert(Input::new(text)).unwrap_or_else(|error| panic!("{from}: {error}"));
        assert_eq!(same.text, text, "{from} is not left alone");
    }
}

/// An HTML fragment as Markdown means the same, or the report says what does not.
pub(crate) fn html_to_markdown(data: &[u8]) {
    let Ok(html) = std::str::from_utf8(data) else { return };
    // Front matter of its own keeps a fragment from being taken for anything else.
    let text = format!("---\ntitle: x\n---\n{html}");
    let Ok(there) = converter(Some("jekyll+html"), "hugo").convert(Input::new(&text)) else { return };
    let says = |word: &str| there.report.diagnostics().iter().any(|d| d.code.name.contains(word));
    if !there.report.is_lossless() || says("unproved") {
        return;
    }
    let was = read("jekyll+html", &text).unwrap_or_else(|error| panic!("{error}"));
    let is = read("hugo", &there.text).unwrap_or_else(|error| panic!("{error}"));
    assert!(was.body.document().same_meaning(is.body.document()), "{html:?} became {:?}", there.text);
}

fn read(format: &str, text: &str) -> Result<postferry::Post, Error> {
    Ok(converter(Some(format), format).read(Input::new(text))?.post)
}

/// What YAML front matter says, written again, says the same.
pub(crate) fn yaml(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for schema in [Schema::Core, Schema::Jekyll, Schema::Hugo] {
        let Ok(was) = Yaml::default().parse(text, Span::new(0, text.len()), schema, &mut ()) else { continue };
        let mut written = String::new();
        let mut report = postferry::Report::new();
        if let Err(error) = Yaml::default().print(&was, "", &mut written, &mut report) {
            panic!("{text:?} is read and not written: {error}");
        }
        if !report.is_lossless() {
            continue;
        }
        let split =
            Yaml::default().split(&written, schema).unwrap_or_else(|error| panic!("{written:?} is not split: {error}"));
        let Some(split) = split else {
            assert!(was.is_empty(), "{text:?} became {written:?}");
            continue;
        };
        let is = Yaml::default()
            .parse(&written, split.front, schema, &mut ())
            .unwrap_or_else(|e| panic!("{written:?}: {e}"));
        assert_eq!(was, is, "{text:?} became {written:?}");
    }
}
