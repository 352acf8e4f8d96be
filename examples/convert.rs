//! Converts one post with the library and looks at what comes back.
//!
//! `cargo run --example convert [FILE [FORMAT]]`

use std::sync::Arc;

use postferry::{Converter, Input, LineIndex, Registry};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_else(|| "examples/posts/2023-04-12-night-ferry.html".to_owned());
    let format = args.next().unwrap_or_else(|| "hugo".to_owned());
    let text = std::fs::read_to_string(&path)?;

    // No source format is named: it is found out from the fence, the keys and the path.
    let converter = Converter::new(Arc::new(Registry::builtin()), None, &format.parse()?)?;
    let conversion = converter.convert(Input::new(&text).path(Some(&path)))?;

    let lines = LineIndex::new(&text);
    for diagnostic in conversion.report.diagnostics() {
        let place = diagnostic.span.map(|span| format!("{}: ", lines.position(span.start))).unwrap_or_default();
        eprintln!("{place}{}: {}", diagnostic.severity, diagnostic.message);
    }
    eprintln!("{path} is {}; here it is as {format}:", conversion.from);
    print!("{}", conversion.text);
    Ok(())
}
