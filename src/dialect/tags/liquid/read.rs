//! What each of Liquid's tags means: Liquid's own, Jekyll's, and those of the plugins that most posts use.

use super::expression::{self, constant, quoted};
use super::scan::{Token, Tokens, pairs, tokens};
use super::scope::{Scope, unneeded};
use crate::ast::{Argument, Embed, Figure, Highlight, Meaning, Numbers, PageLink, PlacedTag, Tag, TagDetails};
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::meta::Meta;

use super::super::count_from;
use super::NAME;

/// Finds the tags in the part `span` of `text` and what they mean.
pub(super) fn read(text: &str, span: Span, meta: &Meta, sink: &mut dyn Sink) -> Vec<PlacedTag> {
    let Tokens { found, unclosed } = tokens(text, span);
    for span in unclosed {
        let message =
            format!("`{}` opens a Liquid tag that never ends: kept as text", span.slice(text).unwrap_or_default());
        sink.report(Diagnostic::new(&codes::TAG_UNCLOSED, message).at(span));
    }
    let comments = pairs(&found, "comment", "endcomment");
    let code = pairs(&found, "highlight", "endhighlight");
    let figures = pairs(&found, "figure", "endfigure");
    let mut reader = Reader { text, scope: Scope::new(meta, &found) };
    let mut assigned = Vec::new();
    let mut closes = vec![None; found.len()];
    for (open, close) in figures.iter().enumerate() {
        if let Some(slot) = close.and_then(|close| closes.get_mut(close)) {
            *slot = found.get(open).copied();
        }
    }

    let mut tags: Vec<PlacedTag> = Vec::new();
    let mut index = 0;
    while let Some(token) = found.get(index) {
        let pair = |pairs: &[Option<usize>]| pairs.get(index).copied().flatten();
        if let Some(close) = pair(&comments) {
            tags.push(reader.comment(token, found.get(close).unwrap_or(token)));
            index = close;
        } else if let (Some(close), Some(highlight)) = (pair(&code), highlight(token.markup)) {
            let inner = found.get(index + 1..close).unwrap_or_default();
            let inner = reader.inside_code(inner, &comments, index + 1);
            tags.push(reader.highlight(token, found.get(close).unwrap_or(token), highlight, inner));
            index = close;
        } else {
            assigned.extend(reader.scope.pass(token).map(|name| (tags.len(), name)));
            let opened = closes.get(index).copied().flatten();
            let meaning = match (pair(&figures), opened) {
                (Some(_), _) => Meaning::FigureStart { class: keyword(token.markup, "class") },
                (_, Some(opened)) => Meaning::FigureEnd { caption: keyword(opened.markup, "caption") },
                _ => reader.meaning(token),
            };
            tags.push(reader.placed(token, meaning));
        }
        index += 1;
    }
    for index in unneeded(&assigned, &tags) {
        if let Some(tag) = tags.get_mut(index) {
            tag.tag.details_mut().meaning = Meaning::Text(String::new());
        }
    }
    absolute(&mut tags);
    tags
}

