//! An import script with the library: every post of a folder, as Hugo has it, into another folder.
//!
//! `cargo run --example import POSTS TARGET`

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use postferry::{Converter, Input, LineIndex, Registry, Severity};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(posts), Some(target)) = (arguments.next(), arguments.next()) else {
        return Err("usage: import POSTS TARGET".into());
    };
    let converter = Converter::new(Arc::new(Registry::builtin()), None, &"hugo".parse()?)?;
    fs::create_dir_all(&target)?;
    let mut failed = false;
    for entry in fs::read_dir(&posts)? {
        let file = entry?.path();
        if let Err(error) = import(&converter, &file, Path::new(&target)) {
            // A post that cannot be read is one message, with its place; the others go on.
            eprintln!("{error}");
            failed = true;
        }
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn import(converter: &Converter, file: &Path, target: &Path) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(file)?;
    let path = file.to_string_lossy();
    let base = file.parent().unwrap_or(file).to_string_lossy();
    let conversion = converter.convert(Input::new(&text).path(Some(&path)).base(&base))?;
    let lines = LineIndex::new(&text);
    for diagnostic in conversion.report.diagnostics() {
        if diagnostic.severity >= Severity::Warning {
            let place = diagnostic.span.map(|span| lines.position(span.start).to_string()).unwrap_or_default();
            eprintln!("{path}:{place}: {}: {}", diagnostic.severity, diagnostic.message);
        }
    }
    // The name that the post has among Hugo's files.
    let name = conversion.path.ok_or("the post has no name")?;
    fs::write(target.join(name), conversion.text)?;
    Ok(())
}
