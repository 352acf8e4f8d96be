//! Messages as text: [`Renderer`].

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Snippet};
use postferry::{Severity, Span};
use serde_json::json;

use super::args::MessageFormat;
use super::message::Message;
use super::visible::{visible, visible_line};

/// The longest line, in bytes, that is shown with a message. Whole posts stand on one line where an editor wrote the HTML.
const LONGEST_LINE: usize = 4096;

/// Turns messages into text, in one of the three formats. No character of a post steers the terminal.
#[derive(Clone)]
pub(crate) struct Renderer {
    format: MessageFormat,
    snippets: annotate_snippets::Renderer,
}

impl Renderer {
    pub(crate) fn new(format: MessageFormat, is_styled: bool) -> Self {
        let snippets =
            if is_styled { annotate_snippets::Renderer::styled() } else { annotate_snippets::Renderer::plain() };
        Renderer { format, snippets: snippets.decor_style(DecorStyle::Ascii) }
    }

    /// Whether messages are for people, who would rather have many of them summed up.
    pub(crate) fn is_human(&self) -> bool {
        self.format == MessageFormat::Human
    }

    /// The message, ending in a newline, for people in an empty line. `source` is the text that its span counts in.
    pub(crate) fn render(&self, message: &Message, source: Option<&str>) -> String {
        let mut text = match self.format {
            MessageFormat::Human => self.human(message, source) + "\n",
            MessageFormat::Short => short(message),
            MessageFormat::Json => json(message),
        };
        text.push('\n');
        text
    }

    fn human(&self, message: &Message, source: Option<&str>) -> String {
        let title = visible_line(&message.text);
        let file = message.file.as_deref().map(visible_line);
        let mut group = Group::with_title(level(message.severity).primary_title(title).id(message.code.name));
        let excerpt = source.zip(message.span).and_then(|(source, span)| Excerpt::new(source, span));
        if let (Some(excerpt), Some(position)) = (&excerpt, message.position) {
            let span = excerpt.span.start..excerpt.span.end;
            let snippet = Snippet::source(visible(excerpt.line))
                .line_start(position.line)
                .path(file)
                .annotation(AnnotationKind::Primary.span(span));
            group = group.element(snippet);
        } else if let Some(file) = file {
            let origin = Origin::path(file);
            group = group.element(match message.position {
                Some(position) => origin.line(position.line).char_column(position.column),
                None => origin,
            });
        }
        if let Some(help) = &message.help {
            group = group.element(Level::HELP.message(visible(help.trim_end()).into_owned()));
        }
        self.snippets.render(&[group])
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Note => Level::NOTE,
        Severity::Loss => Level::WARNING.with_name("loss"),
        Severity::Error => Level::ERROR,
        _ => Level::WARNING,
    }
}

fn short(message: &Message) -> String {
    let place = message.place();
    let colon = if place.is_empty() { "" } else { ": " };
    let Message { severity, code, text, .. } = message;
    visible_line(&format!("{place}{colon}{severity}[{code}]: {text}")).into_owned()
}

fn json(message: &Message) -> String {
    let line = json!({
        "file": message.file.as_deref(),
        "line": message.position.map(|position| position.line),
        "column": message.position.map(|position| position.column),
        "severity": message.severity.as_str(),
        "code": message.code.name,
        "message": message.text,
        "help": message.help,
    });
    escape_controls(&line.to_string())
}

/// JSON may have C1 controls and the like as they are; escaped they mean the same and do nothing to a terminal.
fn escape_controls(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match visible(c.encode_utf8(&mut [0; 4])).as_ref().starts_with(c) {
            true => out.push(c),
            false => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    out
}

/// The line that a message is about.
struct Excerpt<'a> {
    line: &'a str,
    /// The part of it that is meant, in bytes of the line made visible.
    span: Span,
}

impl<'a> Excerpt<'a> {
    /// `None` if the span does not lie in the source, or its line is too long to show.
    fn new(source: &'a str, span: Span) -> Option<Self> {
        let before = source.get(..span.start)?;
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let rest = source.get(start..)?;
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        if line.len() > LONGEST_LINE {
            return None;
        }
        let end = span.end.clamp(span.start, start + line.len());
        // A byte order mark has no width in any editor.
        let (line, start) = match line.strip_prefix('\u{feff}') {
            Some(rest) => (rest, start + '\u{feff}'.len_utf8()),
            None => (line, start),
        };
        let in_line = |offset: usize| {
            let mut at = offset.saturating_sub(start).min(line.len());
            while !line.is_char_boundary(at) {
                at -= 1;
            }
            visible(line.get(..at).unwrap_or_default()).len()
        };
        Some(Excerpt { line, span: Span::new(in_line(span.start), in_line(end)) })
    }
}
