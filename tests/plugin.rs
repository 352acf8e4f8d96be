//! A format from outside the crate, made with nothing but its public interface: Gemini capsules, their posts in gemtext
//! under a head of `Key: value` lines; and mail, a whole file of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::fmt;
use std::sync::Arc;

use postferry::ast::{
    Block, BlockKind, CodeBlock, Document, Heading, Inline, InlineKind, Link, List, ListItem, plain_text,
};
use postferry::format::{
    Context, Dialect, Extensions, FrontMatter, Markup, ReadOptions, Reader, Schema, Split, WriteOptions, Writer,
};
use postferry::markup::Html;
use postferry::meta::{Entry, Meta, Value};
use postferry::{
    Body, Code, Diagnostic, Error, Input, Post, PostPreset, Registry, Severity, Sink, SourceText, Span, WholeFormat,
};
use support::carry::{Cargo, builtin, carry, read};
use support::laws;

static NO_HEADER: Code = Code::new("capsule-no-header", Severity::Loss, "a header line holds one line of text");
static FLATTENED: Code = Code::new("capsule-flattened", Severity::Loss, "gemtext has no form for this");
static BAD_HEADER: Code = Code::new("capsule-bad-header", Severity::Error, "a header line has no colon");
static NOT_WRITTEN: Code = Code::new("capsule-not-written", Severity::Error, "the output could not be written");

/// `Key: value` lines, closed by an empty one.
struct Headers;

impl FrontMatter for Headers {
    fn name(&self) -> &str {
        "headers"
    }

    fn split(&self, text: &str, _: Schema) -> Result<Option<Split>, Error> {
        let first = text.lines().next().unwrap_or_default();
        if !first.split_once(": ").is_some_and(|(key, _)| !key.is_empty() && key.chars().all(char::is_alphanumeric)) {
            return Ok(None);
        }
        let body = body_start(text);
        Ok(Some(Split::new(Span::new(0, text[..body].trim_end().len()), Span::new(body, text.len()))))
    }

    fn parse(&self, text: &str, front: Span, _: Schema, _: &mut dyn Sink) -> Result<Meta, Error> {
        let mut meta = Meta::new();
        let mut start = front.start;
        for line in front.slice(text).unwrap_or_default().split_inclusive('\n') {
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            let Some((key, value)) = line.trim_end().split_once(": ") else {
                return Err(Error::new(&BAD_HEADER, format!("`{}` is no header line", line.trim_end())).at(span));
            };
            let end = meta.map.len();
            meta.map.insert_at(end, Entry::new(key, value).at(span));
        }
        Ok(meta)
    }

    fn print(&self, meta: &Meta, body: &str, out: &mut dyn fmt::Write, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut head = String::new();
        for entry in meta.map.iter() {
            match entry.value.as_str() {
                Some(text) if !text.contains('\n') && !text.is_empty() => {
                    head.push_str(&format!("{}: {text}\n", entry.key))
                }
                _ => {
                    let message =
                        format!("`{}` is a {}, for which headers have no form", entry.key, entry.value.type_name());
                    sink.report(Diagnostic::new(&NO_HEADER, message).at(entry.span));
                }
            }
        }
        let gap = if head.is_empty() || body.is_empty() { "" } else { "\n" };
        write!(out, "{head}{gap}{body}").map_err(|error| Error::new(&NOT_WRITTEN, "no").caused_by(error))
    }
}

/// Where the body begins: behind the first empty line.
fn body_start(text: &str) -> usize {
    ["\n\n", "\r\n\r\n"].iter().find_map(|gap| text.find(gap).map(|at| at + gap.len())).unwrap_or(text.len())
}

/// Gemtext: a line is a paragraph, a heading, a link, an item, a quote; three backticks fence code.
struct Gemtext;

impl Gemtext {
    fn text(text: &str, place: Span) -> Vec<Inline> {
        vec![Inline::new(InlineKind::Text(text.to_owned())).at(place)]
    }

