//! Codes about bodies: what their markup holds that is odd, and what the target's markup cannot say.

use crate::diag::{Code, Severity};

/// Every code of this file.
pub(super) const ALL: &[&Code] = &[&NESTED_TOO_DEEP, &PAGE_TAGS_DROPPED];

/// Nesting beyond the limit.
pub static NESTED_TOO_DEEP: Code = Code::new("nested-too-deep", Severity::Warning, "a body is nested too deep").explain(
    "Quotations, lists or elements lie in each other more than about 250 levels deep, which no person writes and which \
     would make every program that works on the post slow. What lies deeper was kept as the raw text that it is: nothing \
     of it is lost, but it is not converted. A missing closing tag, repeated on every line, is the usual cause.",
);

/// Tags of a whole page in the body of a post.
pub static PAGE_TAGS_DROPPED: Code = Code::new("page-tags-dropped", Severity::Loss, "tags of a whole page were left out")
    .explain(
        "The body of a post stands inside a page, so `<!DOCTYPE>`, `<html>`, `<head>` and `<body>` mean nothing in it and \
         browsers ignore them. They were left out, and their attributes with them; what stands between them was converted. \
         If the file is a whole page and not a post, read it with `-f html`.",
    )
    .example("---\nlayout: null\n---\n<html><body><p>Hello</p></body></html>");
