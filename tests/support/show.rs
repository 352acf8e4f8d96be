//! Texts, reports and errors as snapshots show them.

use postferry::{Diagnostic, Error, LineIndex, Report};

/// A text with what nobody sees made visible: carriage returns, no-break and zero-width characters, tabs, spaces at line
/// ends, a missing newline at the end.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let end = line.trim_end_matches(['\n', '\r', ' ']).len();
        let (body, tail) = line.split_at(end);
        body.chars().for_each(|c| push(c, &mut out));
        for c in tail.chars() {
            match c {
                ' ' => out.push('·'),
                '\r' => out.push('␍'),
                other => out.push(other),
            }
        }
    }
    if !text.ends_with('\n') {
        out.push_str("⟨no newline⟩\n");
    }
    out
}

fn push(c: char, out: &mut String) {
    match c {
        '\t' => out.push('⇥'),
        '\r' => out.push('␍'),
        '\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}' | '\u{feff}' => {
            out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
        }
        c if c.is_control() => out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c))),
        c => out.push(c),
    }
}

/// One line for each diagnostic, `severity[code] line:column message`, with what to do below it.
pub(crate) fn report(report: &Report, text: &str) -> String {
    if report.is_empty() {
        return "nothing to say\n".to_owned();
    }
    let index = LineIndex::new(text);
    report.diagnostics().iter().map(|diagnostic| line(diagnostic, &index)).collect()
}

fn line(diagnostic: &Diagnostic, index: &LineIndex<'_>) -> String {
    let place = diagnostic.span.map_or("-".to_owned(), |span| index.position(span.start).to_string());
    let Diagnostic { severity, code, message, help, .. } = diagnostic;
    format!("{severity}[{code}] {place} {}\n{}", visible_line(message), indented(help.as_deref()))
}

/// An error, likewise.
pub(crate) fn error(error: &Error) -> String {
    format!("error[{}] {}\n{}", error.code(), visible_line(&error.to_string()), indented(error.help_text()))
}

fn visible_line(text: &str) -> String {
    visible(text).trim_end_matches("⟨no newline⟩\n").to_owned()
}

fn indented(help: Option<&str>) -> String {
    help.into_iter().flat_map(str::lines).map(|line| format!("    {line}\n")).collect()
}