    fn line(line: &str, place: Span) -> BlockKind {
        if let Some((marks, text)) = line.split_once(' ')
            && (1..=3).contains(&marks.len())
            && marks.bytes().all(|b| b == b'#')
        {
            return BlockKind::Heading(Heading::new(marks.len() as u8, Gemtext::text(text, place)));
        }
        if let Some(link) = line.strip_prefix("=> ") {
            let (url, text) = link.split_once(' ').unwrap_or((link, link));
            let link = Link::new(url, Gemtext::text(text, place));
            return BlockKind::Paragraph(vec![Inline::new(InlineKind::Link(link)).at(place)]);
        }
        BlockKind::Paragraph(Gemtext::text(line, place))
    }

    fn block(block: &Block, out: &mut String, sink: &mut dyn Sink) {
        match &block.kind {
            BlockKind::Heading(heading) if heading.level <= 3 => {
                let text = Gemtext::inlines(&heading.content, sink);
                out.push_str(&format!("{} {text}\n", "#".repeat(heading.level.into())));
            }
            BlockKind::Paragraph(inlines) => match inlines.as_slice() {
                [Inline { kind: InlineKind::Link(link), .. }] => {
                    out.push_str(&format!("=> {} {}\n", link.url, Gemtext::inlines(&link.content, sink)));
                }
                inlines => out.push_str(&format!("{}\n", Gemtext::inlines(inlines, sink))),
            },
            BlockKind::List(list) if list.start.is_none() => {
                for item in &list.items {
                    match item.kind.blocks.as_slice() {
                        [Block { kind: BlockKind::Plain(inlines), .. }] => {
                            out.push_str(&format!("* {}\n", Gemtext::inlines(inlines, sink)));
                        }
                        _ => Gemtext::lose("an item of several blocks", item.span, sink),
                    }
                }
            }
            BlockKind::CodeBlock(code) => out.push_str(&format!("```{}\n{}```\n", code.info, code.text)),
            _ => Gemtext::lose("a block", block.span, sink),
        }
    }

    fn inlines(inlines: &[Inline], sink: &mut dyn Sink) -> String {
        for inline in inlines {
            if !matches!(inline.kind, InlineKind::Text(_) | InlineKind::SoftBreak) {
                Gemtext::lose("markup in a line", inline.span, sink);
            }
        }
        plain_text(inlines)
    }

    fn lose(what: &str, span: Span, sink: &mut dyn Sink) {
        sink.report(Diagnostic::new(&FLATTENED, format!("gemtext has no form for {what}")).at(span));
    }
}

impl Markup for Gemtext {
    fn name(&self) -> &str {
        "gemtext"
    }

    fn file_extensions(&self) -> &[&str] {
        &["gmi"]
    }

    fn parse(&self, text: &str, span: Span, _: &Extensions, _: &mut dyn Sink) -> Result<Document, Error> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut code: Option<(String, String, usize)> = None;
        let mut start = span.start;
        for line in span.slice(text).unwrap_or_default().split_inclusive('\n') {
            let (from, content) = (start, line.trim_end_matches(['\n', '\r']));
            start += line.len();
            let place = Span::new(from, start);
            match (&mut code, content.strip_prefix("```"), content.strip_prefix("* ")) {
                (Some((info, text, begun)), Some(_), _) => {
                    let block = CodeBlock::new(std::mem::take(info), std::mem::take(text));
                    blocks.push(Block::new(BlockKind::CodeBlock(block)).at(Span::new(*begun, start)));
                    code = None;
                }
                (Some((_, text, _)), None, _) => text.push_str(&format!("{content}\n")),
                (None, Some(info), _) => code = Some((info.to_owned(), String::new(), from)),
                (None, None, Some(item)) => {
                    let plain = Block::new(BlockKind::Plain(Gemtext::text(item, place))).at(place);
                    let item = ListItem::new(vec![plain]).at(place);
                    match blocks.last_mut() {
                        Some(block) if matches!(block.kind, BlockKind::List(_)) => {
                            block.span = block.span.cover(place);
                            if let BlockKind::List(list) = &mut block.kind {
                                list.items.push(item);
                            }
                        }
                        _ => blocks.push(Block::new(BlockKind::List(List::bullets(vec![item]))).at(place)),
                    }
                }
                (None, None, None) if content.trim().is_empty() => {}
                (None, None, None) => blocks.push(Block::new(Gemtext::line(content, place)).at(place)),
            }
        }
        Ok(Document::new(blocks))
    }

    fn print(&self, body: &Body, _: &WriteOptions, out: &mut dyn fmt::Write, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut text = String::new();
        for block in &body.document().blocks {
            let mut lines = String::new();
            Gemtext::block(block, &mut lines, sink);
            if !text.is_empty() && !lines.is_empty() {
                text.push('\n');
            }
            text.push_str(&lines);
        }
        out.write_str(&text).map_err(|error| Error::new(&NOT_WRITTEN, "no").caused_by(error))
    }
}

