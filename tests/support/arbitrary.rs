//! Documents and front matter made at random: trees as a reader gives them, their words biased to what Markdown, HTML and
//! YAML might take for something else.

use postferry::ast::{
    Alignment, Attrs, Block, BlockKind, BlockQuote, Cell, CodeBlock, Document, Element, Heading, Image, Inline,
    InlineElement, InlineKind, Link, List, ListItem, Raw, Row, Table,
};
use postferry::meta::{Date, Float, Integer, LocalDateTime, Map, Meta, Offset, OffsetDateTime, Time, Value};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

const PIECES: &[&str] = &[
    "a",
    "word",
    "Ωδ",
    "日本",
    "「",
    "」",
    "é",
    "1",
    "*",
    "_",
    "**",
    "__",
    "***",
    "[",
    "]",
    "(",
    ")",
    "](",
    "<",
    ">",
    "<b>",
    "</p>",
    "!",
    "![",
    "#",
    "##",
    "`",
    "``",
    "|",
    "\\",
    "~",
    "~~",
    "-",
    "--",
    "+",
    "1.",
    "2)",
    "=",
    "&",
    "&amp;",
    "&#35;",
    ":",
    "\"",
    "'",
    ".",
    ",",
    "http://x.y",
    "www.x.y",
    "a@b.cd",
    "{",
    "}",
    "{#a}",
    "{{",
    "$",
    "^",
    "[^1]",
    "[x]",
    "[ ]",
    "<!--",
    "-->",
    "\u{a0}",
    "\u{200b}",
    "🦊",
    "%20",
    "/",
];

const URLS: &[&str] = &[
    "/a",
    "https://x.example/z?a=b&c=d",
    "a b",
    "(x",
    "x)",
    "x(y)z",
    "<y>",
    "",
    "#f",
    "mailto:a@b.cd",
    "\\",
    "a\"b",
    "/é/日",
    "%",
    "*_`",
    "|",
];

