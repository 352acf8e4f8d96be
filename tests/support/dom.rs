//! Whether two pieces of HTML are equal: an oracle that shares nothing with `src` but html5ever.
//!
//! *Strictly equal*: both parsed with html5ever as what a `body` holds; white space between blocks dropped, runs elsewhere
//! collapsed as CSS does, also across the borders of inline tags; exact in `pre` but for one newline at its end; `b` is
//! `strong`, `i` is `em`, `s` and `strike` are `del`; comments ignored; elements, text and the attributes of `COMPARED`
//! compared, `style="text-align: x"` as `align`, and the language of code; URLs after percent-encoding alike; a run of bare
//! text at the root equals the same run in a paragraph.
//!
//! *Equal to a reader*: the same after five folds on both sides. F1: runs of bare inline content in any container of blocks
//! become paragraphs; F2: a `pre` whose only elements are `span` and `code` becomes a `pre` with its text and language; F3
//! (a list whose items mix paragraphs and bare text) follows from F1; F4: white space at the inner edge of an inline element
//! moves outside it; F5: an inline element without attributes and content goes.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns};

/// The attributes that count.
const COMPARED: [&str; 11] =
    ["href", "src", "alt", "title", "start", "align", "colspan", "rowspan", "type", "checked", "lang of code"];

/// Strictly equal; if not, the first difference.
pub(crate) fn strict_equal(a: &str, b: &str) -> Result<(), String> {
    compare(a, b, Rules { folds: false, every_attribute: false, wraps_root: true })
}

/// Equal to a reader; if not, the first difference.
pub(crate) fn reader_equal(a: &str, b: &str) -> Result<(), String> {
    compare(a, b, Rules { folds: true, every_attribute: false, wraps_root: true })
}

/// Strictly equal with every attribute compared; if not, the first difference.
pub(crate) fn all_attributes_equal(a: &str, b: &str) -> Result<(), String> {
    compare(a, b, Rules { folds: false, every_attribute: true, wraps_root: true })
}

/// Strictly equal, bare text at the root being none in a paragraph; if not, the first difference.
pub(crate) fn exactly_equal(a: &str, b: &str) -> Result<(), String> {
    compare(a, b, Rules { folds: false, every_attribute: false, wraps_root: false })
}

/// Whether HTML can say the tree that the parser makes of this: some soup makes a link in a link, say, and written out as
/// HTML that would be another tree.
pub(crate) fn is_sayable(html: &str) -> bool {
    let mut out = String::new();
    parse(html).iter().for_each(|node| serialize(node, "", &mut out));
    all_attributes_equal(html, &out).is_ok()
}

fn serialize(node: &Node, parent: &str, out: &mut String) {
    let escaped =
        |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let raw = ["iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "xmp"];
    let void =
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
    match node {
        Node::Text(text) if raw.contains(&parent) => out.push_str(text),
        Node::Text(text) => out.push_str(&escaped(text)),
        Node::Element(element) => {
            let attrs = element.attrs.iter().map(|(name, value)| format!(" {name}=\"{}\"", escaped(value)));
            out.push_str(&format!("<{}{}>", element.name, attrs.collect::<String>()));
            if matches!(element.name.as_str(), "pre" | "textarea" | "listing") {
                out.push('\n');
            }
            if !void.contains(&element.name.as_str()) {
                element.children.iter().for_each(|child| serialize(child, &element.name, out));
                out.push_str(&format!("</{}>", element.name));
            }
        }
    }
}

/// The text that shows, a line for each block and each line that a break ends.
pub(crate) fn visible_text(html: &str) -> String {
    let mut out = String::new();
    let mut hidden = 0;
    for token in tokens(html, Rules { folds: false, every_attribute: false, wraps_root: true }) {
        match token {
            Token::Open(name, ..) if is_hidden(&name) => hidden += 1,
            Token::Close(name) if is_hidden(&name) => hidden -= 1,
            Token::Text(text) if hidden == 0 => out.push_str(&text),
            Token::Open(name, ..) | Token::Close(name)
                if (is_block(&name) || name == "br") && !out.is_empty() && !out.ends_with('\n') =>
            {
                out.push('\n');
            }
            _ => {}
        }
    }
    out
}

/// Markdown as the oracle renders it: pulldown-cmark with tables, strikethrough, task lists and footnotes.
pub(crate) fn markdown_to_html(markdown: &str) -> String {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, pulldown_cmark::Parser::new_ext(markdown, options()));
    out
}