/// Capsules call the title `Subject`.
struct Capsule;

impl Dialect for Capsule {
    fn name(&self) -> &str {
        "capsule"
    }

    fn normalize(&self, post: &mut Post, _: &Context<'_>, _: &mut dyn Sink) -> Result<(), Error> {
        post.meta.rename("Subject", "title");
        Ok(())
    }

    fn localize(&self, post: &mut Post, _: &Context<'_>, _: &mut dyn Sink) -> Result<(), Error> {
        post.meta.rename("title", "Subject");
        Ok(())
    }
}

/// A mail: its subject is the title, its body HTML.
struct Mail;

impl Reader for Mail {
    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<Post, Error> {
        let text = input.text.trim_start_matches('\u{feff}');
        let Some(subject) = text.strip_prefix("Subject: ").and_then(|rest| rest.lines().next()) else {
            return Err(Error::new(&BAD_HEADER, "a mail begins with its subject").at(Span::new(0, 0)));
        };
        let start = body_start(input.text);
        let range = Span::new(start, input.text.len());
        let document = Html.parse(input.text, range, &options.extensions, sink)?;
        let mut post = Post::new(Meta::new(), Document::default());
        post.path = input.path.map(str::to_owned);
        post.meta.insert("title", subject);
        post.body = Body::read_from(document, SourceText::new(Html.name(), Extensions::new(), input.text), range);
        Ok(post)
    }
}

impl Writer for Mail {
    fn write(
        &self,
        post: &Post,
        options: &WriteOptions,
        out: &mut dyn fmt::Write,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        for entry in post.meta.map.iter().filter(|entry| entry.key != "title") {
            let message = format!("`{}` has no place in a mail", entry.key);
            sink.report(Diagnostic::new(&NO_HEADER, message).at(entry.span));
        }
        let title = post.meta.get_str("title").unwrap_or_default();
        write!(out, "Subject: {title}\n\n").map_err(|error| Error::new(&NOT_WRITTEN, "no").caused_by(error))?;
        Html.print(&post.body, options, out, sink)
    }

    fn path(&self, post: &Post) -> Option<String> {
        Some(format!("{}.eml", post.file_stem()?))
    }
}

fn with_plugins() -> Arc<Registry> {
    let mut registry = Registry::builtin();
    registry.register_front(Headers).unwrap();
    registry.register_markup(Gemtext).unwrap();
    registry.register_dialect(Capsule).unwrap();
    let preset = PostPreset::new("Gemini capsules", &["headers", "yaml"], &["gemtext", "markdown"], "capsule");
    registry.register_format("capsule", preset).unwrap();
    registry.register_whole("mail", WholeFormat::new("a mail", &["eml"]).reader(Mail).writer(Mail)).unwrap();
    Arc::new(registry)
}

const CAPSULE: &str = "\
Subject: Notes from the ridge
Author: Ines
Mood: windy

# The way up

We left at six.

* bread
* a map of 1962

=> gemini://ridge.example/map The map

```sh
ls *.gpx
```
";