/// Words with single spaces between and none at the edges.
fn words() -> impl Strategy<Value = String> {
    vec(prop_oneof![3 => select(PIECES), 2 => Just(" ")], 1..9)
        .prop_map(|pieces| pieces.concat().split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
        .prop_filter("words", |words| !words.is_empty())
}

/// Words that may begin or end with a space.
fn running() -> impl Strategy<Value = Inline> {
    (words(), any::<bool>(), any::<bool>()).prop_map(|(words, before, behind)| {
        let space = |is: bool| if is { " " } else { "" };
        Inline::new(InlineKind::Text(format!("{}{words}{}", space(before), space(behind))))
    })
}

fn attrs() -> impl Strategy<Value = Attrs> {
    prop_oneof![
        6 => Just(Attrs::new()),
        1 => words().prop_map(|class| [("class".to_owned(), class)].into_iter().collect()),
        1 => words().prop_map(|id| [("id".to_owned(), id)].into_iter().collect()),
    ]
}

fn leaf() -> impl Strategy<Value = Inline> {
    let title = || option::weighted(0.3, words());
    prop_oneof![
        12 => running(),
        2 => words().prop_map(|code| Inline::new(InlineKind::Code(code))),
        1 => Just(Inline::new(InlineKind::HardBreak)),
        2 => (select(URLS), prop_oneof![words(), Just(String::new())], title())
            .prop_map(|(url, alt, title)| Inline::new(InlineKind::Image(Image::new(url, alt).title(title)))),
        1 => Just(Inline::new(InlineKind::Raw(Raw::html("<!-- c -->")))),
    ]
}

fn inline() -> impl Strategy<Value = Inline> {
    leaf().prop_recursive(3, 12, 4, |inner| {
        let some = vec(inner, 1..4);
        prop_oneof![
            3 => some.clone().prop_map(|inlines| Inline::new(InlineKind::Emphasis(inlines))),
            3 => some.clone().prop_map(|inlines| Inline::new(InlineKind::Strong(inlines))),
            1 => some.clone().prop_map(|inlines| Inline::new(InlineKind::Strikethrough(inlines))),
            2 => (select(URLS), some.clone(), option::weighted(0.3, words())).prop_map(|(url, inlines, title)| {
                Inline::new(InlineKind::Link(Link::new(url, without_links(inlines)).title(title)))
            }),
            1 => (select(&["sub", "kbd", "span", "u"][..]), some, attrs()).prop_map(|(name, inlines, attrs)| {
                Inline::new(InlineKind::Element(InlineElement::new(name, inlines))).with_attrs(attrs)
            }),
        ]
    })
}

/// A link in a link is no HTML.
fn without_links(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::new();
    for mut inline in inlines {
        match inline.kind {
            InlineKind::Link(link) => out.extend(without_links(link.content)),
            InlineKind::Emphasis(inner) => {
                inline.kind = InlineKind::Emphasis(without_links(inner));
                out.push(inline);
            }
            InlineKind::Strong(inner) => {
                inline.kind = InlineKind::Strong(without_links(inner));
                out.push(inline);
            }
            InlineKind::Strikethrough(inner) => {
                inline.kind = InlineKind::Strikethrough(without_links(inner));
                out.push(inline);
            }
            InlineKind::Element(mut element) => {
                element.children = without_links(element.children);
                inline.kind = InlineKind::Element(element);
                out.push(inline);
            }
            kind => {
                inline.kind = kind;
                out.push(inline);
            }
        }
    }
    out
}

/// Running text as a reader gives it: no space at the edges, around breaks or behind another space, no two texts side by
/// side, nothing empty.
fn inlines(most: usize) -> impl Strategy<Value = Vec<Inline>> {
    vec(inline(), 1..most).prop_map(|mut inlines| {
        tidy(&mut inlines, &mut true);
        trim_end(&mut inlines);
        inlines
    })
}

fn tidy(inlines: &mut Vec<Inline>, after_space: &mut bool) {
    let mut out: Vec<Inline> = Vec::new();
    for mut inline in std::mem::take(inlines) {
        match &mut inline.kind {
            InlineKind::Text(text) => {
                if *after_space {
                    *text = text.trim_start_matches(' ').to_owned();
                }
                if text.is_empty() {
                    continue;
                }
                *after_space = text.ends_with(' ');
                if let Some(Inline { kind: InlineKind::Text(last), .. }) = out.last_mut() {
                    last.push_str(text);
                    continue;
                }
            }
            InlineKind::HardBreak => {
                if out.is_empty() && *after_space {
                    continue;
                }
                trim_end(&mut out);
                *after_space = true;
            }
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strikethrough(inner) => {
                tidy(inner, after_space);
                if inner.is_empty() {
                    continue;
                }
            }
            InlineKind::Link(link) => tidy(&mut link.content, after_space),
            InlineKind::Element(element) => tidy(&mut element.children, after_space),
            InlineKind::Raw(_) => {}
            _ => *after_space = false,
        }
        out.push(inline);
    }
    *inlines = out;
}

/// Takes the spaces at the end away; true if something that shows stands there.
fn trim_end(inlines: &mut Vec<Inline>) -> bool {
    for index in (0..inlines.len()).rev() {
        let shows = match &mut inlines[index].kind {
            InlineKind::Text(text) => {
                text.truncate(text.trim_end_matches(' ').len());
                !text.is_empty()
            }
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strikethrough(inner) => {
                trim_end(inner)
            }
            // Empty or not, these stay.
            InlineKind::Link(link) => {
                if trim_end(&mut link.content) {
                    return true;
                }
                continue;
            }
            InlineKind::Element(element) => {
                if trim_end(&mut element.children) {
                    return true;
                }
                continue;
            }
            InlineKind::Raw(_) => continue,
            _ => true,
        };
        if shows {
            return true;
        }
        inlines.remove(index);
    }
    false
}

fn paragraph() -> impl Strategy<Value = Block> {
    inlines(5)
        .prop_filter("a paragraph", |inlines| !inlines.is_empty())
        .prop_map(|i| Block::new(BlockKind::Paragraph(i)))
}

fn code() -> impl Strategy<Value = Block> {
    let line = vec(prop_oneof![select(PIECES), Just(" "), Just("    "), Just("\t"), Just("```"), Just("~~~")], 0..5);
    (select(&["", "rust", "c++"][..]), vec(line, 0..4)).prop_map(|(info, lines)| {
        let text: String = lines.into_iter().map(|pieces| pieces.concat() + "\n").collect();
        Block::new(BlockKind::CodeBlock(CodeBlock::new(info, text)))
    })
}

fn table() -> impl Strategy<Value = Block> {
    let cell = || inlines(3).prop_map(|content| Cell::new(content.into_iter().filter(fits_cell).collect::<Vec<_>>()));
    (1..4_usize, 0..3_usize).prop_flat_map(move |(columns, rows)| {
        let alignment = select(&[Alignment::None, Alignment::Left, Alignment::Center, Alignment::Right][..]);
        let row = move || vec(cell(), columns).prop_map(Row::new);
        (vec(alignment, columns), row(), vec(row(), rows))
            .prop_map(|(alignments, head, rows)| Block::new(BlockKind::Table(Table::new(alignments, head, rows))))
    })
}

fn fits_cell(inline: &Inline) -> bool {
    !matches!(inline.kind, InlineKind::HardBreak | InlineKind::Raw(_))
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        8 => paragraph(),
        2 => (1..=6_u8, inlines(4)).prop_map(|(level, content)| {
            let content = content.into_iter().filter(|inline| !matches!(inline.kind, InlineKind::HardBreak)).collect();
            Block::new(BlockKind::Heading(Heading::new(level, content)))
        }),
        2 => code(),
        1 => Just(Block::new(BlockKind::ThematicBreak)),
        1 => table(),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let some = vec(inner, 1..4);
        prop_oneof![
            2 => some.clone().prop_map(|blocks| Block::new(BlockKind::BlockQuote(BlockQuote::new(blocks)))),
            2 => (option::of(0..12_u64), vec(some.clone(), 1..4)).prop_map(|(start, items)| {
                let items = items.into_iter().map(ListItem::new).collect();
                let list = start.map_or(List::bullets(vec![]), |start| List::numbered(start, vec![]));
                Block::new(BlockKind::List(with_items(list, items)))
            }),
            2 => (option::of(0..12_u64), vec((inlines(4), option::weighted(0.3, some.clone())), 1..4)).prop_map(tight),
            1 => (some, attrs()).prop_map(|(blocks, attrs)| {
                Block::new(BlockKind::Element(Element::new("div", blocks))).with_attrs(attrs)
            }),
        ]
    })
}