/// Bytes of raw HTML in the Markdown, and bytes of the Markdown.
pub(crate) fn raw_share(markdown: &str) -> (usize, usize) {
    use pulldown_cmark::Event::{Html, InlineHtml};
    let raw = pulldown_cmark::Parser::new_ext(markdown, options()).map(|event| match event {
        Html(html) | InlineHtml(html) => html.len(),
        _ => 0,
    });
    (raw.sum(), markdown.len())
}

fn options() -> pulldown_cmark::Options {
    use pulldown_cmark::Options;
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES
}

#[derive(Clone, Copy)]
struct Rules {
    folds: bool,
    every_attribute: bool,
    /// Whether bare text at the root becomes a paragraph.
    wraps_root: bool,
}

fn compare(a: &str, b: &str, rules: Rules) -> Result<(), String> {
    let (left, right) = (tokens(a, rules), tokens(b, rules));
    let Some(at) = (0..left.len().max(right.len())).find(|&at| left.get(at) != right.get(at)) else { return Ok(()) };
    let around = |tokens: &[Token]| {
        let shown = tokens.iter().skip(at.saturating_sub(4)).take(8).map(Token::show);
        shown.collect::<Vec<_>>().join(" ")
    };
    Err(format!("at token {at}:\n  left:  {}\n  right: {}", around(&left), around(&right)))
}

#[derive(Clone, Debug)]
enum Token {
    /// Name, the attributes that count, and whether there is any attribute at all.
    Open(String, Vec<(String, String)>, bool),
    Close(String),
    Text(String),
}

impl PartialEq for Token {
    fn eq(&self, other: &Token) -> bool {
        match (self, other) {
            (Token::Open(name, attrs, _), Token::Open(name2, attrs2, _)) => name == name2 && attrs == attrs2,
            (Token::Close(name), Token::Close(name2)) => name == name2,
            (Token::Text(text), Token::Text(text2)) => text == text2,
            _ => false,
        }
    }
}

impl Token {
    fn show(&self) -> String {
        match self {
            Token::Open(name, attrs, _) => {
                let attrs: Vec<String> = attrs.iter().map(|(name, value)| format!(" {name}={value:?}")).collect();
                format!("<{name}{}>", attrs.concat())
            }
            Token::Close(name) => format!("</{name}>"),
            Token::Text(text) => format!("{text:?}"),
        }
    }
}

fn tokens(html: &str, rules: Rules) -> Vec<Token> {
    let mut root = Element { name: "#root".to_owned(), attrs: Vec::new(), children: parse(html) };
    tidy(&mut root, rules);
    let mut flow = Flow { tokens: Vec::new(), at_border: true, space: None, rules };
    root.children.iter().for_each(|child| flow.node(child, false));
    flow.border();
    let mut tokens = join_texts(flow.tokens);
    if rules.folds {
        while let Some(next) = fold_edges(&tokens) {
            tokens = next;
        }
    }
    tokens
}

// The tree ------------------------------------------------------------------------------------------------------------

#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attrs: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
}

#[derive(Clone, Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub(crate) fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

pub(crate) fn is_block(name: &str) -> bool {
    const BLOCKS: &str = " #root address article aside blockquote body caption center col colgroup dd details dialog dir \
        div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li \
        listing main menu nav ol p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp ";
    BLOCKS.contains(&format!(" {name} "))
}

/// What shows nothing.
fn is_hidden(name: &str) -> bool {
    const HIDDEN: &str =
        " base bgsound datalist link meta noscript param script source style template title track wbr ";
    HIDDEN.contains(&format!(" {name} "))
}

/// What takes room on a line whatever it holds.
pub(crate) fn is_replaced(name: &str) -> bool {
    const REPLACED: &str =
        " audio button canvas embed iframe img input math meter object progress select svg textarea video ";
    REPLACED.contains(&format!(" {name} "))
}

/// What may hold blocks and bare text alike.
fn is_container(name: &str) -> bool {
    const CONTAINERS: &str = " #root address article aside blockquote center dd details dialog div fieldset figcaption \
        figure footer form header li main nav search section td th ";
    CONTAINERS.contains(&format!(" {name} "))
}

pub(crate) fn is_blank(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_whitespace())
}