#[test]
fn a_format_of_ones_own_goes_to_every_other_and_back() {
    let registry = with_plugins();
    let capsule = Cargo::new("capsule", CAPSULE, Some("posts/ridge.gmi"));
    for to in ["jekyll", "jekyll+markdown", "hugo", "hugo+json", "markdown+meta", "json"] {
        assert_eq!(laws::broken(&registry, &capsule, to), Vec::<String>::new());
        let (there, conversion) = carry(&registry, &capsule, to).unwrap();
        assert!(conversion.report.is_lossless(), "{to}: {:?}", conversion.report);
        let (back, _) = carry(&registry, &there, "capsule").unwrap();
        assert_eq!(back.text, CAPSULE, "from {to}");
        assert_eq!(back.path.as_deref().and_then(|path| path.rsplit('/').next()), Some("ridge.gmi"));
    }
    let (hugo, _) = carry(&registry, &capsule, "hugo").unwrap();
    assert!(hugo.text.starts_with("+++\ntitle = 'Notes from the ridge'\nAuthor = 'Ines'\n"), "{}", hugo.text);
    assert!(hugo.text.contains("\n- bread\n- a map of 1962\n"), "{}", hugo.text);
}

#[test]
fn what_a_plugin_cannot_say_it_says_so() {
    let registry = with_plugins();
    let jekyll = "---\ntitle: A\ntags: [x, y]\n---\n<p>Some <em>stress</em>.</p>\n<table><tr><td>1</td></tr></table>\n";
    let jekyll = Cargo::new("jekyll", jekyll, Some("_posts/2020-01-01-a.html"));
    let (there, conversion) = carry(&registry, &jekyll, "capsule").unwrap();
    assert!(there.text.contains("Some stress."), "{}", there.text);
    let codes: Vec<_> = conversion.report.diagnostics().iter().map(|d| d.code.name).collect();
    assert!(codes.contains(&"capsule-no-header") && codes.contains(&"capsule-flattened"), "{codes:?}");
    assert_eq!(laws::broken(&registry, &jekyll, "capsule"), Vec::<String>::new());
}

#[test]
fn axes_of_a_plugin_are_words_like_any_other() {
    let registry = with_plugins();
    let capsule = Cargo::new("capsule", CAPSULE, Some("ridge.gmi"));
    let (there, _) = carry(&registry, &capsule, "hugo+headers").unwrap();
    assert!(there.text.starts_with("title: Notes from the ridge\n"), "{}", there.text);
    let (there, _) = carry(&registry, &capsule, "capsule+yaml+markdown").unwrap();
    assert!(there.text.starts_with("---\nSubject: Notes from the ridge\n"), "{}", there.text);
    assert_eq!(there.path.as_deref(), Some("ridge.md"));
}

#[test]
fn a_whole_file_of_ones_own_is_read_and_written() {
    let registry = with_plugins();
    let mail = Cargo::new("mail", "Subject: Hello\n\n<p>A <b>bold</b> start.</p>\n", Some("hello.eml"));
    let (hugo, conversion) = carry(&registry, &mail, "hugo").unwrap();
    assert_eq!(hugo.text, "+++\ntitle = 'Hello'\n+++\n\nA **bold** start.\n");
    assert_eq!(hugo.path.as_deref(), Some("hello.md"));
    assert!(conversion.report.is_lossless());
    let (back, _) = carry(&registry, &hugo, "mail").unwrap();
    assert_eq!(back.text, "Subject: Hello\n\n<p>A <strong>bold</strong> start.</p>\n");
    assert_eq!(back.path.as_deref(), Some("hello.eml"));
    for to in ["jekyll", "hugo", "json", "markdown"] {
        assert_eq!(laws::broken(&registry, &mail, to), Vec::<String>::new());
    }
}

#[test]
fn errors_of_a_plugin_name_the_place() {
    let registry = with_plugins();
    let broken = Cargo::new("capsule", "Subject: A\nno colon here\n\ntext\n", Some("a.gmi"));
    let error = read(&registry, &broken).unwrap_err();
    assert_eq!(error.to_string(), "a.gmi:2:1: `no colon here` is no header line");
    assert_eq!(error.code().name, "capsule-bad-header");
}

