//! Posts that cannot be read: each gets one clear message with its place. `snapshots/broken/<file>.snap` holds it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use postferry::{Converter, Input};
use support::carry::{builtin, spec};
use support::show;

#[test]
fn each_gets_one_clear_message_with_its_place() {
    insta::glob!("broken/*", |path| {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/broken"));
        settings.set_prepend_module_to_snapshot(false);
        settings.remove_snapshot_suffix();
        settings.set_omit_expression(true);
        settings.set_input_file(path);
        let name = path.file_name().and_then(|name| name.to_str()).unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        for to in ["hugo", "jekyll", "json", "markdown"] {
            let converter = Converter::new(builtin(), None, &spec(to)).unwrap();
            let error = converter.convert(Input::new(&text).path(Some(name))).expect_err(name);
            assert!(error.position().is_some() && error.path() == Some(name), "{error} has no place");
            assert!(!error.message().contains('\n') && error.message().len() < 200, "{error}");
            settings.bind(|| insta::assert_snapshot!(name, show::error(&error)));
        }
    });
}
