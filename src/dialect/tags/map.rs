//! Tags of one's own, said in another dialect by a table: [`TagMap`].

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::Deserialize;

use super::usual::escape;
use crate::ast::{Argument, Tag};
use crate::diag::{Span, codes};
use crate::error::Error;
use crate::format::{TagConverter, TagText};

/// What stands for which tag, as a table says it: the part about tags of a map file.
///
/// Each key names a tag of the source, for an include with its file; its value says what stands for it. A shortcode or
/// Liquid tag takes over the tag's arguments, renamed where that is said.
///
/// ```
/// use postferry::dialect::TagMap;
///
/// let map: TagMap = r#"
/// "include figure.html" = { shortcode = "figure", rename = { image_path = "src" }, drop = ["class"] }
/// gallery = { shortcode = "gallery", names = ["folder"] }
/// "include ad.html" = { drop = true }
/// "include video.html" = { html = '<video src="{file}"></video>' }
/// "#.parse()?;
/// # Ok::<(), postferry::Error>(())
/// ```
///
/// It works both ways: a shortcode that is said for a Liquid tag becomes that tag again, its arguments under their old
/// names.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct TagMap {
    rules: BTreeMap<String, Rule>,
}

/// What stands for one tag.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Rule {
    /// The name of a shortcode.
    shortcode: Option<String>,
    /// Whether the shortcode is `{{% … %}}`.
    markup: bool,
    /// The name of a Liquid tag, or `include` and a file.
    tag: Option<String>,
    /// HTML, with arguments in braces.
    html: Option<String>,
    /// Arguments under another name.
    rename: BTreeMap<String, String>,
    /// Names for arguments that are given by position.
    names: Vec<String>,
    /// Arguments that are left out, or `true` for the whole tag.
    drop: Drop,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
enum Drop {
    All(bool),
    Some(Vec<String>),
}

impl Default for Drop {
    fn default() -> Self {
        Drop::All(false)
    }
}

impl FromStr for TagMap {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let map: TagMap = toml::from_str(text).map_err(|error| {
            let span = error.span().map(|span| Span::new(span.start, span.end)).unwrap_or_default();
            Error::new(&codes::TAG_MAP, error.message().to_owned()).at(span).locate(text)
        })?;
        map.check()?;
        Ok(map)
    }
}

impl TagMap {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Looks whether every entry says one thing. Whoever reads a map as part of a larger file calls this.
    ///
    /// # Errors
    /// If an entry says nothing, or more than one thing.
    pub fn check(&self) -> Result<(), Error> {
        for (name, rule) in &self.rules {
            let says =
                [rule.shortcode.is_some(), rule.tag.is_some(), rule.html.is_some(), rule.drop == Drop::All(true)];
            if says.into_iter().filter(|&says| says).count() != 1 {
                let message = format!("`{name}` needs exactly one of `shortcode`, `tag`, `html` and `drop = true`");
                return Err(Error::new(&codes::TAG_MAP, message));
            }
        }
        Ok(())
    }
}

impl TagConverter for TagMap {
    fn convert(&self, tag: &Tag, target: &str) -> Option<TagText> {
        let forwards = self.rules.get(&key(tag)).and_then(|rule| rule.say(tag, target));
        forwards.or_else(|| self.rules.iter().find_map(|(name, rule)| rule.say_back(name, tag, target)))
    }
}

/// What a tag is called in the table: an include by its file too.
fn key(tag: &Tag) -> String {
    match (tag.name.as_str(), tag.positional(0)) {
        (name @ ("include" | "include_relative"), Some(file)) => format!("{name} {file}"),
        (name, _) if tag.dialect == "jekyll" && tag.details.closes => name.trim_start_matches("end").to_owned(),
        (name, _) => name.to_owned(),
    }
}

