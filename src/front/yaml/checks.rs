//! What is wrong with the text, and where: what the parser says, and what generators' own parsers reject beside.

use std::ops::Range;

use granit_parser::{ErrorKind, ScalarStyle, ScanError};

use super::compose::{Composer, Stop};
use super::rules::{Rules, Tag};
use super::strict;
use crate::diag::{Code, Diagnostic, Sink, Span, codes};
use crate::error::Error;
use crate::front::limits::MAX_DEPTH;

/// How many comments without white space before them are put up with; each reads the text once more.
const MAX_UNSEPARATED: usize = 8;

impl Composer<'_, '_> {
    /// Looks at what stands before a value, up to its end.
    pub(super) fn gap_to(&mut self, range: &Range<usize>) -> Result<(), Error> {
        self.check_tabs(range.start)?;
        self.gap_until(range.start);
        self.gap = self.gap.max(range.end);
        Ok(())
    }

    pub(super) fn check_tabs(&mut self, until: usize) -> Result<(), Error> {
        let column = self.stack.last().map_or(Some(0), |frame| frame.column);
        let (Some(column), Some(gap)) = (column, self.yaml.get(self.gap..until)) else { return Ok(()) };
        let indent = if self.stack.is_empty() { 0 } else { column + 1 };
        match strict::tab(gap, self.gap == 0, self.is_behind_plain, indent, self.rules) {
            None => Ok(()),
            Some(at) => {
                let at = self.gap + at;
                Err(self
                    .error("a tab stands where a line is indented".to_owned(), &(at..at + 1))
                    .help("indent with spaces"))
            }
        }
    }

    pub(super) fn check_anchor_name(&mut self, name: &str, range: &Range<usize>) -> Result<(), Error> {
        if self.rules != Rules::Jekyll || strict::is_anchor_name(name) {
            return Ok(());
        }
        let what = if self.yaml[range.start..].starts_with('*') { "alias" } else { "anchor" };
        let message =
            format!("`{}` is no {what}: its name has letters that Jekyll does not take", &self.yaml[range.clone()]);
        Err(self.error(message, range).help("a text that begins with `*` or `&` needs quotes around it"))
    }

    pub(super) fn check_scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        is_nothing: bool,
        range: &Range<usize>,
    ) -> Result<(), Error> {
        if matches!(self.rules, Rules::Core | Rules::Own) {
            return Ok(());
        }
        let has_question_mark = || self.yaml.get(self.gap..range.start).is_some_and(|gap| gap.contains('?'));
        if is_nothing && self.awaits_key() && !(self.rules == Rules::Jekyll && has_question_mark()) {
            return Err(self.error("a colon stands without a key".to_owned(), range));
        }
        let in_flow = self.stack.last().is_some_and(|frame| frame.column.is_none());
        let behind = self.yaml.get(range.end..).unwrap_or_default();
        let is_bad = self.rules == Rules::Jekyll
            && match style {
                ScalarStyle::Plain => in_flow && !is_nothing && !strict::is_plain_in_flow(text, behind),
                ScalarStyle::DoubleQuoted => {
                    strict::has_surrogate_escape(self.yaml.get(range.clone()).unwrap_or_default())
                }
                _ => false,
            };
        if is_bad {
            let message = format!("the YAML is broken at `{}`", self.yaml.get(range.clone()).unwrap_or_default());
            return Err(self.error(message, range).help("put quotes around it, and no halves of characters in them"));
        }
        Ok(())
    }

    pub(super) fn check_tag(&mut self, tag: Option<&granit_parser::Tag>, range: &Range<usize>) {
        if let Some(tag) = tag.filter(|tag| known_tag(tag) == Tag::Other) {
            let message = format!("the tag `{}` means nothing here and is left out", tag.original());
            self.report(&codes::YAML_TAG, message, range);
        }
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.prepared.original(range.start), self.prepared.original(range.end)).shift(self.base)
    }

    pub(super) fn report(&mut self, code: &'static Code, message: String, range: &Range<usize>) {
        let span = self.span(range);
        self.sink.report(Diagnostic::new(code, message).at(span));
    }

    pub(super) fn error(&self, message: String, range: &Range<usize>) -> Error {
        Error::new(&codes::YAML_SYNTAX, message).at(self.span(range))
    }

    pub(super) fn syntax_error(&self, error: &ScanError) -> Stop {
        let at = error.marker().byte_offset().unwrap_or_default().min(self.yaml.len());
        let next = |byte: u8| memchr::memchr(byte, &self.yaml.as_bytes()[at..]).map_or(at, |found| at + found);
        let has_room = self.prepared.places_count() < MAX_UNSEPARATED;
        let (at, help) = match error.kind() {
            ErrorKind::RecursionLimitExceeded => return too_deep(self.span(&(at..at))).into(),
            ErrorKind::CommentNotSeparated if has_room && matches!(self.rules, Rules::Jekyll | Rules::Hugo) => {
                return Stop::Unseparated(self.prepared.original(next(b'#')));
            }
            ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
                (at, "a text that holds `: ` needs quotes around it")
            }
            ErrorKind::UnclosedQuotedScalar => (at, "close the quotes, or double a quote that is meant"),
            kind if is_about_tabs(kind) => (next(b'\t'), "indent with spaces, not with tabs"),
            _ => (at, "a text that begins with a special character, or holds `: ` or ` #`, needs quotes around it"),
        };
        self.error(format!("the YAML is broken: {}", error.kind()), &(at..at)).help(help).into()
    }
}

pub(super) fn known_tag(tag: &granit_parser::Tag) -> Tag<'_> {
    if tag.original() == "!" {
        return Tag::NonSpecific;
    }
    let standard = tag.core_suffix().or_else(|| (tag.handle() == "tag:yaml.org,2002:").then(|| tag.suffix()));
    standard.map_or(Tag::Other, Tag::Standard)
}

/// The parser names the place of the value that the tab is in.
pub(super) fn is_about_tabs(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart
    )
}

pub(super) fn too_deep(span: Span) -> Error {
    Error::new(&codes::FRONT_TOO_DEEP, format!("lists and maps are nested more than {MAX_DEPTH} deep")).at(span)
}
