#![allow(clippy::unwrap_used)]
#[path = "support/dom.rs"]
mod dom;
#[path = "kramdown/support.rs"]
mod support;
use postferry::markup::kramdown::{Display, Settings};
#[test]
fn fuzzdev() {
    let Ok(cases) = std::fs::read_to_string("/tmp/fuzz_cases.json") else { return };
    let cases: Vec<String> = serde_json::from_str(&cases).unwrap();
    let real: Vec<Option<String>> = serde_json::from_str(&std::fs::read_to_string("/tmp/fuzz_real.json").unwrap()).unwrap();
    let native: bool = serde_json::from_str(&std::fs::read_to_string("/tmp/fuzz_native.json").unwrap()).unwrap();
    let settings = if native { Settings::native() } else { Settings::jekyll() };
    let mut display = Display::default();
    display.gfm = settings.gfm;
    let mut bad = vec![];
    for (t, r) in cases.iter().zip(&real) {
        let Some(r) = r else { continue };
        let ours = support::html(t, &settings, &display);
        if let Err(d) = dom::all_attributes_equal(r, &ours) { bad.push((t.len(), t, r, ours, d)); }
    }
    bad.sort_by_key(|b| b.0);
    println!("DIFF {} of {} ({} none)", bad.len(), cases.len(), real.iter().filter(|r| r.is_none()).count());
    for (_, t, r, o, d) in bad.iter().take(14) { println!("=====\n{t:?}\nREAL {r:?}\nOURS {o:?}\n{}", d.chars().take(300).collect::<String>()); }
}
