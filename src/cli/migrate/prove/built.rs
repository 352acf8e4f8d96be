//! A built site as the comparison sees it.

use std::collections::BTreeSet;
use std::io::{self, Cursor, Read};
use std::path::Path;

use postferry::compare::SiteFiles;

use crate::cli::site_files::Folder;

/// The element that the bare layouts put around the content of a page.
const MAIN: &str = "<main>";

/// The files that a generator built under bare layouts.
pub(super) struct Built<'c> {
    folder: Folder,
    /// The pages that were content; one of them that went without a layout gets the frame of the others.
    content: &'c BTreeSet<String>,
}

impl<'c> Built<'c> {
    pub(super) fn new(root: &Path, content: &'c BTreeSet<String>) -> io::Result<Self> {
        Ok(Built { folder: Folder::new(root)?, content })
    }
}

impl SiteFiles for Built<'_> {
    fn files(&self) -> Vec<String> {
        self.folder.files()
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        let mut file = self.folder.open(path)?;
        if !self.content.contains(path) {
            return Ok(file);
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let Ok(html) = String::from_utf8(bytes) else { return self.folder.open(path) };
        let html = if html.contains(MAIN) { html } else { format!("{MAIN}{html}</main>") };
        Ok(Box::new(Cursor::new(formulas(&without_numbers(html)))))
    }
}

/// The page without the numbers that Hugo puts in front of lines of code; Jekyll's highlighter, which is switched off for the
/// proof, would put them there too.
fn without_numbers(html: String) -> String {
    const TABLE: (&str, &str) = ("<table class=\"lntable\">", "</table>");
    let mut out = String::new();
    let mut rest = html.as_str();
    while let Some((before, (table, behind))) =
        rest.split_once(TABLE.0).and_then(|(before, behind)| Some((before, behind.split_once(TABLE.1)?)))
    {
        out.push_str(before);
        out.push_str(
            table.rfind("<pre").and_then(|at| table[at..].split_once("</td>")).map_or(table, |(code, _)| code),
        );
        rest = behind;
    }
    if out.is_empty() && !html.contains(NUMBER) {
        return html;
    }
    let html = out + rest;
    let mut parts = html.split(NUMBER);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once("</span>").map_or(part, |(_, behind)| behind))
}

const NUMBER: &str = "<span class=\"ln\">";

/// The page with the marks that each generator puts around formulas between blocks as one: a script that sets them takes
/// both.
fn formulas(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, inside)) = rest.split_once("$$") {
        let formula = inside.split_once("$$").filter(|(formula, _)| !formula.contains('<') && !before.ends_with('\\'));
        let Some((formula, behind)) = formula else {
            out.push_str(before);
            out.push_str("$$");
            rest = inside;
            continue;
        };
        out.push_str(before);
        out.push_str(&format!("\\[{}\\]", formula.trim()));
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{formulas, without_numbers};

    #[test]
    fn numbers_of_lines_are_no_code() {
        let table = "a<div class=\"chroma\">\n<table class=\"lntable\"><tr><td class=\"lntd\">\n<pre><code><span class=\"lnt\">1\n</span></code></pre></td>\n\
                     <td class=\"lntd\">\n<pre><code>x\n</code></pre></td></tr></table>\n</div>b";
        assert_eq!(without_numbers(table.to_owned()), "a<div class=\"chroma\">\n<pre><code>x\n</code></pre>\n</div>b");
        assert_eq!(without_numbers("<pre><span class=\"ln\">1</span>x</pre>".to_owned()), "<pre>x</pre>");
    }

    #[test]
    fn formulas_have_one_kind_of_marks() {
        assert_eq!(formulas("<p>$$ a $$</p> \\[b\\]"), "<p>\\[a\\]</p> \\[b\\]");
        assert_eq!(formulas("<p>$$</p><p>a $$</p>"), "<p>$$</p><p>a $$</p>");
    }
}