/// A link to a page right behind the site's scheme and host begins with them.
fn absolute(tags: &mut [PlacedTag]) {
    for index in 1..tags.len() {
        let Some((host, [link, ..])) = tags.get_mut(index - 1..).and_then(<[PlacedTag]>::split_first_mut) else {
            return;
        };
        let is_host = matches!(&host.tag.details.meaning, Meaning::Address(address) if address.has_host && address.path.is_empty());
        let is_link = matches!(link.tag.details.meaning, Meaning::PageLink(_));
        if is_host
            && is_link
            && host.span.end == link.span.start
            && let Meaning::PageLink(page) = &mut link.tag.details_mut().meaning
        {
            page.is_absolute = true;
            host.tag.details_mut().meaning = Meaning::Text(String::new());
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    scope: Scope<'t>,
}

impl Reader<'_> {
    fn placed(&self, token: &Token<'_>, meaning: Meaning) -> PlacedTag {
        let details = TagDetails {
            arguments: arguments(token, &self.scope),
            closes: token.name.starts_with("end"),
            meaning,
            body: None,
        };
        let tag = Tag::new(NAME, token.name, token.span.slice(self.text).unwrap_or_default()).with_details(details);
        PlacedTag { trims: token.trims, ..PlacedTag::new(tag, token.span) }
    }

    /// A tag from `open` to `close`.
    fn pair(&self, open: &Token<'_>, close: &Token<'_>, meaning: Meaning) -> PlacedTag {
        let mut placed = self.placed(open, meaning);
        placed.span = open.span.cover(close.span);
        placed.trims = (open.trims.0, close.trims.1);
        self.text_of(placed.span).clone_into(&mut placed.tag.text);
        placed.tag.details_mut().body = Some(self.text_of(Span::new(open.span.end, close.span.start)).to_owned());
        placed
    }

    fn text_of(&self, span: Span) -> &str {
        span.slice(self.text).unwrap_or_default()
    }

    fn comment(&self, open: &Token<'_>, close: &Token<'_>) -> PlacedTag {
        let body = self.text_of(Span::new(open.span.end, close.span.start));
        self.pair(open, close, Meaning::Comment(body.to_owned()))
    }

    fn highlight(
        &self,
        open: &Token<'_>,
        close: &Token<'_>,
        meaning: Highlight,
        mut inner: Vec<PlacedTag>,
    ) -> PlacedTag {
        count_from(&mut inner, open.span.end);
        PlacedTag { inner, ..self.pair(open, close, Meaning::Highlight(meaning)) }
    }

    /// The tags in code: only comments are pairs there. `first` is the index of the first one among all.
    fn inside_code(&self, tokens: &[Token<'_>], comments: &[Option<usize>], first: usize) -> Vec<PlacedTag> {
        let mut tags = Vec::new();
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            let close = comments.get(first + index).copied().flatten().map(|close| close.saturating_sub(first));
            match close.and_then(|close| Some((close, tokens.get(close)?))) {
                Some((close, closing)) => {
                    tags.push(self.comment(token, closing));
                    index = close;
                }
                None => tags.push(self.placed(token, self.meaning(token))),
            }
            index += 1;
        }
        tags
    }

    fn meaning(&self, token: &Token<'_>) -> Meaning {
        let markup = token.markup;
        let words = || split_arguments(markup).into_iter().map(|word| quoted(word).unwrap_or(word)).collect::<Vec<_>>();
        let found = match token.name {
            "" => return expression::meaning(markup, &self.scope),
            "raw" | "endraw" if markup.is_empty() => Some(Meaning::RawMark),
            "post_url" => page_link(markup),
            "link" => link(markup),
            "gist" => gist(&words()),
            "youtube" => {
                first_id(&words(), youtube_id).map(|id| Meaning::Embed(Embed::Youtube { id, settings: Vec::new() }))
            }
            "vimeo" => first_id(&words(), vimeo_id).map(|id| Meaning::Embed(Embed::Vimeo { id, settings: Vec::new() })),
            "tweet" | "twitter" => words().iter().find_map(|word| tweet(word)),
            "img" => image(markup),
            _ => None,
        };
        found.unwrap_or_default()
    }
}

/// `ruby linenos mark_lines="1 3"` (Jekyll 4.3, `HighlightBlock::SYNTAX`); `hl_lines` is what Pygments called it.
fn highlight(markup: &str) -> Option<Highlight> {
    let mut words = split_arguments(markup).into_iter();
    let language = words
        .next()
        .filter(|word| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".+#_-".contains(&byte)))?;
    let mut highlight = Highlight { language: language.to_lowercase(), ..Highlight::default() };
    for word in words {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        match (name, quoted(value).unwrap_or(value)) {
            ("linenos", "table") => highlight.numbers = Some(Numbers::Table),
            ("linenos", "") => highlight.numbers = Some(Numbers::Usual),
            ("linenos", _) => highlight.numbers = Some(Numbers::Inline),
            ("mark_lines" | "hl_lines", lines) => {
                highlight.marked = lines.split_whitespace().map(marked).collect::<Option<_>>()?;
            }
            ("linenostart", number) => highlight.first = Some(number.parse().ok()?),
            // Settings of other highlighters, which Jekyll passes on.
            _ => {}
        }
    }
    Some(highlight)
}

fn marked(lines: &str) -> Option<(u32, u32)> {
    let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
    Some((first.parse().ok()?, last.parse().ok()?))
}

/// The name of a post, as `post_url` takes it: `2019-05-01-mali`, folders in front of it.
fn page_link(markup: &str) -> Option<Meaning> {
    let page = quoted(markup).unwrap_or(markup);
    let name = page.rsplit('/').next().unwrap_or_default();
    let is_name = !page.contains(['{', ' ']) && super::super::dated(name).is_some();
    is_name.then(|| page_meaning(page.trim_start_matches('/')))
}

fn page_meaning(page: &str) -> Meaning {
    Meaning::PageLink(PageLink { page: page.to_owned(), fragment: String::new(), is_absolute: false })
}

/// The file that `link` names: a page of the site, or a file that is published as it is.
fn link(markup: &str) -> Option<Meaning> {
    let path = quoted(markup).unwrap_or(markup).trim_start_matches('/');
    if path.is_empty() || path.contains(['{', '"', '\'']) {
        return None;
    }
    let (stem, extension) = path.rsplit_once('.')?;
    if ["md", "markdown", "mkd", "mkdn", "mkdown", "html", "htm"].contains(&extension) {
        let page = stem.strip_prefix('_').unwrap_or(stem);
        return Some(page_meaning(page.strip_prefix("posts/").unwrap_or(page)));
    }
    let path = format!("/{path}");
    Some(Meaning::Address(crate::ast::Address { has_host: false, has_base: true, path }))
}

