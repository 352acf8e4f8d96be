//! The folds: what is written otherwise than it was, and reads the same.

use crate::diag::{Code, Diagnostic, Sink, codes};

/// One of the five.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    /// Bare text among blocks becomes a paragraph.
    BareText,
    /// A `<pre>` becomes a code block.
    Code,
    /// A list becomes loose.
    LooseList,
    /// White space at the inner edge of an inline element moves outside.
    Space,
    /// An empty inline element without attributes goes.
    EmptyInline,
}

const ALL: [Fold; 5] = [Fold::BareText, Fold::Code, Fold::LooseList, Fold::Space, Fold::EmptyInline];

/// How often each was made.
#[derive(Clone, Debug, Default)]
pub(super) struct Folds {
    counts: [usize; 5],
}

impl Folds {
    pub(super) fn add(&mut self, fold: Fold) {
        self.counts[fold as usize] += 1;
    }

    pub(super) fn report(&self, sink: &mut dyn Sink) {
        for fold in ALL {
            let count = self.counts[fold as usize];
            if count > 0 {
                let (code, one, many) = fold.words();
                let message = if count == 1 { format!("1 {one}") } else { format!("{count} {many}") };
                sink.report(Diagnostic::new(code, message));
            }
        }
    }
}

impl Fold {
    fn words(self) -> (&'static Code, &'static str, &'static str) {
        match self {
            Fold::BareText => {
                (&codes::BARE_TEXT, "run of bare text became a paragraph", "runs of bare text became paragraphs")
            }
            Fold::Code => (&codes::PRE_FOLDED, "`<pre>` became a code block", "`<pre>` became code blocks"),
            Fold::LooseList => (&codes::LIST_LOOSENED, "list became loose", "lists became loose"),
            Fold::Space => (
                &codes::SPACE_MOVED,
                "space was moved out of an inline element",
                "spaces were moved out of inline elements",
            ),
            Fold::EmptyInline => {
                (&codes::EMPTY_INLINE, "empty inline element was left out", "empty inline elements were left out")
            }
        }
    }
}
