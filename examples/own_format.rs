//! A format of one's own: pages of a wiki that begin with `= Title =`, and with a day below it if they have one.
//!
//! `cargo run --example own_format`

use std::sync::Arc;

use postferry::date;
use postferry::format::{Extensions, Input, Markup, ReadOptions, Reader};
use postferry::markup::Markdown;
use postferry::meta::Meta;
use postferry::{Code, Converter, Error, FormatSpec, Post, Registry, Severity, Sink, Span, WholeFormat};

/// A code of one's own reads and renders like the built-in ones.
static WIKI_TITLE: Code = Code::new("wiki-title", Severity::Error, "a wiki page has no title")
    .explain("A page begins with `= Title =`, alone on its line.");

struct Wiki;

impl Reader for Wiki {
    fn read(&self, input: Input<'_>, _: &ReadOptions, sink: &mut dyn Sink) -> Result<Post, Error> {
        let line_end = |start: usize| input.text[start..].find('\n').map_or(input.text.len(), |at| start + at);
        let first = Span::new(0, line_end(0));
        let title = first.slice(input.text).and_then(|line| line.trim().strip_prefix("= ")?.strip_suffix(" ="));
        let Some(title) = title else {
            return Err(Error::new(&WIKI_TITLE, "the first line is no title").at(first));
        };
        let mut meta = Meta::new();
        meta.insert("title", title);

        let mut body = first.end;
        let second = Span::new((first.end + 1).min(input.text.len()), line_end((first.end + 1).min(input.text.len())));
        if let Some(day) = second.slice(input.text).and_then(date::recognize) {
            meta.insert("date", day);
            body = second.end;
        }

        // The text itself is Markdown: the built-in reader does the rest.
        let span = Span::new(body, input.text.len());
        let document = Markdown::commonmark().parse(input.text, span, &Extensions::new(), sink)?;
        let mut post = Post::new(meta, document);
        post.path = input.path.map(str::to_owned);
        Ok(post)
    }
}

fn main() -> Result<(), Error> {
    let mut registry = Registry::builtin();
    registry.register_whole("wiki", WholeFormat::new("pages of our wiki", &["wiki"]).reader(Wiki))?;

    let converter = Converter::new(Arc::new(registry), Some(&FormatSpec::new("wiki")), &"hugo+yaml".parse()?)?;
    let page = "= Ferry times =\n2024-09-02\n\nThe *last* boat leaves at seven.\n";
    print!("{}", converter.convert(Input::new(page))?.text);
    Ok(())
}