/// Renames, drops what does not count, and wraps bare runs.
fn tidy(element: &mut Element, rules: Rules) {
    element.name = match element.name.as_str() {
        "b" => "strong",
        "i" => "em",
        "s" | "strike" => "del",
        name => name,
    }
    .to_owned();
    for child in &mut element.children {
        if let Node::Element(child) = child {
            tidy(child, rules);
        }
    }
    // An empty `tbody` shows nothing, and a Markdown table without rows has one.
    element.children.retain(|child| match child {
        Node::Element(child) => child.name != "tbody" || !child.children.iter().all(is_blank_node),
        Node::Text(_) => true,
    });
    if rules.folds && element.name == "pre" {
        fold_code(element);
    }
    if element.name == "#root" && rules.wraps_root || rules.folds && is_container(&element.name) {
        wrap_runs(&mut element.children);
    }
}

fn is_blank_node(node: &Node) -> bool {
    matches!(node, Node::Text(text) if is_blank(text))
}

/// F2.
fn fold_code(pre: &mut Element) {
    fn push_text(element: &Element, out: &mut String) -> bool {
        element.children.iter().all(|child| match child {
            Node::Text(text) => {
                out.push_str(text);
                true
            }
            Node::Element(child) => matches!(child.name.as_str(), "span" | "code") && push_text(child, out),
        })
    }
    let mut text = String::new();
    if push_text(pre, &mut text) {
        if let Some(language) = language(pre) {
            let class = ("class".to_owned(), format!("language-{language}"));
            pre.attrs.retain(|(name, _)| name != "class");
            pre.attrs.push(class);
        }
        pre.children = vec![Node::Text(text)];
    }
}

/// F1: each run of inline nodes that shows something becomes a paragraph.
fn wrap_runs(children: &mut Vec<Node>) {
    let mut out = Vec::new();
    let mut run: Vec<Node> = Vec::new();
    for child in std::mem::take(children) {
        if holds_block(&child) {
            wrap_run(std::mem::take(&mut run), &mut out);
            out.push(child);
        } else {
            run.push(child);
        }
    }
    wrap_run(run, &mut out);
    *children = out;
}

fn holds_block(node: &Node) -> bool {
    match node {
        Node::Text(_) => false,
        Node::Element(element) if is_hidden(&element.name) => false,
        Node::Element(element) if matches!(element.name.as_str(), "svg" | "math" | "select" | "iframe") => false,
        Node::Element(element) => is_block(&element.name) || element.children.iter().any(holds_block),
    }
}

fn wrap_run(mut run: Vec<Node>, out: &mut Vec<Node>) {
    let shows = |node: &Node| match node {
        Node::Text(text) => !is_blank(text),
        // A place to break stands in a line.
        Node::Element(element) => !is_hidden(&element.name) || element.name == "wbr",
    };
    let (Some(first), Some(last)) = (run.iter().position(shows), run.iter().rposition(shows)) else {
        return out.append(&mut run);
    };
    let behind = run.split_off(last + 1);
    let shown = run.split_off(first);
    out.append(&mut run);
    out.push(Node::Element(Element { name: "p".to_owned(), attrs: Vec::new(), children: shown }));
    out.extend(behind);
}

// White space and attributes -------------------------------------------------------------------------------------------

struct Flow {
    tokens: Vec<Token>,
    /// Whether white space here would stand at a border or behind other white space.
    at_border: bool,
    /// The token that ends in a space which a border takes away.
    space: Option<usize>,
    rules: Rules,
}

impl Flow {
    fn node(&mut self, node: &Node, is_exact: bool) {
        match node {
            Node::Text(text) if is_exact => self.shown(Token::Text(text.clone())),
            Node::Text(text) => self.text(text),
            Node::Element(element) => self.element(element, is_exact),
        }
    }

