//! The addresses that Jekyll gives to files without a post's front matter.

use super::config::Config;
use super::walk::{Kind, SourceFile};
use crate::dialect::{decode_address, jekyll_address};

/// The extensions of pages that are HTML in the end, without the dot, beside those of Markdown.
const HTML: [&str; 3] = ["html", "htm", "xhtml"];

/// What a file with front matter becomes, by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Output {
    /// A page, from Markdown.
    FromMarkdown,
    /// A page, from HTML.
    FromHtml,
    /// A style sheet, from Sass.
    FromSass,
    /// A file of the same kind: a feed, a script.
    Same,
}

/// What the file becomes.
pub(crate) fn output(config: &Config, path: &str) -> Output {
    let extension = extension(path).trim_start_matches('.');
    if config.is_markdown(extension) {
        Output::FromMarkdown
    } else if HTML.iter().any(|html| extension.eq_ignore_ascii_case(html)) {
        Output::FromHtml
    } else if matches!(extension, "scss" | "sass") {
        Output::FromSass
    } else {
        Output::Same
    }
}

/// The address of a page that is no HTML: a feed, a style sheet.
pub(crate) fn of_other_page(path: &str, permalink: Option<&str>, output: Output) -> String {
    let extension = if output == Output::FromSass { ".css" } else { extension(path) };
    jekyll_address::of_page(path, permalink, "/:path/:basename:output_ext", extension)
}

/// The address of a file that is copied (`static_file.rb`).
pub(crate) fn of_static(config: &Config, file: &SourceFile) -> Option<String> {
    let whole = &*file.path;
    let extension = extension(whole);
    let bare = whole.strip_suffix(extension).unwrap_or(whole).trim_end_matches('.');
    let Kind::CollectionFile(index) = file.kind else {
        return Some(decode_address(&format!("/{bare}{extension}")));
    };
    let collection = config.collections.get(index).filter(|collection| collection.output)?;
    let folder = format!("_{}/", collection.label);
    let below = bare.find(&folder).map_or(bare, |at| &bare[at + folder.len()..]);
    let name = below.rsplit('/').next().unwrap_or(below);
    let url = collection
        .permalink
        .replace(":collection", &collection.label)
        .replace(":path", &format!("/{below}"))
        .replace(":output_ext", "")
        .replace(":name", name)
        .replace("/:title", "")
        .replace(":title", "");
    let mut squeezed = String::from("/");
    for c in url.chars().filter(|c| !c.is_control()) {
        if c != '/' || !squeezed.ends_with('/') {
            squeezed.push(c);
        }
    }
    Some(decode_address(&format!("{}{extension}", squeezed.trim_end_matches('/'))))
}

/// The extension of a path's last part with its dot, as Ruby's `File.extname` has it.
fn extension(path: &str) -> &str {
    jekyll_address::extension(path)
}
