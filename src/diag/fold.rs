//! Many diagnostics that say the same, as one with their count.

use super::{Code, Diagnostic, Sink};

/// Passes on what it is told, but keeps those of one code until the end: of those with one message it tells the first, and
/// how many there were.
pub(crate) struct Fold<'a> {
    sink: &'a mut dyn Sink,
    code: &'static Code,
    kept: Vec<(Diagnostic, usize)>,
}

impl<'a> Fold<'a> {
    /// Folds the diagnostics of `code` on their way to `sink`.
    pub(crate) fn new(sink: &'a mut dyn Sink, code: &'static Code) -> Self {
        Fold { sink, code, kept: Vec::new() }
    }

    /// Tells what was kept.
    pub(crate) fn finish(self) {
        for (mut diagnostic, count) in self.kept {
            if count > 1 {
                diagnostic.message.push_str(&format!(" ({count} times, first here)"));
            }
            self.sink.report(diagnostic);
        }
    }
}

impl Sink for Fold<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        if diagnostic.code.name != self.code.name {
            return self.sink.report(diagnostic);
        }
        match self.kept.iter_mut().find(|(kept, _)| kept.message == diagnostic.message) {
            Some((_, count)) => *count += 1,
            None => self.kept.push((diagnostic, 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Span, codes};

    #[test]
    fn what_is_told_again_and_again_is_told_once() {
        let mut told: Vec<Diagnostic> = Vec::new();
        let mut fold = Fold::new(&mut told, &codes::NESTED_TOO_DEEP);
        for at in 0..3 {
            fold.report(Diagnostic::new(&codes::NESTED_TOO_DEEP, "deep").at(Span::new(at, at + 1)));
            fold.report(Diagnostic::new(&codes::PAGE_TAGS_DROPPED, "tags"));
        }
        fold.report(Diagnostic::new(&codes::NESTED_TOO_DEEP, "many"));
        fold.finish();
        let messages: Vec<&str> = told.iter().map(|told| told.message.as_str()).collect();
        assert_eq!(messages, ["tags", "tags", "tags", "deep (3 times, first here)", "many"]);
        assert_eq!(told[3].span, Some(Span::new(0, 1)));
    }
}
