use super::*;
use crate::ast::{Document, Equality};
use crate::diag::{Diagnostic, Span};
use crate::format::Extensions;

fn github() -> Extensions {
    ["tables", "strikethrough", "task_lists", "footnotes"].into_iter().collect()
}

fn read(text: &str, extensions: &Extensions) -> Document {
    super::super::read::parse(text, Span::new(0, text.len()), extensions, &mut ())
}

fn write(document: &Document, extensions: &Extensions) -> (String, Vec<Diagnostic>) {
    let (mut out, mut report) = (String::new(), Vec::new());
    print(
        &Body::new(document.clone()),
        &WriteOptions::new(extensions.clone()),
        Flavor::CommonMark,
        &mut out,
        &mut report,
    )
    .unwrap();
    (out, report)
}

fn cases(name: &str) -> Vec<(String, String)> {
    let path = format!("{}/../shared/oracles/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let Ok(json) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: ../shared/oracles/{name}.json is not there");
        return Vec::new();
    };
    let cases: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let text = |case: &serde_json::Value, key: &str| case[key].to_string().trim_matches('"').to_owned();
    cases.iter().map(|case| (text(case, "id"), case["markdown"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn what_is_written_reads_back_on_every_example() {
    let mut failed = Vec::new();
    for name in ["commonmark", "gfm"] {
        for (id, text) in cases(name) {
            let meant = read(&text, &github());
            let (written, _) = write(&meant, &github());
            let back = read(&written, &github());
            if !back.same_meaning_as(&meant, Equality::Exact) {
                failed.push(format!("{name} {id}: {text:?} -> {written:?}"));
            } else {
                let (again, _) = write(&back, &github());
                if again != written {
                    failed.push(format!("{name} {id} no fixpoint: {text:?} -> {written:?} -> {again:?}"));
                }
            }
        }
    }
    assert!(failed.is_empty(), "{} fail:\n{}", failed.len(), failed.join("\n"));
}