    fn element(&mut self, element: &Element, is_exact: bool) {
        let name = element.name.as_str();
        let attrs = self.attrs(element);
        let is_border = is_block(name) || name == "br";
        if is_border {
            self.border();
        }
        self.tokens.push(Token::Open(name.to_owned(), attrs, !element.attrs.is_empty()));
        if is_hidden(name) {
            for child in &element.children {
                if let Node::Text(text) = child {
                    self.tokens.push(Token::Text(text.clone()));
                } else if let Node::Element(child) = child {
                    let mut inner = Flow { tokens: Vec::new(), at_border: true, space: None, rules: self.rules };
                    inner.element(child, true);
                    self.tokens.append(&mut inner.tokens);
                }
            }
        } else {
            let is_exact = is_exact || matches!(name, "pre" | "textarea" | "listing" | "xmp");
            if is_replaced(name) {
                (self.at_border, self.space) = (false, None);
            }
            element.children.iter().for_each(|child| self.node(child, is_exact));
        }
        if name == "pre" {
            self.drop_last_newline();
        }
        if is_border {
            self.border();
        }
        self.tokens.push(Token::Close(name.to_owned()));
        if is_replaced(name) {
            (self.at_border, self.space) = (false, None);
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                if !self.at_border {
                    self.push(' ');
                    (self.at_border, self.space) = (true, Some(self.tokens.len() - 1));
                }
            } else {
                self.push(c);
                (self.at_border, self.space) = (false, None);
            }
        }
    }

    fn push(&mut self, c: char) {
        match self.tokens.last_mut() {
            Some(Token::Text(text)) => text.push(c),
            _ => self.tokens.push(Token::Text(c.to_string())),
        }
    }

    fn shown(&mut self, token: Token) {
        self.tokens.push(token);
        (self.at_border, self.space) = (false, None);
    }

    fn border(&mut self) {
        if let Some(Token::Text(text)) = self.space.take().and_then(|at| self.tokens.get_mut(at)) {
            text.pop();
        }
        self.at_border = true;
    }

    fn drop_last_newline(&mut self) {
        let last = self.tokens.iter_mut().rev().find(|token| !matches!(token, Token::Close(_)));
        if let Some(Token::Text(text)) = last
            && text.ends_with('\n')
        {
            text.pop();
        }
    }

    fn attrs(&self, element: &Element) -> Vec<(String, String)> {
        let mut attrs: Vec<(String, String)> = Vec::new();
        for (name, value) in &element.attrs {
            let (name, value) = match (name.as_str(), alignment(value)) {
                ("href" | "src", _) => (name.as_str(), encoded(value)),
                ("style", Some(align)) if matches!(element.name.as_str(), "td" | "th" | "p" | "div") => {
                    ("align", align)
                }
                _ => (name.as_str(), value.clone()),
            };
            if self.rules.every_attribute || COMPARED.contains(&name) {
                attrs.push((name.to_owned(), value));
            }
        }
        if element.name == "pre"
            && let Some(language) = language(element)
        {
            attrs.push(("lang of code".to_owned(), language));
        }
        attrs.sort();
        attrs.dedup();
        attrs
    }
}

/// `x` if the style is `text-align: x` and nothing else.
fn alignment(style: &str) -> Option<String> {
    let value = style.trim().trim_end_matches(';').strip_prefix("text-align")?.trim_start().strip_prefix(':')?;
    Some(value.trim().to_ascii_lowercase())
}