fn with_items(mut list: List, items: Vec<ListItem>) -> List {
    list.items = items;
    list
}

/// The text of an item, and what may stand below it.
type TightItem = (Vec<Inline>, Option<Vec<Block>>);

/// A tight list: bare text, and at most lists below it.
fn tight((start, items): (Option<u64>, Vec<TightItem>)) -> Block {
    let items = items.into_iter().map(|(inlines, below)| {
        let mut blocks = vec![Block::new(BlockKind::Plain(inlines))];
        let is_tight_list = |block: &Block| matches!(&block.kind, BlockKind::List(list) if list.is_tight());
        blocks.extend(below.into_iter().flatten().filter(is_tight_list));
        ListItem::new(blocks)
    });
    let list = start.map_or(List::bullets(vec![]), |start| List::numbered(start, vec![]));
    Block::new(BlockKind::List(with_items(list, items.collect())))
}

/// A body.
pub(crate) fn document() -> impl Strategy<Value = Document> {
    vec(block(), 1..5).prop_map(Document::new)
}

const TEXTS: &[&str] = &[
    "",
    " ",
    "yes",
    "No",
    "null",
    "~",
    "true",
    "1",
    "01",
    "0x1f",
    "0o17",
    "1_000",
    "1e3",
    "12:30",
    "2019-05-01",
    "- a",
    "a: b",
    "a #b",
    "#a",
    "@a",
    "`a`",
    "%a",
    "!a",
    "&a",
    "*a",
    "|",
    ">",
    "[a]",
    "{a}",
    "a,b",
    "\"a\"",
    "'a'",
    "a\nb",
    "a\n\n  b\n",
    "\ta",
    "a ",
    " a",
    "\\",
    "\u{0}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "é",
    "日本",
    "🦊",
    "--",
    "---",
    "...",
    "-->",
    "+++",
    "<b>",
    "''",
    "'''",
    "\"\"\"",
    "=",
    "<<",
    "?",
    "? a",
    ":",
    "a:",
    "\r",
    "\r\n",
];

fn value() -> impl Strategy<Value = Value> {
    let date = (1..9999_u16, 1..13_u8, 1..29_u8).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap());
    let time = (0..24_u8, 0..60_u8, 0..60_u8, select(&[(0, 0), (500_000_000, 3), (123_456_789, 9)][..]))
        .prop_map(|(h, m, s, (nanosecond, digits))| Time::new(h, m, s, nanosecond, digits).unwrap());
    let local = (date.clone(), time).prop_map(|(date, time)| LocalDateTime { date, time });
    let leaf = prop_oneof![
        6 => select(TEXTS).prop_map(Value::from),
        2 => words().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => Just(Value::Integer(Integer::parse("123456789012345678901234567890").unwrap())),
        1 => any::<f64>().prop_filter("a number", |f| !f.is_nan()).prop_map(Value::from),
        1 => Just(Value::Float(Float::with_text(1.5, "1.50"))),
        1 => date.prop_map(Value::from),
        1 => local.clone().prop_map(Value::from),
        1 => (local, -1439..1440_i16).prop_map(|(local, minutes)| {
            Value::from(OffsetDateTime { local, offset: Offset::new(minutes).unwrap() })
        }),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![vec(inner.clone(), 0..4).prop_map(Value::from), map(inner).prop_map(Value::from),]
    })
}

fn map(value: impl Strategy<Value = Value> + Clone) -> impl Strategy<Value = Map> {
    let key = prop_oneof![3 => "[a-z][a-z_]{0,8}", 1 => select(TEXTS).prop_map(str::to_owned), 1 => words()];
    vec((key, value), 0..4).prop_map(|pairs| pairs.into_iter().collect())
}

/// Front matter of keys that no dialect knows.
pub(crate) fn meta() -> impl Strategy<Value = Meta> {
    let key = prop_oneof!["my_[a-z]{1,6}", "[a-z]{1,4} [:#*]?x", "x[0-9]{1,3}"];
    vec((key, value()), 0..5).prop_map(|pairs| Meta::from(pairs.into_iter().collect::<Map>()))
}