impl Rule {
    fn say(&self, tag: &Tag, target: &str) -> Option<TagText> {
        if self.drop == Drop::All(true) {
            return Some(TagText::Markup(String::new()));
        }
        if let Some(html) = &self.html {
            return Some(TagText::Html(fill(html, &self.arguments(tag)?)));
        }
        match target {
            "hugo" => {
                Some(TagText::Tag(shortcode(self.shortcode.as_deref()?, self.markup, &self.arguments(tag)?, tag)))
            }
            "jekyll" => Some(TagText::Tag(liquid(self.tag.as_deref()?, &self.arguments(tag)?, tag))),
            _ => None,
        }
    }

    /// The tag `name`, where this is what stands for it and `tag` is that.
    fn say_back(&self, name: &str, tag: &Tag, target: &str) -> Option<TagText> {
        let written = self.shortcode.as_ref().or(self.tag.as_ref()).filter(|written| **written == key(tag))?;
        let is_back = match target {
            "jekyll" => self.shortcode.as_ref() == Some(written),
            "hugo" => self.tag.as_ref() == Some(written),
            _ => false,
        };
        let renamed = self.rename.iter().map(|(from, to)| (to.clone(), from.clone())).collect();
        let back = Rule { rename: renamed, ..Rule::default() };
        let mut arguments = back.arguments(tag)?;
        for argument in &mut arguments {
            if argument.name.as_ref().is_some_and(|name| self.names.contains(name)) {
                argument.name = None;
            }
        }
        is_back.then(|| {
            TagText::Tag(match target {
                "jekyll" => liquid(name, &arguments, tag),
                _ => shortcode(name, self.markup, &arguments, tag),
            })
        })
    }

    /// The tag's arguments as they are called now; `None` if one is a variable, whose value only the site knows.
    fn arguments(&self, tag: &Tag) -> Option<Vec<Argument>> {
        let skip = usize::from(matches!(tag.name.as_str(), "include" | "include_relative"));
        let mut names = self.names.iter();
        let mut out = Vec::new();
        for argument in tag.details.arguments.iter().skip(skip) {
            let old = argument.name.clone();
            let name = old.clone().or_else(|| names.next().cloned());
            let is_dropped = |name: &String| matches!(&self.drop, Drop::Some(names) if names.contains(name));
            if name.as_ref().is_some_and(is_dropped) {
                continue;
            }
            if !argument.is_literal {
                return None;
            }
            let name = old.and_then(|old| self.rename.get(&old).cloned()).or(name);
            out.push(Argument { name, ..argument.clone() });
        }
        Some(out)
    }
}

fn shortcode(name: &str, is_markup: bool, arguments: &[Argument], tag: &Tag) -> String {
    let (open, close) = if is_markup { ("{{%", "%}}") } else { ("{{<", ">}}") };
    if tag.details.closes {
        return format!("{open} /{name} {close}");
    }
    let arguments: String = arguments.iter().map(|argument| written(argument, super::shortcode::quote)).collect();
    format!("{open} {name}{arguments} {close}")
}

fn liquid(name: &str, arguments: &[Argument], tag: &Tag) -> String {
    if tag.details.closes {
        return format!("{{% end{name} %}}");
    }
    let quote = |value: &str| {
        let mark = if value.contains('"') { '\'' } else { '"' };
        format!("{mark}{value}{mark}")
    };
    let arguments: String = arguments.iter().map(|argument| written(argument, quote)).collect();
    format!("{{% {name}{arguments} %}}")
}

fn written(argument: &Argument, quote: impl Fn(&str) -> String) -> String {
    let is_word = !argument.value.is_empty() && argument.value.chars().all(|c| c.is_alphanumeric() || c == '_');
    match &argument.name {
        Some(name) => format!(" {name}={}", quote(&argument.value)),
        None if is_word => format!(" {}", argument.value),
        None => format!(" {}", quote(&argument.value)),
    }
}

/// The HTML with `{name}`, and `{1}` for the first argument without a name, filled in.
fn fill(html: &str, arguments: &[Argument]) -> String {
    let mut out = html.to_owned();
    let mut position = 0;
    for argument in arguments {
        let name = argument.name.clone().unwrap_or_else(|| {
            position += 1;
            position.to_string()
        });
        out = out.replace(&format!("{{{name}}}"), &escape(&argument.value));
    }
    out
}