/// The URL with every byte encoded that a URL cannot hold; what is encoded stays.
fn encoded(url: &str) -> String {
    let mut out = String::new();
    for b in url.trim_ascii().bytes() {
        match b {
            b'!'..=b'~' if !matches!(b, b'"' | b'<' | b'>' | b'[' | b'\\' | b']' | b'`' | b'{' | b'|' | b'}') => {
                out.push(char::from(b));
            }
            _ => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

/// The language of the code in `pre`: that of the usual class names on it or on its `code`.
fn language(pre: &Element) -> Option<String> {
    let code = pre.children.iter().find_map(|child| match child {
        Node::Element(child) if child.name == "code" => Some(child),
        _ => None,
    });
    code.into_iter().chain([pre]).find_map(|element| language_of(element.attr("class")?))
}

fn language_of(class: &str) -> Option<String> {
    let words: Vec<&str> = class.split_ascii_whitespace().collect();
    words.iter().enumerate().find_map(|(index, word)| {
        if *word == "brush:" {
            return words.get(index + 1).map(|word| word.trim_end_matches(';').to_owned());
        }
        let prefixes = ["language-", "lang-", "highlight-source-", "brush:"];
        let found = prefixes.iter().find_map(|prefix| word.strip_prefix(prefix))?;
        Some(found.trim_end_matches(';').to_owned())
    })
}

fn join_texts(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    for token in tokens {
        match (out.last_mut(), token) {
            (_, Token::Text(text)) if text.is_empty() => {}
            (Some(Token::Text(before)), Token::Text(text)) => before.push_str(&text),
            (_, token) => out.push(token),
        }
    }
    out
}

fn is_inline(name: &str) -> bool {
    !is_block(name) && !is_hidden(name) && !is_replaced(name) && name != "br"
}

fn is_as_it_stands(name: &str) -> bool {
    matches!(name, "pre" | "script" | "style" | "textarea")
}

/// F4 and F5, once over; `None` if nothing is left to do.
fn fold_edges(tokens: &[Token]) -> Option<Vec<Token>> {
    let mut out: Vec<Token> = Vec::new();
    let mut changed = false;
    let mut exact = 0;
    for token in tokens {
        match token {
            Token::Open(name, ..) if is_as_it_stands(name) => exact += 1,
            Token::Close(name) if is_as_it_stands(name) => exact -= 1,
            _ => {}
        }
        if exact > 0 {
            out.push(token.clone());
            continue;
        }
        match token {
            Token::Text(text) if text.starts_with(' ') && ends_open(&out) => {
                let open = out.iter().rposition(|token| !matches!(token, Token::Open(name, ..) if is_inline(name)));
                let at = open.map_or(0, |at| at + 1);
                out.insert(at, Token::Text(" ".to_owned()));
                out.push(Token::Text(text[1..].to_owned()));
                changed = true;
            }
            Token::Close(name) if is_inline(name) => {
                let space = match out.last_mut() {
                    Some(Token::Text(text)) if text.ends_with(' ') => text.pop().is_some(),
                    _ => false,
                };
                if matches!(out.last(), Some(Token::Text(text)) if text.is_empty()) {
                    out.pop();
                }
                match out.last() {
                    Some(Token::Open(_, _, false)) => {
                        out.pop();
                        changed = true;
                    }
                    _ => out.push(token.clone()),
                }
                if space {
                    out.push(Token::Text(" ".to_owned()));
                    changed = true;
                }
            }
            other => out.push(other.clone()),
        }
    }
    changed.then(|| collapse(join_texts(out)))
}

fn ends_open(tokens: &[Token]) -> bool {
    matches!(tokens.last(), Some(Token::Open(name, ..)) if is_inline(name))
}

/// Two spaces that came together are one; one at a border is none.
fn collapse(mut tokens: Vec<Token>) -> Vec<Token> {
    let is_border = |token: Option<&Token>| match token {
        None => true,
        Some(Token::Open(name, ..) | Token::Close(name)) => is_block(name) || name == "br",
        Some(Token::Text(_)) => false,
    };
    let mut exact = 0;
    for at in 0..tokens.len() {
        match &tokens[at] {
            Token::Open(name, ..) if is_as_it_stands(name) => exact += 1,
            Token::Close(name) if is_as_it_stands(name) => exact -= 1,
            _ => {}
        }
        let (starts, ends) =
            (is_border(at.checked_sub(1).and_then(|at| tokens.get(at))), is_border(tokens.get(at + 1)));
        if let Token::Text(text) = &mut tokens[at]
            && exact == 0
        {
            while text.contains("  ") {
                *text = text.replace("  ", " ");
            }
            if starts {
                *text = text.trim_start_matches(' ').to_owned();
            }
            if ends {
                *text = text.trim_end_matches(' ').to_owned();
            }
        }
    }
    join_texts(tokens)
}

// html5ever ------------------------------------------------------------------------------------------------------------

pub(crate) fn parse(html: &str) -> Vec<Node> {
    let entries = entries(html);
    // The document holds `html`, and that what was parsed.
    let html = entries[0].children[0];
    entries[html].children.iter().filter_map(|&child| node(&entries, child)).collect()
}

/// Bytes of the comments.
pub(crate) fn comments(html: &str) -> usize {
    let bytes = |entry: &Entry| match entry.kind {
        Kind::Comment(bytes) => bytes,
        _ => 0,
    };
    entries(html).iter().map(bytes).sum()
}

fn entries(html: &str) -> Vec<Entry> {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    html5ever::parse_fragment(Sink::default(), ParseOpts::default(), body, Vec::new(), true).one(html)
}

fn node(entries: &[Entry], index: usize) -> Option<Node> {
    let entry = &entries[index];
    match &entry.kind {
        Kind::Comment(_) | Kind::Other => None,
        Kind::Text(text) => Some(Node::Text(text.clone())),
        Kind::Element(name, attrs) => {
            let children = entry.children.iter().filter_map(|&child| node(entries, child)).collect();
            let name = name.local.to_string();
            Some(Node::Element(Element { name, attrs: attrs.clone(), children }))
        }
    }
}

struct Entry {
    kind: Kind,
    parent: Option<usize>,
    children: Vec<usize>,
}

enum Kind {
    Element(QualName, Vec<(String, String)>),
    Text(String),
    Comment(usize),
    Other,
}

struct Sink(RefCell<Vec<Entry>>);

impl Default for Sink {
    fn default() -> Self {
        Sink(RefCell::new(vec![Entry { kind: Kind::Other, parent: None, children: Vec::new() }]))
    }
}

impl Sink {
    fn add(&self, kind: Kind) -> usize {
        let mut entries = self.0.borrow_mut();
        entries.push(Entry { kind, parent: None, children: Vec::new() });
        entries.len() - 1
    }

    fn insert(&self, parent: usize, at: usize, child: NodeOrText<usize>) {
        let child = match child {
            NodeOrText::AppendNode(child) => child,
            NodeOrText::AppendText(text) => {
                let mut entries = self.0.borrow_mut();
                let before = at.checked_sub(1).map(|at| entries[parent].children[at]);
                if let Some(Kind::Text(old)) = before.map(|before| &mut entries[before].kind) {
                    return old.push_str(&text);
                }
                drop(entries);
                self.add(Kind::Text(text.to_string()))
            }
        };
        let mut entries = self.0.borrow_mut();
        entries[child].parent = Some(parent);
        entries[parent].children.insert(at, child);
    }

    fn position(&self, child: usize) -> Option<(usize, usize)> {
        let entries = self.0.borrow();
        let parent = entries[child].parent?;
        let at = entries[parent].children.iter().rposition(|&other| other == child)?;
        Some((parent, at))
    }
}

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Vec<Entry>;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Vec<Entry> {
        self.0.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.0.borrow(), |entries| match &entries[*target].kind {
            Kind::Element(name, _) => name,
            _ => unreachable!(),
        })
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> usize {
        let attrs = attrs.iter().map(|attr| (attr.name.local.to_string(), attr.value.to_string())).collect();
        self.add(Kind::Element(name, attrs))
    }

    fn create_comment(&self, text: StrTendril) -> usize {
        self.add(Kind::Comment("<!---->".len() + text.len()))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(Kind::Other)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(child) = &child {
            self.remove_from_parent(child);
        }
        let at = self.0.borrow()[*parent].children.len();
        self.insert(*parent, at, child);
    }

    fn append_based_on_parent_node(&self, element: &usize, prev_element: &usize, child: NodeOrText<usize>) {
        if self.0.borrow()[*element].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(child) = &child {
            self.remove_from_parent(child);
        }
        let (parent, at) = self.position(*sibling).expect("the sibling has a parent");
        self.insert(parent, at, child);
    }

    fn add_attrs_if_missing(&self, _: &usize, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &usize) {
        if let Some((parent, at)) = self.position(*target) {
            let mut entries = self.0.borrow_mut();
            entries[parent].children.remove(at);
            entries[*target].parent = None;
        }
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let mut entries = self.0.borrow_mut();
        let children = std::mem::take(&mut entries[*node].children);
        children.iter().for_each(|&child| entries[child].parent = Some(*new_parent));
        entries[*new_parent].children.extend(children);
    }
}

#[cfg(test)]
mod dom_tests {
    use super::*;

    #[test]
    fn what_is_strictly_equal() {
        for (a, b) in [
            ("<p>a</p>\n<p>b</p>", "<p>a</p><p>b</p>"),
            ("<p>a  b\n c</p>", "<p>a b c</p>"),
            ("<p>a <b> b</b></p>", "<p>a <strong>b</strong></p>"),
            ("<i>a</i><s>b</s><strike>c</strike>", "<p><em>a</em><del>b</del><del>c</del></p>"),
            ("<p>a<!-- x -->b</p>", "<p>ab</p>"),
            ("<pre>a\n</pre>", "<pre>a</pre>"),
            ("<p>a <br> b</p>", "<p>a<br>b</p>"),
            ("<a href='/ä b'>x</a>", "<a href='/%C3%A4%20b'>x</a>"),
            ("text", "<p>text</p>"),
            ("<table><td style='text-align: left'>x", "<table><td align=left>x"),
            ("<p class=x>a</p>", "<p>a</p>"),
            ("<p>a&nbsp;</p>", "<p>a\u{a0}</p>"),
        ] {
            assert_eq!(strict_equal(a, b), Ok(()), "{a}");
        }
    }

    #[test]
    fn what_is_not() {
        for (a, b) in [
            ("<p>a</p>", "<p>b</p>"),
            ("<p>a</p>", "<p>a</p><p></p>"),
            ("<p>a <b>b</b></p>", "<p>a<b> b</b></p>"),
            ("<p>a b</p>", "<p>ab</p>"),
            ("<div>a</div>", "<div><p>a</p></div>"),
            ("<pre>a  b</pre>", "<pre>a b</pre>"),
            ("<pre>a\n\n</pre>", "<pre>a</pre>"),
            ("<pre><code>a</code></pre>", "<pre>a</pre>"),
            ("<pre><code class=language-a>a</code></pre>", "<pre><code>a</code></pre>"),
            ("<a href=/a>x</a>", "<a href=/b>x</a>"),
            ("<img src=a alt=''>", "<img src=a>"),
            ("<p>a&nbsp;b</p>", "<p>a b</p>"),
            ("<p>a\u{200b}b</p>", "<p>ab</p>"),
            ("<ul><li>a</ul>", "<ul><li><p>a</ul>"),
            ("<p>a<b></b></p>", "<p>a</p>"),
        ] {
            assert!(strict_equal(a, b).is_err(), "{a} {b}");
        }
    }

    #[test]
    fn what_a_reader_does_not_see() {
        for (a, b) in [
            ("<div>a<div>b</div></div>", "<div><p>a</p><div><p>b</p></div></div>"),
            ("<pre class='language-x'>a <span>b</span></pre>", "<pre><code class='language-x'>a b</code></pre>"),
            ("<ul><li>a<li><p>b</ul>", "<ul><li><p>a<li><p>b</ul>"),
            ("<p>a<b> b </b>c</p>", "<p>a <b>b</b> c</p>"),
            ("<p>a<b></b>b<i> </i>c</p>", "<p>ab c</p>"),
            ("<p>a<b><i> b</i></b></p>", "<p>a <b><i>b</i></b></p>"),
        ] {
            assert_eq!(reader_equal(a, b), Ok(()), "{a}");
        }
        for (a, b) in [
            ("<p>a<a name=x></a></p>", "<p>a</p>"),
            ("<p>a <b>b</b></p>", "<p>a<b>b</b></p>"),
            ("<pre>a <b>b</b></pre>", "<pre>a b</pre>"),
            ("<div>a</div>", "<p>a</p>"),
            ("<p>a</p><p>&nbsp;</p>", "<p>a</p>"),
        ] {
            assert!(reader_equal(a, b).is_err(), "{a}");
        }
    }

    #[test]
    fn the_specifications_markdown_gives_its_html() {
        for (name, count) in [("commonmark", 652), ("gfm", 51)] {
            let path = format!("{}/../shared/oracles/{name}.json", env!("CARGO_MANIFEST_DIR"));
            let Ok(json) = std::fs::read_to_string(path) else {
                println!("skipped: ../shared/oracles/{name}.json is not there");
                continue;
            };
            let cases: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
            let equal = cases.iter().filter(|case| {
                let html = markdown_to_html(case["markdown"].as_str().unwrap());
                let equal = strict_equal(case["html"].as_str().unwrap(), &html);
                if let Err(difference) = &equal {
                    println!("{} {difference}", case["id"]);
                }
                equal.is_ok()
            });
            // pulldown-cmark has no autolinks of bare addresses and no tag filter, and renders footnotes otherwise.
            let expected = if name == "gfm" { 34 } else { count };
            assert_eq!(equal.count(), expected, "{name}");
        }
    }

    #[test]
    fn every_attribute_counts_if_asked() {
        assert!(all_attributes_equal("<p class=x>a</p>", "<p>a</p>").is_err());
        assert_eq!(all_attributes_equal("<p id=a class=x>a</p>", "<p class=x id=a>a</p>"), Ok(()));
    }

    #[test]
    fn text_is_what_shows() {
        let html = "<p>a <b>b</b></p>\n<ul><li>c<br>d</ul><script>x</script>e";
        assert_eq!(visible_text(html), "a b\nc\nd\ne\n");
    }

    #[test]
    fn raw_html_is_counted() {
        assert_eq!(raw_share("a <b>c</b>\n\n<div>\nx\n"), (3 + 4 + 8, 20));
    }
}