fn gist(words: &[&str]) -> Option<Meaning> {
    let is_id = |id: &&str| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_".contains(&byte));
    let id = words.first().copied().filter(is_id)?;
    let file = words.get(1).map(|&file| file.to_owned());
    Some(Meaning::Embed(Embed::Gist { id: id.to_owned(), file }))
}

fn first_id(words: &[&str], id: impl Fn(&str) -> Option<&str>) -> Option<String> {
    words.first().and_then(|word| id(word)).map(str::to_owned)
}

/// The video of an address at YouTube, or the id itself.
fn youtube_id(word: &str) -> Option<&str> {
    let behind = |mark: &str| word.split_once(mark).map(|(_, rest)| rest);
    let id = behind("youtu.be/").or_else(|| behind("/embed/")).or_else(|| behind("v=")).unwrap_or(word);
    let id = id.split(['?', '&', '#']).next().unwrap_or_default();
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    is_id.then_some(id)
}

fn vimeo_id(word: &str) -> Option<&str> {
    let id = word.split(['?', '#']).next()?.rsplit('/').next()?;
    (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())).then_some(id)
}

/// The post of an address such as `https://twitter.com/user/status/1`.
fn tweet(word: &str) -> Option<Meaning> {
    let mut parts = word.split(['?', '#']).next()?.rsplit('/');
    let (id, status, user) = (parts.next()?, parts.next()?, parts.next()?);
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let is_user = !user.is_empty() && user.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let is_status = matches!(status, "status" | "statuses");
    (is_id && is_user && is_status).then(|| Meaning::Embed(Embed::Tweet { user: user.to_owned(), id: id.to_owned() }))
}

/// Octopress: `[class …] src [width] [height] ['title' ['alt']]`.
fn image(markup: &str) -> Option<Meaning> {
    let words = split_arguments(markup);
    let is_source = |word: &&str| word.starts_with('/') || word.starts_with("http://") || word.starts_with("https://");
    let at = words.iter().position(is_source)?;
    let mut figure = Figure { src: (*words.get(at)?).to_owned(), ..Figure::default() };
    let classes = words.get(..at)?.join(" ");
    if !classes.is_empty() {
        figure.image.push(("class".to_owned(), classes));
    }
    let (mut sizes, mut texts) = (["width", "height"].into_iter(), Vec::new());
    for &word in words.get(at + 1..)? {
        match quoted(word) {
            Some(text) => texts.push(text),
            None if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) => {
                figure.image.push((sizes.next()?.to_owned(), word.to_owned()));
            }
            None => return None,
        }
    }
    // One text is both, as in Octopress.
    let (title, alt) = (texts.first().copied(), texts.get(1).or(texts.first()).copied());
    figure.image.push(("alt".to_owned(), alt.unwrap_or_default().to_owned()));
    figure.image.extend(title.map(|title| ("title".to_owned(), title.to_owned())));
    Some(Meaning::Figure(Box::new(figure)))
}

/// The value of `name: "…"` as jekyll-figure takes it.
fn keyword(markup: &str, name: &str) -> Option<String> {
    let behind = markup.split_once(name)?.1.trim_start().strip_prefix(':')?.trim_start();
    let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    behind.get(1..)?.split_once(quote).map(|(value, _)| value.to_owned())
}

/// The words of a tag's markup; a word may hold quoted strings with spaces in them.
fn split_arguments(markup: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut quote) = (None, None);
    for (at, c) in markup.char_indices() {
        match quote {
            Some(open) => {
                if c == open {
                    quote = None;
                }
            }
            None if c.is_whitespace() || c == ',' => {
                words.extend(start.take().and_then(|start: usize| markup.get(start..at)));
            }
            None => {
                start.get_or_insert(at);
                if matches!(c, '"' | '\'') {
                    quote = Some(c);
                }
            }
        }
    }
    words.extend(start.and_then(|start| markup.get(start..)));
    words
}

fn arguments(token: &Token<'_>, scope: &Scope<'_>) -> Vec<Argument> {
    let is_bare_literal = |index: usize| token.name != "include" || index == 0;
    split_arguments(token.markup)
        .into_iter()
        .enumerate()
        .map(|(index, word)| {
            let (name, value) = match word.split_once('=') {
                Some((name, value)) if !name.is_empty() && !name.contains(['"', '\'']) => (Some(name), value),
                _ => (None, word),
            };
            let known = quoted(value).map(str::to_owned).or_else(|| constant(value, scope));
            let is_literal = known.is_some() || (name.is_none() && is_bare_literal(index));
            let argument = Argument { is_literal, ..Argument::new(known.unwrap_or_else(|| value.to_owned())) };
            name.map_or(argument.clone(), |name| argument.named(name))
        })
        .collect()
}