#[test]
fn a_taken_name_is_an_error_and_stays_what_it_was() {
    let mut registry = Registry::builtin();
    let error = registry.register_whole("hugo", WholeFormat::new("mine", &[]).reader(Mail)).unwrap_err();
    assert_eq!(error.code().name, "format-taken");
    assert!(registry.register_format("a+b", PostPreset::new("", &["yaml"], &["html"], "jekyll")).is_err());
    assert!(registry.register_format("x", PostPreset::new("", &["none such"], &["html"], "jekyll")).is_err());
    let before: Vec<_> = builtin().formats().into_iter().map(|format| format.description).collect();
    assert_eq!(registry.formats().into_iter().map(|format| format.description).collect::<Vec<_>>(), before);
}

/// Says nothing of what it loses: what the laws are there to catch.
struct Liar {
    json: Arc<dyn Writer>,
    lie: fn(&mut Post),
}

impl Writer for Liar {
    fn write(
        &self,
        post: &Post,
        options: &WriteOptions,
        out: &mut dyn fmt::Write,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        let mut post = post.clone();
        (self.lie)(&mut post);
        self.json.write(&post, options, out, sink)
    }

    fn path(&self, post: &Post) -> Option<String> {
        self.json.path(post)
    }
}

#[test]
fn the_laws_catch_a_writer_that_lies() {
    type Lie = fn(&mut Post);
    let lies: [(&str, Lie); 9] = [
        ("drops a key", |post| drop(post.meta.remove("tags"))),
        ("adds a key", |post| drop(post.meta.insert("extra_key", 1_i64))),
        ("changes a type", |post| drop(post.meta.insert("weight", "7"))),
        ("moves a date", |post| drop(post.meta.insert("date", "2020-01-01T12:00:00+01:00"))),
        ("drops a comment", |post| post.meta.comments.clear()),
        ("drops a block", |post| drop(post.body.document_mut().blocks.pop())),
        ("swaps blocks", |post| post.body.document_mut().blocks.swap(0, 1)),
        ("drops an attribute", |post| post.body.document_mut().blocks[0].attrs = None),
        ("drops a word", |post| {
            if let BlockKind::Paragraph(inlines) = &mut post.body.document_mut().blocks[1].kind {
                inlines.remove(0);
            }
        }),
    ];
    let post = "---\ntitle: A\ndate: 2020-01-01 12:00:00 +0200\n# a comment\ntags: [x]\nweight: 7\n---\n\
                <h2 id=\"b\">B</h2>\n<p>One <em>two</em>.</p>\n<p>Three.</p>\n";
    let post = Cargo::new("jekyll", post, Some("_posts/2020-01-01-a.html"));
    let json = builtin().resolve(&"json".parse().unwrap()).unwrap();

    let with = |lie: Lie| {
        let mut registry = Registry::builtin();
        let liar = Liar { json: json.writer.clone().unwrap(), lie };
        let mut whole = WholeFormat::new("lies", &["json"]).writer(liar);
        whole.reader = json.reader.clone();
        registry.register_whole("liar", whole).unwrap();
        laws::broken(&Arc::new(registry), &post, "liar")
    };
    let honest: Vec<String> = with(|_| ()).into_iter().filter(|broken| broken.contains("law 1")).collect();
    assert_eq!(honest, Vec::<String>::new());
    for (what, lie) in lies {
        let caught = with(lie);
        assert!(caught.iter().any(|broken| broken.contains("law 1")), "not caught: {what}: {caught:?}");
    }
}

/// A value is a value: nothing here may be out of reach for a plugin.
#[test]
fn values_are_made_and_read_from_outside() {
    let mut meta = Meta::new();
    meta.insert("list", vec![Value::from("a"), Value::from(1_i64), Value::from(0.5)]);
    assert_eq!(meta.get("list").and_then(Value::as_list).map(<[Value]>::len), Some(3));
}
