//! No front matter: what the body does not show is lost, and said so.

use std::fmt;

use super::print;
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::error::Error;
use crate::format::{FrontMatter, Schema, Split};
use crate::meta::Meta;

/// None: the body is all there is.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct NoFrontMatter;

impl FrontMatter for NoFrontMatter {
    fn name(&self) -> &str {
        "none"
    }

    fn holds_title(&self) -> bool {
        false
    }

    fn split(&self, _: &str, _: Schema) -> Result<Option<Split>, Error> {
        Ok(None)
    }

    fn parse(&self, _: &str, _: Span, _: Schema, _: &mut dyn Sink) -> Result<Meta, Error> {
        Ok(Meta::new())
    }

    fn print(&self, meta: &Meta, body: &str, out: &mut dyn fmt::Write, sink: &mut dyn Sink) -> Result<(), Error> {
        for entry in &meta.map {
            let message = format!("`{}` has no place without front matter", entry.key);
            let span = Some(entry.span).filter(|span| !span.is_empty());
            sink.report(
                Diagnostic::new(&codes::KEY_DROPPED, message)
                    .at_opt(span)
                    .help("`markdown+meta` keeps it in an invisible comment"),
            );
        }
        print::drop_comments(meta, "there is no front matter", sink);
        print::text(body, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_and_comment_is_reported() {
        use crate::meta::{Comment, CommentPlace, Value};
        let mut meta = Meta::new();
        meta.insert("layout", Value::from("post"));
        meta.comments.push(Comment::new(Vec::new(), CommentPlace::End, " note"));
        let (mut out, mut report) = (String::new(), Vec::new());
        NoFrontMatter.print(&meta, "Body", &mut out, &mut report).unwrap();
        assert_eq!(out, "Body\n");
        let codes: Vec<&str> = report.iter().map(|diagnostic| diagnostic.code.name).collect();
        assert_eq!(codes, ["key-dropped", "comment-dropped"]);
    }
}
